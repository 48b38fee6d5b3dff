"""Kinds of claims: what words each must have, what blocks as a benefit for a disease, and what claims nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from copycheck.article import Article, Sentence, parse
from copycheck.claims import kinds
from copycheck.claims.attribution import Support
from copycheck.claims.judge import Judged
from copycheck.nlp.judge import Opinion
from copycheck.readers import read
from copycheck.source import Source
from copycheck.verdicts import bars
from tests import rulekit


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text, parsed."""
    (article,) = parse([read(Source("a.md", text), "markdown")], rulekit.load_pipeline(("parser",)))
    return article.sentences


def last(text: str) -> tuple[Article, Sentence]:
    """An article, and its last sentence."""
    (article,) = parse([read(Source("a.md", text), "markdown")], rulekit.load_pipeline(("parser",)))
    return article, article.sentences[-1]


def one(text: str) -> Sentence:
    return sentences(text)[0]


def told(text: str, *likeliest: str) -> str:
    """The kind of a sentence, where the judge finds these the likeliest, in their order."""
    chances = {kind: 0.5 - 0.1 * place for place, kind in enumerate(likeliest)}
    return kinds.kind_of(Opinion(0.9, chances, {}, {}), one(text), denied=False)


@pytest.mark.parametrize(
    ("text", "likeliest", "kind"),
    [
        ("These outcomes matched those of surgery.", ("statistic", "efficacy"), "efficacy"),
        ("Seven in ten walked without a cane.", ("statistic", "efficacy"), "statistic"),
        ("It brings stronger immunity.", ("comparative", "efficacy"), "comparative"),
        ("There is little chance that the body turns it away.", ("comparative", "efficacy"), "efficacy"),
        ("It is normal to doubt such pills.", ("safety", "condition"), "condition"),
        ("It has no side effects.", ("safety", "condition"), "safety"),
        ("Common side effects include a sore arm.", ("guarantee", "condition"), "condition"),
        ("It lifts pain forever.", ("efficacy",), "guarantee"),
        ("Half of these operations fail within a year.", ("guarantee", "statistic"), "statistic"),
        ("Every week your odds get worse.", ("guarantee", "condition"), "condition"),
        ("Stopping it on your own can be dangerous.", ("safety", "condition"), "condition"),
        ("It never fails.", ("guarantee", "efficacy"), "guarantee"),
    ],
)
def test_a_kind_has_the_words_it_must_have(text: str, likeliest: tuple[str, ...], kind: str) -> None:
    assert told(text, *likeliest) == kind


@pytest.mark.parametrize(
    ("text", "promises"),
    [
        ("The laser removes hair permanently.", True),
        ("It eliminates chronic pain.", True),
        ("Untreated glaucoma brings permanent damage.", False),
        ("Damage to the nerve is permanent.", False),
        ("The new smile is permanent.", True),
        ("The scan eliminates the need for a biopsy.", False),
        ("The kidneys eliminate waste.", False),
        ("The kidneys eliminate waste, and the cure is guaranteed.", True),
        ("Your body naturally eliminates the treated fat cells.", False),
        ("The treatment eliminates the treated fat cells.", True),
        ("By the third week the remaining swelling has completely resolved.", False),
        ("Your headaches completely resolve.", True),
        ("Recovery is a lifelong process, and you must stay alert to prevent relapse.", False),
        ("The course brings lifelong relief from pain.", True),
        ("No matter how small the operation, infection can follow.", False),
        ("Our method works no matter how long you have had pain.", True),
        ("Scent and music create an immediate sense of calm in our lounge.", False),
        ("The gel instantly eliminates pain.", True),
    ],
)
def test_a_promise_is_of_something_good(text: str, promises: bool) -> None:
    assert kinds.is_promise(one(text)) is promises


@pytest.mark.parametrize(
    "text",
    [
        "This root treats arthritis.",
        "The drops are effective for arthritis.",
        "It is a remedy for eczema and asthma.",
        "Rub it in to relieve the pain of arthritis.",
        "You lose weight without hunger.",
        "This is the new treatment method for people with arthritis.",
        "The swollen rash and the eczema are gone.",
        "Here is a solution for people suffering from arthritis.",
        "For those who suffer from asthma, the drops can be beneficial.",
        "It lowers your cholesterol.",
        "The powder supports weight loss.",
    ],
)
def test_something_is_done_for_a_disease(text: str) -> None:
    assert kinds.is_for_disease(one(text))


@pytest.mark.parametrize(
    "text",
    [
        "Quick weight loss drains iron.",
        "Muscle loss during weight loss",
        "People whose diabetes and weight go together ask about it.",
        "Arthritis is common.",
        "People struggling with diabetes ask for our shakes.",
        "It keeps joints moving.",
    ],
)
def test_a_disease_that_is_only_named_is_not_treated(text: str) -> None:
    assert not kinds.is_for_disease(one(text))


def test_a_disease_that_is_only_named_counts_where_the_judge_is_sure() -> None:
    sentence = one("A new weapon against arthritis.")
    assert kinds.names_disease(sentence)
    judged = Judged(sentence, "efficacy", 0.9, "strong", False, None, "", Support("unsourced"), 0.0, False)
    assert not judged.disease
    assert replace(judged, sold=bars("disease")[1]).disease


