"""Joined: two words that ran together ("inthe", "canprovide", "ourClinic"), told by small words, or by what the page writes apart."""

from __future__ import annotations

import re
from collections.abc import Callable

from copycheck.spelling.lexicon import Lexicon
from copycheck.spelling.suggest import LONGEST

_BEFORE = frozenset(
    "the and for with your our can from this that have more most will you are was not has their these which when also into about "
    "between during after before because through some any many other each every both such than then".split()
)
"""Small words that a word runs on from."""
_AFTER = frozenset("of the and your our from that with this for can are you which have has was will their these them when not to".split())
"""Small words that run on from a word."""
_SHORT = frozenset("in of to on at by is it we as or be an if do".split())
_LITTLE = frozenset("the your our this that their these them you".split())
_NO_WORD = frozenset(
    "like wide free based ward wards wise able less ness ful ship hood ing ings ers est ment ments ion ions ism ist".split()
)
_FREQUENT, _SMALLEST = 4.0, 3  # of the word beside the small one
_PLAIN, _LONG = 3.5, 10  # of words that the page writes apart, and letters of both: "browlift" may be written either way
_CAPITAL = re.compile(r"([a-z]{2,})([A-Z][a-z]+)$")
_OUR = frozenset("our your and with from of".split())
_NEXT = frozenset("the this our we you your if it they these when while many most there some".split())


def parted(word: str, lexicon: Lexicon, pairs: Callable[[str, str], bool] = lambda first, second: False) -> tuple[str, str] | None:
    """The two words of a lower-cased unlisted one; None where it is no such slip. `pairs`: the page has these two side by side."""

    if len(word) > LONGEST:
        return None

    def frequent(part: str, least: float = _FREQUENT) -> bool:
        return len(part) >= _SMALLEST and part not in _NO_WORD and lexicon.frequency.get(part, 0.0) >= least

    for i in range(2, len(word)):
        first, second = word[:i], word[i:]
        if first in _SHORT and (second in _LITTLE or (first == "of" and frequent(second, 5.0) and len(second) >= 5)):
            return first, second
        if first in _BEFORE and (second in _AFTER or (frequent(second) and len(second) > _SMALLEST)):
            return first, second
        if second in _AFTER and len(first) >= 4 and frequent(first) and not (second == "to" and len(first) < 5):
            return first, second
        if second == "a" and first in ("have", "with", "make", "take", "give", "such", "from", "this", "that", "into", "need", "without"):
            return first, second
        if len(word) >= _LONG and frequent(first, _PLAIN) and frequent(second, _PLAIN) and pairs(first, second):
            return first, second
    return None


def uncapped(word: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """The parts of a word with a capital inside that is no name: "ourClinic", "painThe"."""
    match = _CAPITAL.match(word)
    if match is None:
        return None
    first, second = match.groups()
    lower = second.lower()
    if first in _OUR and len(second) >= 4 and lexicon.frequency.get(lower, 0.0) >= _FREQUENT:
        return first, lower
    if lower in _NEXT and len(first) >= 3 and lexicon.frequency.get(first, 0.0) >= _FREQUENT:
        return first, second
    return None
