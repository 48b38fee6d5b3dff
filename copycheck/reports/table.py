"""Table: the report as CSV, for spreadsheets; the format `csv`."""

from __future__ import annotations

from collections.abc import Sequence

from copycheck.findings import Report
from copycheck.reports import Options
from copycheck.reports.entries import Entry, all_entries
from copycheck.reports.inert import table

COLUMNS = ("path", "line", "column", "status", "rule", "confidence", "message", "wording", "suggestions", "reason", "help", "fingerprint")


def render(reports: Sequence[Report], options: Options) -> str:
    """One row an entry. `status` is error, warning or note; silenced, not checked or notice. Suggestions are separated by ` · `."""
    return table(COLUMNS, map(_row, all_entries(reports, options)))


def _row(entry: Entry) -> tuple[str, ...]:
    line, column = map(str, entry.start) if entry.span else ("", "")
    if entry.finding is None:
        return (entry.path, line, column, entry.label, entry.rule, "", entry.message, "", "", "", "", "")
    found = entry.finding
    told = (found.confidence, entry.message, found.excerpt, " · ".join(found.suggestions), entry.reason, found.help, entry.fingerprint)
    return (entry.path, line, column, entry.label, entry.rule, *told)
