"""Features of a sentence: its evidence, its place, its neighbours, its words."""

from __future__ import annotations

from copycheck.analysis import units_of
from copycheck.claims import features
from copycheck.readers import read
from copycheck.source import Source


def page(text: str) -> features.Page:
    return features.page_of(units_of(read(Source("a.md", text), None)))


PAGE = page("## Benefits of massage\n\nMassage can:\n\n- Relieve pain\n- Improve sleep\n\nIt lowers blood pressure. Call us.\n")


def described(start: str) -> dict[str, float]:
    return features.describe(PAGE, next(at for at, unit in enumerate(PAGE.units) if unit.text.startswith(start)))


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
