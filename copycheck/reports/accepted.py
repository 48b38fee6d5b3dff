"""Accepted: findings that somebody silenced and claims that somebody approved, each with who, until when and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from copycheck.claims.approved import Approved
from copycheck.findings import Report
from copycheck.reports import inert
from copycheck.reports.printable import guarded, one_line, path_label
from copycheck.reports.summary import by_path, posix_path
from copycheck.reports.wording import failure, number
from copycheck.source import Source
from copycheck.suppress import person, until

SCHEMA = "copycheck-accepted/1"
LAPSED = "lapsed"


class Row(NamedTuple):
    """One acceptance. `state` is holds or lapsed; `by` and `until` are empty where none is named; line 0 is a file as a whole."""

    state: str
    until: str
    by: str
    path: str
    line: int
    what: str
    words: str
    reason: str


def rows_of(reports: Sequence[Report], approvals: Mapping[str, Approved], approvers: Sequence[str], today: date) -> list[Row]:
    """What was accepted, lapsed first, then by the day on which it ends; `approvals` are files of approved claims, by path."""
    rows = []
    for report in reports:
        source = Source(report.path, report.text)
        for state, entries in (("holds", report.suppressed), (LAPSED, report.lapsed)):
            for finding, reason in entries:
                who = person(reason, approvers) or person(reason)
                place = posix_path(report.path), source.location(finding.span.start)[0]
                rows.append(Row(state, until(reason), who, *place, finding.rule, finding.excerpt or finding.message, reason))
    for path, approved in approvals.items():
        for entry in approved.entries:
            state = "holds" if today <= entry.expires else LAPSED
            rows.append(Row(state, str(entry.expires), entry.approved_by, path, 0, "approved claim", entry.wording, entry.source))
    return sorted(rows, key=lambda row: (row.state != LAPSED, row.until or "9999", row))


def render(rows: Sequence[Row], reports: Sequence[Report], format: str) -> str:
    """The list as text, json or csv; files that were not checked are named, for nobody knows what they hold."""
    failed = {posix_path(report.path): failure(report) for report in by_path(reports) if report.error is not None}
    known = sum(len(report.known) for report in reports)
    if format == "json":
        whole = {"schema": SCHEMA, "accepted": [row._asdict() for row in rows], "known": known, "not_checked": failed}
        return inert.dumps(whole, 1) + "\n"
    if format == "csv":
        return inert.table(Row._fields, [*rows, *(("not checked", "", "", path, "", "", "", why) for path, why in failed.items())])
    lines = [*map(_line, rows), *(f"{path_label(path)}: {why}" for path, why in failed.items())]
    lapsed = sum(row.state == LAPSED for row in rows)
    told = f"{len(rows) - lapsed:,} accepted, {lapsed:,} lapsed"
    lines.append(told + (f"; {number(known, 'finding')} in the baseline, which no one signed." if known else "."))
    return guarded("".join(line + "\n" for line in lines))


def _line(row: Row) -> str:
    place = path_label(row.path) + (f":{row.line}" if row.line else "")
    signed = f"by {row.by or 'nobody'}, {f'until {row.until}' if row.until else 'with no end date'}: {row.reason}"
    return f"{place}: {row.state}: {one_line(f'{row.what} “{row.words}” {signed}')}"
