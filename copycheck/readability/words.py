"""Words: what counts as one, how common it is, and whether the Dale–Chall list knows it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

from copycheck import wordfile
from copycheck.document import PLACEHOLDER

_WORD = re.compile(rf"[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:[.,]\d+)*|{PLACEHOLDER}")
_ADDRESS = re.compile(
    r"\b(?:https?://|www\.)\S+|(?<!\S)[^\s@]++@\S+\.\w+|(?<![\w-])[\w-]++\.(?:com|org|net|gov|edu|io|co)(?:/\S*)?\b", re.IGNORECASE
)
COMMON = 6.2  # log10 of the uses in a billion words from which a word (of, treatment) says nothing about difficulty
_UNKNOWN = 2.0  # the same for a word that the list lacks: it begins at 3.3
_ENDINGS = ("s", "es", "ed", "d", "ing", "er", "est", "ly", "n")


def words(text: str) -> list[str]:
    """The words of a sentence with plain quotes: hyphens and slashes part them, a number is one, addresses are none."""
    return _WORD.findall(_ADDRESS.sub(" ", text))


def plain(word: str) -> str:
    """Lower case, no accents, no possessive ending."""
    word = word.lower()
    if not word.isascii():
        word = "".join(letter for letter in unicodedata.normalize("NFKD", word) if letter.isascii())
    return word.removesuffix("'s")


def frequency(word: str) -> float:
    """Log10 of a word's uses in a billion words of English books; 2.0 for all that are rarer than the list goes."""
    word = plain(word).replace("'", "")
    return read_data("frequency.txt").get(word, _UNKNOWN)


def is_easy(word: str, easy: frozenset[str]) -> bool:
    """The Dale–Chall list `easy` holds the word or what it is a regular form of. Numbers are easy."""
    word = plain(word)
    if word in easy or not word[:1].isalpha():
        return True
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and (stem in easy or stem + "e" in easy or (len(stem) > 3 and stem[-1] == stem[-2] and stem[:-1] in easy)):
            return True
    return word.endswith(("ies", "ied", "ier")) and word[:-3] + "y" in easy


@cache
def read_data(name: str) -> dict[str, float]:
    """A data file of lines `value word word …`, as word to value."""
    text = Path(__file__).parent.parent.joinpath("data", "readability", name).read_text(encoding="utf-8")
    return wordfile.numbers(text)
