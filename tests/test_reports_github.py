from __future__ import annotations

from report_readers import github
from report_samples import ARTICLE, article, find, missing

from copycheck.findings import Finding, Profile, Report, Severity
from copycheck.reports import Options, render
from copycheck.reports.github import MOST
from copycheck.source import Span

PLAIN = Options()


def shown(*reports: Report, options: Options = PLAIN) -> str:
    return render(reports, "github", options).decode("utf-8")


def test_annotations() -> None:
    report = shown(article())
    assert (
        "::error file=pages/article.md,line=3,endLine=3,col=20,endColumn=37,title=claims/unsourced-efficacy::“clinically proven” needs"
        in report
    )
    assert "::error file=pages/article.md,title=disclaimers/missing-advice::Nothing on the page" in report
    assert report.splitlines()[-2:] == [
        "pages/article.md:7:6: claims/unsourced-efficacy Silenced (confirmed by the medical reviewer): “reduces anxiety” needs a source.",
        "pages/article.md: notice: copycheck/encoding Read as Windows-1252.",
    ]
    assert "::notice title=copycheck::1 file: 3 to fix, 4 to decide, 1 note (--notes shows them); 1 silenced. Guidance" in report


def test_notes_are_annotations_where_they_are_asked_for() -> None:
    assert "compliance/urgency" not in shown(article())
    assert "::notice file=pages/article.md,line=3,endLine=3" in shown(article(), options=Options(notes=True))


def test_a_span_of_several_lines_has_no_columns() -> None:
    finding = Finding("a/b", Severity.warning, Span(1, 6), "No.")
    ((_, properties, _), _), _ = github(shown(Report("a.md", Profile(), (finding,), text="one\ntwo")).encode())
    assert properties == {"file": "a.md", "line": "1", "endLine": "2", "title": "a/b"}


def test_no_more_than_github_takes_and_the_rest_in_the_log() -> None:
    words = [match for match in ARTICLE.split() if match.isalpha()][:14]
    found = tuple(find(ARTICLE, f"a/{number}", "error", word, "No.") for number, word in enumerate(words))
    notes = tuple(finding._replace(severity=Severity.info, rule=f"b/{finding.rule[2:]}") for finding in found)
    reports = [Report("a.md", Profile(), (*found, *notes), text=ARTICLE), Report("z.md", Profile(), error="it is binary")]
    commands, lines = github(shown(*reports, options=Options(notes=True)).encode())
    kinds = [kind for kind, _, _ in commands]
    assert kinds.count("error") == kinds.count("notice") == MOST
    assert commands[0][1]["file"] == "z.md"  # a file that was not checked comes first
    told = {properties["title"] for _, properties, _ in commands} | {line.split()[2] for line in lines}
    assert {finding.rule for finding in (*found, *notes)} <= told
    assert "10 without an annotation are in the log of this step." in commands[-1][2] and len(lines) == 10
    assert any(line.startswith("a.md:3:") and ": error: a/" in line for line in lines)


def test_what_a_command_acts_on_is_escaped() -> None:
    report = Report("a,b:c%d\ne::f.md", Profile(), (missing("x/y,z::w", message="100%0A\n::error::x"),), text="x")
    first = shown(report).splitlines()[0]
    assert first.startswith("::error file=a%2Cb%3Ac%25d\ufffde%3A%3Af.md,title=x/y%2Cz%3A%3Aw::100%250A ::error::x Suggested: ")
