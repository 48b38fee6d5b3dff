"""Pieces: what the words of a text hold of what patterns need, found once for all patterns."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, reduce
from operator import or_

from copycheck import lazy
from copycheck.needs import EDGE, Known, Needed, Way, needed, sets, weight

_START = 4  # characters by which pieces are looked up
_KNOWN_WORDS = 30_000  # kept with what they hold
_ORDERED = 500  # words; of a longer text is not asked in which order they stand
_EDGES = lazy.pattern(r"\b")
_SAME_LETTERS = str.maketrans({"İ": "i", "ı": "i", "ſ": "s"})  # what `re` takes for the same, and `lower` does not

Wanted = tuple[int, ...]
"""Of each way the bits of all its parts."""


class Pieces:
    """The pieces that some patterns need, each set of them one bit, and which the words of a text hold."""

    def __init__(self) -> None:
        self._bits: dict[frozenset[str], int] = {}
        self._telling: dict[int, tuple[float, int]] = {}
        self._sets: dict[str, list[int]] = {}  # of each piece, the bits of the sets that it is of
        self._pieces: defaultdict[str, set[str]] = defaultdict(set)  # by their first characters
        self._of_pieces: dict[str, int] = {}
        self._known: dict[str, int] = {}
        self._words: dict[str, list[tuple[str, str]]] = {}  # known words, plain and marked, by all that a piece in them may begin with
        self.opened = lru_cache(maxsize=2048)(self._opened)
        """opened(text): the bits of all that the words of a text hold; remembered, for many patterns ask for the same sentence."""

    def add(self, part: frozenset[str]) -> int:
        """The bit of a set of pieces."""
        bit = self._bits.get(part)
        if bit is None:
            bit = self._bits[part] = 1 << len(self._bits)
            self._telling[bit] = weight(part), bit
            for piece in part:
                held = self._sets.get(piece)
                if held is None:
                    self._sets[piece] = [bit]
                    self._pieces[piece[:_START]].add(piece)
                else:
                    held.append(bit)
                    self._of_pieces.pop(piece, None)
            if self._known:
                self._tell(part, bit)
        return bit

    def forget(self) -> None:
        """Words are looked at anew: cheaper than to tell those that are known of very many new sets."""
        self._known.clear()
        self._words.clear()
        self.opened.cache_clear()

    def _tell(self, part: frozenset[str], bit: int) -> None:
        """Words that are known already may hold the pieces of a new set: most patterns are met only when an article asks for them."""
        holding = {word for piece in part for word, marked in self._words.get(piece[:_START], ()) if piece in marked}
        for word in holding:
            self._known[word] |= bit
        if holding:
            self.opened.cache_clear()

    def wanted(self, ways: Iterable[Iterable[frozenset[str]]]) -> Wanted:
        """The bits of each way (see `needs.sets`); a text may match where it holds all of one."""
        return tuple([reduce(or_, map(self.add, way), 0) for way in ways])

    def may(self, wanted: Wanted, text: str) -> bool:
        """False where a pattern that needs `wanted` cannot match."""
        opened = self.opened(text)
        for bits in wanted:  # noqa: SIM110 - asked more often than all else
            if opened & bits == bits:
                return True
        return False

    def near(self, ways: Needed, text: str) -> bool:
        """False where a pattern cannot match, for a word is not there, or they stand in another order or too far apart."""
        opened = self.opened(text)
        return any(all(opened & self.add(part.pieces) for part in way) and self._in_order(way, text) for way in ways)

    def _in_order(self, way: Way, text: str) -> bool:
        held = self._of_words(text)
        parts = [part for part in way if part.since >= 0]
        if len(held) > _ORDERED or len(parts) < 2:
            return True
        places: list[int] = []
        before = 0
        for number, (pieces, since, until) in enumerate(parts):
            bit = self.add(pieces)
            found = [at for at, bits in enumerate(held) if bits & bit]
            if number:
                room = until - before
                found = [at for at in found if (last := bisect_right(places, at)) and at - places[last - 1] <= room]
            if not found:
                return False
            places, before = found, since
        return True

    def most_telling(self, way: int) -> int:
        """The bit of a way that fewest texts hold, as far as its pieces tell; 0 of an empty way."""
        return max(_each(way), key=self._telling.__getitem__, default=0)

    def _opened(self, text: str) -> int:
        return reduce(or_, self._of_words(text), 0)

    def _of_words(self, text: str) -> list[int]:
        """The bits of each of the text's words."""
        known = self._known
        return [known[word] if word in known else self.of_word(word) for word in words(text)]

    def of_word(self, word: str) -> int:
        """The bits of what one of `words` holds."""
        if word in self._known:
            return self._known[word]
        if len(self._known) > _KNOWN_WORDS:
            self.forget()
        digits = any(one.isdecimal() for one in word if not one.isascii())
        marked = _EDGES.sub(EDGE, word + "0123456789" if digits else word)
        starts = {marked[at : at + length] for at in range(len(marked)) for length in range(1, _START + 1)}
        for start in starts:
            self._words.setdefault(start, []).append((word, marked))
        held = [piece for start in starts & self._pieces.keys() for piece in self._pieces[start] if piece in marked]
        self._known[word] = found = reduce(or_, map(self._of_piece, held), 0)
        return found

    def _of_piece(self, piece: str) -> int:
        found = self._of_pieces.get(piece)
        if found is None:
            found = self._of_pieces[piece] = sum(self._sets[piece])
        return found


