"""Needs: the pieces of words without which a pattern cannot match; a search that could find nothing is never made."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, reduce
from operator import or_
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Way = tuple[frozenset[str], ...]
Needed = tuple[Way, ...]
"""Ways in which a pattern may match, each with sets of pieces of words; a text that it matches holds one of each set of a way."""

_EDGE = "\0"  # stands where a word begins or ends, in what a pattern needs and in the words of a text
_MOST_SETS = 4  # of one way
_MOST_WAYS = 12  # of one pattern
_MOST_PIECES = 600  # of one set
_MOST_CHARACTERS = 24  # of a class such as `[$£€]` that is taken for needed ones
_START = 4  # characters by which pieces are looked up
_KNOWN_WORDS = 30_000  # kept with what they open
_EDGES = re.compile(r"\b")
_WITHIN = re.compile(r"(?<=.)\b(?=.)", re.S)
_ZERO_WIDTH = (codes.AT, codes.ASSERT_NOT)
_SAME_LETTERS = str.maketrans({"İ": "i", "ı": "i", "ſ": "s"})  # what `re` takes for the same, and `lower` does not


def needed(pattern: str) -> Needed:
    """What the words of a text must hold in lower case, were the pattern to match it in any case.

    A pattern that the standard library cannot read needs nothing: one empty way.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return tuple(_telling(way) for way in _ways(parser.parse(pattern, re.IGNORECASE)))
    except (re.error, RecursionError, OverflowError):
        return ((),)


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
        elif _is_edge(code, value):
            run += _EDGE
        elif code is codes.ASSERT:  # what stands before or behind is not matched, but it stands in the text
            ways = _joined(ways, _ways(value[1]))
        elif code not in _ZERO_WIDTH:
            ways = _joined(ways, [_one(_pieces([run]))])
            edge, run = run.endswith(_EDGE), ""
            last = number + 1 == len(items)
            ways = _joined(ways, _part(code, value, edge, closed if last else _is_edge(*items[number + 1])))
    return _joined(ways, [_one(_pieces([run + _EDGE if closed else run]))])


def _is_edge(code: Any, value: Any) -> bool:
    r"""No word goes on here: `\b`, or no letter before or behind, such as `(?<![\w-])`."""
    if code is not codes.ASSERT_NOT:
        return code is codes.AT and value is codes.AT_BOUNDARY
    members = value[1][0][1] if len(value[1]) == 1 and value[1][0][0] is codes.IN else ()
    return (codes.CATEGORY, codes.CATEGORY_WORD) in members and (codes.NEGATE, None) not in members


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
        opened, closed = (run[at] == _EDGE and _is_letter(text[at : at + 1 or None]) for at in (0, -1)) if text else (False, False)
        whole = _EDGE * opened + _WITHIN.sub(_EDGE, text) + _EDGE * closed
        longest = max(whole.split(), key=len, default="")
        if not longest.strip(_EDGE):
            return frozenset()
        found.add(longest)
    return frozenset(found)


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"


