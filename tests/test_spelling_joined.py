"""Words that ran together: what is parted, and the compounds and names that are not."""

from __future__ import annotations

import pytest

from copycheck.spelling.joined import parted, uncapped
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
    ],
)
def test_a_small_word_that_ran_on_is_parted(word: str, parts: tuple[str, str]) -> None:
    assert parted(word, load()) == parts


@pytest.mark.parametrize("word", ["skincare", "bodywork", "thermage", "forhims", "andro", "mostella", "toolkit", "ithaca", "cana"])
def test_compounds_and_names_are_whole(word: str) -> None:
    assert parted(word, load()) is None


def test_two_words_that_the_page_writes_apart() -> None:
    beside = {("thyroid", "support"), ("brow", "lift")}
    assert parted("thyroidsupport", load(), lambda first, second: (first, second) in beside) == ("thyroid", "support")
    assert parted("browlift", load(), lambda first, second: (first, second) in beside) is None
    assert parted("thyroidsupport", load()) is None


def test_a_capital_inside_a_word() -> None:
    assert uncapped("ourClinic", load()) == ("our", "clinic")
    assert uncapped("painThe", load()) == ("pain", "The")
    for name in ("iPhone", "eBay", "myChart", "isOpen", "worksFor", "goodRx", "MedSpa"):
        assert uncapped(name, load()) is None
