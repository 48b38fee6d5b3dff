"""Summary: the order, counts, fingerprints and repeats of findings that all report formats share."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from copycheck.findings import NOT_APPLIED, Finding, Report, Severity
from copycheck.source import Span

MISSING = Span(0, 0)
_TRIGGERS = re.compile(r" \(“.{0,400}?”\)")  # the words that make a duty, as its message names them


@dataclass(frozen=True)
class Counts:
    """How many of what; `failed` are files that were not, or not wholly, checked; `known` findings are in no other count."""

    files: int = 0
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    failed: int = 0
    suppressed: int = 0
    known: int = 0
    unapplied: int = 0  # files to which a selected rule does not apply

    @property
    def findings(self) -> int:
        return self.errors + self.warnings + self.infos


def count(reports: Iterable[Report]) -> Counts:
    every = list(reports)
    numbers = Counter(finding.severity for report in every for finding in report.findings)
    failed = sum(report.error is not None for report in every)
    suppressed = sum(len(report.suppressed) for report in every)
    known = sum(len(report.known) for report in every)
    unapplied = sum(any(notice.rule == NOT_APPLIED for notice in report.notices) for report in every)
    severities = numbers[Severity.error], numbers[Severity.warning], numbers[Severity.info]
    return Counts(len(every), *severities, failed, suppressed, known, unapplied)


def posix_path(path: str) -> str:
    """The path with forward slashes on every system."""
    return PurePath(path).as_posix() if path else path


def by_path(reports: Iterable[Report]) -> list[Report]:
    return sorted(reports, key=lambda report: posix_path(report.path))


def ranked(reports: Iterable[Report]) -> list[tuple[Report, Counts]]:
    """The reports with their counts by risk: what was not checked, then by errors, warnings and notes; by path where equal."""
    rows = [(report, count([report])) for report in by_path(reports)]
    return sorted(rows, key=lambda row: (row[0].error is None, -row[1].errors, -row[1].warnings, -row[1].infos))


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """By place, then by rule; what is missing stands first, at Span(0, 0)."""
    return sorted(findings, key=order)


def order(finding: Finding) -> tuple[Span, str, str, tuple[str, ...]]:
    """What findings are sorted by."""
    return finding.span, finding.rule, finding.message, finding.suggestions


def fingerprints(findings: Sequence[Finding]) -> list[str]:
    """One name a finding that survives edits elsewhere: rule, sentence (white space and case folded), its count in the file.

    `findings` are those of one file in order. The first missing thing of a rule is named by the rule alone.
    """
    seen: Counter[tuple[str, str]] = Counter()
    names = []
    for finding in findings:
        sentence = "" if finding.span == MISSING else folded(finding.context or finding.excerpt)
        seen[finding.rule, sentence] += 1
        number = seen[finding.rule, sentence]
        key = finding.rule if finding.span == MISSING and number == 1 else f"{finding.rule}\0{sentence}\0{number}"
        names.append(hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16])
    return names


def named(report: Report) -> list[tuple[Finding, str]]:
    """The findings of a file in order, each with its fingerprint, which is the same whether or not others of the file are known."""
    every = in_order([*report.findings, *report.known])
    return list(zip(every, fingerprints(every), strict=True))


def folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def repeats(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings in their order, those of one rule on the same words gathered with the first."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for number, finding in enumerate(findings):
        words = folded(finding.excerpt)
        groups.setdefault((finding.rule, finding.severity, words) if words else (number,), []).append(finding)
    return list(groups.values())


def is_owed(finding: Finding) -> bool:
    """It is a thing that the page owes and lacks; what else stands at no place speaks of the page as a whole."""
    family, _, name = finding.rule.partition("/")
    return finding.span == MISSING and (family == "disclaimers" or name.startswith("missing-"))


def owed_everywhere(reports: Sequence[Report]) -> list[Finding]:
    """What every checked file of a run of two or more owes and lacks; each with its highest severity, worst first.

    A message names the words of its own page that make the duty, in brackets; where the pages differ they are left out.
    """
    checked = [report for report in reports if report.error is None]
    if len(checked) < 2:
        return []
    lacking: dict[str, list[Finding]] = {}
    for report in checked:
        for rule, finding in {finding.rule: finding for finding in report.findings if is_owed(finding)}.items():
            lacking.setdefault(rule, []).append(finding)
    owed = [_for_all(findings) for findings in lacking.values() if len(findings) == len(checked)]
    return sorted(owed, key=lambda finding: (-finding.severity, finding.rule, finding.message))


def _for_all(findings: Sequence[Finding]) -> Finding:
    worst = max(findings, key=lambda finding: finding.severity)
    if len({finding.message for finding in findings}) == 1:
        return worst
    return worst._replace(message=_TRIGGERS.sub("", worst.message), related=())