class Pieces:
    """The pieces that some patterns need, each set of them one bit, and which the words of a text hold."""

    def __init__(self) -> None:
        self._bits: dict[frozenset[str], int] = {}
        self._telling: dict[int, float] = {}
        self._sets: dict[str, list[int]] = {}  # of each piece, the bits of the sets that it is of
        self._pieces: dict[str, set[str]] = {}  # by their first characters
        self._of_pieces: dict[str, int] = {}
        self._known: dict[str, int] = {}
        self.opened = lru_cache(maxsize=2048)(self._opened)
        """opened(text): the bits of all that the words of a text hold; remembered, for many patterns ask for the same sentence."""

    def add(self, part: frozenset[str]) -> int:
        """The bit of a set of pieces."""
        bit = self._bits.get(part)
        if bit is None:
            bit = self._bits[part] = 1 << len(self._bits)
            self._telling[bit] = _weight(part)
            for piece in part:
                if piece in self._sets:
                    self._sets[piece].append(bit)
                    self._of_pieces.pop(piece, None)
                else:
                    self._sets[piece] = [bit]
                    self._pieces.setdefault(piece[:_START], set()).add(piece)
            if self._known:
                self._known.clear()
                self.opened.cache_clear()
        return bit

    def wanted(self, ways: Needed) -> tuple[int, ...]:
        """The bits of each way; a text may match where it holds all of one (see `may`)."""
        return tuple(sum({self.add(part) for part in way}) for way in ways)

    def may(self, wanted: tuple[int, ...], text: str) -> bool:
        """False where a pattern that needs `wanted` cannot match."""
        opened = self.opened(text)
        for way in wanted:  # noqa: SIM110 - asked more often than all else
            if opened & way == way:
                return True
        return False

    def most_telling(self, way: int) -> int:
        """The bit of a way that fewest texts hold, as far as its pieces tell; 0 of an empty way."""
        return max(_each(way), key=lambda bit: (self._telling[bit], bit), default=0)

    def _opened(self, text: str) -> int:
        known, found = self._known, 0
        for word in words(text):
            bits = known.get(word)
            if bits is None:
                bits = self.of_word(word)
            found |= bits
        return found

    def of_word(self, word: str) -> int:
        """The bits of what one of `words` holds."""
        if word in self._known:
            return self._known[word]
        if len(self._known) > _KNOWN_WORDS:
            self._known.clear()
        digits = any(one.isdecimal() for one in word if not one.isascii())
        marked = _EDGES.sub(_EDGE, word + "0123456789" if digits else word)
        starts = {marked[at : at + length] for at in range(len(marked)) for length in range(1, _START + 1)} & self._pieces.keys()
        held = [piece for start in starts for piece in self._pieces[start] if piece in marked]
        self._known[word] = found = reduce(or_, map(self._of_piece, held), 0)
        return found

    def _of_piece(self, piece: str) -> int:
        found = self._of_pieces.get(piece)
        if found is None:
            found = self._of_pieces[piece] = sum(self._sets[piece])
        return found


PIECES = Pieces()
"""Of all patterns of the process, so that what a text holds is found once for all of them."""


@lru_cache(maxsize=2048)
def words(text: str) -> tuple[str, ...]:
    """A text's words in lower case, as pieces are looked for in them."""
    return tuple((text if text.isascii() else text.translate(_SAME_LETTERS)).lower().split())


def _each(bits: int) -> Iterator[int]:
    while bits:
        yield bits & -bits
        bits &= bits - 1


class Index:
    """Tells which of many patterns can match a text at all."""

    def __init__(self, pieces: Pieces, wanted: Iterable[tuple[int, ...]]) -> None:
        self._pieces = pieces
        self._ways = [(number, way) for number, ways in enumerate(wanted) for way in ways]
        self._always = [at for at, (_, way) in enumerate(self._ways) if not way]
        self._by_bit: dict[int, list[int]] = {}  # ways, by the bit that tells most
        for at, (_, way) in enumerate(self._ways):
            if way:
                self._by_bit.setdefault(pieces.most_telling(way), []).append(at)
        self._keys = sum(self._by_bit)
        self._known: dict[str, tuple[int, ...]] = {}

    def candidates(self, text: str) -> list[int]:
        """Numbers of the patterns worth a search in `text`, in order."""
        known, found = self._known, set(self._always)
        for word in words(text):
            ways = known.get(word)
            if ways is None:
                ways = self._of_word(word)
            found.update(ways)
        opened, every = self._pieces.opened(text), self._ways
        return sorted({number for number, way in map(every.__getitem__, found) if opened & way == way})

    def _of_word(self, word: str) -> tuple[int, ...]:
        if len(self._known) > _KNOWN_WORDS:
            self._known.clear()
        bits = _each(self._pieces.of_word(word) & self._keys)
        self._known[word] = ways = tuple(at for bit in bits for at in self._by_bit[bit])
        return ways
