"""Evidence: the words that show what the judge means, and what a message quotes."""

from __future__ import annotations

import pytest

from copycheck import evidence
from copycheck.article import parse
from copycheck.nlp.judge import Opinion
from copycheck.readers import read
from copycheck.source import Source
from tests import rulekit


def said(*words: tuple[int, int, float]) -> Opinion:
    return Opinion(0.5, {"efficacy": 1.0}, {}, {"claim": [weight for *_, weight in words]}, [(start, end) for start, end, _ in words])


def test_a_subject_of_two_is_shown_whole():
    (article,) = parse([read(Source("a.md", "Massage and yoga are approved for pain."), "markdown")], rulekit.load_pipeline(("parser",)))
    (sentence,) = article.sentences
    words = [(token.idx, token.idx + len(token), 2.0 if token.text == "yoga" else 0.0) for token in sentence.tokens]
    assert evidence.evidence(evidence.weights_of(said(*words), "claim", sentence), sentence) == (0, len(sentence.text) - 1)


def shown_of(text: str, heavy: str, figure: bool = False) -> str | None:
    """What is shown of a sentence in which one word weighs more than the others."""
    (sentence,) = rulekit.sentences(text)
    words = [(token.idx, token.idx + len(token), 2.0 if token.text == heavy else 0.0) for token in sentence.tokens]
    span = evidence.evidence(evidence.weights_of(said(*words), "claim", sentence), sentence, figure)
    return text[slice(*span)] if span else None


@pytest.mark.parametrize(
    ("text", "heavy", "shown"),
    [
        ("Massage can lower blood pressure and relieves chronic pain.", "lower", "lower blood pressure"),
        ("Massage lowers blood pressure and relieves chronic pain.", "relieves", "relieves chronic pain"),
        ("About 47% of adults over 30 have gum disease.", "47", "47% of adults over 30"),
        ("It is made for chronic pain.", "pain", "made for chronic pain"),
        ("It is a strong tool for preventing relapse.", "relapse", "preventing relapse"),
        ("Acupuncture eases these complaints.", "Acupuncture", "Acupuncture eases these complaints"),
        ("It is warm, and headaches are common.", "headaches", None),
        ("Hyaluronic acid is a sugar, and it is safe.", "Hyaluronic", None),
        ("Most people say it is easier than a filling, and quick.", "people", None),
        ("In the trial, people lost 14% of their weight in 68 weeks.", "14", "lost 14% of their weight in 68 weeks"),
        ("It works.", "works", "works"),
        ("It works.", "none", None),
        ("It changed their lives.", "It", None),
        ("Pain-free in two days.", "free", "Pain-free in two days"),
        ("Lose weight with our doctor-supervised program.", "Lose", "Lose weight with our doctor-supervised program"),
        ("Natural-looking lips for months.", "lips", "Natural-looking lips for months"),
        ("It treats drug-resistant.", "treats", "treats drug-resistant"),
        ("Without it, the evidence is weaker.", "is", None),
        ("They have no side effects.", ".", None),
    ],
)
def test_the_evidence_is_the_heaviest_word_with_what_it_governs(text: str, heavy: str, shown: str | None):
    assert shown_of(text, heavy) == shown


@pytest.mark.parametrize(
    ("text", "heavy", "shown"),
    [
        ("We placed more than 4,000 implants, and patients love them.", "love", "placed more than 4,000 implants"),
        ("Eight in ten adults have back pain.", "ten", "Eight in ten adults"),
        ("It affects 52% of men between 40 and 70, and is no shame.", "52", "affects 52% of men between 40 and 70"),
        ("In five people out of six it eases.", "eases", "five people out of six"),
        ("Of 40 guests whom we asked in 2025, most were glad.", "2025", "40 guests"),
        ("9 out of 10 guests feel rested in their first week.", "first", "9 out of 10 guests"),
        ("After just two visits she had healthy four-year-olds.", "four", "two visits"),
        ("Swelling is gone in five to seven days.", "seven", "gone in five to seven days"),
        ("We saw 30,000 eyes, and 99% of our patients are glad.", "30,000", "99% of our patients"),
        ("After three months my pressure was normal.", "three", "three months"),
        ("It halves the risk of falls.", "halves", "halves the risk of falls"),
    ],
)
def test_a_figure_is_shown_by_its_number(text: str, heavy: str, shown: str):
    assert shown_of(text, heavy, figure=True) == shown


