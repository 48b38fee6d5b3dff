"""Texts: where an entry is shown in the editor, and what is said where the pointer rests on it."""

from __future__ import annotations

import re

from copycheck.lsp.checker import Checked
from copycheck.reference import quoted
from copycheck.reports.entries import Entry
from copycheck.reports.wording import SEVERITIES
from copycheck.source import Span

_LINE = re.compile(r"Line (\d+): ")  # begins a notice on a directive


def place(entry: Entry) -> Span:
    """What the editor underlines: the words that show what is meant; the first line for what has no place."""
    if entry.span and entry.finding:
        return entry.finding.pointed
    told = _LINE.match(entry.message)
    return entry.source.line_span(int(told[1]) if told else 1)


def describe(checked: Checked, entry: Entry) -> str | None:
    """The rule of a finding and who says so, in Markdown; None for what no rule says."""
    rule = checked.ruleset.by_id.get(entry.rule) if checked.ruleset and entry.kind == "finding" else None
    if rule is None or entry.finding is None:
        return None
    parts = [f"**{rule.title}** · {SEVERITIES[entry.severity]}, {entry.finding.confidence} confidence · `{rule.id}`", rule.why]
    if rule.fix:
        parts.append(f"What clears it: {rule.fix}")
    return "\n\n".join([*parts, *map(quoted, rule.cited)])
