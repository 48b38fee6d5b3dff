"""Accepted: what is hostile stays text, and what lapsed stands first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from report_samples import HOSTILE, article, hostile
from test_reports import RAW

from copycheck.claims.approved import Approved, Entry
from copycheck.findings import Suppressed
from copycheck.reports import accepted

DAY = date(2026, 11, 1)
APPROVED = {"a.yaml": Approved((Entry(HOSTILE, HOSTILE, HOSTILE, DAY), Entry("Rest may help.", "a source", "J. Doe", date(2026, 10, 31))))}


def rows() -> list[accepted.Row]:
    report = article()
    lapsed = replace(report, lapsed=(Suppressed(report.findings[1], "a name, A. Lee, until 2026-09-30"),))
    return accepted.rows_of([lapsed, hostile()], APPROVED, ["A. Lee"], DAY)


def test_what_lapsed_stands_first_and_the_last_day_counts() -> None:
    assert [(row.state, row.by) for row in rows()[:3]] == [("lapsed", "A. Lee"), ("lapsed", "J. Doe"), ("holds", HOSTILE)]
    assert {row.by for row in rows() if row.path == "pages/article.md"} == {"A. Lee", "medical reviewer"}


@pytest.mark.parametrize("format_", ["text", "json", "csv"])
def test_hostile_text_stays_text(format_: str) -> None:
    made = accepted.render(rows(), [article(), hostile()], format_)
    assert not RAW.search(made) and not any(line.startswith(("::", "=")) for line in made.splitlines())
    assert "confirmed by the medical reviewer" in made and "not checked" in made.replace("not_checked", "not checked")
