"""The scorer: weights as plain data, chances that follow what is said, kinds."""

from __future__ import annotations

from importlib.resources import files

import pytest

from copycheck.claims import features, scorer
from tests.rulekit import sentences


def chances(text: str) -> list[float]:
    page = features.page_of(sentences(text))
    return list(scorer.score(page, scorer.load(), range(len(page.sentences))).chances)


@pytest.mark.parametrize(
    "claim",
    [
        "Yoga relieves withdrawal cravings.",
        "This therapy resets the nervous system and releases dopamine.",
        "Studies show that equine therapy reduces relapse.",
        "Our treatment permanently eliminates back pain.",
    ],
)
def test_claims_that_stand_alone_are_likely(claim):
    assert chances(claim)[0] > 0.5


@pytest.mark.parametrize(
    "line",
    [
        "Our office is open from nine to five.",
        "Call us to book your first visit.",
        "Bring your insurance card and a list of your medicines.",
        "Dr. Lee studied in Boston and lives here with her family.",
    ],
)
def test_other_lines_are_not(line):
    assert chances(line)[0] < 0.4


def test_what_is_not_asked_gets_nothing():
    page = features.page_of(sentences("Yoga relieves pain. It lowers blood pressure."))
    assert scorer.score(page, scorer.load(), [0]).chances[1] == 0


def test_the_file_is_plain_data_and_says_what_it_was_trained_on():
    about = scorer.load().about
    assert len(about["trained_on"]["fingerprint"]) == 64
    assert {"precision", "recall", "threshold"} <= about["cross_validated_by_site"][0].keys()


def test_what_is_written_is_read():
    tables = {name: range(-4, 4) if name != "kind_words" else range(16) for name in scorer.TABLES} | {"named": [0.5]}
    about = {"names": ["one"], "scales": {"words": 0.5}, "bias": 1.5, "near_bias": -1, "kind_bias": [0] * 8, "note": "made up"}
    data = scorer.write(tables, about)
    weights = scorer.read(data)
    assert data == scorer.write(tables, about) and weights.named == {"one": 0.5} and list(weights.words) == list(range(-4, 4))
    assert weights.kinds == {"one": list(range(-4, 4))} and list(map(list, weights.kind_words)) == [[at, at + 1] for at in range(0, 16, 2)]
    assert (weights.bias, weights.near_bias, weights.about["note"]) == (1.5, -1, "made up")


@pytest.mark.parametrize(
    "spoil", [lambda data: data[:-9], lambda data: data[1:], lambda data: b"{}\n", lambda data: b"", lambda data: b"[1]\nx"]
)
def test_another_file_is_refused(spoil):
    shipped = files("copycheck").joinpath("data", "claims", "weights.bin").read_bytes()
    assert scorer.read(shipped).about == scorer.load().about
    with pytest.raises(ValueError, match=r"."):
        scorer.read(spoil(shipped))


def test_surroundings_of_one_sentence_are_its_own():
    assert scorer.surroundings([2.0]) == [(2.0,) * 5] and scorer.surroundings([]) == []


def test_surroundings_hear_the_neighbours_and_the_page():
    own, before, after, window, page = scorer.surroundings([9.0, 1.0, -9.0, 1.0])[1]
    assert (own, before, after) == (1.0, 4.0, -4.0)
    assert window == pytest.approx((4 + 4 * 0.5 - 4 + 1 + 3 * 0.5) / 10)  # beyond the page its mean stands in
    assert page == pytest.approx(1 / 3)


def test_surroundings_are_linear_in_size():
    assert len(scorer.surroundings([0.0] * 50_000)) == 50_000


def test_kinds_are_all_of_them_in_some_order():
    page = features.page_of(sentences("It is safe and has no side effects."))
    kinds = scorer.kinds_of(page, scorer.load(), 0)
    assert sorted(kinds) == sorted(scorer.KINDS) and kinds[0] == "safety"
