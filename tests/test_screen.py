"""The screen: spares searches that cannot match, and no other."""

from __future__ import annotations

import re

import pytest

from copycheck.claims import domains, evidence, strength
from copycheck.readability import prose, words
from copycheck.screen import Pattern, Screen
from copycheck.spelling import agreement, number
from tests.checkout import ROOT

SCREENS = {
    "sentence": lambda: evidence.cues().sentence,
    "heading": lambda: evidence.cues().heading,
    "lead-in": lambda: evidence.cues().lead_in,
    "sources": lambda: domains.rules().patterns,
    "strength": strength.patterns,
    "number": lambda: of_module(number),
    "agreement": lambda: of_module(agreement),
    "prose": lambda: of_module(prose),
    "addresses": lambda: of_module(words),
}


def of_module(module) -> dict[str, Pattern]:
    return {name: value for name, value in vars(module).items() if isinstance(value, Pattern)}


@pytest.fixture(scope="module")
def sentences() -> list[str]:
    """Examples of the bundled rules and of the tests: marks, figures, headings, quotations and all."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "rules").rglob("*.yaml"))]
    texts += [path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests").rglob("test_[ac]*.py"))]
    return sorted({line.strip() for text in texts for line in text.replace("[|", "").replace("|]", "").split("\n")})


@pytest.mark.parametrize("name", SCREENS)
def test_nothing_that_a_shipped_pattern_matches_is_spared(name, sentences):
    patterns = SCREENS[name]()
    assert patterns
    missed = [
        (each, text)
        for each, pattern in patterns.items()
        for plain in [re.compile(pattern.pattern, re.I)]
        for text in (*sentences, *map(str.upper, sentences[::10]))
        if plain.search(text) and not pattern.may_match(text)
    ]
    assert not missed


def test_most_searches_are_spared(sentences):
    cues = evidence.cues().sentence
    tried = sum(pattern.may_match(text) for pattern in cues.values() for text in sentences)
    assert tried < len(cues) * len(sentences) / 4


@pytest.mark.parametrize(
    ("pattern", "text", "may"),
    [
        (r"\bhe\b", "the sheet", False),
        (r"\bhe\b", "So did HE.", True),
        (r"\b(?:he|she)\b", "the sheet", False),
        (r"according to", "According to her", True),
        (r"risk-free", "A risk-free trial", True),
        (r"\brisk[- ]free", "at risk", False),
        (r"\bsymptoms?\b", "symptomatic", True),
        (r"\d+ ?%", "most of them", False),
        (r"\d+ ?%", "٤٥ %", True),
        (r"\b[3-5]th", "the 4th", True),
        (r"[$£]\d", "9 dollars", False),
        (r"(?<!no )\bpain(?! relief)", "in pain", True),
        (r"(?:very )?\bgood", "not bad", False),
        (r"(?:good)?", "anything", True),
        (r"^[^.]+$", "anything", True),
        (r"\b(?:it|\w+s) helps", "helps", True),
        (r"silk", "ſılK", True),
        (r"n't\b", "It isn't.", True),
    ],
)
def test_what_a_pattern_needs(pattern, text, may):
    assert Screen({"one": pattern})["one"].may_match(text) is may


def test_a_pattern_does_what_a_regular_expression_does():
    one = Screen({"one": r"\bgood (\w+)"})["one"]
    text = "A Good day, good night."
    assert one.search(text).group(1) == "day" and one.search("bad day") is None
    assert one.match("good day") and one.match(text) is None and one.match("bad") is None
    assert one.fullmatch("good day") and one.fullmatch(text) is None and one.fullmatch("bad") is None
    assert [match.group(1) for match in one.finditer(text)] == ["day", "night"] and not list(one.finditer("bad"))
    assert one.sub("-", text) == "A -, -." and one.sub("-", "bad") == "bad"


def test_names_of_what_is_found_keep_their_order():
    both = Screen({"second": "good", "first": "bad", "third": "ugly"})
    assert both.found_in("bad and good") == ["second", "first"] and list(both) == ["second", "first", "third"] and len(both) == 3


def test_a_pattern_is_compiled_when_it_may_match():
    one = Screen({"one": "good"})["one"]
    assert one.search("bad") is None and one._compiled is None
    assert one.search("good") and one._compiled is not None
