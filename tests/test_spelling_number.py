"""Number: nouns and verbs whose number does not fit, and what only looks so."""

from __future__ import annotations

import pytest

from copycheck.spelling.lexicon import load
from copycheck.spelling.number import slips


def told(text: str) -> list[tuple[str, str]]:
    return [(text[slip.start : slip.end], slip.suggestions[0]) for slip in slips(text, load())]


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("Rest is one of the best remedy for a cold.", "remedy", "remedies"),
        ("Several clinic in town can help.", "clinic", "clinics"),
        ("The two vertebra are close.", "vertebra", "vertebrae"),
        ("What Are The Main Benefit Of Rest?", "Benefit", "Benefits"),
        ("What are the symptom?", "symptom", "symptoms"),
        ("Patients who has pain can call.", "has", "have"),
        ("Those who suffers from it can call.", "suffers", "suffer"),
        ("A person who have asthma may cough.", "have", "has"),
        ("We wait because everyone need time.", "everyone need", "everyone needs"),
        ("One of our main goals are comfort.", "are", "is"),
        ("Every gentle stretch reduce pain a little.", "reduce", "reduces"),
        ("You rest, and then you heal. This method improve sleep.", "improve", "improves"),
        ("In the end, this cream relieve the itch.", "relieve", "relieves"),
        ("Sore muscles is common.", "is", "are"),
        ("Our patients includes many runners.", "includes", "include"),
        ("The treatments varies by age.", "varies", "vary"),
        ("The symptoms of this rare disease is mild.", "is", "are"),
        ("However, side effects of the new drug in adults has been few.", "has", "have"),
        ("We know that the effects of massage varies a lot.", "varies", "vary"),
        ("The cost of the procedures vary.", "vary", "varies"),
        ("But the goal of our sessions are rest.", "are", "is"),
        ("The taste of these drops don't matter.", "don't", "doesn't"),
        ("This mild symptoms will pass.", "This", "These"),
        ("Call us if this side problems stay.", "this", "these"),
        ("The cause of this headaches is stress.", "this", "these"),
        ("In this trials, few were hurt.", "this", "these"),
        ("Ask for another therapies.", "therapies", "therapy"),
        ("It is a treatments for pain.", "treatments", "treatment"),
        ("Every children can play.", "children", "child"),
        ("As you heal, this muscle become strong.", "become", "becomes"),
        ("Our Gentle Massage Treatments consists of three parts.", "consists", "consist"),
    ],
)
def test_what_does_not_fit_is_told(text: str, wrong: str, right: str) -> None:
    assert told(text) == [(wrong, right)]


@pytest.mark.parametrize(
    "text",
    [
        "Rest is one of the best remedies, and one of the treatment rooms is quiet.",
        "Several clinic doors are open; many treatment rooms are bright.",
        "What are the side effects? What are the treatment options?",
        "One of those people who has a key will open.",
        "A brother and a person who have keys will open.",
        "Let everyone have a say. Does everyone need time? We ask that everyone do the exercise.",
        "One of the reasons people are tired is stress.",
        "The elderly become weak. The majority remain well. The following require care.",
        "The best doctors recommend rest. The children receive care.",
        "We insist that each patient receive care, and see that this muscle become strong.",
        "How does this method improve sleep?",
        "Treating muscles is hard work. Physics is fun. Diabetes is common. Shingles has two stages.",
        "Weight Watchers is a brand. Ten minutes is enough.",
        "The use of creams is fine. The news is good. The series has begun.",
        "A number of patients are here, and the rest of the doctors are out. The lot of these drops are blue.",
        "Injuries that happen at work in winter is a theme. We saw injuries that occurs in cars is a theme.",
        "Treating the symptoms of stress is wise. What matters to patients in pain is rest. Ways of the world is a song.",
        "The use of creams patients have at home is fine. The cause and the effect of drugs are known.",
        "The Centers for Disease Control is an agency. Ten years of work is enough. Millions of Steps is a book.",
        "All of this helps. None of this matters. The sum of this adds up. In this process, and for this diagnosis, in this basis.",
        "This benefits patients. This often treats patients. We use this in hospitals. A patients' group met. A symptoms checker is here.",
        "The menus provide choice. The gurus of the field are here. The pattern cannot contain sugar.",
        "Every ten people need it, in a form cells can use.",
        "The atria become wide, and the nuclei contain it.",
    ],
)
def test_what_fits_is_left_alone(text: str) -> None:
    assert told(text) == []


def test_long_hostile_text_is_read() -> None:
    for text in (
        "One of the " * 20_000,
        "the a " * 50_000,
        "People who " * 20_000,
        "This very " * 20_000,
        "The effects " + "of the use " * 20_000,
        "that the of " * 20_000,
        "Asas " * 50_000,
    ):
        list(slips(text, load()))
