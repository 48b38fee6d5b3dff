"""Across: what is told from all the pages of a run together, after each was checked by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from copycheck.findings import NOT_APPLIED, Paragraph, Report, Suppressed
from copycheck.source import Notice, Span

_MOST = 3  # pages; a paragraph that stands on more is the site's own boilerplate


def repeated(reports: Sequence[Report]) -> dict[int, list[Paragraph]]:
    """By the number of the report, every paragraph that stands on two or three of the pages, in order of place.

    The finding of each names the first other page; the order of the pages does not matter but for that.
    """
    places: dict[str, list[int]] = {}
    for number, report in enumerate(reports):
        for paragraph in report.paragraphs:
            places.setdefault(paragraph.key, []).append(number)
    told: dict[int, list[Paragraph]] = {}
    by_key: dict[int, dict[str, Paragraph]] = {}
    for key, numbers in places.items():
        if 2 <= len(numbers) <= _MOST:
            for number in numbers:
                if number not in by_key:
                    by_key[number] = {paragraph.key: paragraph for paragraph in reports[number].paragraphs}
                one = by_key[number][key]
                other = next(reports[place].path for place in numbers if place != number)
                made = one.finding._replace(message=one.finding.message.replace("{page}", other))
                told.setdefault(number, []).append(one._replace(finding=made))
    return {number: sorted(members, key=lambda one: one.finding.span) for number, members in sorted(told.items())}


def conclude(reports: Sequence[Report], may_apply: Callable[[Report], bool] = lambda report: False) -> list[Report]:
    """The reports with what only all of them show: paragraphs that stand on other pages too, and whether selected rules applied anywhere.

    It works on reports alone, after the cache and the processes have handed them over: what it must know of a page stands in its Report.
    `may_apply` says of one to which no selected rule applies whether that is the page's doing, and not that of a choice without sense.
    """
    told = repeated(reports)
    reports = [_with(report, told[number]) if number in told else report for number, report in enumerate(reports)]
    applied = any(report.error is None and not report.unapplied for report in reports)
    return [_unapplied(report, applied or may_apply(report)) if report.unapplied and report.error is None else report for report in reports]


def _unapplied(report: Report, applied: bool) -> Report:
    """A page to which no selected rule applies has nothing to say; where none could apply to any page of the run, nothing was checked."""
    if not applied:
        return replace(report, error=f"no selected rule applies to it: {report.unapplied}", metrics=None, claims=(), sections=())
    said = Notice(NOT_APPLIED, f"No selected rule applies to this page: {report.unapplied}.")
    return replace(report, notices=(*report.notices, said))


def _with(report: Report, paragraphs: Sequence[Paragraph]) -> Report:
    findings = [*report.findings, *(one.finding for one in paragraphs if one.reason is None)]
    silenced = [Suppressed(one.finding, one.reason) for one in paragraphs if one.reason is not None]
    ordered = sorted(findings, key=lambda one: (one.span == Span(0, 0), one.span, one.rule))
    return replace(report, findings=tuple(ordered), suppressed=(*report.suppressed, *silenced))
