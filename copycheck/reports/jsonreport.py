"""JSON report: the contract `copycheck/1`; its schema is data/schema/report-1.json."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from copycheck import __version__
from copycheck.findings import Claim, Finding, Profile, Report, Section, Suppressed
from copycheck.reports.inert import dumps
from copycheck.reports.options import Options
from copycheck.reports.outline import Outline
from copycheck.reports.summary import by_path, count, named, posix_path
from copycheck.source import Source, Span
from copycheck.suppress import person, until

SCHEMA = "copycheck/1"


def render(reports: Sequence[Report], options: Options) -> bytes:
    """One file a line, so that reports of thousands of files are quick to write and to compare. It holds all, whatever the options."""
    files = [dumps(entry(report)).encode("utf-8") for report in by_path(reports)]
    counts = count(reports)
    summary = {
        "files": counts.files,
        "errors": counts.errors,
        "warnings": counts.warnings,
        "infos": counts.infos,
        "failed": counts.failed,
        "suppressed": counts.suppressed,
        "known": counts.known,
    }
    head = f'{{"schema": "{SCHEMA}", "version": "{__version__}",\n "files": ['
    tail = f'],\n "summary": {dumps(summary)}}}\n'
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
        "claims": [_claim(claim) for claim in sorted(report.claims, key=lambda claim: (claim.span, claim.kind))],
        "metrics": {name: _number(value) for name, value in sorted((report.metrics or {}).items())},
        "sections": [_section(section) for section in report.sections],
    }


def _profile(profile: Profile) -> dict[str, Any]:
    return {
        "jurisdiction": profile.jurisdiction,
        "states": list(profile.states),
        "vertical": profile.vertical,
        "promotional": profile.promotional,
        "stance": profile.stance,
        "page": profile.page,
        "preset": profile.preset,
        "audience": profile.audience,
        "told_by": list(profile.signals),
        "guessed": sorted(profile.guessed),
    }


def _finding(finding: Finding, source: Source, fingerprint: str, outline: Outline | None) -> dict[str, Any]:
    line, column = source.location(finding.span.start)
    end_line, end_column = source.location(finding.span.end)
    return {
        "rule": finding.rule,
        "severity": finding.severity.name,
        "confidence": finding.confidence,
        "message": finding.message,
        "start": finding.span.start,
        "end": finding.span.end,
        "line": line,
        "column": column,
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
    span, reason = entry.finding.span, entry.reason
    signed = {"reason": reason, "by": person(reason) or None, "until": until(reason) or None}
    return {"rule": entry.finding.rule, "start": span.start, "end": span.end, **signed}


def _place(entry: Suppressed) -> tuple[Span, str]:
    return entry.finding.span, entry.finding.rule


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "kind": claim.kind,
        "strength": claim.strength,
        "start": claim.span.start,
        "end": claim.span.end,
        "text": claim.text,
        "status": claim.status,
        "source": claim.source,
        "hedged": claim.hedged,
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "heading": section.title,
        "start": section.span.start,
        "end": section.span.end,
        "sentences": section.sentences,
        "words": section.words,
        "grades": section.grades,
    }


def _number(value: float) -> float | None:
    """A number that JSON can say; it has none for infinity."""
    return value if math.isfinite(value) else None