PIECES = Pieces()
"""Of all patterns of the process, so that what a text holds is found once for all of them."""


class Guard:
    """Tells whether a pattern may match a text."""

    __slots__ = ("_key", "_known", "_pattern", "_wanted", "_ways")

    def __init__(self, pattern: Callable[[], str], key: str, known: Callable[[], Known]) -> None:
        """`known()` may hold under `key` what the pattern needs; else it is worked out. Neither is asked for before it must be."""
        self._pattern, self._key, self._known = pattern, key, known
        self._wanted: Wanted | None = None
        self._ways: Needed | None = None

    @property
    def wanted(self) -> Wanted:
        """What it needs, by its bits in PIECES."""
        if self._wanted is None:
            known = self._known()
            self._wanted = PIECES.wanted(known.sets(self._key) if self._key in known else sets(self.ways))
        return self._wanted

    @property
    def ways(self) -> Needed:
        if self._ways is None:
            known = self._known()
            self._ways = known[self._key] if self._key in known else needed(self._pattern())
        return self._ways

    def may(self, text: str) -> bool:
        """False where no match is possible; cheap, so that it pays before any search."""
        return PIECES.may(self._wanted or self.wanted, text)

    def near(self, text: str) -> bool:
        """The same, looked at more closely: it pays before an expression is compiled."""
        return PIECES.may(self._wanted or self.wanted, text) and PIECES.near(self.ways, text)


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

    def __init__(self, pieces: Pieces, wanted: Iterable[Wanted]) -> None:
        self._pieces = pieces
        self._ways = [(number, bits) for number, ways in enumerate(wanted) for bits in ways]
        self._always = [at for at, (_, bits) in enumerate(self._ways) if not bits]
        self._by_bit: dict[int, list[int]] = {}  # ways, by the bit that tells most
        for at, (_, bits) in enumerate(self._ways):
            if bits:
                self._by_bit.setdefault(pieces.most_telling(bits), []).append(at)
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
        return sorted({number for number, bits in map(every.__getitem__, found) if opened & bits == bits})

    def _of_word(self, word: str) -> tuple[int, ...]:
        if len(self._known) > _KNOWN_WORDS:
            self._known.clear()
        bits = _each(self._pieces.of_word(word) & self._keys)
        self._known[word] = ways = tuple(at for bit in bits for at in self._by_bit[bit])
        return ways
