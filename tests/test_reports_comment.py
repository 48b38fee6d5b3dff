from __future__ import annotations

from report_readers import markdown
from report_samples import ARTICLE, article, hostile

from copycheck.findings import Finding, Profile, Report, Severity
from copycheck.reports import Options, render
from copycheck.reports.comment import MARK, MOST
from copycheck.source import Span

PLAIN = Options()


def shown(*reports: Report, options: Options = PLAIN) -> str:
    return render(reports, "markdown", options).decode("utf-8")


def test_the_worst_comes_first_and_what_was_silenced_last() -> None:
    report = shown(article(), Report("b.md", Profile(), error="it is binary"))
    rows, words = markdown(report.encode())
    assert report.startswith(MARK + "\n\n") and report.endswith("Guidance, not legal advice.\n")
    assert [row[0] for row in rows] == ["not checked", *["error"] * 3, *["warning"] * 4, "silenced", "notice"]
    assert rows[1][1:3] == ["pages/article.md", "disclaimers/missing-advice"] and rows[2][1] == "pages/article.md:3:20"
    assert "2 files: 3 to fix, 4 to decide, 1 note (--notes shows them); 1 silenced; 1 not checked." in words
    assert [row[0] for row in markdown(shown(article(), options=Options(notes=True)).encode())[0]].count("note") == 1


def test_a_comment_ends_where_the_site_would_refuse_it() -> None:
    found = tuple(Finding(f"a/{number}", Severity.error, Span(number, number + 1), "No. " * 40) for number in range(len(ARTICLE)))
    report = shown(Report("a.md", Profile(), found, text=ARTICLE))
    rows, words = markdown(report.encode())
    assert MOST - 500 < len(report) < 65_536
    assert f"{len(found) - len(rows)} more do not fit into a comment; the other formats have them." in words


def test_nobody_is_notified_and_nothing_is_referred_to() -> None:
    said = "@team #12 !3 ~bug %9 GH-4 &5 $6 www.e.org ftp://e.org <https://e.org/@team> me@e.org"
    finding = Finding("a/b", Severity.error, Span(0, 1), said)
    report = shown(Report("a.md", Profile(), (finding,), text="x"))
    row = next(line for line in report.splitlines() if "team" in line)
    for gone in ("@team \\#", "#12", "!3", "~bug", "%9", "-4", "amp;5", "$6", "www.e", "ftp://", "me@e"):
        assert gone not in row, gone
    assert "`https://e.org/@team`" in row
    assert said.replace("<", "").replace(">", "") in markdown(report.encode())[1].replace("<", "").replace(">", "")


def test_hostile_text_makes_no_row_and_no_tag() -> None:
    report = shown(hostile(), options=Options(notes=True))
    rows, _ = markdown(report.encode())
    assert len(rows) == 5 and all(len(row) == 4 for row in rows)
    assert "<script" not in report and report.count("<!--") == 1
