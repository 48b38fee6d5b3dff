"""Sentences: where they end, and where a stop is none; set on the tokens of a Doc."""

import itertools

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from copycheck.nlp.sentences import MAX_LENGTH, set_sentences, split

NLP = spacy.blank("en")


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Massage may ease pain.|It takes time.",
        "Does it help?|Yes!|It may…|Ask us.",
        "He said “it works.”|We asked.|(It did not.)|So it is.",
        "It helps.[1]|It lasts.",
        "It helps each year.¹|If you try.”¹,²⁰|It lasts.",
        "We are open today.Call us.",
        "Is it safe?|yes, mostly.",
        "It works in one session.|some people need two.",
        "I did it and so did I.|You can too.",
    ],
)
def test_ends(text):
    whole = text.replace("|", " ").replace("today. Call", "today.Call")
    expected = text.split("|") if "today" not in text else ["We are open today.", "Call us."]
    assert sentences(whole) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Ann Lee sees patients.",
        "Ask Mrs. Lee, e.g. today, or Mr. J. K. Rowe.",
        "Take 5 mg. of it at 8 a.m. every day.",
        "It costs approx. 5 dollars, i.e. little.",
        "It is 99.5 percent pure.",
        "A jar costs Rs. 250 with a spoon.",
        "The U.S. Food and Drug Administration approved it.",
        "See Fig. 2 and No. 5 on p. 7.",
        "We open at 8 a.m. PST on weekdays.",
        "Yahoo! has it and so on.",
        "Visit www. example.com or www.Example.com today.",
        "Lee, A. B., Rowe, C. (2019).",
        "Acme Inc. Europe makes it.",
        "Node.JS and vitamin B.12 are words.",
        "What is “care?” they ask.".replace("?", ""),
    ],
)
def test_a_stop_that_ends_nothing(text):
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "He lives in the U.S.|The rest do not.",
        "Take vitamin C.|Vitamin D helps too.",
        "Is it a cure?|No.|However, it may help.",
        "We close at 5 p.m.|We open at nine.",
        "It is made by Acme Inc.|It works.",
        "Rest, sleep, etc.|Then call us.",
        "He has hepatitis B.|Treatment exists.",
        "He is an M.D.|His office is near.",
    ],
)
def test_an_abbreviation_may_end_a_sentence(text):
    assert sentences(text.replace("|", " ")) == text.split("|")


def test_line_breaks_end_a_sentence_unless_the_phrase_goes_on():
    assert sentences("Less pain\nBetter sleep") == ["Less pain", "Better sleep"]
    assert sentences("less pain and\nbetter sleep") == ["less pain and\nbetter sleep"]
    assert sentences("It helps:\nless pain") == ["It helps:", "less pain"]


def test_numbers_of_lists_within_a_text():
    assert sentences("Do this. 1. Rest well. 2. Sleep.") == ["Do this.", "1. Rest well.", "2. Sleep."]


def test_bullets_at_the_start_are_no_part():
    assert sentences("• Less pain") == ["Less pain"]


def test_long_runs_are_cut_at_a_space():
    parts = sentences("pain and " * 600)
    assert len(parts) == 3 and all(len(part) <= MAX_LENGTH and not part.startswith(" ") for part in parts)
    assert [len(part) for part in sentences("a" * (2 * MAX_LENGTH + 5))] == [MAX_LENGTH, MAX_LENGTH, 5]


@given(st.text(alphabet="aA.!?…”\"' \n(1,•", max_size=60))
def test_sentences_are_in_order_trimmed_and_lose_no_letter(text):
    spans = split(text)
    assert all(start < end and text[start:end] == text[start:end].strip() for start, end in spans)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))
    covered = {at for start, end in spans for at in range(start, end)}
    assert all(at in covered for at, char in enumerate(text) if char.isalnum())


def sents(text: str) -> list[str]:
    """The sentences of a Doc of the text, without a parser."""
    return [sentence.text.strip() for sentence in set_sentences(NLP(text)).sents]


def test_borders_are_set_on_tokens():
    assert sents("Massage may ease pain. It takes time. ") == ["Massage may ease pain.", "It takes time."]
    assert sents("Dr. Lee treats pain.") == ["Dr. Lee treats pain."]
    assert sents("") == []


def test_a_bullet_or_heading_is_one_sentence():
    assert sents("less pain") == ["less pain"]
    assert sents("Why it works: A guide") == ["Why it works: A guide"]


def test_a_border_inside_a_token_is_dropped():
    assert len(sents("See www.example.com/a.B for more")) == 1


@given(st.text(alphabet="aA.!?…”\"' \n(1,•", max_size=60))
def test_every_token_belongs_to_one_sentence(text):
    doc = set_sentences(NLP(text))
    assert [token.i for sentence in doc.sents for token in sentence] == list(range(len(doc)))
