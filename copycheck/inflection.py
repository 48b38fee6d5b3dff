"""Inflection: the forms of an English word, generated generously; forms that do not exist match nothing and do no harm."""

from __future__ import annotations

from functools import cache
from pathlib import Path

IRREGULAR = Path(__file__).parent.joinpath("data", "irregular.txt").read_text(encoding="utf-8")  # a line a word: its forms, the base first
_FORMS_OF = {line.split()[0]: frozenset(line.split()) for line in IRREGULAR.splitlines()}
_FIXED = frozenset(
    "a an the of to in on at by for from with without and or but nor as than that this these those it its your our "
    "my their his her you we they i he she not no any all up out off over under into about per via can could may "
    "might must shall should will would".split()
)
_VOWELS = "aeiou"


@cache
def forms(word: str) -> frozenset[str]:
    """A lower-case word with its plural, third person, past and -ing forms; function words only themselves."""
    if word in _FIXED or not word.isalpha():
        return frozenset({word})
    if word in _FORMS_OF:
        return _FORMS_OF[word]
    found = {word, word + "s", word + "es"} if word.endswith(("s", "x", "z", "ch", "sh", "o")) else {word, word + "s"}
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        found = {word, word[:-1] + "ies", word[:-1] + "ied", word + "ing"}
    elif word.endswith("e"):
        found |= {word + "d", (word[:-2] + "ying") if word.endswith("ie") else (word + "ing" if word.endswith("ee") else word[:-1] + "ing")}
    else:
        found |= {word + "ed", word + "ing"}
        if len(word) > 2 and word[-1] not in "wxy" + _VOWELS and word[-2] in _VOWELS and word[-3] not in _VOWELS:
            found |= {word + word[-1] + "ed", word + word[-1] + "ing"}
    return frozenset(found)
