"""Typos: a slip with one sure correction is read as that word, names and rare words are left alone."""

from __future__ import annotations

import pytest

from copycheck.nlp.typos import TypoFolder
from tests.rulekit import load_pipeline


def folded(text: str) -> dict[str, str]:
    """The words of a text that are read as others, and as which."""
    doc, plain = load_pipeline()(text), load_pipeline().make_doc(text)
    return {token.text: token.norm_ for token, before in zip(doc, plain, strict=True) if token.norm_ != before.norm_}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We garantee results.", {"garantee": "guarantee"}),
        ("Garanteed to last.", {"Garanteed": "guaranteed"}),
        ("The medicatoin and the wellnes plan.", {"medicatoin": "medication", "wellnes": "wellness"}),
        ("It is more effective then any pill.", {"then": "than"}),
    ],
)
def test_a_slip_is_read_as_what_was_meant(text, expected):
    assert folded(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ann Garanty and Zeltiq help.",  # names
        "Ask Xanthra Oakmere today.",
        "GARANTEE",  # capitals may be an acronym
        "Sesquipedalian zzyzxmed quuxes.",  # unknown, but no sure correction
        "We rest, then we sleep.",
        "The colour of behaviour therapy.",
        "It eases pain.",
        "hte",  # too short
    ],
)
def test_what_is_left_alone(text):
    assert folded(text) == {}


def test_the_text_stays():
    doc = load_pipeline()("We garantee it.")
    assert doc.text == "We garantee it." and doc[1].text == "garantee" and doc[1].lower_ == "garantee"


def test_memory_is_bounded():
    folder = TypoFolder()
    assert folder._correction("garantee") == "guarantee" and folder._correction.cache_info().maxsize == 50_000
