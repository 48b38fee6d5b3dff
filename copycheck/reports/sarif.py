"""SARIF report: for code scanning and editors. OASIS SARIF version 2.1.0 (errata 01), section numbers in brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from copycheck import __version__
from copycheck.findings import Report, Severity
from copycheck.reports import Options
from copycheck.reports.entries import Entry, all_entries, replacements
from copycheck.reports.inert import dumps, markdown
from copycheck.reports.summary import by_path, posix_path
from copycheck.reports.wording import GUIDANCE
from copycheck.source import Source, Span

if TYPE_CHECKING:
    from copycheck.ruleset.models import Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.error: "error", Severity.warning: "warning", Severity.info: "note"}
_PROBLEMS = {"error": "error", "warning": "warning", "info": "recommendation"}  # GitHub's names


def render(reports: Sequence[Report], options: Options) -> str:
    """One run. Silenced findings are suppressed results; files not checked and notices are notifications of the invocation."""
    listed = list(all_entries(reports, options))
    results = [entry for entry in listed if entry.finding]
    rules = sorted({entry.rule for entry in results})
    numbers = {rule: number for number, rule in enumerate(rules)}
    known = options.rules() if rules else {}
    places = sorted({report.profile.jurisdiction for report in reports}, reverse=True)  # one, unless the configuration has pages of several
    run = {
        "tool": {
            "driver": {
                "name": "copycheck",
                "version": __version__,
                "rules": [_rule(rule, known.get(rule), places) for rule in rules],
            }
        },
        "invocations": [
            {
                "executionSuccessful": all(report.error is None for report in reports),
                "toolExecutionNotifications": [_notification(entry) for entry in listed if not entry.finding],
            }
        ],
        "artifacts": [{"location": _artifact(path)} for path in dict.fromkeys(posix_path(report.path) for report in by_path(reports))],
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\r", "\n"],  # [3.14.20] the lines that Source counts
        "results": [_result(entry, numbers[entry.rule], options) for entry in results],
    }
    return dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


def _rule(name: str, rule: Rule | None, places: Sequence[str]) -> dict[str, Any]:
    if rule is None:
        return {"id": name}
    here = [cited for place in places for cited in rule.cited_in(place)]
    parts = [rule.why, f"What clears it: {rule.fix}" if rule.fix else "", *dict.fromkeys(cited.text for cited in here), GUIDANCE]
    url = next((cited.authority.url for cited in here if cited.authority.url), None)
    return {
        "id": name,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": "\n\n".join(filter(None, parts)), "markdown": "\n\n".join(map(markdown, filter(None, parts)))},
        **({"helpUri": url} if url else {}),
        "defaultConfiguration": {"level": _LEVELS[Severity[rule.severity]]},
        "properties": {
            "tags": sorted({rule.family, *rule.tags}),
            "precision": rule.confidence,
            "problem.severity": _PROBLEMS[rule.severity],
        },
    }


def _result(entry: Entry, number: int, options: Options) -> dict[str, Any]:
    finding, source = entry.finding, entry.source
    assert finding
    related = [{"id": place, "physicalLocation": _place(entry, span)} for place, span in enumerate(finding.related, 1)]
    fixes = [_fix(entry, text) for text in replacements(entry, options)]
    silenced = {"kind": "inSource", "justification": entry.reason} if entry.reason else {"kind": "inSource"}
    return {
        "ruleId": entry.rule,
        "ruleIndex": number,
        "level": _LEVELS[finding.severity],
        "message": {"text": _text(entry.message)},
        "locations": [
            {
                "physicalLocation": _place(entry, finding.span),
                **({"annotations": [_region(finding.evidence, source)]} if finding.evidence else {}),
            }
        ],
        **({"relatedLocations": related} if related else {}),
        "partialFingerprints": {"copycheck/v1": entry.fingerprint},
        **({"fixes": fixes} if fixes else {}),
        **({"suppressions": [silenced]} if entry.kind == "silenced" else {}),
        "properties": {"confidence": finding.confidence},
    }


def _fix(entry: Entry, text: str) -> dict[str, Any]:
    assert entry.span
    replacement = {"deletedRegion": _region(entry.span, entry.source), "insertedContent": {"text": text}}
    return {
        "description": {"text": _text(f"Write “{text}”.")},
        "artifactChanges": [{"artifactLocation": _artifact(entry.path), "replacements": [replacement]}],
    }


def _notification(entry: Entry) -> dict[str, Any]:
    return {
        "descriptor": {"id": entry.rule},
        "level": _LEVELS[entry.severity],
        "message": {"text": _text(entry.message)},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(entry.path)}}],
    }


def _place(entry: Entry, span: Span) -> dict[str, Any]:
    return {"artifactLocation": _artifact(entry.path), "region": _region(span, entry.source)}


def _region(span: Span, source: Source) -> dict[str, int]:
    """[3.30] Columns from 1, the end column behind the last character; what is missing stands at the first line."""
    line, column = source.location(span.start)
    if span == Span(0, 0):
        return {"startLine": line}
    end_line, end_column = source.location(span.end)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _artifact(path: str) -> dict[str, str]:
    """[3.4.3] A URI reference: relative as the path was given, `file://` for an absolute one."""
    drive = re.match(r"[A-Za-z]:(?=/)", path)
    if drive:
        return {"uri": f"file:///{drive[0]}{quote(path[2:], errors='replace')}"}
    return {"uri": ("file://" if path.startswith("/") else "") + quote(path, errors="replace")}


def _text(text: str) -> str:
    """[3.11.6] A message in which nothing is an embedded link."""
    return re.sub(r"[\\\[\]]", r"\\\g<0>", text) if "](" in text else text
