"""Requires: duties; a document that triggers one and does not meet it lacks a disclaimer, a date, a reviewer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from copycheck.analysis import TEXT, Analysis, Unit
from copycheck.analysis.context import fold
from copycheck.checks import Result, Site, missing
from copycheck.ruleset import patterns
from copycheck.ruleset.models import Requires, Trigger

_SHOWN = 3  # triggers named in a message and given as related spans
_FURNITURE = frozenset({"main", "header", "footer", "aside", "form"})


@dataclass
class _Trigger:
    trigger: Trigger
    patterns: list[Any]


@dataclass
class _Duty:
    rule: Requires
    triggers: list[_Trigger]
    met_by: list[Any]
    not_met_by: list[Any]
    includes: list[Any]


@dataclass(frozen=True)
class _Hit:
    unit: Unit
    start: int
    end: int

    @property
    def text(self) -> str:
        return " ".join(self.unit.text[self.start : self.end].split())


@dataclass
class RequiresCheck:
    """All duties of a run; reads the whole page, runs no model."""

    duties: list[_Duty]
    needs: frozenset[str] = frozenset({TEXT})

    def wants(self, unit: Unit) -> bool:
        """Never: duties are told from the text alone."""
        return False

    def check(self, analysis: Analysis, site: Site) -> Result:
        result = Result()
        for duty in self.duties:
            rule = duty.rule
            if rule.site in site.carries or _in_meta(rule, analysis.document.meta) or _included(duty, analysis):
                continue
            hits = [_hits(trigger, analysis) for trigger in duty.triggers]
            if not all(hits) or not (owing := _owing(duty, hits[0], analysis)):
                continue
            named = ", ".join(dict.fromkeys(f"“{hit.text}”" for hit in owing[:_SHOWN]))
            found = missing(rule, rule.message.replace("{trigger}", named), [rule.offer] if rule.offer else [])
            result.findings.append(replace(found, related=tuple(hit.unit.span(hit.start, hit.end) for hit in owing[:_SHOWN])))
        return result


def compile_rules(rules: Sequence[Requires], terms: dict[str, list[str]], site: Site) -> RequiresCheck:
    """Compile duties. A phrase of a trigger is matched as whole words, spaces and hyphens alike."""

    def made(values: Sequence[str]) -> list[Any]:
        return [patterns.compile_pattern(value, terms) for value in values]

    return RequiresCheck(
        [
            _Duty(
                rule,
                [_Trigger(t, made([*t.patterns, *map(_as_pattern, t.phrases)])) for t in rule.triggers],
                made(rule.met_by),
                made(rule.not_met_by),
                made(rule.includes),
            )
            for rule in rules
        ]
    )


def _as_pattern(phrase: str) -> str:
    words = [word[:-1] + r"\w*" if word.endswith("*") else word for word in fold(phrase).replace("-", " ").split()]
    return r"(?<!\w)" + r"[\s-]+".join(words) + r"(?!\w)"


def _hits(trigger: _Trigger, analysis: Analysis) -> list[_Hit]:
    """Where a trigger's wordings occur in the article; nothing if there are fewer distinct ones than its count."""
    found: list[_Hit] = []
    for unit in analysis.units:
        if unit.block.region != "main" or unit.block.scope.split(".")[0] not in trigger.trigger.scope:
            continue
        for pattern in trigger.patterns:
            for match in patterns.find_all(pattern, unit.folded):
                if not (trigger.trigger.unless and unit.marks(*match.span()) & set(trigger.trigger.unless)):
                    found.append(_Hit(unit, *match.span()))
    if len({hit.text.lower() for hit in found}) < trigger.trigger.count:
        return []
    return sorted(found, key=lambda hit: (hit.unit.index, hit.start))


def _owing(duty: _Duty, hits: list[_Hit], analysis: Analysis) -> list[_Hit]:
    """The triggers whose surroundings lack the element."""
    rule = duty.rule
    if rule.within == "page":
        regions = _FURNITURE if rule.furniture else {"main"}
        return [] if _meets(duty, [unit for unit in analysis.units if unit.block.region in regions]) else hits
    return [hit for hit in hits if not _meets(duty, _around(hit.unit, rule.within, analysis))]


def _around(unit: Unit, within: str, analysis: Analysis) -> list[Unit]:
    if within == "sentence":
        return [unit]
    if within == "paragraph":
        return [other for other in analysis.units if other.block_index == unit.block_index]
    section = unit.block_index if unit.block.scope == "heading" else unit.block.heading
    return [other for other in analysis.units if section in (other.block.heading, other.block_index)]


def _meets(duty: _Duty, units: Sequence[Unit]) -> bool:
    """One pattern of `met_by` occurs in a block's text (a statement may run over sentences) that is not one that does not count."""
    blocks = {unit.block_index: unit.block for unit in units}
    for block in blocks.values():
        text = fold(block.text)
        cleared = [match.span() for pattern in duty.not_met_by for match in patterns.find_all(pattern, text)]
        for pattern in duty.met_by:
            for match in patterns.find_all(pattern, text):
                if not any(start < match.end() and match.start() < end for start, end in cleared):
                    return True
    return False


def _in_meta(rule: Requires, meta: Mapping[str, Any]) -> bool:
    return any(key.lower().replace("-", "_") in rule.meta and value not in (None, "", [], {}, False) for key, value in meta.items())


def _included(duty: _Duty, analysis: Analysis) -> bool:
    return any(patterns.search(pattern, name) for pattern in duty.includes for name in analysis.document.includes)
