from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import pytest
from golden_files import assert_golden
from hypothesis import given, settings
from hypothesis import strategies as st
from report_samples import ARTICLE, article, find, hostile, missing, reports

from copycheck.findings import Finding, Profile, Report, Severity, Suppressed
from copycheck.reports import Options, render
from copycheck.reports.printable import cells
from copycheck.source import Notice, Span
from tests.work import calls

WIDE = Options(width=100)
CLEAN = Report("clean.md", Profile(), text="We are open.")


def shown(*given_reports: Report, options: Options = WIDE) -> str:
    return render(given_reports, "text", options).decode("utf-8")


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("report.txt", Options(width=88)),
        ("report-notes.txt", Options(width=88, notes=True, verbose=True)),
        ("report-narrow.txt", Options(width=36)),
        ("report-colour.txt", Options(width=88, colour=True)),
        ("report-lines.txt", Options(grouped=False)),
    ],
)
def test_golden(name: str, options: Options) -> None:
    assert_golden(name, shown(article(), options=options))


def test_golden_run() -> None:
    owed = missing("disclaimers/missing-advice")
    run = [article(), CLEAN, replace(CLEAN, path="::error.md", error="it is a binary file")]
    run += [Report(f"page-{number}.md", Profile(), (owed,)) for number in range(3)]
    assert_golden("report-run.txt", shown(*run))
    assert_golden("report-owed.txt", shown(article(), *run[3:]))


def test_the_first_line_is_the_verdict_and_the_profile() -> None:
    first = shown(article(), options=Options(width=200)).split("\n")[0]
    assert first == (
        "pages/article.md: 3 to fix, 4 to decide, 1 note · "
        "us, addiction, promotional copy (signals: phone number, “detox”, “call today”), preset clinic"
    )


def test_a_clean_page_is_not_cleared() -> None:
    output = shown(CLEAN)
    assert output == (
        "clean.md: no findings in the checks that ran; not legal clearance · us, general, promotional copy,\n"
        "  preset clinic\n"
        "\n"
        "Guidance, not legal advice.\n"
    )
    assert "2 files: no findings in the checks that ran; not legal clearance." in shown(CLEAN, replace(CLEAN, path="b.md"))


def test_nothing_checked_is_no_clean_run() -> None:
    assert "No file was checked." in shown() and "no findings" not in shown()
    failed = replace(CLEAN, error="it cannot be read")
    assert "clean.md: not checked: it cannot be read" in shown(failed)
    assert "1 file: 1 not checked." in shown(failed) and "no findings" not in shown(failed)
    assert b"no findings" not in render([failed], "text", Options(grouped=False))


def test_what_was_found_before_a_failure_is_told_too() -> None:
    output = shown(replace(article(), error="the check “claim” broke off"))
    assert "not fully checked: the check “claim” broke off" in output and "claims/list" in output


def test_findings_of_a_sentence_share_a_frame() -> None:
    output = shown(article())
    assert output.count("Massage therapy is clinically proven") == 1
    assert output.index("claims/unsourced-efficacy") < output.index("compliance/toxin-removal") < output.index("claims/unsourced-statistic")


def test_notes_are_counted_and_shown_when_asked_for() -> None:
    assert "compliance/urgency" not in shown(article())
    assert "1 note (--notes shows them)" in shown(article())
    asked = shown(article(), options=replace(WIDE, notes=True))
    assert "compliance/urgency" in asked and "--notes" not in asked


def test_a_repeated_finding_is_shown_once_with_its_places() -> None:
    output = shown(article())
    assert output.count("names a person by a condition") == 1
    assert "also at 10:4" in output
    text = "\n".join("An addict called." for _ in range(30))
    many = tuple(find(text, "language/addict", "warning", "addict", "No.", nth=n) for n in range(30))
    assert "and 21 more" in shown(Report("a.md", Profile(), many, text=text))


def test_a_repeat_in_the_same_sentence_is_marked_there() -> None:
    text = "The addict met an Addict."
    both = (find(text, "language/addict", "warning", "addict", "No."), find(text, "language/addict", "warning", "Addict", "No."))
    output = shown(Report("a.md", Profile(), both, text=text))
    assert "    ^^^^^^        ^^^^^^" in output and "also at" not in output and output.count("No.") == 1


