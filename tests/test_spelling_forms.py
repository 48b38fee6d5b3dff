"""Forms: inflections are sure, derivations and compounds are told from frequent stems."""

from __future__ import annotations

import pytest

from copycheck.spelling.forms import is_derived, is_form

STEMS = dict.fromkeys(
    "gentle restful reliable clinical session hormone measure treat retrain focus education care massage friendly night stand sugar "
    "manage patient surgeon reflex anemia ulcerate vessel laser refer".split(),
    4.5,
)


@pytest.mark.parametrize(
    ("word", "is_one"),
    [
        ("massages", True), ("reflexes", True), ("massage's", True), ("patient'", True), ("anaemia", True), ("grass", False), ("sugared", False), ("lasered", True), ("refered", False),
        ("xylotes", False), ("zzz's", False),
    ],
)  # fmt: skip
def test_inflections(word: str, is_one: bool) -> None:
    assert is_form(word, STEMS.keys(), STEMS) is is_one


@pytest.mark.parametrize(
    "word",
    [
        "restfully", "reliably", "clinically", "sessional", "reliability", "measuring", "retrained", "retrainers",
        "ulcerative", "ulcerators", "hypoproteinemia", "hyperxanemic", "neuroeducation", "sugarfree", "nightstand", "treaters",
    ],
)  # fmt: skip
def test_derivations(word: str) -> None:
    assert is_derived(word, STEMS)


@pytest.mark.parametrize("word", ["care", "carely", "basicly", "zzzzzzly", "occuring", "a" * 60, "zzzzfree", "xyznight"])
def test_no_derivations(word: str) -> None:
    assert not is_derived(word, STEMS)
