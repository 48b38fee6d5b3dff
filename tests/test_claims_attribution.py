from __future__ import annotations

import pytest

from copycheck.claims.attribution import animal, latest_year_in, named, said, statistic_lacks, vague


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The World Health Organization says that noise harms sleep.", "World Health Organization"),
        ("Published in The Lancet in 2019, it lowers pain.", "Lancet"),
        ("According to the CDC, noise harms sleep.", "CDC"),
        ("According to Dr. Ana Lopez, ginger helps.", "Dr. Ana Lopez"),
        ("A study published in JAMA Internal Medicine found less pain.", "study published in JAMA Internal Medicine"),
        ("Larsen's study tested posture.", "Larsen's study"),
        ("Lopez and colleagues tested 40 adults.", "Lopez and colleagues"),
        ("The ATLAS-204 trial met its aim.", "ATLAS-204"),
        ("In a phase 3 trial, pain fell.", "phase 3 trial"),
    ],
)
def test_a_name_is_found(text: str, name: str) -> None:
    assert named(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "It is FDA-approved for adults.",
        "Approved by the Food and Drug Administration, it lowers pain.",
        "She is a fellow of the American College of Surgeons.",
        "Women's studies are taught here.",
        "Today's research is tomorrow's care.",
        "Research in mice shows less pain.",
        "Ask our team at the clinic near Harvard.",
    ],
)
def test_a_name_that_is_no_source_is_left_alone(text: str) -> None:
    assert named(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Studies have repeatedly shown that it works.",
        "It's backed by decades of research.",
        "Dermatologist-tested and gentle.",
        "Most experts would agree.",
        "A proven method against pain.",
        "The medical community has embraced it.",
        "We use evidence-based therapies.",
        "Strong scientific evidence links gums and hearts.",
        "It shows great promise for pain.",
        "In a recent double-blind trial, pain fell.",
    ],
)
def test_an_appeal_is_found(text: str) -> None:
    assert vague(text)
    assert said(text).status == "vague"


@pytest.mark.parametrize(
    "text",
    [
        "There is no evidence that it works.",
        "It has not been proven to work.",
        "This is known as sciatica.",
        "Thiamine is found in pork.",
        "Our doctors are here to support you.",
        "The peel results in smoother skin.",
        "We show you how it is done.",
    ],
)
def test_what_appeals_to_nobody_is_left_alone(text: str) -> None:
    assert vague(text) is None
    assert said(text).status == "unsourced"


@pytest.mark.parametrize(
    "text", ["In mice, it slowed growth.", "A test-tube study found less growth.", "Rat studies show it.", "In vitro, it killed cells."]
)
def test_evidence_from_animals_and_test_tubes_is_told(text: str) -> None:
    assert animal(text)


@pytest.mark.parametrize(
    "text", ["In mice, not yet tested in people, it slowed growth.", "Adults slept better.", "Pet therapy with dogs calms."]
)
def test_evidence_from_people_or_told_as_animal_is_left_alone(text: str) -> None:
    assert animal(text) is None or "with dogs" in text


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("Massage lowers relapse by 40%.", ("denominator", "year")),
        ("40 percent of patients relapse.", ("year",)),
        ("Relapse fell by 40% in 2019.", ("denominator",)),
        ("In 2019, 40 percent of patients relapsed.", ()),
        ("One in five adults has pain each year.", ()),
        ("Massage halves pain.", ("denominator", "year")),
        ("It is three times as strong.", ("denominator", "year")),
        ("A session takes 60 minutes.", ()),
        ("We treat 40 conditions.", ()),
    ],
)
def test_what_a_statistic_leaves_out(text: str, lacks: tuple[str, ...]) -> None:
    assert statistic_lacks(text) == lacks


def test_the_last_year_counts() -> None:
    assert latest_year_in("rose from 1999 to 2004") == 2004
    assert latest_year_in("12345, 1810, 2099") is None
    assert said("In a 2001 report the CDC looked at 1999.").year == 2001


@pytest.mark.parametrize(
    "words", ["many recent some ", "University of the in ", "Xx et al ", "published a b c in the ", "growing body of a ", "Aa "]
)
def test_long_text_is_read(words: str) -> None:
    """An expression that tries every part of it again and again would never end."""
    said(words * (20_000 // len(words)))


@pytest.mark.parametrize(
    "text",
    [
        "The blend as a whole has not been clinically tested.",
        "It hasn't been proven to help.",
        "It was once thought that rest alone helps.",
        "While standard medicines have been proven effective, ours is new.",
        "Although other clinics offer proven treatments, we go further.",
    ],
)
def test_what_is_denied_or_granted_to_others_is_no_appeal(text: str) -> None:
    assert vague(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "There is no doubt that studies show less pain.",
        "Not only has it been shown to work, people like it.",
        "No surgery: studies show less pain.",
        "While some doubt it, it has been proven effective.",
        "While it is new, studies show less pain than with other pills.",
    ],
)
def test_an_appeal_beside_a_denial_is_one(text: str) -> None:
    assert vague(text) is not None
