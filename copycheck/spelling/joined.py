"""Joined: two words that ran together ("inthe", "canprovide", "ourClinic"), and prefixes that stand apart ("non surgical")."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from copycheck.spelling.forms import PREFIXES, SUFFIXES
from copycheck.spelling.lexicon import Lexicon
from copycheck.spelling.suggest import LONGEST

_BEFORE = frozenset(
    "the and for with your our can from this that have more most will you are was not has their these which when also into about "
    "between during before because through some any many other each every both such than then".split()
)
"""Small words that a word runs on from."""
_AFTER = frozenset(
    "of the and your our from that with this for can are you which have has was will their these them when not to also even usually "
    "still such during between those while where what been may".split()
)
"""Small words that run on from a word."""
_SHORT = frozenset("in of to on at by is it we as or be an if do".split())
_LITTLE = frozenset("the your our this that their these them you".split())
_NO_WORD = frozenset(
    "ability abilities like wide free based ward wards wise able less ness ful ship hood ing ings ers est ment ments ion ions ism "
    "ist".split()
)
_FREQUENT, _SMALLEST = 4.0, 3  # of the word beside the small one
_PLAIN, _LONG = 3.5, 10  # of words that the page writes apart, and letters of both: "browlift" may be written either way
_FIRST = re.compile("[a-z]{3,}(?:ing|al|ous|ive|ary|ed|able|ful)$|[a-z]{4,}[^s]s$")
"""Adjectives and plurals, which no compound begins with as a noun does ("specialair", "drugssuch")."""
_LONG_PARTS, _LONG_BOTH = 5, 13  # letters of each part and of both from which two nouns are no compound ("thyroidsupport")
_APART = re.compile(r"(?<![\w'’-])(non|un|mis|hyper|hypo|intra|micro|anti|multi|neuro) ([a-z]{4,})(?![\w-])", re.I)
_LATIN = frozenset("grata sequitur compos nocere plus ultra infringement".split())
_RARE = 2.4  # of the word in one
_CAPITAL = re.compile(r"([a-z]{2,})([A-Z][a-z]+)$")
_OUR = frozenset("our your and with from of".split())
_NEXT = frozenset("the this our we you your if it they these when while many most there some".split())


def parted(word: str, lexicon: Lexicon, pairs: Callable[[str, str], bool] = lambda first, second: False) -> tuple[str, str] | None:
    """The two words of a lower-cased unlisted one; None where it is no such slip. `pairs`: the page has these two side by side."""

    if len(word) > LONGEST or (word.endswith("s") and word[:-1] in lexicon.words):  # "todays" lacks its apostrophe
        return None

    def frequent(part: str, least: float = _FREQUENT) -> bool:
        return len(part) >= _SMALLEST and part not in _NO_WORD and lexicon.frequency.get(part, 0.0) >= least

    for i in range(2, len(word)):
        first, second = word[:i], word[i:]
        if first in _SHORT and (second in _LITTLE or (len(second) >= (5 if first == "of" else 4) and frequent(second, 5.0))):
            return first, second
        if first in _BEFORE and (second in _AFTER or (frequent(second) and len(second) > _SMALLEST)):
            return first, second
        if second in _AFTER and len(first) >= 4 and frequent(first) and not (second == "to" and len(first) < 5):
            return first, second
        if second == "a" and first in ("have", "with", "make", "take", "give", "such", "from", "this", "that", "into", "need", "without"):
            return first, second
        if len(word) >= _LONG and frequent(first, _PLAIN) and frequent(second, _PLAIN) and pairs(first, second):
            return first, second
        least = _RARE if first.endswith("ing") else _PLAIN
        if len(word) >= _LONG and _FIRST.match(first) and frequent(first, least) and len(second) >= _SMALLEST and frequent(second):
            return first, second
        long = len(word) >= _LONG_BOTH and min(len(first), len(second)) >= _LONG_PARTS
        if long and first not in PREFIXES and second not in SUFFIXES and frequent(first) and frequent(second):
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


def apart(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    """Prefixes that a space parts from their word: start, end and the word in one."""
    for match in _APART.finditer(text):
        prefix, word = match[1].lower(), match[2].lower()
        if prefix == "non" and word not in _LATIN and word in lexicon.frequency:
            yield match.start(), match.end(), f"{match[1]}-{match[2]}"
        elif prefix != "non" and lexicon.frequency.get(prefix + word, 0.0) >= _RARE:
            yield match.start(), match.end(), match[1] + match[2]
