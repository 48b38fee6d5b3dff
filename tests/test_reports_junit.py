from __future__ import annotations

from junitparser import Error, Failure, Skipped
from report_readers import junit
from report_samples import article

from copycheck.findings import Profile, Report
from copycheck.reports import Options, render


def test_a_suite_a_file_and_a_case_a_finding() -> None:
    failed, clean = Report("a.md", Profile(), error="it is binary"), Report("b.md", Profile(), text="Hello.")
    suites = junit(render([article(), failed, clean], "junit", Options()))
    assert (suites.tests, suites.failures, suites.errors, suites.skipped) == (12, 7, 1, 1)
    assert [suite.name for suite in suites] == ["a.md", "b.md", "pages/article.md"]
    (broken,), (fine,), cases = (list(suite) for suite in suites)
    assert isinstance(broken.result[0], Error) and broken.result[0].message == "not checked: it is binary"
    assert fine.is_passed
    assert [type(case.result[0]) if case.result else None for case in cases] == [Failure] * 4 + [None] + [Failure] * 3 + [Skipped, None]
    assert cases[0].name == "disclaimers/missing-advice" and cases[1].name == "claims/unsourced-efficacy at 3:20"
    assert cases[1].result[0].type == "error" and cases[2].result[0].type == "warning"
    assert cases[4].system_out == "note: “Call today” presses the reader."
    assert cases[8].result[0].message.startswith("Silenced (confirmed by the medical reviewer): ")
