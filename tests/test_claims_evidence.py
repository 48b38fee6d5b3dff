"""Evidence of claims: terms, cues, and terms in the order of a claim."""

from __future__ import annotations

import pytest

from copycheck.claims import evidence


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("Massage lowers blood pressure.", "strong effect>target"),
        ("Massage lowers blood pressure.", "treatment>strong effect>target"),
        ("Improved circulation", "modifier first>target"),
        ("Patients who suffer from anxiety", "ill>target"),
    ],
)
def test_pairs(text, pair):
    assert pair in evidence.gather(text).pairs


def test_order_matters():
    assert "strong effect>target" not in evidence.gather("Blood pressure that is high we can lower.").pairs


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("About 40% of people relapse.", "percent"),
        ("One in five adults is affected.", "ratio"),
        ("It has no side effects.", "safety"),
        ("Call us today!", "cta"),
        ("Is it safe?", "question"),
        ("It works better than pills.", "compare"),
        ("Studies show that it helps.", "appeal"),
    ],
)
def test_cues(text, cue):
    assert cue in evidence.gather(text).cues
    assert evidence.cue(cue).search(text)


def test_plain_service_facts_hold_no_pair():
    assert not any("target" in pair for pair in evidence.gather("Our office is open from nine to five.").pairs)
    nothing = evidence.gather("")
    assert not (nothing.groups or nothing.pairs)
