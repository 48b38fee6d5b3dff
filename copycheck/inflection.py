"""Inflection: the forms of an English word, generated generously; forms that do not exist match nothing and do no harm."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

IRREGULAR = Path(__file__).parent.joinpath("data", "irregular.txt").read_text(encoding="utf-8")  # a line a word: its forms, the base first
_IRREGULAR = {words[0]: words for words in map(str.split, IRREGULAR.splitlines())}
FUNCTION_WORDS = frozenset(
    "a an the of to in on at by for from with without and or but nor as than that this these those it its your our "
    "my their his her you we they i he she not no any all up out off over under into about per via can could may "
    "might must shall should will would because since while when whenever until if although though unless whether so yet than then "
    "who whom whose which what how why where here there every each another other any some few many more most less least much both "
    "either neither such same only just even also too very never always often still again ever between among through during before "
    "after within across against toward towards along beyond near without upon off down back yes".split()
)
_VOWELS = "aeiou"


@cache
def forms(word: str) -> frozenset[str]:
    """A lower-case word with its plural, third person, past and -ing forms; function words only themselves."""
    if word in FUNCTION_WORDS or not word.isalpha():
        return frozenset({word})
    if word in _IRREGULAR:
        return frozenset(_IRREGULAR[word])
    found = {word, word + "s", word + "es"} if word.endswith(("s", "x", "z", "ch", "sh", "o")) else {word, word + "s"}
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        found = {word, word[:-1] + "ies", word[:-1] + "ied", word + "ing"}
    elif word.endswith("e"):
        found |= {word + "d", (word[:-2] + "ying") if word.endswith("ie") else (word + "ing" if word.endswith("ee") else word[:-1] + "ing")}
    else:
        found |= {word + "ed", word + "ing"}
        if (
            len(word) > 2
            and word[-1] not in "wxy" + _VOWELS
            and word[-2] in _VOWELS
            and word[-3] not in _VOWELS
            and _is_stressed_last(word)
        ):
            found |= {word + word[-1] + "ed", word + word[-1] + "ing"}
    return frozenset(found)


def _is_stressed_last(word: str) -> bool:
    """Its last consonant doubles before an ending: a word of one syllable (stop), or one whose last is stressed (admit, prefer)."""
    return len(re.findall(r"[aeiouy]+", word)) == 1 or word.endswith(("fer", "mit", "cur", "gin", "pel", "trol"))


def inflect(word: str, tag: str) -> str:
    """A base form inflected as a Penn Treebank tag says (`NNS`, `VBZ`, `VBG`, `VBD`, `VBN`); itself for any other tag."""
    ending = {"NNS": "s", "NNPS": "s", "VBZ": "s", "VBG": "ing", "VBD": "ed", "VBN": "ed"}.get(tag)
    if ending is None:
        return word
    if irregular := _IRREGULAR.get(word, [])[1:]:
        if tag in ("NNS", "NNPS"):
            return irregular[0]
        like = [form for form in irregular if form.endswith(ending)]
        past = [form for form in irregular if not form.endswith(("s", "ing"))]
        found = past if ending == "ed" else like
        return word if not found else found[-1] if tag == "VBN" else found[0]
    candidates = sorted(form for form in forms(word) if form.endswith(ending) and form != word)
    if ending == "s":
        return word[:-1] + "ies" if word[:-1] + "ies" in candidates else word + ("es" if word + "es" in candidates else "s")
    doubled = word + word[-1] + ending
    return doubled if doubled in candidates else next((form for form in candidates if form != doubled), word)
