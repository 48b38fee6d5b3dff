"""Requires: duties; a document that triggers one and does not meet it lacks a disclaimer, a date, a reviewer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from copycheck.analysis import TEXT, Analysis, Unit
from copycheck.analysis.context import fold
from copycheck.checks import Result, Site, missing
from copycheck.ruleset import patterns

if TYPE_CHECKING:
    from copycheck.pieces import Index
    from copycheck.ruleset.models import Requires, Trigger

_SHOWN = 3  # triggers named in a message and given as related spans
_FURNITURE = frozenset({"main", "header", "footer", "aside", "form"})


@dataclass
class _Trigger:
    trigger: Trigger
    patterns: list[tuple[int, Any]]  # with their numbers in the index of the check
    strong: list[tuple[int, Any]]
    links: list[Any]
    with_: list[Any]
    without: list[Any]


@dataclass
class _Duty:
    rule: Requires
    triggers: list[_Trigger]
    met_by: list[Any]
    not_met_by: list[Any]
    includes: list[Any]
    meta_value: Any
    except_: list[Any]


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
    index: Index
    needs: frozenset[str] = frozenset({TEXT})

    def wants(self, unit: Unit) -> bool:
        """Never: duties are told from the text alone."""
        return False

    def check(self, analysis: Analysis, site: Site) -> Result:
        result = Result()
        units = [unit for unit in analysis.units if unit.block.region == "main"]
        told = [(unit, frozenset(self.index.candidates(unit.folded))) for unit in units]
        for duty in self.duties:
            rule = duty.rule
            if (
                rule.site in site.carries
                or _in_meta(duty, analysis.document.meta)
                or _included(duty, analysis)
                or _excepted(duty, analysis)
            ):
                continue
            hits: list[list[_Hit]] = []
            for number, trigger in enumerate(duty.triggers):
                hits.append(_hits(trigger, told, enough=bool(number) or rule.within == "page"))
                if not hits[-1]:
                    break
            if not all(hits):
                continue
            owing = _owing(duty, hits[0] if hits else [], analysis)
            if owing is None:
                continue
            named = ", ".join(list(dict.fromkeys(f"“{hit.text}”" for hit in owing))[:_SHOWN])
            found = missing(rule, rule.message.replace("{trigger}", named), [rule.offer] if rule.offer else [])
            result.findings.append(found._replace(related=tuple(hit.unit.span(hit.start, hit.end) for hit in owing[:_SHOWN])))
        return result


def compile_rules(rules: Sequence[Requires], terms: dict[str, list[str]], site: Site) -> RequiresCheck:
    """Compile duties. A phrase of a trigger is matched as whole words, spaces and hyphens alike."""

    def made(values: Sequence[str]) -> list[Any]:
        return [patterns.compile_pattern(value, terms) for value in values]

    triggering: list[Any] = []

    def numbered(values: Sequence[str]) -> list[tuple[int, Any]]:
        found = list(enumerate(made(values), len(triggering)))
        triggering.extend(pattern for _, pattern in found)
        return found

    def trigger(t: Trigger) -> _Trigger:
        weak = numbered([*t.patterns, *map(patterns.whole_words, t.phrases)])
        return _Trigger(t, weak, numbered(t.strong), made(t.links), made(t.with_), made(t.without))

    duties = [
        _Duty(
            rule,
            [trigger(t) for t in rule.triggers],
            made(rule.met_by),
            made(rule.not_met_by),
            made(rule.includes),
            patterns.compile_pattern(rule.meta_value, terms) if rule.meta_value else None,
            made(rule.except_),
        )
        for rule in rules
    ]
    return RequiresCheck(duties, patterns.index(triggering))


def _hits(trigger: _Trigger, told: Sequence[tuple[Unit, frozenset[int]]], enough: bool) -> list[_Hit]:
    """Where a trigger's wordings occur in the article; nothing if they stand in fewer different sentences than its count.

    `told` are the article's units with the numbers of the patterns that can match there. With `enough` the search ends with what
    triggers and can be shown: where the page as a whole owes the element, no more is asked.
    """
    wanted = trigger.trigger
    groups = [(strong, *pair) for strong, pairs in ((True, trigger.strong), (False, trigger.patterns)) for pair in pairs]
    numbers = frozenset(number for _, number, _ in groups)
    found: list[_Hit] = []
    known: dict[str, list[tuple[Any, bool]]] = {}  # sentences recur: menus, forms, one page for two widths
    sentences: set[str] = set()
    wordings: set[str] = set()
    suffices = False
    for unit, candidates in told:
        live = candidates & numbers
        if not (live or trigger.links) or unit.block.scope.split(".")[0] not in wanted.scope:
            continue
        if unit.folded not in known:
            known[unit.folded] = [
                (match, strong) for strong, number, pattern in groups if number in live for match in patterns.find_all(pattern, unit.folded)
            ]
        first, is_strong = len(found), False
        for match, strong in known[unit.folded]:
            if not (wanted.unless and unit.marks(*match.span()) & set(wanted.unless)):
                found.append(_Hit(unit, *_flagged(match)))
                is_strong |= strong
        linked = _linked(trigger.links, unit)
        found += [_Hit(unit, start, end) for start, end in linked]
        if len(found) == first:
            continue
        if not _fits(trigger, unit):
            del found[first:]
            continue
        suffices |= is_strong or bool(linked)
        sentences.add(unit.folded.lower().strip())
        fresh = {hit.text for hit in found[first:]} - wordings
        wordings |= fresh
        if enough and fresh and (suffices or len(sentences) >= wanted.count) and len({hit.text for hit in _apart(found)}) >= _SHOWN:
            break
    return _apart(found) if suffices or len(sentences) >= wanted.count else []


def _apart(hits: list[_Hit]) -> list[_Hit]:
    """Hits in order of place, of overlapping ones the first and longest."""
    kept: list[_Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.unit.index, hit.start, -hit.end)):
        if not (kept and kept[-1].unit is hit.unit and hit.start < kept[-1].end):
            kept.append(hit)
    return kept


def _linked(links: list[Any], unit: Unit) -> list[tuple[int, int]]:
    """The texts of the unit's links whose address one of the patterns matches."""
    if not links:
        return []
    here = [link for link in unit.block.links if unit.start <= link.start < unit.end]
    fitting = [link for link in here if any(patterns.search(pattern, link.url) for pattern in links)]
    return [(link.start - unit.start, min(link.end, unit.end) - unit.start) for link in fitting]


