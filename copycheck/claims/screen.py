"""Screen: many patterns over many sentences; each is compiled and tried only where the words that it needs stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Way = tuple[frozenset[str], ...]
Needed = tuple[Way, ...]
"""Ways in which a pattern may match, each with sets of pieces of words; a text that it matches holds one of each set of a way."""

_EDGE = "\0"  # stands where a word begins or ends, in what a pattern needs and in the words of a text
_MOST_SETS = 4  # of one way
_MOST_WAYS = 12  # of one pattern
_MOST_CHARACTERS = 24  # of a class such as `[$£€]` that is taken for needed ones
_KNOWN_WORDS = 30_000  # kept with what they open
_EDGES = re.compile(r"\b")
_WITHIN = re.compile(r"(?<=.)\b(?=.)", re.S)
_ZERO_WIDTH = (codes.AT, codes.ASSERT, codes.ASSERT_NOT)
_SAME_LETTERS = str.maketrans({"İ": "i", "ı": "i", "ſ": "s"})  # what `re` takes for the same, and `lower` does not


def needed(pattern: str) -> Needed:
    """What the words of a text must hold in lower case, were the pattern to match it in any case."""
    return tuple(_telling(way) for way in _ways(parser.parse(pattern, re.IGNORECASE)))


def _telling(way: Way) -> Way:
    return tuple(sorted(set(way), key=lambda part: (-_weight(part), sorted(part)))[:_MOST_SETS])


def _weight(part: frozenset[str]) -> float:
    """How much a set tells: long pieces, and few."""
    return min(map(len, part), default=0) - len(part) / 8


def _ways(items: Any, opened: bool = False, closed: bool = False) -> list[Way]:
    """Of a sequence all that must occur; `opened`, `closed`: a word edge stands right before or behind it."""
    ways: list[Way] = [()]
    run = _EDGE if opened else ""
    items = list(items)
    for number, (code, value) in enumerate(items):
        if code is codes.LITERAL:
            run += chr(value).lower()
        elif code is codes.AT and value is codes.AT_BOUNDARY:
            run += _EDGE
        elif code not in _ZERO_WIDTH:
            ways = _joined(ways, [_one(_pieces([run]))])
            edge, run = run.endswith(_EDGE), ""
            last = number + 1 == len(items)
            ways = _joined(ways, _part(code, value, edge, closed if last else items[number + 1] == (codes.AT, codes.AT_BOUNDARY)))
    return _joined(ways, [_one(_pieces([run + _EDGE if closed else run]))])


def _one(part: frozenset[str]) -> Way:
    return (part,) if part else ()


def _joined(ways: list[Way], others: list[Way]) -> list[Way]:
    """What holds where both do."""
    if len(ways) * len(others) > _MOST_WAYS:
        ways, others = (ways, [_any(others)]) if len(ways) < len(others) else ([_any(ways)], others)
    return [one + other for one in ways for other in others]


def _any(ways: Sequence[Way]) -> Way:
    """What holds in all ways: one of the most telling pieces of each."""
    return (frozenset().union(*(max(way, key=_weight) for way in ways)),) if all(ways) else ()


def _part(code: Any, value: Any, opened: bool, closed: bool) -> list[Way]:
    """The ways of a group, a choice, a repeat or a class of characters."""
    if code is codes.SUBPATTERN:
        return _ways(value[3], opened, closed)
    if code is codes.BRANCH:
        ways = [way for choice in value[1] for way in _ways(choice, opened, closed)]
        if not all(ways):
            return [()]
        plain = [way for way in ways if len(way) == 1]
        ways = [*([_any(plain)] if plain else []), *(way for way in ways if len(way) > 1)]
        return ways if len(ways) <= _MOST_WAYS else [_any(ways)]
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT) and value[0] >= 1:
        return _ways(value[2], opened)
    if code is codes.IN:
        return [_one(_pieces([_EDGE * opened + one + _EDGE * closed for one in _characters(value)]))]
    return [()]


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

    def __init__(self, pattern: str, screen: Screen, wanted: tuple[int, ...]) -> None:
        self.pattern, self._screen, self._wanted = pattern, screen, wanted
        self._compiled: re.Pattern[str] | None = None

    @property
    def compiled(self) -> re.Pattern[str]:
        if self._compiled is None:
            self._compiled = re.compile(self.pattern, re.I)
        return self._compiled

    def may_match(self, text: str) -> bool:
        """False where no match is possible."""
        opened = self._screen.opened(text)
        for wanted in self._wanted:  # noqa: SIM110 - asked more often than all else
            if opened & wanted == wanted:
                return True
        return False

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
        self._pieces: dict[str, Any] = {}  # a trie of their characters; under "" the bits of the piece that ends there
        self._patterns: dict[str, Pattern] = {}
        for name, pattern in patterns.items():
            ways = needed(pattern) if needs is None else needs[name]
            wanted = tuple(sum({bits.setdefault(part, 1 << len(bits)) for part in way}) for way in ways)
            self._patterns[name] = Pattern(pattern, self, wanted)
        for part, bit in bits.items():
            for piece in part:
                node = self._pieces
                for character in piece:
                    node = node.setdefault(character, {})
                node[""] = node.get("", 0) | bit
        self._ways = [(number, wanted) for number, found in enumerate(self._patterns.values()) for wanted in found._wanted]
        self._numbered = list(self._patterns.items())
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
        return [name for name, pattern in self.open_in(text) if pattern.compiled.search(text)]

    def open_in(self, text: str) -> list[tuple[str, Pattern]]:
        """Names and patterns that may match a text, in their order."""
        opened = self.opened(text)
        return [self._numbered[number] for number in dict.fromkeys([at for at, wanted in self._ways if opened & wanted == wanted])]

    def _opened(self, text: str) -> int:
        known, found = self._known, 0
        lowered = (text if text.isascii() else text.translate(_SAME_LETTERS)).lower()
        for word in lowered.split():
            bits = known.get(word)
            if bits is None:
                if len(known) > _KNOWN_WORDS:
                    known.clear()
                bits = known[word] = self._of_word(word)
            found |= bits
        return found

    def _of_word(self, word: str) -> int:
        if any(one.isdecimal() for one in word if not one.isascii()):
            word += "0123456789"
        marked, found = _EDGES.sub(_EDGE, word), 0
        for at in range(len(marked)):
            node = self._pieces
            for character in marked[at:]:
                if character not in node:
                    break
                node = node[character]
                if "" in node:
                    found |= node[""]
        return found
