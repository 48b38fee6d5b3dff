"""The words of a page as evidence: which of them a slip was meant to be."""

from __future__ import annotations

from copycheck.spelling.lexicon import load
from copycheck.spelling.page import PageWords


def page(*texts: str) -> PageWords:
    return PageWords(texts, load())


def test_a_near_word_of_the_page_is_what_was_meant() -> None:
    meant = page("Tympanoplasty mends the eardrum.", "A tympanoplasty lasts an hour.").meant("tympanoplsty")
    assert meant is not None
    assert meant.word == "tympanoplasty"


def test_forms_of_a_word_are_no_slips_of_it() -> None:
    seen = page("Hyaluronic acid, an assay, the stimulation and a massage.")
    for word in ("hyaluron", "assays", "stimulator", "massager", "electrostimulation"):
        assert seen.meant(word) is None


def test_far_and_short_words_are_not_weighed() -> None:
    seen = page("The profile of the clinic and its staff.")
    assert seen.meant("profhilo") is None
    assert seen.meant("stff") is None
    assert seen.meant("x" * 60) is None


def test_pairs_are_parted_by_one_space() -> None:
    seen = page("A brow lift, trans-axillary; hair\nloss.")
    assert seen.pairs("brow", "lift")
    assert not seen.pairs("trans", "axillary")
    assert not seen.pairs("lift", "trans")
    assert seen.times("brow") == 1
    assert seen.writes("brow")
    assert not seen.writes("Brow")
