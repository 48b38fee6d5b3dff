"""JSON report: the contract `copycheck/1`; its schema is data/schema/report-1.json."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from copycheck import __version__
from copycheck.findings import Claim, Finding, Profile, Report, Section, Suppressed
from copycheck.reports import Options
from copycheck.reports.inert import dumps
from copycheck.reports.outline import Outline
from copycheck.reports.summary import by_path, count, named, posix_path
from copycheck.source import Source, Span

SCHEMA = "copycheck/1"


def render(reports: Sequence[Report], options: Options) -> bytes:
    """One file a line, so that reports of thousands of files are quick to write and to compare. It holds all, whatever the options."""
    files = [dumps(entry(report)).encode("utf-8") for report in by_path(reports)]
    head = f'{{"schema": "{SCHEMA}", "version": "{__version__}",\n "files": ['
    tail = f'],\n "summary": {dumps(asdict(count(reports)))}}}\n'
    listed = [part for file in files for part in (b",\n  ", file)]
    return b"".join([head.encode(), *([b"\n  ", *listed[1:]] if listed else []), tail.encode()])  # once, for they are long


def entry(report: Report) -> dict[str, Any]:
    """What is listed of one file."""
    source = Source(report.path, report.text)
    known, outline = frozenset(report.known), Outline(report) if report.tags else None
    every = named(report)
    return {
        "path": posix_path(report.path),
        "error": report.error,
        "profile": _profile(report.profile),
        "notices": [{"rule": notice.rule, "message": notice.message} for notice in report.notices],
        "findings": [_finding(finding, source, name, outline) for finding, name in every if finding not in known],
        "known": [_finding(finding, source, name, outline) for finding, name in every if finding in known],
        "suppressed": [_suppressed(one) for one in sorted(report.suppressed, key=_place)],
        "lapsed": [_suppressed(one) for one in sorted(report.lapsed, key=_place)],
        "claims": [spread(claim) for claim in sorted(report.claims, key=lambda claim: (claim.span, claim.kind))],
        "metrics": {name: value if math.isfinite(value) else None for name, value in sorted((report.metrics or {}).items())},
        "sections": [spread(section) for section in report.sections],
    }


def _profile(profile: Profile) -> dict[str, Any]:
    names = ("jurisdiction", "states", "vertical", "promotional", "stance", "page", "preset", "audience")
    return {name: getattr(profile, name) for name in names} | {"told_by": profile.signals, "guessed": sorted(profile.guessed)}


def _finding(finding: Finding, source: Source, fingerprint: str, outline: Outline | None) -> dict[str, Any]:
    end_line, end_column = source.location(finding.span.end)
    return {
        "rule": finding.rule,
        "severity": finding.severity.name,
        "confidence": finding.confidence,
        "message": finding.message,
        **_related(finding.span, source),
        "end_line": end_line,
        "end_column": end_column,
        "excerpt": finding.excerpt,
        "evidence": _related(finding.evidence, source) if finding.evidence else None,
        "related": [_related(span, source) for span in finding.related],
        "suggestions": list(finding.suggestions),
        "fix": finding.fix or None,
        "help": finding.help or None,
        "fingerprint": fingerprint,
    } | ({"headings": outline.at(finding.span.start)} if outline else {})


def _related(span: Span, source: Source) -> dict[str, int]:
    line, column = source.location(span.start)
    return {"start": span.start, "end": span.end, "line": line, "column": column}


def _suppressed(entry: Suppressed) -> dict[str, Any]:
    from copycheck.suppress import person, until

    span, reason = entry.finding.span, entry.reason
    signed = {"reason": reason, "by": person(reason) or None, "until": until(reason) or None}
    return {"rule": entry.finding.rule, "start": span.start, "end": span.end, **signed}


def _place(entry: Suppressed) -> tuple[Span, str]:
    return entry.finding.span, entry.finding.rule


def spread(found: Claim | Section) -> dict[str, Any]:
    """What was found by the names of its fields, with start and end for its span."""
    values: dict[str, Any] = {}
    for name, value in found._asdict().items():
        values |= {"start": value.start, "end": value.end} if name == "span" else {name: value}
    return values
