"""Across: what is concluded from all pages of a run."""

from __future__ import annotations

from dataclasses import replace

from copycheck.across import conclude
from copycheck.findings import Profile, Report
from copycheck.source import Notice

REPORTS = [Report("a.md", Profile()), Report("b.md", Profile())]


def test_conclusions_are_drawn_in_turn_over_all_pages():
    def first(reports):
        return [replace(report, notices=(Notice("copycheck/x", f"of {len(reports)}"),)) for report in reports]

    def second(reports):
        return [replace(report, error=report.notices[0].message) for report in reports]

    assert [report.error for report in conclude(REPORTS, (first, second))] == ["of 2", "of 2"]


def test_without_any_the_reports_stand():
    assert conclude(REPORTS) == REPORTS
