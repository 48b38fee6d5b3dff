"""Words that ran together: what is parted, and the compounds and names that are not."""

from __future__ import annotations

import pytest

from copycheck.spelling.joined import apart, parted, uncapped
from copycheck.spelling.lexicon import load


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("inthe", ("in", "the")),
        ("ofthe", ("of", "the")),
        ("canprovide", ("can", "provide")),
        ("yourteeth", ("your", "teeth")),
        ("andthe", ("and", "the")),
        ("partof", ("part", "of")),
        ("surgeryand", ("surgery", "and")),
        ("havea", ("have", "a")),
        ("foodalso", ("food", "also")),
        ("topoor", ("to", "poor")),
    ],
)
def test_a_small_word_that_ran_on_is_parted(word: str, parts: tuple[str, str]) -> None:
    assert parted(word, load()) == parts


@pytest.mark.parametrize(
    "word", ["skincare", "bodywork", "thermage", "forhims", "andro", "mostella", "toolkit", "ithaca", "cana", "afterload", "todays"]
)
def test_compounds_and_names_are_whole(word: str) -> None:
    assert parted(word, load()) is None


def test_two_words_that_the_page_writes_apart() -> None:
    beside = {("sleep", "support"), ("brow", "lift")}
    assert parted("sleepsupport", load(), lambda first, second: (first, second) in beside) == ("sleep", "support")
    assert parted("browlift", load(), lambda first, second: (first, second) in beside) is None
    assert parted("sleepsupport", load()) is None


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("thyroidsupport", ("thyroid", "support")),  # too long for a compound of two nouns
        ("specialair", ("special", "air")),  # an adjective first
        ("drugssuch", ("drugs", "such")),  # a plural first
        ("overlyingskin", ("overlying", "skin")),
        ("adjustability", None),
        ("psychoeducation", None),
        ("overcorrection", None),
    ],
)
def test_what_no_compound_is_made_of(word: str, parts: tuple[str, str] | None) -> None:
    assert parted(word, load()) == parts


def test_prefixes_that_stand_apart() -> None:
    text = "A non invasive test, an intra uterine device; hyper pigmentation, a persona non grata, they're using non-stick pans."
    assert [(text[start:end], right) for start, end, right in apart(text, load())] == [
        ("non invasive", "non-invasive"),
        ("intra uterine", "intrauterine"),
        ("hyper pigmentation", "hyperpigmentation"),
    ]


def test_a_capital_inside_a_word() -> None:
    assert uncapped("ourClinic", load()) == ("our", "clinic")
    assert uncapped("painThe", load()) == ("pain", "The")
    for name in ("iPhone", "eBay", "myChart", "isOpen", "worksFor", "goodRx", "MedSpa"):
        assert uncapped(name, load()) is None
