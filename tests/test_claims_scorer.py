"""The scorer: weights as plain data, chances that follow what is said, kinds."""

from __future__ import annotations

import numpy as np
import pytest

from copycheck.analysis import units_of
from copycheck.claims import features, scorer
from copycheck.readers import read
from copycheck.source import Source


def chances(text: str) -> list[float]:
    page = features.page_of(units_of(read(Source("a.md", text), None)))
    return list(scorer.score(page, scorer.load(), range(len(page.units))).chances)


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
    page = features.page_of(units_of(read(Source("a.md", "Yoga relieves pain. It lowers blood pressure."), None)))
    assert scorer.score(page, scorer.load(), [0]).chances[1] == 0


def test_the_file_is_plain_data_and_says_what_it_was_trained_on():
    about = scorer.load().about
    assert len(about["trained_on"]["fingerprint"]) == 64
    assert {"precision", "recall", "threshold"} <= about["cross_validated_by_site"][0].keys()


def test_a_pickle_is_refused(tmp_path):
    path = tmp_path / "weights.npz"
    np.savez(path, about=np.array([{"an": "object"}], dtype=object))
    with pytest.raises(ValueError, match="allow_pickle"):
        scorer.read(path)


def test_surroundings_of_one_sentence_are_its_own():
    alone = np.array([2.0], dtype=np.float32)
    assert scorer.surroundings(alone).tolist() == [[2.0] * 5]


def test_surroundings_are_linear_in_size():
    many = scorer.surroundings(np.zeros(50_000, dtype=np.float32))
    assert many.shape == (50_000, 5)


def test_kinds_are_all_of_them_in_some_order():
    page = features.page_of(units_of(read(Source("a.md", "It is safe and has no side effects."), None)))
    kinds = scorer.kinds_of(page, scorer.load(), 0)
    assert sorted(kinds) == sorted(scorer.KINDS) and kinds[0] == "safety"