def test_same_words_under_another_rule_are_not_a_repeat() -> None:
    text = "An addict called."
    both = (find(text, "language/addict", "warning", "addict", "One."), find(text, "language/other", "warning", "addict", "Two."))
    output = shown(Report("a.md", Profile(), both, text=text))
    assert "One." in output and "Two." in output


def test_bullets_of_a_list_finding_are_places() -> None:
    assert "see 7:3" in shown(article())


def test_missing_things_stand_in_one_block_worst_first() -> None:
    findings = (missing("disclaimers/a", "warning", "First."), missing("disclaimers/b", "error", "Second."))
    output = shown(Report("a.md", Profile(), findings))
    assert output.count("Missing on this page") == 1
    assert output.index("Second.") < output.index("First.")


def test_what_is_said_of_the_whole_page_is_not_missing() -> None:
    grade = Finding("readability/grade", Severity.warning, Span(0, 0), "The page reads at grade 13.", related=(Span(0, 2),))
    pages = [Report(path, Profile(), (grade,), text="We are.") for path in ("a.md", "b.md")]
    output = shown(*pages)
    assert output.count("The page as a whole\n  warning  readability/grade  The page reads at grade 13.\n           see 1:1") == 2
    assert "Missing" not in output


def test_a_duty_that_every_page_owes_is_told_once() -> None:
    owed = missing("disclaimers/missing-advice")
    pages = [Report(f"{letter}.md", Profile(), (owed,)) for letter in "cab"]
    output = shown(*pages)
    assert output.count(owed.message) == 1
    assert "Missing on every page (3 files)" in output and "a.md, b.md, c.md" in output
    assert "Missing on every page" not in shown(*pages, CLEAN)
    assert "Missing on every page" in shown(*pages, replace(CLEAN, error="it cannot be read"))
    assert "Missing on every page" not in shown(pages[0])


def test_suggestions_that_the_message_names_are_not_said_twice() -> None:
    finding = missing("disclaimers/a", message="Say “use disorder” instead.")._replace(suggestions=("use disorder",))
    assert "→" not in shown(Report("a.md", Profile(), (finding,)))
    assert "→" in shown(Report("a.md", Profile(), (finding._replace(suggestions=("use disorder", "use")),)))


def test_long_suggestions_are_cut_unless_all_is_asked_for() -> None:
    finding = missing("disclaimers/a")._replace(suggestions=("word " * 60 + "end",))
    assert "word …" in shown(Report("a.md", Profile(), (finding,)))
    assert "end" in shown(Report("a.md", Profile(), (finding,)), options=replace(WIDE, verbose=True))


def test_notices_of_what_is_as_asked_need_verbose() -> None:
    assert "Windows-1252" in shown(article()) and "claims/gummies" not in shown(article())
    assert "claims/gummies" in shown(article(), options=replace(WIDE, verbose=True))
    assert "Windows-1252" not in shown(article(), options=replace(WIDE, quiet=True))


def test_the_silenced_are_counted_and_listed_when_asked_for() -> None:
    assert "1 silenced" in shown(article())
    assert "at 7:6: confirmed by the medical reviewer" in shown(article(), options=replace(WIDE, verbose=True))
    only = Report("a.md", Profile(), suppressed=(Suppressed(article().findings[3], "a reason"),))
    assert "1 silenced" in shown(only)


def test_quiet_leaves_findings_and_failures() -> None:
    quiet = replace(WIDE, quiet=True)
    output = shown(article(), options=quiet)
    assert "claims/list" in output and "legal" not in output and "told by" not in output
    assert shown(CLEAN, options=quiet) == "" == shown(CLEAN, options=replace(quiet, grouped=False))
    assert "not checked" in shown(replace(CLEAN, error="broken"), options=quiet)


def test_one_line_a_finding_when_piped() -> None:
    lines = shown(article(), options=Options(grouped=False, quiet=True)).splitlines()
    assert len(lines) == 7
    assert "pages/article.md:3:68: error: claims/unsourced-statistic “40%” is a figure without a source." in lines
    assert "pages/article.md:1:1: error: disclaimers/missing-advice" in lines[0]
    everything = shown(article(), options=Options(grouped=False, verbose=True, notes=True))
    assert "pages/article.md:7:6: silenced: claims/unsourced-efficacy confirmed by the medical reviewer" in everything
    assert "pages/article.md:3:194: note: compliance/urgency" in everything


