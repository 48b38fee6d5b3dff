"""Ledger: every claim of a run with its place, strength and source, for a medical reviewer to decide on and to sign."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from copycheck import __version__
from copycheck.findings import Claim, Report
from copycheck.reports import inert
from copycheck.reports.jsonreport import spread
from copycheck.reports.printable import guarded, one_line, path_label
from copycheck.reports.summary import by_path, posix_path
from copycheck.reports.wording import GUIDANCE, NOTHING, number
from copycheck.source import Source

SCHEMA = "copycheck-claims/1"
CITED = "“cited” means that a source is given there, not that its content was checked."
STATUSES = ("unsourced", "vague", "named", "self", "weak", "broken", "cited", "approved")
NOT_CHECKED = "not checked"
COLUMNS = ("path", "line", "column", "kind", "strength", "hedged", "status", "claim", "source", "decision", "name", "date")

_ADDRESS = re.compile(r"https?://[^\s<>\\]+")


class Row(NamedTuple):
    """One line of the ledger: a claim and its place, or a file that was not checked, whose `claim` is None."""

    path: str
    line: int
    column: int
    claim: Claim | None
    error: str = ""


def render(reports: Sequence[Report], format: str) -> str:
    """The ledger in one of FORMATS, by path and place. A file that was not checked stands in it as such.

    Hostile text shows as U+FFFD, in JSON escaped; no cell begins with what a spreadsheet takes for a formula.
    """
    return _RENDERERS[format](by_path(reports))


def rows_of(reports: Sequence[Report]) -> Iterator[Row]:
    """The lines of the ledger."""
    for report in reports:
        source = Source(report.path, report.text)
        if report.error is not None:
            yield Row(posix_path(report.path), 1, 1, None, report.error)
        for claim in sorted(report.claims, key=lambda claim: (claim.span, claim.kind, claim.text)):
            yield Row(posix_path(report.path), *source.location(claim.span.start), claim)


def _summary(reports: Sequence[Report]) -> str:
    """How many claims, and how they are supported."""
    if not reports:
        return NOTHING
    found = Counter(claim.status for report in reports for claim in report.claims)
    failed = sum(report.error is not None for report in reports)
    parts = [number(sum(found.values()), "claim")]
    if found:
        known = [*STATUSES, *sorted(found.keys() - set(STATUSES))]
        parts.append(", ".join(f"{found[status]:,} {one_line(status)}" for status in known if found[status]))
    if failed:
        parts.append(f"{failed:,} {NOT_CHECKED}")
    return f"{number(len(reports), 'file')}: {'; '.join(parts)}."


def _text(reports: Sequence[Report]) -> str:
    lines = []
    for path, line, column, claim, error in rows_of(reports):
        if claim is None:
            lines.append(f"{path_label(path)}: {NOT_CHECKED}: {one_line(error)}")
        else:
            traits = ", ".join(
                one_line(trait) for trait in (claim.kind, claim.strength, *(["hedged"] if claim.hedged else []), claim.status)
            )
            given = f" Source: {one_line(claim.source)}" if claim.source else ""
            lines.append(f"{path_label(path)}:{line}:{column}: {traits}: “{one_line(claim.text)}”{given}")
    lines += [f"copycheck: {text}" for text in (_summary(reports), CITED, GUIDANCE)]
    return guarded("".join(line + "\n" for line in lines))


def _json(reports: Sequence[Report]) -> str:
    files = []
    for report in reports:
        listed = [spread(row.claim) | {"line": row.line, "column": row.column} for row in rows_of([report]) if row.claim]
        files.append({"path": posix_path(report.path), "error": report.error, "claims": listed})
    found = Counter(claim.status for report in reports for claim in report.claims)
    summary = {
        "files": len(reports),
        "failed": sum(report.error is not None for report in reports),
        "claims": sum(found.values()),
        "statuses": {status: found[status] for status in sorted(found)},
    }
    whole = {"schema": SCHEMA, "version": __version__, "note": f"{CITED} {GUIDANCE}", "files": files, "summary": summary}
    return inert.dumps(whole, 1) + "\n"


def _cells(row: Row) -> tuple[str, ...]:
    """A line's cells in the order of COLUMNS; the reviewer's stay empty."""
    path = one_line(row.path)
    if row.claim is None:
        return (path, "", "", "", "", "", NOT_CHECKED, one_line(row.error), "", "", "", "")
    claim = row.claim
    traits = (claim.kind, claim.strength, "yes" if claim.hedged else "no", claim.status, claim.text, claim.source or "")
    return (path, str(row.line), str(row.column), *map(one_line, traits), "", "", "")


def _csv(reports: Sequence[Report]) -> str:
    return inert.table(COLUMNS, map(_cells, rows_of(reports)))


def _markdown(reports: Sequence[Report]) -> str:
    lines = ["# Claims", "", inert.markdown(_summary(reports)) + " " + CITED, "", GUIDANCE, ""]
    rows = list(rows_of(reports))
    if rows:
        names = ("Place", "Kind", "Strength", "Hedged", "Status", "Claim", "Source", "Decision", "Name", "Date")
        lines += ["| " + " | ".join(names) + " |", "| " + " | ".join("---" for _ in names) + " |"]
        for row in rows:
            path, line, column, *traits = _cells(row)
            place = inert.markdown(path) + (f":{line}:{column}" if line else "")
            kind, strength, hedged, status, text, source, *signed = traits
            linked = f"<{source.replace('|', '%7C')}>" if _ADDRESS.fullmatch(source) else inert.markdown(source)
            cells = (place, *map(inert.markdown, (kind, strength, hedged, status, text)), linked, *signed)
            lines.append("| " + " | ".join(cells) + " |")
    return guarded("".join(line.rstrip() + "\n" for line in lines))


_RENDERERS: Mapping[str, Callable[[Sequence[Report]], str]] = {"text": _text, "json": _json, "csv": _csv, "markdown": _markdown}

FORMATS = tuple(_RENDERERS)