def test_a_list_without_verbs_takes_its_verb_from_its_lead_in() -> None:
    *_, item = sentences("It helps with:\n\n- Arthritis\n")
    assert kinds.is_for_disease(item)
    assert not kinds.is_for_disease(one("Arthritis."))


@pytest.mark.parametrize(
    "text",
    [
        "#3, from week two",
        "Serious but Rare Side Effects",
        "Risks of the procedure",
        "The spray usually comes in bottles for a month.",
        "BMI of 30 or higher with diabetes",
        "This double benefit is especially meaningful for many.",
        "Onward again.",
        "FDA-cleared",
        "We use only FDA-approved fillers.",
        "Our device is cleared by the FDA.",
        "No operation is without risk.",
        "No medicine is ever completely free of side effects.",
        "We check the wound again after ten days to see that it closes.",
        "The treatment usually takes six to eight visits over three weeks.",
        "We suggest taking normal pain relief tablets to help with this.",
        "We do all we can to make your stay as safe and pleasant as possible.",
        "You'll avoid makeup and direct sun for two days.",
        "The program for depression includes six sessions.",
        "Angioplasty is a procedure to treat narrowed arteries.",
        "# Preventing Falls and Staying Active",
        "Little Ada came to us with her third sinus infection.",
    ],
)
def test_what_claims_nothing(text: str) -> None:
    assert kinds.claims_nothing(one(text))


@pytest.mark.parametrize(
    "text",
    [
        "#1 for back pain",
        "No Side Effects",
        "Fewer risks than surgery",
        "The spray eases asthma.",
        "This benefit is lasting relief from pain.",
        "Eases arthritis.",
        "Ada came to us with a migraine and left without it.",
        "Better already.",
        "Sound healing is a technique to treat tumors.",
        "Zero downtime.",
        "FDA-approved treatment for depression.",
        "FDA-approved weight loss solution.",
        "Problems are rare in our hands, but no operation is without risk.",
        "Our FDA-cleared laser smooths skin.",
        "No other treatment is without side effects as ours is.",
        "Our treatment is without risk.",
        "We see better skin in all patients after ten days.",
        "You will feel relief after six to eight visits.",
        "We recommend magnesium because it relieves cramps.",
        "We recommend two sessions a week to lower your blood pressure.",
        "You'll avoid surgery for years.",
        "The drip heals sore muscles and is as gentle as possible.",
        "Treatment works best as soon as possible.",
        "Angioplasty is a procedure that lowers the risk of a heart attack.",
        "LASIK is a painless procedure to treat short sight.",
        "The herb is a well-known drug for hair growth.",
        "# Preventing Falls in Half the Time",
        "# Treating migraine for good",
        "I recommend this oil for arthritis.",
        "We recommend our 100% safe serum.",
        "We check you every two weeks until your eczema clears.",
        "The treatment takes three sessions, and eczema clears.",
        "No implants are without risk, but ours heal old wounds.",
    ],
)
def test_what_may_claim(text: str) -> None:
    assert not kinds.claims_nothing(one(text))


def test_an_item_of_a_list_says_what_its_lead_in_says():
    *_, item = sentences("Acupuncture helps with:\n\n- side effects of chemotherapy\n")
    assert not kinds.claims_nothing(item)


@pytest.mark.parametrize(
    ("above", "item", "kind"),
    [
        ("## Who is a good candidate?", "Confirmed rotator cuff tear", "efficacy"),
        ("## Best for", "No serious gum disease", "safety"),
        ("Suitable for:", "Patients with migraine who cannot take tablets", "efficacy"),
        ("Call your surgeon at once if you notice:", "Swelling that gets worse after two days", "condition"),
        ("## Are you living with low iron?", "Low energy", "condition"),
        ("## Could low iron be wearing you out?", "Reduced drive", "condition"),
    ],
)
def test_a_fragment_may_say_whom_a_treatment_is_for(above: str, item: str, kind: str) -> None:
    assert kinds.is_whom(*last(f"{above}\n\n- {item}\n"), kind)


@pytest.mark.parametrize(
    ("above", "item", "kind"),
    [
        ("## Best for", "No side effects", "safety"),
        ("## Best for", "Lasting relief from migraine", "efficacy"),
        ("## Who is a good candidate?", "Most adults feel less pain", "efficacy"),
        ("## Benefits", "Confirmed rotator cuff tear", "efficacy"),
        ("## How can yoga help you?", "Low energy", "condition"),
        ("Most effective and best for:", "Deep wrinkles", "efficacy"),
    ],
)
def test_a_fragment_may_claim_below_such_a_line(above: str, item: str, kind: str) -> None:
    assert not kinds.is_whom(*last(f"{above}\n\n- {item}\n"), kind)


def test_a_caution_is_no_promise_of_safety() -> None:
    for text in ("The drug does not completely remove the risk.", "Like any medicine it has its side effects."):
        assert told(text, "safety", "condition") == "condition"
    for text in ("It has no side effects.", "It is very safe, though it has some side effects."):
        assert told(text, "safety", "condition") == "safety"
    assert told("The hills were painted purple.", "safety", "condition") == "condition"


def test_weight_that_comes_back_is_none_that_is_lost() -> None:
    assert kinds.is_for_disease(one("You can lose weight with it."))
    assert not kinds.is_for_disease(one("Without a plan the lost weight may come back."))
