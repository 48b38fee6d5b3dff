"""The page of an article and the index, as a browser's parser takes them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from report_readers import html
from report_samples import ARTICLE, HOSTILE, RULES, article, find, hostile

from copycheck.findings import Claim, Finding, Profile, Report, Severity, Suppressed
from copycheck.reports import Options
from copycheck.reports.html import INDEX, file_names, render
from copycheck.source import Span

KNOWN = Options(rules=lambda: RULES)


def pages(*reports: Report, options: Options = KNOWN):
    files = dict(render(reports, options))
    return {name: html(content)[0] for name, content in files.items()}


def page(report: Report, options: Options = KNOWN):
    return next(found for name, found in pages(report, options=options).items() if name != INDEX)


def said(node) -> str:
    return " ".join(node.text().split())


def cells(table) -> list[str]:
    return [" | ".join(said(cell) for cell in row.iter()) for row in table.css("tbody tr")]


def test_a_page_and_the_index() -> None:
    assert list(pages(article(), replace(article(), path="b.md"))) == [*file_names(["b.md", "pages/article.md"]), INDEX]


def test_findings_stand_in_the_text_by_their_severity() -> None:
    found = page(article())
    assert [mark.text() for mark in found.css("mark.error")] == ["clinically proven", "reduces relapse by 40%"]
    assert [mark.text() for mark in found.css("mark.warning")] == ["remove metabolic waste", "Benefits include:", "addict", "addict"]
    assert [mark.text() for mark in found.css("mark.note")] == ["Call today"] and [mark.text() for mark in found.css("mark.silenced")] == [
        "reduces anxiety"
    ]
    assert said(found.css_first("#article")).startswith(
        "The article Massage in recovery Massage therapy is clinically proven to remove metabolic"
    )
    rules = {finding.excerpt: finding.rule for finding in article().findings}
    for link in found.css("mark:not(.silenced) a"):
        (card,) = found.css(link.attributes["href"])
        assert rules[link.text()] in card.text()


def test_an_explanation_has_reason_authority_and_ways_out() -> None:
    card = next(card for card in page(article()).css(".card") if "person who uses drugs" in card.text())
    for words in (
        "warning language/addict at 8:27", "“addict” names a person by a condition.", "Ways out person with addiction person who uses drugs",
        "What clears it: Name *the* person.", "Why: Why language/addict.", "Who says so The Act, 1 U.S.C. 1", "Binds all.", "(in our words) No.",
    ):  # fmt: skip
        assert words in said(card), words
    assert [link.attributes["href"] for link in card.css("a")] == ["https://example.org/act"]
    see = next(card for card in page(article()).css(".card") if "The list makes claims" in card.text())
    assert said(see).count("See 7:3") == 1 and see.css_first("a").attributes["href"] == "#b3"


def test_what_has_no_place_stands_on_top() -> None:
    broken = find(ARTICLE, "content/debris", "warning", "\n\n", "Blank.")
    found = page(replace(article(), error="a check failed", findings=(*article().findings, broken)))
    cards = found.css("main > section")[0].css(".card")
    assert [said(card)[:40] for card in cards] == [
        "not checked copycheck/not-checked not fu", "error disclaimers/missing-advice Nothing", "warning content/debris at 1:22 Blank. hi", "notice copycheck/encoding Read as Window",
    ]  # fmt: skip
    assert "not fully checked: a check failed" in said(found.css_first("header"))


def test_the_ledger_and_the_sections() -> None:
    linked = Claim("research", "conditional", Span(2, 9), "Massage", "cited", "https://a.org/s", True)
    found = page(replace(article(), claims=(*article().claims, linked, linked._replace(source="javascript:alert(1)"))))
    reading, claims = found.css("table")
    assert cells(reading) == ["(above the first heading) | 9 | 9 | too short to tell", "Massage in recovery | 42 | 4 | 8–11"]
    assert [link.attributes["href"] for link in reading.css("a")] == ["#b0"]
    assert cells(claims) == [
        "1:3 | Massage | research, conditional, hedged | cited | https://a.org/s",
        "1:3 | Massage | research, conditional, hedged | cited | javascript:alert(1)",
        "3:68 | reduces relapse by 40% | statistic, causal | unsourced | –",
    ]
    assert [link.attributes["href"] for link in claims.css("a")] == ["#b0", "https://a.org/s", "#b0", "#b1"]


@pytest.mark.parametrize("notes", [False, True])
def test_notes_are_there_and_switched_on_where_asked_for(notes: bool) -> None:
    found = page(article(), replace(KNOWN, notes=notes))
    boxes = {box.attributes["value"]: "checked" in box.attributes for box in found.css(".filter input")}
    assert boxes == {
        "error": True, "warning": True, "note": notes, "silenced": True, "claims": True, "compliance": True, "disclaimers": True, "language": True,
    }  # fmt: skip
    assert said(found.css("fieldset")[0]) == "Severity error (3) warning (4) note (1) silenced (1)"
    assert len(found.css("mark.note")) == 1


def test_the_index_ranks() -> None:
    clean, failed = Report("z.md", Profile(), metrics={"words": 3}, text="We are open."), Report("y.md", Profile(), error="it is binary")
    worse = replace(article(), path="worse.md", findings=(*article().findings, article().findings[1]._replace(span=Span(2, 5))))
    index = pages(clean, article(), worse, failed)[INDEX]
    assert cells(index) == [
        "y.md not checked | 0 | 0 | 0 | 0 | 0 | 0 | – | –",
        "worse.md | 3 | 5 | 1 | 1 | 0 | 1 | 51 | 9.75",
        "pages/article.md | 3 | 4 | 1 | 1 | 0 | 1 | 51 | 9.75",
        "z.md | 0 | 0 | 0 | 0 | 0 | 0 | 3 | –",
    ]
    assert "4 files: 6 to fix, 9 to decide" in said(index.css_first("header"))
    assert "No file was checked." in said(pages()[INDEX].css_first("header"))


def test_a_file_without_findings_has_no_filter() -> None:
    found = page(Report("clean.md", Profile(), text="# Open 😴\n\nWe are open."))
    assert not found.css(".filter, mark, .card, table") and "Open 😴" in said(found.css_first("#article"))
    assert "no findings in the checks that ran" in said(found.css_first("header"))


def test_hostile_text_stays_text() -> None:
    found = page(replace(hostile(), path="</title><script>alert(1)</script>.md", error=None))
    assert "<script>alert(1)</script>" in found.css_first("title").text() and len(found.css("script")) == 1
    assert "<script>alert(1)</script>" in said(found.css_first("#article"))
    silenced = Suppressed(Finding(HOSTILE, Severity.error, Span(0, 9), HOSTILE, help="javascript:alert(1)"), HOSTILE)
    page(
        Report("a.md", Profile(), suppressed=(silenced,), text='# [x](javascript:alert(1) "\'><script>")\n\n' + HOSTILE)
    )  # the reader of pages looks


def test_names_are_safe_and_each_path_has_its_own() -> None:
    paths = [
        "a/b.md",
        "a-b.md",
        "A/b.md",
        "../../etc/passwd",
        "你好.md",
        "",
        "-",
        "con",
        "x" * 300,
        "a\0\ud800<>:|?*.md",
        "index",
        "a/b.md",
    ]
    names = file_names(paths)
    assert len({name.lower() for name in names}) == len(names) and all(len(name) < 90 for name in names)
    assert all(name.removesuffix(".html").replace("-", "").isalnum() and name.isascii() and name != INDEX for name in names)
    assert names[0].startswith("a-b-md-") and names[-1] == names[0].replace(".html", "-2.html") and file_names(paths[3:4]) == names[3:4]
