"""Needs: the pieces of words without which a pattern cannot match, and how near each other; a vain search is never made."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from copycheck import lazy


class Part(NamedTuple):
    """Pieces one of which a match holds, and where: `since` and `until` are the white space that may stand between the beginning of
    the match and this part's own beginning and end, at most. -1 for both where it may stand anywhere."""

    pieces: frozenset[str]
    since: int = -1
    until: int = -1


Way = tuple[Part, ...]
Needed = tuple[Way, ...]
"""Ways in which a pattern may match. A text that it matches holds a piece of each part of a way, in their order but for those that
may stand anywhere; of two, the second is no further behind than the `until` of the second less the `since` of the first."""

EDGE = "\0"  # stands where a word begins or ends, in what a pattern needs and in the words of a text
_MOST_PARTS = 4  # of one way
_MOST_WAYS = 12  # of one pattern
_MOST_CHARACTERS = 24  # of a class such as `[$£€]` that is taken for needed ones
_FAR = 10_000  # white space, where there is no bound
_WITHIN = lazy.pattern(r"(?<=.)\b(?=.)", re.S)
_ZERO_WIDTH = (codes.AT, codes.ASSERT_NOT)
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
_NO_SPACE = (codes.CATEGORY_WORD, codes.CATEGORY_DIGIT, codes.CATEGORY_NOT_SPACE)
_SPACES = frozenset(code for code in range(0x3001) if chr(code).isspace())


def needed(pattern: str) -> Needed:
    """What the words of a text must hold in lower case, were the pattern to match it in any case.

    A pattern that the standard library cannot read needs nothing: one empty way.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return tuple(_telling(way) for way in _ways(parser.parse(pattern, int(re.IGNORECASE))))
    except (re.error, RecursionError, OverflowError):
        return ((),)


def telling(pattern: str) -> frozenset[str]:
    """Letters in lower case some of which stand in a word of every text that the pattern matches; none where nothing is known of it."""
    return frozenset(piece.replace(EDGE, "") for part in _any(needed(pattern)) for piece in part.pieces)


def plain(known: Mapping[str, Needed]) -> dict[str, Any]:
    """What patterns need, by the pattern, as JSON can hold it: many share their sets of pieces."""
    sets: dict[frozenset[str], int] = {}
    ways = {
        pattern: [[[sets.setdefault(part.pieces, len(sets)), part.since, part.until] for part in way] for way in ways]
        for pattern, ways in known.items()
    }
    return {"pieces": list(map(sorted, sets)), "needed": ways}


class Known(Mapping[str, Needed]):
    """What patterns need as `plain` made data of it; the parts of a pattern's ways are made when they are asked for."""

    def __init__(self, *forms: Mapping[str, Any]) -> None:
        self._of: dict[str, tuple[list[frozenset[str]], list[list[tuple[int, int, int]]]]] = {}
        for form in forms:
            self.add(form)

    def add(self, form: Mapping[str, Any]) -> None:
        sets = list(map(frozenset, form["pieces"]))
        self._of |= {pattern: (sets, ways) for pattern, ways in form["needed"].items()}

    def __getitem__(self, pattern: str) -> Needed:
        sets, ways = self._of[pattern]
        return tuple([tuple([Part(sets[at], since, until) for at, since, until in way]) for way in ways])

    def __contains__(self, pattern: object) -> bool:
        return pattern in self._of

    def __iter__(self) -> Iterator[str]:
        return iter(self._of)

    def __len__(self) -> int:
        return len(self._of)

    def sets(self, pattern: str) -> list[list[frozenset[str]]]:
        """The pieces of each part of each way."""
        sets, ways = self._of[pattern]
        return [[sets[at] for at, _, _ in way] for way in ways]


def sets(ways: Needed) -> list[list[frozenset[str]]]:
    """The pieces of each part of each way."""
    return [[part.pieces for part in way] for way in ways]


def weight(pieces: frozenset[str]) -> float:
    """How much a set tells: long pieces, and few."""
    return min(map(len, pieces), default=0) - len(pieces) / 8


def _telling(way: Way) -> Way:
    """The parts that tell most, in their order."""
    first = {part.pieces: number for number, part in reversed(list(enumerate(way)))}
    best = sorted(first, key=lambda pieces: (-weight(pieces), sorted(pieces)))[:_MOST_PARTS]
    return tuple(way[number] for number in sorted(first[pieces] for pieces in best))


