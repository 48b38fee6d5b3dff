"""Phrase: rules that fire on wordings; phrases found by their first word, patterns by the `regex` library."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from copycheck import lazy
from copycheck.analysis import TAGS, TEXT, Analysis, Unit
from copycheck.analysis.context import fold
from copycheck.checks import Result, Site, finding, in_scope, quoted
from copycheck.inflection import forms
from copycheck.ruleset import patterns

if TYPE_CHECKING:
    from copycheck.pieces import Index
    from copycheck.ruleset.models import Phrase

_WORD = lazy.pattern(r"\w+(?:'\w+)*")
_ADDRESS = lazy.pattern(r"(?:\w{3,6}://|www\.)\S+")


@dataclass
class _Wording:
    """One phrase of a rule: `heads` are the words that it may begin with; its pattern is compiled when first met."""

    rule: int
    words: tuple[str, ...]
    by_lemma: bool
    case: bool
    replacements: tuple[str, ...] = ()
    _compiled: Any = None

    @property
    def heads(self) -> frozenset[str]:
        return _variants(self.words[0].lower(), self.by_lemma)

    @cached_property
    def telling(self) -> str:
        """Letters that every occurrence holds beside its first word; empty for one word."""
        stems = (_stem(_variants(word.rstrip("*"), self.by_lemma)) for word in self.words[1:])
        return max((stem.lower() for stem in stems), key=len, default="")

    def search(self, text: str) -> Iterator[tuple[int, int]]:
        if self._compiled is None:
            parts = []
            for word in self.words:
                if word.endswith("*"):
                    parts.append(re.escape(word[:-1]) + r"\w*")
                elif self.by_lemma:
                    parts.append("(?:" + "|".join(sorted(map(re.escape, _variants(word, True)), key=len, reverse=True)) + ")")
                else:
                    parts.append(re.escape(word))
            self._compiled = re.compile(r"(?<!\w)" + r"(?:\s+|\s?[-/&]\s?)".join(parts) + r"(?!\w)", 0 if self.case else re.IGNORECASE)
        for match in self._compiled.finditer(text):
            yield match.span()


def _variants(word: str, by_lemma: bool) -> frozenset[str]:
    return forms(word) if by_lemma else frozenset({word})


def _stem(words: frozenset[str]) -> str:
    """The letters that all begin with."""
    first, last = min(words), max(words)
    differing = (at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b)
    return first[: next(differing, min(len(first), len(last)))]


@dataclass
class _Compiled:
    """A rule with its patterns compiled."""

    rule: Phrase
    clears: list[Any]
    with_: list[Any]
    near: list[Any]
    page: list[Any]
    without: list[Any]
    cleared_by: list[Any]


@dataclass
class _Hit:
    start: int
    end: int
    replacements: tuple[str, ...] = ()


@dataclass
class PhraseCheck:
    """All phrase rules compiled together: one index of first words, one list of patterns."""

    rules: list[_Compiled]
    heads: dict[str, list[_Wording]] = field(default_factory=dict)
    loose: list[_Wording] = field(default_factory=list)  # begin with a wildcard word, tried everywhere
    by_pattern: list[tuple[int, Any]] = field(default_factory=list)  # with the number of their rule
    index: Index = field(default_factory=lambda: patterns.index([]))
    needs: frozenset[str] = frozenset({TEXT})

    def wants(self, unit: Unit) -> bool:
        """Only rules that confirm a tag send a unit to the model, and only where they hit."""
        return any(compiled.rule.tag for compiled in self.rules) and any(self.rules[number].rule.tag for number, _ in self._hits(unit))

    def check(self, analysis: Analysis, site: Site) -> Result:
        result = Result()
        page: dict[int, bool] = {}
        blocks: dict[tuple[int, int], bool] = {}  # what the paragraph says is asked once a rule, not once a sentence
        known: dict[tuple[str, str], dict[int, list[_Hit]]] = {}  # sentences recur: menus, forms, one page for two widths
        for unit in analysis.units:
            if unit.block.region != "main":
                continue
            said = (unit.folded, unit.block.scope)
            if said not in known:
                known[said] = _by_rule(self._hits(unit))
            for number, hits in known[said].items():
                compiled = self.rules[number]
                if number not in page:
                    page[number] = not compiled.page or _on_page(compiled.page, analysis)
                if not page[number] or not _in_sentence(compiled, unit):
                    continue
                where = (number, unit.block_index)
                if where not in blocks:
                    blocks[where] = _in_block(compiled, unit, analysis)
                if not blocks[where]:
                    continue
                for hit in _longest([hit for hit in hits if _stands(compiled, unit, hit)]):
                    words = tuple(_cased(text, unit.text[hit.start : hit.end]) for text in hit.replacements)
                    offer = f" Say {quoted(words, 'or')}." if words and "{swap}" not in compiled.rule.message else ""
                    message = compiled.rule.message.replace("{swap}", quoted(words, "or")) + offer
                    result.findings.append(finding(compiled.rule, unit, hit.start, hit.end, message, words))
        return result

    def _hits(self, unit: Unit) -> list[tuple[int, _Hit]]:
        """Every wording and pattern met in a unit, with the number of its rule."""
        text = unit.folded
        lowered = text.lower()
        found: list[tuple[int, _Hit]] = []
        wordings = {id(wording): wording for word in set(_WORD.findall(lowered)) for wording in self.heads.get(word, ())}
        for wording in [*wordings.values(), *self.loose]:
            if wording.telling in lowered and in_scope(self.rules[wording.rule].rule, unit):
                found += [(wording.rule, _Hit(start, end, wording.replacements)) for start, end in wording.search(text)]
        for candidate in self.index.candidates(text):
            number, pattern = self.by_pattern[candidate]
            if in_scope(self.rules[number].rule, unit):
                for match in patterns.find_all(pattern, text):
                    start, end = _flagged(match)
                    if end > start:
                        found.append((number, _Hit(start, end)))
        addresses = [match.span() for match in _ADDRESS.finditer(text)] if found and ("://" in text or "www." in text) else []
        return [(number, hit) for number, hit in found if not any(a <= hit.start and hit.end <= b for a, b in addresses)]


def compile_rules(rules: Sequence[Phrase], terms: dict[str, list[str]], site: Site) -> PhraseCheck:
    """Compile phrase rules. The patterns were screened when the rules were loaded."""

    def made(values: Sequence[str], case: bool = False) -> list[Any]:
        return [patterns.compile_pattern(value, terms, case) for value in values]

    check = PhraseCheck([])
    for number, rule in enumerate(rules):
        check.rules.append(
            _Compiled(
                rule,
                made(rule.except_),
                made(rule.with_),
                made(rule.near),
                made(rule.page),
                made(rule.without),
                made(rule.cleared_by),
            )
        )
        check.by_pattern += [(number, pattern) for pattern in made(rule.patterns, rule.case)]
        wordings: list[tuple[str, tuple[str, ...]]] = [(phrase, ()) for phrase in rule.phrases]
        wordings += [(wrong, (right,) if isinstance(right, str) else tuple(right)) for wrong, right in rule.swap.items()]
        for phrase, replacements in wordings:
            words = tuple(re.findall(r"\w+(?:'\w+)*\*?", fold(phrase) if rule.case else fold(phrase).lower()))
            if not words:
                continue
            wording = _Wording(number, words, rule.by == "lemma", rule.case, replacements)
            if words[0].endswith("*"):
                check.loose.append(wording)
            else:
                for head in wording.heads:
                    check.heads.setdefault(head.lower(), []).append(wording)
        if rule.tag:
            check.needs = frozenset({TAGS})
    check.index = patterns.index(pattern for _, pattern in check.by_pattern)
    return check


def _flagged(match: Any) -> tuple[int, int]:
    """The span of the group `flag` where it took part in the match, else of the whole match."""
    if "flag" in match.re.groupindex and match.start("flag") >= 0:
        return match.span("flag")  # type: ignore[no-any-return]
    return match.span()  # type: ignore[no-any-return]


def _by_rule(hits: list[tuple[int, _Hit]]) -> dict[int, list[_Hit]]:
    grouped: dict[int, list[_Hit]] = {}
    for number, hit in hits:
        grouped.setdefault(number, []).append(hit)
    return grouped


def _longest(hits: list[_Hit]) -> list[_Hit]:
    """Of overlapping hits of one rule the first and longest, in order of place."""
    kept: list[_Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start)):
        if all(hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)


def _stands(compiled: _Compiled, unit: Unit, hit: _Hit) -> bool:
    rule = compiled.rule
    if rule.unless and unit.marks(hit.start, hit.end) & set(rule.unless):
        return False
    for pattern in compiled.clears:
        if any(match.start() < hit.end and hit.start < match.end() for match in patterns.find_all(pattern, unit.folded)):
            return False
    return not rule.tag or _tagged(unit, hit, rule.tag)


def _tagged(unit: Unit, hit: _Hit, tags: Sequence[str]) -> bool:
    if unit.doc is None or unit.repair is None:
        return True
    at = hit.start + unit.repair.shift
    return any(token.pos_ in tags for token in unit.doc if token.idx <= at < token.idx + len(token))


def _in_sentence(compiled: _Compiled, unit: Unit) -> bool:
    if compiled.with_ and not any(patterns.search(pattern, unit.folded) for pattern in compiled.with_):
        return False
    return not any(patterns.search(pattern, unit.folded) for pattern in compiled.without)


def _in_block(compiled: _Compiled, unit: Unit, analysis: Analysis) -> bool:
    """No qualifier stands in the paragraph, and what must stand near it does: in it, its lead-in or its heading."""
    if compiled.cleared_by:
        text = fold(unit.block.text)
        if any(patterns.search(pattern, text) for pattern in compiled.cleared_by):
            return False
    if compiled.near:
        blocks = analysis.document.blocks
        indexes = (unit.block_index, unit.block.lead_in, unit.block.heading)
        around = " ".join(fold(blocks[index].text) for index in indexes if index is not None)
        return any(patterns.search(pattern, around) for pattern in compiled.near)
    return True


def _on_page(page: list[Any], analysis: Analysis) -> bool:
    return any(patterns.search(pattern, unit.folded) for unit in analysis.units if unit.block.region == "main" for pattern in page)


def _cased(replacement: str, original: str) -> str:
    """The replacement with the capitals of what it replaces: THE WHOLE, or the First letter."""
    if original.isupper() and len(original) > 3:
        return replacement.upper()
    return replacement[:1].upper() + replacement[1:] if original[:1].isupper() else replacement
