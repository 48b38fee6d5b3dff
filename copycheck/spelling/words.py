"""Words: the words of a text that may be judged: not addresses, handles, file names, code, acronyms or what touches a placeholder."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from copycheck.document import PLACEHOLDER

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_CHUNK = re.compile(r"\S+")
_CODE = frozenset("@#\\_<>{}=|~^$%`" + PLACEHOLDER)
_DOTTED = re.compile(r"[^\W_]\.[^\W_]")  # example.com, file.html, e.g
_STOP = re.compile(r"[^\W\d_]{2}[.!?][A-Z][a-z]+[.,!?]?$")  # a space is missing after a stop: no address
_FAR = 80
_PLAIN = re.compile(r"[a-zA-Z'’]+$")
_new = tuple.__new__  # half the time of a call of Word, and there is one for each word of the copy


class Word(NamedTuple):
    """A word and its half-open offsets; `lower` has a plain apostrophe."""

    start: int
    end: int
    text: str
    lower: str


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[Word, ...]:
    """Every word of the text, judged or not, in order; remembered, for several rules read the same sentences."""
    return tuple([_new(Word, (*match.span(), word := match.group(), word.lower().replace("’", "'"))) for match in _WORD.finditer(text)])


def chunk(text: str, start: int, end: int) -> str:
    """The stretch without white space around text[start:end], of which _FAR characters on each side are looked at."""
    first, last = max(start - _FAR, 0), min(end + _FAR, len(text))
    while start > first and not text[start - 1].isspace():
        start -= 1
    while end < last and not text[end].isspace():
        end += 1
    return text[start:end]


def is_prose(text: str, word: Word) -> bool:
    """The word stands in running text: not in an address, a handle, a path, a formula or a code, and has no accents."""
    if not _PLAIN.match(word.text):
        return False
    before, after = text[word.start - 1 : word.start], text[word.end : word.end + 1]
    if before.isalnum() or after.isalnum() or (before and before in _CODE) or (after and after in _CODE):
        return False
    if (before and before in ")]?" and text[word.start - 2].isalnum()) or (
        after and after in "([?" and text[word.end + 1 : word.end + 2].isalnum()
    ):
        return False  # "[d]ifferences", "addict(s)", "bene?ts"
    piece = chunk(text, word.start, word.end)
    if any(mark in piece for mark in _CODE) or "://" in piece or piece.count("/") > 2:
        return False
    return not (_DOTTED.search(piece) and not _STOP.search(piece))


def is_acronym(word: str) -> bool:
    """ALL CAPITALS, or a capital past the first letter (CamelCase, mRNA); names such as McKay are none."""
    if word.startswith("Mc") and word[3:].islower():
        return False
    return any(letter.isupper() for letter in word[1:].split("’")[0].split("'")[0])


def match_case(model: str, word: str) -> str:
    """`word` in the letter case of `model`; a word with capitals of its own keeps them."""
    if "’" in model:
        word = word.replace("'", "’")
    if word[1:] != word[1:].lower():
        return word
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


_CODED = re.compile(
    r"=>|\b(?:const|var|let) [\w$\[{][\w$\[\]{}<>:,| ]{0,80}= ?|\bconst [\[{]|\bfunction \w*\([\w$, :{}=?\[\]]{0,80}\) ?\{"
    r"|\bexport (?:default|const|async|function)\b|\bexport (?:interface|type|class) [A-Z]\w* ?[{=<]"
    r"|\bimport\b[^.\n]{1,200}\bfrom ['\"‘“’]|\breturn \(\s*<|\(\) ?[;{]|^\s*//|\}\s?;|;\s?\}|=\s?\{"
)


def is_code(text: str) -> bool:
    """The text is a line of a program (a component's source that is read as a page), not copy."""
    return _CODED.search(text) is not None


def is_one_edit(word: str, other: str) -> bool:
    """One letter put in, left out or changed, or two that stand the other way round, make one of the other."""
    if abs(len(word) - len(other)) > 1:
        return False
    from rapidfuzz.distance import OSA  # most pages have no use for it

    return OSA.distance(word, other, score_cutoff=1) == 1
