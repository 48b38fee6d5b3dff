"""Kinds of claims: promises, benefits for a disease, and words that explain one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from copycheck.article import Sentence, parse
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


def one(text: str) -> Sentence:
    return sentences(text)[0]


def test_the_kind_is_the_likeliest_but_for_a_promise_and_what_is_denied() -> None:
    said = Opinion(0.9, {"guarantee": 0.5, "efficacy": 0.4, "none": 0.1}, {}, {})
    assert kinds.kind_of(said, one("Your knee is as good as new."), denied=False) == "guarantee"
    assert kinds.kind_of(said, one("It is not permanent, and wears off."), denied=True) == "efficacy"
    likely = said._replace(kinds={"efficacy": 0.8, "guarantee": 0.1, "none": 0.1})
    assert kinds.kind_of(likely, one("It lifts pain forever."), denied=False) == "guarantee"


@pytest.mark.parametrize(
    ("kind", "text", "part", "shows"),
    [
        ("efficacy", "Our own tea eases pain, we feel.", "eases pain", True),
        ("efficacy", "Our own tea eases pain, we feel.", "Our own", False),
        ("statistic", "Seven in ten of them walked home.", "Seven in ten", True),
        ("efficacy", "We saw 40 of them at home.", "saw 40 of them", False),
        ("comparative", "It is quicker with us at home.", "quicker", True),
        ("efficacy", "It helps at home.", "It helps", False),
    ],
)
def test_words_that_explain_a_claim(kind: str, text: str, part: str, shows: bool) -> None:
    at = text.index(part)
    assert kinds.shows(kind, one(text), at, at + len(part)) is shows


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


def test_weight_that_comes_back_is_none_that_is_lost() -> None:
    assert kinds.is_for_disease(one("You can lose weight with it."))
    assert not kinds.is_for_disease(one("Without a plan the lost weight may come back."))


@pytest.mark.parametrize(
    ("text", "admits"),
    [
        ("Like any medicine, vaccines can have side effects.", True),
        ("All fillers carry risks.", True),
        ("Each shot has side effects, which your nurse will explain.", True),
        ("The peel has no side effects.", False),
        ("Our laser has few side effects.", False),
        ("It works without side effects.", False),
        ("The peel does not have side effects.", False),
        ("Our fillers are safe.", False),
    ],
)
def test_what_admits_risks(text: str, admits: bool) -> None:
    assert kinds.admits(one(text)) is admits