def test_a_finding_without_its_sentence_is_framed_by_its_line() -> None:
    finding = Finding("a/b", Severity.error, Span(12, 16), "No.")
    assert "2:6 │ some pain here\n    │      ^^^^" in shown(Report("a.md", Profile(), (finding,), text="Before\nsome pain here\nafter"))


def test_a_finding_is_told_even_if_its_text_is_not_there() -> None:
    output = shown(Report("a.md", Profile(), (Finding("a/b", Severity.error, Span(5, 9), "No."),)))
    assert "a/b  No." in output


def test_a_file_in_one_line_with_thousands_of_findings() -> None:
    def report(size: int) -> Report:
        text = "an addict called and " * size
        found = tuple(
            Finding("language/addict", Severity.warning, Span(at, at + 6), f"{at}", sentence=Span(0, len(text)), excerpt=f"addict {at}")
            for at in range(3, len(text), 21 * 25)
        )
        return Report("a.md", Profile(), found, text=text)

    few, many = report(1_000), report(8_000)
    output = shown(many)
    assert output.count("warning  language/addict") == len(many.findings) == 320 and len(output) < 240_000
    assert calls(lambda: shown(many)) < 9 * calls(lambda: shown(few))


HOSTILE = "\x1b]8;;http://x\x07\u202e\u2066\x9b\r\n::set-output name=x::y\n##[error]z\u2028\ud800"


@pytest.mark.parametrize("options", [WIDE, Options(width=30, verbose=True, notes=True), Options(grouped=False, verbose=True, notes=True)])
def test_hostile_text_steers_nothing(options: Options) -> None:
    finding = Finding(
        HOSTILE, Severity.error, Span(0, 9), HOSTILE, (HOSTILE,), sentence=Span(0, len(HOSTILE)), excerpt=HOSTILE, help=HOSTILE
    )
    report = Report(
        "::error file=a,line=1::" + HOSTILE,
        Profile(signals=(HOSTILE,)),
        (finding, finding._replace(span=Span(0, 0))),
        (Suppressed(finding, HOSTILE),),
        notices=(Notice("copycheck/x", HOSTILE),),
        error=HOSTILE,
        text=HOSTILE,
    )
    assert_harmless(shown(report, replace(CLEAN, path=HOSTILE), options=options))


def assert_harmless(output: str) -> None:
    output.encode("utf-8")
    assert not output or output.endswith("\n")
    for line in output.split("\n"):
        assert not line.lstrip().startswith("::")
        assert "##[" not in line and "##vso[" not in line
        assert not [c for c in line if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") and c != "\u200d"]
        assert not line.endswith(" ")


@given(st.lists(reports(), max_size=3), st.builds(Options, st.just(False), st.integers(0, 120), *[st.booleans()] * 4))
@settings(deadline=None, max_examples=40)
def test_any_report_is_rendered_harmless_and_the_same_each_time(some: list[Report], options: Options) -> None:
    output = shown(*some, options=options)
    assert_harmless(output)
    assert output == shown(*some, options=options)


@given(reports(), st.integers(60, 120))
@settings(deadline=None, max_examples=40)
def test_lines_fit_the_width(report: Report, width: int) -> None:
    for line in shown(report, options=Options(width=width)).splitlines():
        assert sum(cells(line)) <= width


@pytest.mark.parametrize("width", [30, 100])
def test_a_link_changes_nothing_that_is_read(width: int) -> None:
    options = Options(width=width)
    linked = shown(article(), options=replace(options, links=True))
    assert "\x1b]8;;https://example.org/guidance\x1b\\claims/unsourced-efficacy\x1b]8;;\x1b\\" in linked
    assert re.sub(r"\x1b]8;;[!-~]*\x1b\\", "", linked) == shown(article(), options=options)
    assert "\x1b" not in shown(hostile(), options=replace(options, links=True))


@given(reports())
@settings(deadline=None, max_examples=40)
def test_colour_changes_nothing_but_colour(report: Report) -> None:
    assert re.sub(r"\x1b\[[0-9;]*m", "", shown(report, options=replace(WIDE, colour=True))) == shown(report)


def test_the_article_is_what_it_seems() -> None:
    assert all(ARTICLE[slice(*finding.span)] == finding.excerpt for finding in article().findings if finding.excerpt)
