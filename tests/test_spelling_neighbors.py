"""Slips that the words beside them show, and real words that are right where they stand."""

from __future__ import annotations

import pytest

from copycheck.spelling.lexicon import load
from copycheck.spelling.neighbors import misplaced, small_words


@pytest.mark.parametrize(
    ("text", "slip", "right"),
    [
        ("A clinical trail of the gel begins in May.", "trail", "trial"),
        ("Ask whether your heath insurance pays.", "heath", "health"),
        ("It is no medial advice.", "medial", "medical"),
        ("The lab looks at perm count and shape.", "perm", "sperm"),
        ("We take out wisdom tenth on Fridays.", "tenth", "teeth"),
        ("Breaks for beast cancer patients.", "beast", "breast"),
        ("The immune systems of twins differ.", "", ""),
        ("Dental health is part of mental health; deep cleansing is no deep cleaning, and a tightening effect fades.", "", ""),
        ("When a nerve tells a muscle to move, it moves.", "", ""),
        ("The nerve tells in the arm grow back.", "tells", "cells"),
        ("The heart rate fell, and you feel pain in the knee.", "", ""),
        ("A family of four, four patients and an early or yearly treatment.", "", ""),
        ("We talked with Trail Clinical Heath Ltd.", "", ""),
    ],
)
def test_a_real_word_one_letter_off_beside_its_partner(text: str, slip: str, right: str) -> None:
    found = [(word.text, meant) for word, meant in misplaced(text, False, load())]
    assert found == ([(slip, right)] if slip and right else [])


def test_in_a_title_capitals_say_nothing() -> None:
    assert [right for _, right in misplaced("Join a Clinical Trail Today", True, load())] == ["trial"]
    assert not list(misplaced("We hike the Clinical Trail Today", False, load()))


def test_words_of_two_letters_between_common_words() -> None:
    found = [(word.text, right[0]) for word, right in small_words("The price fo care, and a walk ot the clinic; some ae closed.", load())]
    assert found == [("fo", "of"), ("ot", "to"), ("ae", "be")]


@pytest.mark.parametrize(
    "text",
    [
        "An iv drip vs a pill, at 5 ml or two oz each, ie a cup.",
        "He said de facto and et al in one line.",
        "Ask for Fo Wong or the OT team.",
        "Type fo: and press enter. Ends with fo",
    ],
)
def test_abbreviations_and_names_of_two_letters(text: str) -> None:
    assert not list(small_words(text, load()))


def test_the_words_of_phrases_are_words() -> None:
    after, before = load().phrases
    unknown = {word for word in (*after, *before) if not load().knows(word)}
    assert not unknown
    assert all(len(following) == len(set(following)) for following in after.values())