def _ways(items: Any, opened: bool = False, closed: bool = False) -> list[Way]:
    """Of a sequence all that must occur; `opened`, `closed`: a word edge stands right before or behind it."""
    ways: list[Way] = [()]
    run = EDGE if opened else ""
    at = since = 0  # white space up to here, and up to the run
    items = list(items)
    for number, (code, value) in enumerate(items):
        if code is codes.LITERAL:
            run += chr(value).lower()
            at += chr(value).isspace()
        elif _is_edge(code, value):
            run += EDGE
        elif code is codes.ASSERT:  # what stands before or behind is not matched, but it stands in the text
            ways = _joined(ways, [tuple(Part(part.pieces) for part in way) for way in _ways(value[1])])
        elif code not in _ZERO_WIDTH:
            ways = _joined(ways, [_one(_pieces([run]), since, at)])
            edge, run = run.endswith(EDGE), ""
            last = number + 1 == len(items)
            inner = _part(code, value, edge, closed if last else _is_edge(*items[number + 1]))
            ways = _joined(ways, [tuple(_moved(part, at) for part in way) for way in inner])
            at += _room(code, value)
            since = at
    return _joined(ways, [_one(_pieces([run + EDGE if closed else run]), since, at)])


def _is_edge(code: Any, value: Any) -> bool:
    r"""No word goes on here: `\b`, or no letter before or behind, such as `(?<![\w-])`."""
    if code is not codes.ASSERT_NOT:
        return code is codes.AT and value is codes.AT_BOUNDARY
    members = value[1][0][1] if len(value[1]) == 1 and value[1][0][0] is codes.IN else ()
    return (codes.CATEGORY, codes.CATEGORY_WORD) in members and (codes.NEGATE, None) not in members


def _one(pieces: frozenset[str], since: int, until: int) -> Way:
    return (Part(pieces, since, until),) if pieces else ()


def _moved(part: Part, by: int) -> Part:
    return part if part.since < 0 else Part(part.pieces, part.since + by, part.until + by)


def _joined(ways: list[Way], others: list[Way]) -> list[Way]:
    """What holds where both do."""
    if len(ways) * len(others) > _MOST_WAYS:
        ways, others = (ways, [_any(others)]) if len(ways) < len(others) else ([_any(ways)], others)
    return [one + other for one in ways for other in others]


def _any(ways: Sequence[Way]) -> Way:
    """What holds in all ways: one of the most telling parts of each."""
    if not all(ways):
        return ()
    parts = [max(way, key=lambda part: weight(part.pieces)) for way in ways]
    pieces = frozenset().union(*(part.pieces for part in parts))
    since = min(part.since for part in parts)
    return (Part(pieces, since, -1 if since < 0 else max(part.until for part in parts)),)


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
        room = _room(code, value)
        return [
            tuple(Part(part.pieces) if part.since < 0 else Part(part.pieces, 0, room) for part in way) for way in _ways(value[2], opened)
        ]
    if code is codes.IN:
        room = _room(code, value)
        return [_one(_pieces([EDGE * opened + one + EDGE * closed for one in _characters(value)]), 0, room)]
    return [()]


def _room(code: Any, value: Any) -> int:
    """The white space that may stand in what an item matches, at most."""
    if code is codes.LITERAL:
        return int(chr(value).isspace())
    if code is codes.SUBPATTERN:
        return _room_of(value[3])
    if code is codes.BRANCH:
        return max(map(_room_of, value[1]))
    if code in _REPEATS:
        return min(_room_of(value[2]) * int(value[1]), _FAR)
    if code is codes.IN:
        return int(_may_be_space(value))
    if code in (*_ZERO_WIDTH, codes.ASSERT):
        return 0
    return 1 if code in (codes.ANY, codes.NOT_LITERAL) else _FAR


def _room_of(items: Any) -> int:
    return min(sum(_room(code, value) for code, value in items), _FAR)


def _may_be_space(members: Any) -> bool:
    if (codes.NEGATE, None) in members:
        return (codes.CATEGORY, codes.CATEGORY_SPACE) not in members
    for code, value in members:
        if code is codes.LITERAL and value not in _SPACES:
            continue
        if code is codes.RANGE and _SPACES.isdisjoint(range(value[0], value[1] + 1)):
            continue
        if code is codes.CATEGORY and value in _NO_SPACE:
            continue
        return True
    return False


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
        text = run.replace(EDGE, "")
        opened, closed = (run[at] == EDGE and _is_letter(text[at : at + 1 or None]) for at in (0, -1)) if text else (False, False)
        whole = EDGE * opened + _WITHIN.sub(EDGE, text) + EDGE * closed
        longest = max(whole.split(), key=len, default="")
        if not longest.strip(EDGE):
            return frozenset()
        found.add(longest)
    return frozenset(found)


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"
