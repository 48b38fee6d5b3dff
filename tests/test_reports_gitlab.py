from __future__ import annotations

from dataclasses import replace

from report_readers import gitlab
from report_samples import article

from copycheck.findings import Profile, Report
from copycheck.reports import Options, render


def test_issues() -> None:
    issues = gitlab(render([article(), Report("b.md", Profile(), error="it is binary")], "gitlab", Options()))
    by_name = {issue["check_name"]: issue for issue in issues[::-1]}
    assert by_name["copycheck/not-checked"]["severity"] == "critical"
    assert by_name["disclaimers/missing-advice"]["location"] == {"path": "pages/article.md", "lines": {"begin": 1, "end": 1}}
    assert by_name["compliance/toxin-removal"]["severity"] == "minor" and by_name["compliance/urgency"]["severity"] == "info"
    silenced = next(issue for issue in issues if issue["description"].startswith("Silenced ("))
    assert silenced["severity"] == "info" and silenced["location"]["lines"]["begin"] == 7


def test_fingerprints_outlive_edits_elsewhere_and_tell_files_apart() -> None:
    def names(*reports: Report) -> set[str]:
        return {issue["fingerprint"] for issue in gitlab(render(reports, "gitlab", Options()))}

    one, other = article(), replace(article(), path="other.md")
    assert len(names(one, other)) == 2 * len(names(one))
    assert names(replace(one, findings=one.findings[1:])) < names(one)
