"""Literals: the strings without which a regular expression cannot match, and an index that finds them in one pass."""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

GRAM = 3  # characters by which the index looks literals up
_SHORTEST = 2  # characters of a literal; one letter tells nothing
_MAX_LITERALS = 600  # of one pattern; one that may begin in more ways is tried everywhere

Needed = tuple[frozenset[str], ...]


def needed(pattern: str) -> Needed:
    """Sets of lower-case strings; every match holds one of each set. The first tells most; none where none can be told.

    They only spare searches that cannot match, so a pattern that the standard library cannot read is simply always tried.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = set(_needed(parser.parse(pattern, re.IGNORECASE)))
    except (re.error, RecursionError, OverflowError):
        return ()
    return tuple(sorted(found, key=lambda part: (-_weight(part), sorted(part))))


def literals(pattern: str) -> frozenset[str]:
    """The most telling set of `needed`, if all its strings have GRAM characters, else an empty one."""
    return telling(needed(pattern))


def telling(found: Needed) -> frozenset[str]:
    """Of what `needed` gave, what an index can look up."""
    first = found[0] if found else frozenset()
    return first if all(len(literal) >= GRAM for literal in first) else frozenset()


def _weight(part: frozenset[str]) -> float:
    """How much a set tells: long strings, and few."""
    shortest = min(map(len, part), default=0)
    return shortest - len(part) / 8 - (100 if shortest < GRAM else 0)


def _needed(items: Any) -> list[frozenset[str]]:
    """Of a sequence all that must occur: runs of letters, groups, and for a choice the most telling part of each branch."""
    found: list[frozenset[str]] = []
    run = ""
    for code, value in items:
        if code is codes.LITERAL:
            run += chr(value).lower()
            continue
        found.append(frozenset({run}))
        run = ""
        if code is codes.SUBPATTERN:
            found += _needed(value[3])
        elif code is codes.BRANCH:
            choices = [max(_needed(choice), key=_weight, default=frozenset()) for choice in value[1]]
            found.append(frozenset().union(*choices) if all(choices) else frozenset())
        elif code in (codes.MAX_REPEAT, codes.MIN_REPEAT) and value[0] >= 1:
            found += _needed(value[2])
    found.append(frozenset({run}))
    return [part for part in found if part and len(part) <= _MAX_LITERALS and min(map(len, part)) >= _SHORTEST]


@lru_cache(maxsize=1024)  # the sentences of an article: each kind has its own index and asks it for all of them
def _grams(text: str) -> frozenset[str]:
    return frozenset([text[at : at + GRAM] for at in range(len(text) - GRAM + 1)])


class Index:
    """Tells which of many patterns can match a text at all, in one pass over it."""

    def __init__(self, wanted: list[frozenset[str]]) -> None:
        self._always = tuple(number for number, words in enumerate(wanted) if not words)
        self._grams: dict[str, dict[str, list[int]]] = {}
        for number, words in enumerate(wanted):
            for word in words:
                self._grams.setdefault(word[:GRAM], {}).setdefault(word, []).append(number)

    def candidates(self, text: str) -> list[int]:
        """Numbers of the patterns worth a search in `text`, in order."""
        lowered = text.lower()
        found = set(self._always)
        for gram in self._grams.keys() & _grams(lowered):
            for word, numbers in self._grams[gram].items():
                if word in lowered:
                    found.update(numbers)
        return sorted(found)
