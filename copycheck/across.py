"""Across: what is told from all the pages of a run together, after each was checked by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from copycheck.findings import Report

Conclusion = Callable[[Sequence[Report]], Sequence[Report]]
CONCLUSIONS: tuple[Conclusion, ...] = ()
"""Each takes the reports of a run, in order, and gives as many back, with what it adds to them."""


def conclude(reports: Sequence[Report], conclusions: Sequence[Conclusion] = CONCLUSIONS) -> list[Report]:
    """The reports with all conclusions drawn.

    It works on reports alone, after the cache and the processes have handed them over: what it must know of a page stands in its Report.
    """
    for draw in conclusions:
        reports = draw(reports)
    return list(reports)
