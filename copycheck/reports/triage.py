"""Triage: the pages of a run by risk, what to fix first, the trend since an earlier JSON report, and how often each rule fires."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

from copycheck.findings import Finding, Report, Severity
from copycheck.reports import inert, jsonreport
from copycheck.reports.printable import guarded, one_line, path_label
from copycheck.reports.summary import by_path, count, is_owed, named, posix_path, ranked
from copycheck.reports.wording import GUIDANCE, SEVERITIES, closing, failure, number
from copycheck.source import Unreadable, read_bytes

SCHEMA = "copycheck-triage/1"
_LIMIT = 1_000_000_000  # bytes of an earlier report
_RULES = 10  # that the text names

Names = Mapping[str, Mapping[tuple[str, str], str]]
"""By path the findings of a run: rule and fingerprint, with the severity."""


class Page(NamedTuple):
    """A page; `new` and `gone` count errors and warnings since the earlier report, None where that did not check the page."""

    path: str
    status: str
    errors: int
    warnings: int
    notes: int
    new: int | None
    gone: int | None
    worst: str


def load(path: Path) -> Names:
    """The findings of an earlier JSON report, known ones too, of the files that it checked. Raises Unreadable."""
    try:
        data = json.loads(read_bytes(path, _LIMIT).decode("utf-8"))
        if data["schema"] != jsonreport.SCHEMA:
            raise ValueError("another schema")
        return {
            file["path"]: {(one["rule"], one["fingerprint"]): one["severity"] for one in (*file["findings"], *file.get("known", ()))}
            for file in data["files"]
            if file["error"] is None
        }
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Unreadable("it is no report of `copycheck --format json`") from None


def rules_of(reports: Sequence[Report]) -> list[dict[str, Any]]:
    """The rules that fire, the gravest first, with how many findings `copycheck fix` takes, and whether they are what pages lack."""
    found: dict[str, list[tuple[Finding, str]]] = {}
    for report in reports:
        for finding in report.findings:
            found.setdefault(finding.rule, []).append((finding, report.path))
    rules = []
    for rule, members in found.items():
        levels = Counter(finding.severity for finding, _ in members)
        counts = {"errors": levels[Severity.error], "warnings": levels[Severity.warning], "notes": levels[Severity.info]}
        pages, fixed = len({path for _, path in members}), sum(finding.is_fixable() for finding, _ in members)
        rules.append({"rule": rule, **counts, "pages": pages, "fixed": fixed, "owed": all(is_owed(finding) for finding, _ in members)})
    return sorted(rules, key=lambda one: (-one["errors"], -one["warnings"], -one["notes"], one["rule"]))


def pages_of(reports: Sequence[Report], earlier: Names) -> list[Page]:
    """The pages by risk."""
    pages = []
    for report, counts in ranked(reports):
        path, status = posix_path(report.path), "checked" if report.error is None else failure(report)
        before = earlier.get(path) if report.error is None else None
        now = {(finding.rule, name): finding.severity.name for finding, name in named(report)}
        new, gone = (None, None) if before is None else (_grave(now, before), _grave(before, now))
        worst = max(report.findings, key=lambda finding: finding.severity, default=None)
        pages.append(Page(path, status, counts.errors, counts.warnings, counts.infos, new, gone, worst.rule if worst else ""))
    return pages


def _grave(some: Mapping[tuple[str, str], str], others: Mapping[tuple[str, str], str]) -> int:
    return sum(severity != Severity.info.name for key, severity in some.items() if key not in others)


def render(reports: Sequence[Report], earlier: Names | None, format: str, top: int) -> str:
    """The triage as text, which shows `top` pages, as json or as csv."""
    pages, rules = pages_of(reports, earlier or {}), rules_of(reports)
    both = [page for page in pages if page.new is not None]
    trend = {"new": sum(page.new or 0 for page in both), "gone": sum(page.gone or 0 for page in both)}
    trend |= {"new_pages": sum(map(_is_new, pages)), "gone_pages": len((earlier or {}).keys() - {page.path for page in pages})}
    if format == "csv":
        return inert.table(Page._fields, pages)
    if format == "json":
        listed = {"rules": rules, "pages": [page._asdict() for page in pages]}
        whole = {"schema": SCHEMA, "summary": asdict(count(reports)), "trend": None if earlier is None else trend, **listed}
        return inert.dumps(whole, 1) + "\n"
    lines = [closing(count(reports))]
    if earlier is not None:
        came = f"{trend['new']:,} new and {trend['gone']:,} gone of those to fix or to decide"
        other = f"{number(trend['new_pages'], 'page')} that it did not check, {number(trend['gone_pages'], 'page')} that only it has"
        lines.append(f"Since the earlier report: {came}; {other}.")
    grave = [rule for rule in rules if rule["errors"] or rule["warnings"]]
    lines += ["", "What to fix first", *map(_rule_line, grave[:_RULES])] if grave else []
    if len(grave) > _RULES:
        lines.append(f"  and {number(len(grave) - _RULES, 'rule')} more (copycheck --statistics lists all)")
    lines += ["", "Pages by risk", f"{'to fix':>8}{'to decide':>11}{'notes':>7}{'' if earlier is None else '      since'}  page"]
    for page in pages[:top]:
        change = "new page" if _is_new(page) else "" if page.new is None else f"+{page.new} -{page.gone}"
        since = "" if earlier is None else f"{change:>11}"
        told = f": {page.status}" if page.status != "checked" else f"  ({one_line(page.worst)})" if page.worst else ""
        lines.append(f"{page.errors:>8,}{page.warnings:>11,}{page.notes:>7,}{since}  {path_label(page.path)}{told}")
    if len(pages) > top:
        lines.append(f"  and {number(len(pages) - top, 'page')} more (--top shows more)")
    return guarded("".join(line.rstrip() + "\n" for line in [*lines, GUIDANCE]))


def _is_new(page: Page) -> bool:
    return page.new is None and page.status == "checked"


def _rule_line(rule: Mapping[str, Any]) -> str:
    levels = [f"{rule[key]:,} {word}" for key, word in (("errors", "to fix"), ("warnings", "to decide")) if rule[key]]
    ways = {"fixed": f"; copycheck fix takes {rule['fixed']:,}", "owed": "; say it once in the layout, and in site.carries"}
    way = ways["fixed"] if rule["fixed"] else ways["owed"] if rule["owed"] and rule["pages"] > 1 else ""
    return f"  {one_line(rule['rule'])}: {', '.join(levels)} on {number(rule['pages'], 'page')}{way}"


def statistics(reports: Sequence[Report], quiet: bool = False) -> str:
    """A line a rule and severity, `12  warning  claims/…`; files that failed, and without `quiet` the count of the run."""
    fired = Counter((finding.rule, finding.severity) for report in reports for finding in report.findings)
    width = max((len(f"{number:,}") for number in fired.values()), default=0)
    lines = [
        f"{number:>{width},}  {SEVERITIES[severity]:<7}  {one_line(rule)}"
        for (rule, severity), number in sorted(fired.items(), key=lambda item: (-item[1], item[0]))
    ]
    lines += [f"{path_label(posix_path(report.path))}: {failure(report)}" for report in by_path(reports) if report.error is not None]
    if not quiet:
        lines += [closing(count(reports)), GUIDANCE]
    return guarded("".join(line + "\n" for line in lines))
