"""Triage: what is hostile stays text, and an earlier report is read strictly."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from report_samples import article, hostile
from test_reports import RAW

from copycheck.findings import Profile, Report
from copycheck.reports import Options, render, triage
from copycheck.source import Unreadable


@pytest.mark.parametrize("format_", ["text", "json", "csv"])
def test_the_order_of_reports_and_hostile_text_change_nothing(format_: str) -> None:
    run = [article(), hostile(), Report("gone.md", Profile(), error="no such file")]
    made = triage.render(run, {}, format_, 20)
    assert made == triage.render(run[::-1], {}, format_, 20) and not RAW.search(made)
    assert not any(line.startswith(("::", "=")) for line in made.splitlines()) and "pages/article.md" in made


def test_a_report_compared_with_itself_shows_no_trend(tmp_path: Path) -> None:
    earlier = tmp_path / "old.json"
    earlier.write_bytes(render([article()], "json", Options()))
    told = json.loads(triage.render([article()], triage.load(earlier), "json", 20))
    assert told["trend"] == {"new": 0, "gone": 0, "new_pages": 0, "gone_pages": 0}
    assert [rule["rule"] for rule in told["rules"][:2]] == ["claims/unsourced-efficacy", "claims/unsourced-statistic"]
    with pytest.raises(Unreadable):
        triage.load(tmp_path)


def test_pages_that_only_one_of_the_reports_has_are_told_and_one_that_failed_is_not_new(tmp_path: Path) -> None:
    earlier = tmp_path / "old.json"
    old = Report("old.md", Profile())
    earlier.write_bytes(render([article(), old], "json", Options()))
    failed = Report("failed.md", Profile(), error="it is broken")
    run = [article(), replace(old, path="renamed.md"), failed]
    told = triage.render(run, triage.load(earlier), "text", 20)
    assert "0 new and 0 gone of those to fix or to decide; 1 page that it did not check, 1 page that only it has.\n" in told
    assert "new page  renamed.md" in told and "new page  failed.md" not in told and "failed.md: not checked: it is broken" in told
    assert json.loads(triage.render(run, triage.load(earlier), "json", 20))["trend"]["gone_pages"] == 1
