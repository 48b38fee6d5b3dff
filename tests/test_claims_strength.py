from __future__ import annotations

import pytest

from copycheck.claims.strength import is_hedged, is_softened, strength_of, strength_of_claim

CAUSAL = (
    "Massage relieves pain.",
    "Zinc does not prevent colds.",
    "Smoking increases the risk of stroke.",
    "Untreated infections lead to tooth loss.",
    "The patch significantly lowered blood pressure.",
    "Surgery has improved survival in older adults.",
    "Night shifts cause weight gain in nurses.",
    "Physical therapy is effective for back pain.",
    "Tooth loss is caused by plaque.",
    "Improved circulation",
    "Researchers at the University of Oslo report that walking protects the heart.",
    "Fast removal of wrinkles",
)
CONDITIONAL = (
    "Massage may relieve pain.",
    "Ginger could settle the stomach.",
    "The drug appears to slow growth.",
    "Designed to reduce cravings.",
    "Better sleep might protect memory.",
    "Acupuncture can ease headache in some people.",
)
CORRELATIONAL = (
    "Poor sleep is linked to weight gain.",
    "Coffee is associated with fewer falls.",
    "Smokers are more likely to lose teeth.",
    "Women with migraine have a higher risk of stroke.",
    "Poor sleep may be linked to weight gain.",
    "Men who snore are at increased risk of falls.",
    "Loneliness is a risk factor for dementia.",
    "Runners slept longer than walkers.",
)
NONE = (
    "The study is published in the Journal of Pain Relief.",
    "Doctors should ask about sleep.",
    "Costs increase over the years.",
    "This release is also available in French.",
    "One adult in five lives with pain.",
    "Our rooms are quiet.",
)
CASES = [
    (text, strength)
    for strength, texts in zip(("none", "correlational", "conditional", "causal"), (NONE, CORRELATIONAL, CONDITIONAL, CAUSAL), strict=True)
    for text in texts
]


@pytest.mark.parametrize(("text", "strength"), CASES)
def test_the_strength_of_a_statement(text: str, strength: str) -> None:
    assert strength_of(text) == strength


@pytest.mark.parametrize(
    ("text", "strength"), [("For a calmer gut", "causal"), ("Perhaps a calmer gut", "conditional"), (CORRELATIONAL[0], "correlational")]
)
def test_a_claim_always_has_a_strength(text: str, strength: str) -> None:
    assert strength_of_claim(text) == strength


def test_a_hedge_is_told() -> None:
    assert is_hedged("It may help.") and is_hedged("A promising treatment") and not is_hedged("It helps.")


def test_what_can_act_is_hedged_and_not_softened() -> None:
    assert is_hedged("Massage can relieve pain.") and not is_softened("Massage can relieve pain.")
    assert is_softened("Massage can perhaps relieve pain.") and is_softened("Massage may relieve pain.")
