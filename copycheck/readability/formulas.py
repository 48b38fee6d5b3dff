"""Formulas: textstat's published readability formulas, fed so that it counts what we count and never reaches for the network."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from copycheck.readability.syllables import syllables

_CACHED = 100_000  # characters of text from which textstat's caches, which keep the text, are emptied again


class _Pronunciations:
    """Stands for NLTK's CMU dictionary: textstat counts the phones of `[word][0]` that end in a digit."""

    def __getitem__(self, word: str) -> tuple[tuple[str, ...]]:
        return (("1",) * syllables(word),)


def published(sentences: Sequence[Sequence[str]]) -> dict[str, float]:
    """Flesch–Kincaid grade, SMOG index and Flesch reading ease of sentences given as words; each needs three words or more."""
    textstat = _textstat()
    text = "\n".join(" ".join(_letters(word) for word in words) + "." for words in sentences)
    scores = {
        "flesch_kincaid_grade": float(textstat.flesch_kincaid_grade(text)),
        "smog_index": float(textstat.smog_index(text)),
        "flesch_reading_ease": float(textstat.flesch_reading_ease(text)),
    }
    if len(text) > _CACHED:
        _forget()
    return scores


@cache
def easy_words() -> frozenset[str]:
    """The 3,000 words of the Dale–Chall list that textstat carries."""
    _textstat()
    module = import_module("textstat.backend.utils._get_lang_easy_words")
    return frozenset(map(str.lower, module.get_lang_easy_words("en_US")))


@cache
def _textstat() -> Any:
    """textstat without NLTK: version 0.7.13 imports it for one dictionary and downloads that at the first call.

    The stand-in is there only while textstat is imported, and only if the process has not imported NLTK itself.
    """
    stand_in = None if "nltk" in sys.modules else ModuleType("nltk")
    if stand_in:
        sys.modules["nltk"] = stand_in
    try:
        textstat = import_module("textstat")
        counts = import_module("textstat.backend.counts._count_syllables")
    finally:
        if stand_in and sys.modules.get("nltk") is stand_in:
            del sys.modules["nltk"]
    pronunciations = _Pronunciations()
    counts.get_cmudict = lambda lang: pronunciations  # type: ignore[attr-defined]
    counts.get_pyphen = lambda lang: None  # type: ignore[attr-defined]
    textstat.set_rounding_points(None)
    return textstat


def _letters(word: str) -> str:
    """The word without what textstat would take for the end of a sentence; a placeholder is a word too."""
    return word.replace(".", "").replace(",", "") if word[0].isdigit() else word if word[0].isalpha() else "x"


def _forget() -> None:
    for name, module in list(sys.modules.items()):
        if name.startswith("textstat.backend"):
            for value in vars(module).values():
                if hasattr(value, "cache_clear") and getattr(value, "__module__", "").startswith("textstat"):
                    value.cache_clear()
