"""Screen: many patterns over many sentences; each is compiled and tried only where the words that it needs stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Needed = tuple[frozenset[str], ...]

_EDGE = "\0"  # stands where a word begins or ends, in what a pattern needs and in the words of a text
_MOST_SETS = 4  # of one pattern
_MOST_CHARACTERS = 24  # of a class such as `[$£€]` that is taken for needed ones
_KNOWN_WORDS = 30_000  # kept with what they open
_EDGES = re.compile(r"\b")
_WITHIN = re.compile(r"(?<=.)\b(?=.)", re.S)
_ZERO_WIDTH = (codes.AT, codes.ASSERT, codes.ASSERT_NOT)
_SAME_LETTERS = str.maketrans({"İ": "i", "ı": "i", "ſ": "s"})  # what `re` takes for the same, and `lower` does not


def needed(pattern: str) -> Needed:
    """Sets of pieces of lower-case words; every match, whatever its case, touches words with a piece of each set."""
    found = sorted(set(_needed(parser.parse(pattern, re.IGNORECASE))), key=lambda part: (-_weight(part), sorted(part)))
    return tuple(found[:_MOST_SETS])


def _weight(part: frozenset[str]) -> float:
    """How much a set tells: long pieces, and few."""
    return min(map(len, part), default=0) - len(part) / 8


def _needed(items: Any, opened: bool = False, closed: bool = False) -> list[frozenset[str]]:
    """Of a sequence all that must occur; `opened`, `closed`: a word edge stands right before or behind it."""
    found: list[frozenset[str]] = []
    run = _EDGE if opened else ""
    items = list(items)
    for number, (code, value) in enumerate(items):
        if code is codes.LITERAL:
            run += chr(value).lower()
        elif code is codes.AT and value is codes.AT_BOUNDARY:
            run += _EDGE
        elif code not in _ZERO_WIDTH:
            found.append(_pieces([run]))
            edge, run = run.endswith(_EDGE), ""
            last = number + 1 == len(items)
            found += _part(code, value, edge, closed if last else items[number + 1] == (codes.AT, codes.AT_BOUNDARY))
    found.append(_pieces([run + _EDGE if closed else run]))
    return [part for part in found if part]


def _part(code: Any, value: Any, opened: bool, closed: bool) -> list[frozenset[str]]:
    """What a group, a choice (of each branch the most telling set), a repeat or a class of characters needs."""
    if code is codes.SUBPATTERN:
        return _needed(value[3], opened, closed)
    if code is codes.BRANCH:
        choices = [max(_needed(choice, opened, closed), key=_weight, default=frozenset()) for choice in value[1]]
        return [frozenset().union(*choices)] if all(choices) else []
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT) and value[0] >= 1:
        return _needed(value[2], opened)
    if code is codes.IN:
        one_of = _characters(value)
        return [_pieces([_EDGE * opened + one + _EDGE * closed for one in one_of])] if one_of else []
    return []


def _characters(members: Any) -> list[str]:
    """The characters of a small class; none where it is large, or holds a space, which no word does."""
    found: list[str] = []
    for code, value in members:
        if code is codes.LITERAL:
            found.append(chr(value).lower())
        elif code is codes.CATEGORY and value is codes.CATEGORY_DIGIT:
            found += "0123456789"
        elif code is codes.RANGE and value[1] - value[0] < _MOST_CHARACTERS:
            found += [chr(at).lower() for at in range(value[0], value[1] + 1)]
        else:
            return []
    return found if len(found) <= _MOST_CHARACTERS and not any(one.isspace() for one in found) else []


def _pieces(runs: Sequence[str]) -> frozenset[str]:
    """Of each run of characters the longest piece without a space, its word edges marked; none where a run tells nothing."""
    found = set()
    for run in runs:
        text = run.replace(_EDGE, "")
        marked = _WITHIN.sub(_EDGE, text)
        whole = _EDGE * (run[:1] == _EDGE) + marked + _EDGE * (run[-1:] == _EDGE)
        longest = max(whole.split(), key=len, default="")
        if not longest.strip(_EDGE):
            return frozenset()
        found.add(longest)
    return frozenset(found)


class Pattern:
    """A regular expression that ignores case: `re.Pattern`, but compiled when first tried, and tried where it may match."""

    __slots__ = ("_compiled", "_screen", "_wanted", "pattern")

    def __init__(self, pattern: str, screen: Screen, wanted: int) -> None:
        self.pattern, self._screen, self._wanted = pattern, screen, wanted
        self._compiled: re.Pattern[str] | None = None

    @property
    def compiled(self) -> re.Pattern[str]:
        if self._compiled is None:
            self._compiled = re.compile(self.pattern, re.I)
        return self._compiled

    def may_match(self, text: str) -> bool:
        """False where no match is possible."""
        return self._screen.opened(text) & self._wanted == self._wanted

    def search(self, text: str) -> re.Match[str] | None:
        return self.compiled.search(text) if self.may_match(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        return self.compiled.match(text) if self.may_match(text) else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return self.compiled.fullmatch(text) if self.may_match(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self.compiled.finditer(text) if self.may_match(text) else iter(())

    def sub(self, replacement: str, text: str) -> str:
        return self.compiled.sub(replacement, text) if self.may_match(text) else text


class Screen(Mapping[str, Pattern]):
    """Named patterns, and for each word, once seen, which of the pieces that they need it holds."""

    def __init__(self, patterns: Mapping[str, str], needs: Mapping[str, Needed] | None = None) -> None:
        bits: dict[frozenset[str], int] = {}
        self._pieces: dict[str, dict[str, int]] = {}  # by their first two characters
        self._patterns: dict[str, Pattern] = {}
        for name, pattern in patterns.items():
            wanted = 0
            for part in needed(pattern) if needs is None else needs[name]:
                wanted |= bits.setdefault(part, 1 << len(bits))
            self._patterns[name] = Pattern(pattern, self, wanted)
        for part, bit in bits.items():
            for piece in part:
                begun = self._pieces.setdefault(piece[:2], {})
                begun[piece] = begun.get(piece, 0) | bit
        self._wanted = [(name, found._wanted) for name, found in self._patterns.items()]
        self._known: dict[str, int] = {}
        self.opened = lru_cache(maxsize=2048)(self._opened)
        """opened(text): the bits of all that the words of a text hold; remembered, for many patterns ask for the same sentence."""

    def __getitem__(self, name: str) -> Pattern:
        return self._patterns[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._patterns)

    def __len__(self) -> int:
        return len(self._patterns)

    def found_in(self, text: str) -> list[str]:
        """Names of the patterns that a text holds, in their order."""
        opened, patterns = self.opened(text), self._patterns
        return [name for name, wanted in self._wanted if opened & wanted == wanted and patterns[name].compiled.search(text)]

    def _opened(self, text: str) -> int:
        known, found = self._known, 0
        for word in text.split():
            bits = known.get(word)
            if bits is None:
                if len(known) > _KNOWN_WORDS:
                    known.clear()
                bits = known[word] = self._of_word(word)
            found |= bits
        return found

    def _of_word(self, word: str) -> int:
        if not word.isascii():
            digits = "0123456789" if any(one.isdecimal() and not one.isascii() for one in word) else ""
            word = word.translate(_SAME_LETTERS) + digits
        marked = _EDGES.sub(_EDGE, word.lower())
        found = 0
        for at in range(len(marked)):
            for first in (marked[at : at + 2], marked[at : at + 1]) if at + 1 < len(marked) else (marked[at:],):
                for piece, bits in self._pieces.get(first, {}).items():
                    if marked.startswith(piece, at):
                        found |= bits
        return found
