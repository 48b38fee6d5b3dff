"""Spelling: words misspelt, doubled, confused; small slips of grammar and punctuation; told from the text alone."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from copycheck import lazy
from copycheck.analysis import TEXT, Analysis, Unit
from copycheck.analysis.context import fold
from copycheck.checks import Result, Site, finding, is_read
from copycheck.document import PLACEHOLDER
from copycheck.findings import Finding
from copycheck.ruleset import patterns
from copycheck.spelling import number
from copycheck.spelling.agreement import disagreements, uneven_pair
from copycheck.spelling.articles import wrong_articles
from copycheck.spelling.lexicon import load
from copycheck.spelling.misspelling import Passage, Slip, is_title, misspelt, unlisted
from copycheck.spelling.slips import doubled, missing_space, repeated_marks, small_start, unbalanced
from copycheck.spelling.variants import mixed
from copycheck.spelling.words import match_case

if TYPE_CHECKING:
    from copycheck.pieces import Index
    from copycheck.ruleset.models import Spelling

_FAR = 4  # blocks that a quotation may run over
_MARKUP = lazy.pattern(r"[<>*_`\[\]\n]")
_NO_PROSE = lazy.pattern(rf"\S*(?:[@#\\_<>{{}}=|~^$`{PLACEHOLDER}]|://|www\.)\S*")


@dataclass(frozen=True)
class _Wording:
    """One `swap` of a rule."""

    pattern: patterns.Pattern
    replacements: tuple[str, ...]


@dataclass
class SpellingCheck:
    """All rules of the kind."""

    rules: list[Spelling]
    terms: dict[str, list[str]]
    needs: frozenset[str] = frozenset({TEXT})
    _wordings: list[_Wording] = field(default_factory=list)  # of all rules; a rule's own are those of its range
    _ranges: dict[str, range] = field(default_factory=dict)
    _allows: dict[str, list[Any]] = field(default_factory=dict)
    _index: Index = field(default_factory=lambda: patterns.index([]))

    def __post_init__(self) -> None:
        for rule in self.rules:
            if rule.check == "wording":
                first = len(self._wordings)
                self._wordings += [_wording(*pair, self.terms) for pair in rule.swap.items()]
                self._ranges[rule.id] = range(first, len(self._wordings))
                self._allows[rule.id] = [patterns.compile_pattern(pattern, self.terms) for pattern in (*rule.allow, *rule.patterns)]
        self._index = patterns.index(wording.pattern for wording in self._wordings)

    def wants(self, unit: Unit) -> bool:
        return False

    def check(self, analysis: Analysis, site: Site) -> Result:
        result = Result()
        possible: dict[int, list[int]] = {}  # by a unit's index, the wordings that can occur in it
        read: dict[tuple[str, ...], list[Unit]] = {}  # most rules read the same scopes
        for rule in self.rules:
            scopes = (rule.family, *rule.scope)
            if scopes not in read:
                read[scopes] = [unit for unit in analysis.units if is_read(rule, unit)]
            units = read[scopes]
            for unit, start, end, slip in self._slips(rule, units, site, possible):
                result.findings.append(_finding(rule, unit, start, end, slip, analysis.document.source.text))
        return result

    def _slips(
        self, rule: Spelling, units: Sequence[Unit], site: Site, possible: dict[int, list[int]]
    ) -> Iterator[tuple[Unit, int, int, Slip]]:
        """Slips with the unit they stand in and their offsets in it."""
        if rule.check == "misspelling":
            yield from _misspelt(rule, units, site)
        elif rule.check == "mixed":
            yield from _mixed(units, site)
        elif rule.check in _OF_BLOCK:
            blocks: dict[int, list[Unit]] = {}
            for unit in units:
                blocks.setdefault(unit.block_index, []).append(unit)
            found = [slip for members in blocks.values() for slip in _in_block(members, _OF_BLOCK[rule.check])]
            going_on = {number - 1 for number, members in blocks.items() if members[0].text.startswith("“")}
            yield from _unpaired(found, going_on) if rule.check == "unbalanced" else found
        else:
            for unit in units:
                for slip in self._of_unit(rule, unit, possible):
                    if not _touches_code(unit.text, slip):
                        yield unit, slip.start, slip.end, slip

    def _of_unit(self, rule: Spelling, unit: Unit, possible: dict[int, list[int]]) -> Iterable[Slip]:
        if rule.check == "wording":
            if unit.index not in possible:
                possible[unit.index] = self._index.candidates(unit.folded)
            own = self._ranges[rule.id]
            return self._worded(rule, unit, [self._wordings[number] for number in possible[unit.index] if number in own])
        if rule.check == "agreement":
            pair = uneven_pair(unit.folded) if unit.block.scope == "list" else ()
            return [*disagreements(unit.folded), *pair]
        return _OF_UNIT[rule.check](unit.folded)

    def _worded(self, rule: Spelling, unit: Unit, wordings: Iterable[_Wording]) -> Iterator[Slip]:
        text = unit.folded
        cleared: list[tuple[int, int]] | None = None
        for wording in wordings:
            for match in patterns.find_all(wording.pattern, text):
                if cleared is None:
                    cleared = [found.span() for allow in self._allows[rule.id] for found in patterns.find_all(allow, text)]
                start, end = match.span()
                if any(a < end and start < b for a, b in cleared):
                    continue
                yield Slip(start, end, tuple(match_case(unit.text[start:end], match.expand(value)) for value in wording.replacements))


def _wording(pattern: str, value: str | list[str], terms: dict[str, list[str]]) -> _Wording:
    made = patterns.compile_pattern(patterns.bounded(pattern), terms)
    return _Wording(made, (value,) if isinstance(value, str) else tuple(value))


_OF_UNIT: dict[str, Callable[[str], Iterable[Slip]]] = {
    "doubled": doubled,
    "article": wrong_articles,
    "repeated-marks": repeated_marks,
    "number": lambda text: number.slips(text, load()),
}
_OF_WORDS = frozenset({"misspelling", "mixed", "number", "missing-space"})  # they read the lexicon
_OF_BLOCK: dict[str, Callable[[str], Iterable[Slip]]] = {
    "missing-space": lambda text: missing_space(fold(text), load()),
    "small-letter": lambda text: small_start(fold(text)),
    "unbalanced": unbalanced,
}


def _finding(rule: Spelling, unit: Unit, start: int, end: int, slip: Slip, source: str) -> Finding:
    severity = None if slip.sure and unit.block.region == "main" else "info"
    made = finding(rule, unit, start, end, suggestions=slip.suggestions, severity=severity)
    if end > len(unit.text):  # a slip between two sentences
        made = made._replace(excerpt=unit.block.text[unit.start + start : unit.start + end])
        made = made._replace(message=rule.message.replace("{match}", made.excerpt))
    if _MARKUP.search(source, made.span.start, made.span.end):  # the words can't be replaced as a whole
        made = made._replace(suggestions=())
    if not slip.sure:
        made = made._replace(confidence="medium" if made.confidence == "high" else "low")
    return made


def _in_block(members: Sequence[Unit], find: Callable[[str], Iterable[Slip]]) -> Iterator[tuple[Unit, int, int, Slip]]:
    """Slips of a whole block; each is laid into the unit that it begins in."""
    text = members[0].block.text
    if PLACEHOLDER in text and find is unbalanced:
        return
    starts = [unit.start for unit in members]
    for slip in find(text):
        unit = members[max(bisect_right(starts, slip.start) - 1, 0)]
        if unit.start <= slip.start < unit.end and not _touches_code(text, slip):
            yield unit, slip.start - unit.start, slip.end - unit.start, slip


def _unpaired(found: list[tuple[Unit, int, int, Slip]], going_on: Set[int]) -> Iterator[tuple[Unit, int, int, Slip]]:
    """Without the quotations that run over several paragraphs: opened in each, or in the first, and closed in the last.

    `going_on` are the blocks before one that begins with a quotation mark.
    """
    opened: list[tuple[Unit, int, int, Slip]] = []
    for slip in found:
        unit, start, end, _ = slip
        mark = unit.text[start:end]
        if mark == "“" and unit.block_index in going_on:
            continue
        if mark == "“":
            opened.append(slip)
        elif mark != "”":
            yield slip
        elif opened and unit.block_index - opened[-1][0].block_index <= _FAR:
            opened.clear()
        else:
            yield slip
    yield from opened


def _touches_code(text: str, slip: Slip) -> bool:
    """The slip lies in an address, a handle, a path, code or a placeholder."""
    left = slip.start
    while left and not text[left - 1].isspace() and slip.start - left < 100:
        left -= 1
    right = slip.end
    while right < len(text) and not text[right].isspace() and right - slip.end < 100:
        right += 1
    return _NO_PROSE.search(text[left:right]) is not None


def _passages(units: Iterable[Unit]) -> list[Passage]:
    return [Passage(unit.text, unit.kind == "heading" or unit.block.scope == "cta" or is_title(unit.text)) for unit in units]


def _misspelt(rule: Spelling, units: Sequence[Unit], site: Site) -> Iterator[tuple[Unit, int, int, Slip]]:
    accepted = site.vocabulary | set(rule.allow)
    lexicon = load()
    for unit, slips in zip(units, misspelt(_passages(units), lexicon, accepted), strict=True):
        bare = [(link.start - unit.start, link.end - unit.start) for link in unit.block.links if link.kind == "bare"]
        for slip in slips:
            if any(start < slip.end and slip.start < end for start, end in bare):
                continue
            local = lexicon.american if site.spelling == "us" else lexicon.british
            suggestions = [match_case(word, local.get(word.lower(), word)) for word in slip.suggestions]
            yield unit, slip.start, slip.end, slip._replace(suggestions=tuple(dict.fromkeys(suggestions)))


def _mixed(units: Sequence[Unit], site: Site) -> Iterator[tuple[Unit, int, int, Slip]]:
    found = mixed([unit.text for unit in units if unit.block.region == "main"], load(), site.spelling)
    if found:
        members = [unit for unit in units if unit.block.region == "main"]
        number, word, right = found.odd[0]
        yield members[number], word.start, word.end, Slip(word.start, word.end, (right,))


def unknown_words(analysis: Analysis, site: Site) -> Counter[str]:
    """How often each word of the article that the lexicon does not list occurs: what a project's vocabulary may take in."""
    units = [unit for unit in analysis.units if unit.block.region == "main"]
    return unlisted(_passages(units), load(), site.vocabulary)


def compile_rules(rules: Sequence[Spelling], terms: dict[str, list[str]], site: Site) -> SpellingCheck:
    """All spelling rules as one check. What they ask of words is loaded before the first article."""
    if any(rule.check in _OF_WORDS for rule in rules):
        load()
    return SpellingCheck(list(rules), terms)
