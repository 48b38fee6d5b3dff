"""Scores: the readability figures of counted sentences, and how far each can be trusted at that length."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from copycheck.readability.formulas import easy_words
from copycheck.readability.syllables import syllables
from copycheck.readability.words import COMMON, frequency, is_easy

LEAST = 10  # sentences below which no grade is given
SHORT = 30  # sentences below which a grade is given as a range only

# A grade's 95 % half-width is this over the root of the number of sentences (bootstrap over 107 health pages)
_SPREAD = {"flesch_kincaid_grade": 15.5, "smog_index": 12.7, "dale_chall_grade": 12.7}
GRADES = frozenset(_SPREAD)


class Counts(NamedTuple):
    """Sums over sentences. `long` words have three syllables or more, `hard` ones the Dale–Chall list lacks;
    `telling` words are less common than COMMON, `commonness` is the sum of their frequencies."""

    sentences: int = 0
    words: int = 0
    syllables: int = 0
    long: int = 0
    hard: int = 0
    telling: int = 0
    commonness: float = 0.0


class Band(NamedTuple):
    """A grade with the range in which it can be told from so many sentences."""

    value: float
    low: float
    high: float
    sentences: int

    def __str__(self) -> str:
        if self.low == self.high:
            return f"{self.value:g}"
        span = f"{max(round(self.low), 1)}–{max(round(self.high), 1)}"
        return f"about {span} (short text)" if self.sentences < SHORT else f"{self.value:.1f} ({span})"


def count(words: Sequence[str]) -> Counts:
    """The counts of one sentence."""
    return Counts(1, len(words), *(sum(column) for column in zip(*map(_of_word, words), strict=True)))


@lru_cache(maxsize=50_000)
def _of_word(word: str) -> tuple[int, int, int, int, float]:
    """What a word adds to the counts, from `syllables` on."""
    spoken = syllables(word)
    common = frequency(word) if word[0].isalpha() else COMMON
    telling = common < COMMON
    return spoken, int(spoken >= 3), int(not is_easy(word, easy_words())), int(telling), common if telling else 0.0


def total(counts: Iterable[Counts]) -> Counts:
    """The sum of counts."""
    return Counts(*(sum(column) for column in zip(Counts(), *counts, strict=True)))


def flesch_kincaid_grade(counts: Counts) -> float:
    """US school grade (Kincaid and others 1975). textstat's figure on the same counts."""
    if not counts.sentences:
        return 0.0
    return 0.39 * counts.words / counts.sentences + 11.8 * counts.syllables / counts.words - 15.59


def smog_index(counts: Counts) -> float:
    """US school grade for full understanding (McLaughlin 1969)."""
    return 1.043 * math.sqrt(30 * counts.long / counts.sentences) + 3.1291 if counts.sentences else 0.0


def flesch_reading_ease(counts: Counts) -> float:
    """0 (very hard) to 100 (very easy) (Flesch 1948)."""
    if not counts.sentences:
        return 0.0
    return 206.835 - 1.015 * counts.words / counts.sentences - 84.6 * counts.syllables / counts.words


def dale_chall_grade(counts: Counts) -> float:
    """US school grade, 1 to 16, by the new Dale–Chall formula and its table (Chall and Dale 1995)."""
    if not counts.sentences:
        return 0.0
    hard = 100 * counts.hard / counts.words
    raw = 0.1579 * hard + 0.0496 * counts.words / counts.sentences + (3.6365 if hard > 5 else 0.0)
    return min(max(2 * raw - 5.5, 1.0), 16.0)  # the table gives two grades a point: 5.0–5.9 is grades 5–6


def jargon_load(counts: Counts) -> float:
    """Difficulty of medical prose from 1 to 6: sentence length, and how rare the telling words are.

    Fitted to the human ratings of MedReadMe's training sentences (r = .74 on its test sentences).
    """
    if not counts.sentences:
        return 0.0
    common = counts.commonness / counts.telling if counts.telling else COMMON
    return 6.67 + 0.0226 * counts.words / counts.sentences - 0.656 * common


SCORES: dict[str, Callable[[Counts], float]] = {
    "flesch_kincaid_grade": flesch_kincaid_grade,
    "smog_index": smog_index,
    "dale_chall_grade": dale_chall_grade,
    "flesch_reading_ease": flesch_reading_ease,
    "jargon_load": jargon_load,
    "words_per_sentence": lambda counts: counts.words / max(counts.sentences, 1),
    "words": lambda counts: float(counts.words),
    "sentences": lambda counts: float(counts.sentences),
}
"""Every metric that a rule may name, on counts."""


def band(metric: str, counts: Counts) -> Band | None:
    """A metric with its range; None for a grade of fewer than LEAST sentences. Only grades have a spread."""
    value = SCORES[metric](counts)
    if metric not in _SPREAD:
        return Band(value, value, value, counts.sentences)
    if counts.sentences < LEAST:
        return None
    half = _SPREAD[metric] / math.sqrt(counts.sentences)
    return Band(value, value - half, value + half, counts.sentences)
