"""Quotation: quotes, hyphens and spaces made plain without moving anything; quoted passages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copycheck.quotation import fold, nested, quotations, whole_words


def test_fold_keeps_every_offset():
    text = "“It’s” – a\u00a0b‑c\n\0"
    assert fold(text) == '"It\'s" – a b-c \ufffd'


def test_marks_within_marks_are_single():
    assert nested('Claims like “a cure” or "no pain"') == "Claims like ‘a cure’ or 'no pain'"


@given(st.text(st.characters(), max_size=80))
def test_fold_keeps_the_length_of_any_text(text):
    assert len(fold(text)) == len(text) and fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("They say “a cure” and “no pain”.", ["“a cure”", "“no pain”"]),
        ('It is "a cure" here.', ['"a cure"']),
        ('A 5" cut and a 6" one.', []),
        ("She said: “It began early.", ["“It began early."]),
        ("«Non» „nein“", ["«Non»", "„nein“"]),
        ("no quotes, don't", []),
        ("", []),
    ],
)
def test_quotations(text, passages):
    assert [text[start:end] for start, end in quotations(text)] == passages


@given(st.text(alphabet='a“”"«»5 ', max_size=40))
def test_passages_are_in_order_and_apart(text):
    ends = [0, *(end for span in quotations(text) for end in span)]
    assert ends == sorted(ends) and ends[-1] <= len(text)


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("You're given a shot.", "'re given", "You're given"),
        ("You'll be re-examined soon.", "'ll be re", "You'll be re-examined"),
        ("The body's own way.", "body", "body"),
        ("A rate of 92% is high.", "rate of 92", "rate of 92%"),
        ("Take one scoop (400 mg) daily.", "Take one scoop (400 mg", "Take one scoop (400 mg)"),
        ("Take one (of them.", "one (of", "one (of"),
        ("It cures gout.", "cures", "cures"),
    ],
)
def test_a_part_is_widened_to_whole_words(text: str, part: str, whole: str):
    start, end = whole_words(text, text.index(part), text.index(part) + len(part))
    assert text[start:end] == whole
