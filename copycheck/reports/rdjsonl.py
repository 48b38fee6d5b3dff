"""Rdjsonl report: Reviewdog Diagnostic Format, one `Diagnostic` a line (reviewdog.proto, package reviewdog.rdf)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from copycheck.findings import Report, Severity
from copycheck.reports import Options
from copycheck.reports.entries import Entry, all_entries, replacements
from copycheck.reports.inert import dumps
from copycheck.source import Source

_SEVERITIES = {Severity.error: "ERROR", Severity.warning: "WARNING", Severity.info: "INFO"}


def render(reports: Sequence[Report], options: Options) -> str:
    """What was silenced is INFO with its reason in words; what has no place in the file has no range. Nothing to say is no line."""
    return "".join(dumps(_diagnostic(entry, options)) + "\n" for entry in all_entries(reports, options))


def _diagnostic(entry: Entry, options: Options) -> dict[str, Any]:
    location: dict[str, Any] = {"path": entry.path}
    code = {"value": entry.rule}
    if entry.finding and entry.finding.help:
        code["url"] = entry.finding.help
    suggestions = []
    if entry.span:
        location["range"] = {"start": _position(entry.span.start, entry.source), "end": _position(entry.span.end, entry.source)}
        suggestions = [{"range": location["range"], "text": text} for text in replacements(entry, options)]
    return {
        "message": entry.message,
        "location": location,
        "severity": _SEVERITIES[entry.severity],
        "source": {"name": "copycheck"},
        "code": code,
        **({"suggestions": suggestions} if suggestions else {}),
    }


def _position(offset: int, source: Source) -> dict[str, int]:
    """Line and column from 1; the column in bytes of UTF-8, a byte order mark not counted."""
    line, column = source.location(offset)
    before = source.text[offset - column + 1 : offset]
    return {"line": line, "column": len(before.encode("utf-8", "surrogatepass")) + 1}