def test_a_quotation_is_words_that_make_sense():
    text = "It never decays, it looks natural, and it lasts for as long as you live."
    (sentence,) = rulekit.sentences(text)
    at = text.index("lasts")
    assert evidence.quote(sentence, (at, at + 5), {}) == text[:-1]  # one word says little
    assert evidence.quote(sentence, (3, 15), {}) == "never decays"
    (short,) = rulekit.sentences("“Botox relaxes the face.”")
    assert evidence.quote(short, (7, 23), {}) == "Botox relaxes the face"
    (long,) = rulekit.sentences(
        "Rest, heat and a walk each day " * 2 + "ease the pain in the lower back, the hip and the thigh, the doctor says."
    )
    told = evidence.quote(long, None, {})
    assert told.endswith("…") and told[:-1].endswith("lower back")


@pytest.mark.parametrize(
    ("text", "shown", "told"),
    [
        ("Our nurses give oral pills and a naltrexone shot, so that the first week goes by.", "naltrexone shot", None),
        ("Unlike a bridge, they do not need the neighboring teeth to be ground down.", "neighboring teeth", None),
        ("We adjust the back, and chiropractic keeps the children of our town on their feet.", "chiropractic keeps", None),
        ("It is, as many guests say, one of the strongest tools for preventing relapse.", "preventing relapse", "preventing relapse"),
        ("About 52% of depressed patients got better, the team says in its yearly letter.", "52% of depressed patients", "52% of depressed patients"),
        ("⭐️⭐️ “It works “like magic”, and the staff is kind.”", "", "It works ‘like magic’, and the staff is kind"),
    ],
)  # fmt: skip
def test_a_quotation_says_something_by_itself_within_one_pair_of_marks(text: str, shown: str, told: str | None):
    (sentence,) = rulekit.sentences(text)
    at = text.index(shown)
    assert evidence.quote(sentence, (at, at + len(shown)) if shown else None, {}) == (told or text[:-1])


@pytest.mark.parametrize(
    ("text", "heavy", "told"),
    [
        ("Few people who call us have tried a light lamp, yet these small boxes can lift the mood of a whole winter.", "lift",
         "…these small boxes can lift the mood of a whole winter"),
        ("Over the past ten years, gout has become a burden for whole towns in this dry part of the country.", "burden",
         "…gout has become a burden for whole towns in this dry part of the country"),
        ("While the first trials look kind to it, cupping has a long way to go before anybody should call it proven.", "trials",
         "While the first trials look kind to it, cupping has a long way to go before anybody should call it proven"),
        ("Melatonin, known to most as a pill for long flights, eases the first nights of a new shift for many.", "eases",
         "Melatonin, known to most as a pill for long flights, eases the first nights of a new shift for many"),
        ("The pain may spread to the hips, the legs, or even the arms, so that it looks like another illness.", "legs",
         "The pain may spread to the hips, the legs, or even the arms…"),
        ("It works best in smaller, softer scars that are young, and nobody has shown what it does for old ones.", "smaller",
         "It works best in smaller, softer scars that are young…"),
        ("HILLTON, June 4, 2024 — The lamp was sold in all of our towns last year, and it lifts the mood of a whole winter.", "lifts",
         "…it lifts the mood of a whole winter"),
        ("HILLTON, June 4, 2024 — The lamp lifts the mood of a whole winter, and it was sold in all of our towns last year.", "lifts",
         "The lamp lifts the mood of a whole winter…"),
        ("Warm, soft and quiet rooms, good food, long walks and the sea, with friendly people around you all day.", "sea",
         "Warm, soft and quiet rooms, good food, long walks and the sea, with friendly people around you all day"),
    ],
)  # fmt: skip
def test_a_long_sentence_is_quoted_by_the_clause_that_says_it(text: str, heavy: str, told: str):
    (sentence,) = rulekit.sentences(text)
    at = next(number for number, token in enumerate(sentence.tokens) if token.text == heavy)
    assert evidence.quote(sentence, None, {number: float(number == at) for number in range(len(sentence.tokens))}) == told


def test_evidence_is_short_and_a_sentence_without_words_has_none():
    assert len((shown_of("It heals " + "pain " * 60 + ".", "heals") or "").split()) <= 8
    (sentence,) = rulekit.sentences("It works.")
    assert evidence.evidence(evidence.weights_of(said(), "claim", sentence), sentence) is None
