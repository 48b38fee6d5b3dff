"""Features of a sentence: its evidence, its place, its neighbours, its words."""

from __future__ import annotations

from functools import cache

from copycheck.claims import features
from tests.rulekit import sentences


def page(text: str) -> features.Page:
    return features.page_of(sentences(text))


@cache
def massage() -> features.Page:
    return page("## Benefits of massage\n\nMassage can:\n\n- Relieve pain\n- Improve sleep\n\nIt lowers blood pressure. Call us.\n")


def described(start: str) -> dict[str, float]:
    return features.describe(massage(), next(at for at, sentence in enumerate(massage().sentences) if sentence.text.startswith(start)))


def test_heading_and_lead_in_are_told():
    item = described("Relieve")
    assert item["lead-in"] and item["lead-in:claims"] and item["heading:benefits"]
    assert "lead-in" not in described("It lowers")


def test_place_in_its_block():
    assert described("It lowers")["first of block"] and described("Call us")["last of block"] and described("Relieve")["alone"]


def test_neighbours_are_told():
    assert described("Call us")["before:strong effect>target"]
    assert described("Improve")["before:effect"]


def test_sentences_on_the_same_page_share_its_rates():
    rates = {name: value for name, value in described("Relieve").items() if name.startswith("page:")}
    assert rates and all(described("Call us")[name] == value for name, value in rates.items())


def test_grams_do_not_depend_on_numbers():
    one, two = page("It took 30 days."), page("It took 45 days.")
    assert features.grams(one.evidence[0]) == features.grams(two.evidence[0])
