import math
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

import pytest

from copycheck.readability import scores
from copycheck.readability.syllables import syllables
from copycheck.readability.words import words

TEXTS = [
    ["A nurse will see you at noon.", "You can bring one bag, and you don't need to book.", "We have 24/7 care."],
    [
        "Comprehensive rehabilitation programming incorporates individualized pharmacological interventions.",
        "The dose is 2.5 mg daily for 1,000 co-operative patients at the centre's clinic.",
        "It couldn’t be easier to reach us!",
    ],
]


class _Pronunciations:
    """Stands for NLTK's CMU dictionary: textstat counts the phones of `[word][0]` that end in a digit."""

    def __getitem__(self, word: str) -> tuple[tuple[str, ...]]:
        return (("1",) * syllables(word),)


def published(sentences: Sequence[Sequence[str]], monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """textstat's figures of sentences given as words, with our count of syllables and without NLTK, which asks the network."""
    monkeypatch.setitem(sys.modules, "nltk", ModuleType("nltk"))
    textstat = import_module("textstat")
    counts = import_module("textstat.backend.counts._count_syllables")
    monkeypatch.setattr(counts, "get_cmudict", lambda lang: _Pronunciations())
    monkeypatch.setattr(counts, "get_pyphen", lambda lang: None)
    textstat.set_rounding_points(None)
    plain = [[word.replace(".", "").replace(",", "") if word[0].isdigit() else word for word in words] for words in sentences]
    text = "\n".join(f"{' '.join(words)}." for words in plain)
    return {name: float(getattr(textstat, name)(text)) for name in ("flesch_kincaid_grade", "smog_index", "flesch_reading_ease")}


@pytest.mark.parametrize("text", TEXTS)
def test_own_arithmetic_is_what_textstat_publishes(text: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    sentences = [words(sentence.replace("’", "'")) for sentence in text]
    counts = scores.total(scores.count(sentence) for sentence in sentences)
    for name, value in published(sentences, monkeypatch).items():
        assert scores.SCORES[name](counts) == pytest.approx(value), name


def test_scores_by_hand() -> None:
    counts = scores.count(["A", "nurse", "will", "see", "you", "at", "the", "hospital"])
    assert counts[:5] == (1, 8, 10, 1, 0)
    assert scores.flesch_kincaid_grade(counts) == pytest.approx(0.39 * 8 + 11.8 * 10 / 8 - 15.59)
    assert scores.smog_index(counts) == pytest.approx(1.043 * math.sqrt(30) + 3.1291)
    assert scores.dale_chall_grade(counts) == 1.0


def test_nothing_counted_is_nought() -> None:
    for score in scores.SCORES.values():
        assert score(scores.Counts()) == 0.0


def test_jargon_is_harder() -> None:
    plain = scores.count(words("The nurse will give you a pill to help you rest."))
    jargon = scores.count(words("The nurse will administer an anxiolytic to mitigate your agitation."))
    assert scores.jargon_load(jargon) > scores.jargon_load(plain) + 1


def test_dale_chall_grade_keeps_to_its_table() -> None:
    hard = scores.count(words("Neuropharmacological polypharmacy exacerbates symptomatology."))
    assert scores.dale_chall_grade(hard) == 16.0


def test_bands_by_length() -> None:
    one = scores.count(words("A nurse will see you at the hospital."))
    few, some, many = (scores.total([one] * number) for number in (9, 16, 100))
    assert scores.band("flesch_kincaid_grade", few) is None
    short = scores.band("flesch_kincaid_grade", some)
    assert short and short.high - short.low == pytest.approx(2 * 15.5 / 4)
    assert str(short).startswith("about ") and str(short).endswith("(short text)")
    long = scores.band("flesch_kincaid_grade", many)
    assert long and str(long).startswith(f"{long.value:.1f} (")
    smog = scores.band("smog_index", many)
    assert smog and smog.high - smog.low == pytest.approx(2 * 1.27)
    length = scores.band("words", one)
    assert length and length.low == length.high == 8
