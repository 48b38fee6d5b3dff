from __future__ import annotations

from report_readers import checkstyle
from report_samples import article

from copycheck.findings import Profile, Report
from copycheck.reports import Options, render


def test_a_file_each_and_an_error_a_finding() -> None:
    failed, clean = Report("a.md", Profile(), error="it is binary"), Report("b.md", Profile())
    broken, fine, page = checkstyle(render([article(), failed, clean], "checkstyle", Options()))
    assert broken[0].attrib == {
        "line": "1", "severity": "error", "message": "not checked: it is binary", "source": "copycheck/not-checked",
    }  # fmt: skip
    assert fine.attrib == {"name": "b.md"} and len(fine) == 0
    assert page[0].get("column") is None and page[0].get("source") == "disclaimers/missing-advice"
    assert [page[1].get(name) for name in ("line", "column", "severity")] == ["3", "20", "error"]
    assert (page[8].get("severity"), page[8].get("line")) == ("info", "7") and str(page[8].get("message")).startswith("Silenced (")