def _flagged(match: Any) -> tuple[int, int]:
    """The span of a match, or of its group `flag`."""
    group = "flag" if "flag" in match.re.groupindex and match.start("flag") >= 0 else 0
    return match.start(group), match.end(group)


def _fits(trigger: _Trigger, unit: Unit) -> bool:
    if trigger.with_ and not any(patterns.search(pattern, unit.folded) for pattern in trigger.with_):
        return False
    return not any(patterns.search(pattern, unit.folded) for pattern in trigger.without)


def _owing(duty: _Duty, hits: list[_Hit], analysis: Analysis) -> list[_Hit] | None:
    """The triggers whose surroundings lack the element; None if the duty is met."""
    rule = duty.rule
    if rule.within == "page":
        regions = _FURNITURE if rule.furniture else {"main"}
        return None if _meets(duty, [block.text for block in analysis.document.blocks if block.region in regions]) else hits
    met: dict[int, bool] = {}  # by the sentence, paragraph or section
    owing = []
    for hit in hits:
        unit = hit.unit
        section = unit.block_index if unit.block.scope == "heading" else -1 if unit.block.heading is None else unit.block.heading
        place = {"sentence": unit.index, "paragraph": unit.block_index, "section": section}[rule.within]
        if place not in met:
            met[place] = _meets(duty, _around(unit, rule.within, section, analysis))
        if not met[place]:
            owing.append(hit)
    return owing or None


def _around(unit: Unit, within: str, section: int, analysis: Analysis) -> list[str]:
    """The texts that a trigger's element may stand in."""
    if within == "sentence":
        return [unit.text]
    if within == "paragraph":
        return [unit.block.text]
    blocks = enumerate(analysis.document.blocks)
    return [block.text for index, block in blocks if section in (index, -1 if block.heading is None else block.heading)]


def _meets(duty: _Duty, texts: Sequence[str]) -> bool:
    """One pattern of `met_by` occurs in a text (a statement may run over sentences) that is not one that does not count."""
    for text in map(fold, texts):
        cleared = [match.span() for pattern in duty.not_met_by for match in patterns.find_all(pattern, text)]
        for pattern in duty.met_by:
            for match in patterns.find_all(pattern, text):
                if not any(start < match.end() and match.start() < end for start, end in cleared):
                    return True
    return False


def _in_meta(duty: _Duty, meta: Mapping[str, Any]) -> bool:
    """A key of `meta` has a value, and one that fits. Keys are compared without case, prefix ("article:author") and hyphens."""
    for key, value in meta.items():
        name = key.lower().replace("-", "_")
        named = {name, name.rsplit(":", 1)[-1], name.rsplit(".", 1)[-1]} & set(duty.rule.meta)
        fits = duty.meta_value is None or patterns.search(duty.meta_value, fold(_said(value)))
        if named and value not in (None, "", [], {}, False) and fits:
            return True
    return False


def _said(value: Any) -> str:
    """A front-matter value as one text: of a map or a list its values."""
    if isinstance(value, Mapping):
        return ", ".join(map(_said, value.values()))
    return ", ".join(map(_said, value)) if isinstance(value, list | tuple) else str(value)


def _included(duty: _Duty, analysis: Analysis) -> bool:
    return any(patterns.search(pattern, name) for pattern in duty.includes for name in analysis.document.includes)


def _excepted(duty: _Duty, analysis: Analysis) -> bool:
    main = [unit for unit in analysis.units if unit.block.region == "main"] if duty.except_ else []
    return any(patterns.search(pattern, unit.folded) for unit in main for pattern in duty.except_)
