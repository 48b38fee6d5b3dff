"""Lookbehind: looks behind of several widths, as the standard library can read them."""

from __future__ import annotations

import random
import re
import warnings

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from copycheck import lookbehind
from copycheck.analysis.context import fold
from copycheck.ruleset import load, patterns
from copycheck.ruleset.location import rules_dir

PATTERNS = (
    r"(?<=a|bc)d",
    r"(?<!a|bc)d",
    r"(?<=\b(?:a|bc|de) )d",
    r"(?<!\b(?:a|bc|de)(?: c)? )d",
    r"(?<=^|b )a|(?<=c{1,3}e)d",
    r"(?<=(?:a|b(?:c|de)){1,2})d",
    r"(?:(?<=a|bc)d)+e?",
    r"(?=(?<=a|bc)d).",
    r"(?<=[ab]{0,2}c)d",
    r"(a)?(?(1)(?<=a|b)b|(?<=c|de)d)",
)


@pytest.mark.parametrize("source", PATTERNS)
@given(text=st.text("abcde ", max_size=30))
@settings(deadline=None)
def test_it_finds_what_the_other_library_finds(source, text):
    ours, theirs = lookbehind.compile_pattern(source, re.IGNORECASE), regex.compile(source, regex.IGNORECASE)
    assert [match.span() for match in ours.finditer(text)] == [match.span() for match in theirs.finditer(text)]


def test_what_the_library_reads_is_left_alone():
    assert lookbehind.compile_pattern(r"(?P<flag>a)(?<=a)", 0).search("ba")["flag"] == "a"


@pytest.mark.parametrize(
    "source",
    [r"(?<=a+)b", r"(?<=\w+ )b", r"(?<=(a|bc))d", r"(?<=(?:a|bc){8})d", r"(?<=(?:a|bc)(?:a|bc)(?:a|bc)(?:a{0,40}))d", "(", "(?<=a|bc"],
)
def test_what_has_no_bound_or_too_many_ways_is_refused(source):
    with pytest.raises(re.error):
        lookbehind.compile_pattern(source, 0)


def test_of_the_rules_that_ship_nearly_all_are_read_so_and_find_the_same():
    loaded = load([rules_dir()])
    texts = [
        fold(example.text.replace("[|", "").replace("|]", ""))
        for rule in loaded.rules
        for example in (*rule.examples.flag, *rule.examples.pass_)
    ]
    read, left = [], []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for source in sorted(loaded.terms.tried):
            filled = patterns.fill(source, loaded.terms)
            try:
                re.compile(filled)
            except re.error:
                try:
                    read.append((filled, lookbehind.compile_pattern(filled, re.IGNORECASE)))
                except re.error:
                    left.append(filled)
    assert len(read) > 10 * len(left) > 0
    found, chance = 0, random.Random(7)
    for filled, ours in read:
        theirs = regex.compile(filled, regex.IGNORECASE)
        words = re.findall(r"[A-Za-z']+", filled)
        shuffled = [" ".join(chance.choices(words, k=8)) for _ in range(300)]
        for text in [*texts, *shuffled]:
            spans = [match.span() for match in ours.finditer(text)]
            assert spans == [match.span() for match in theirs.finditer(text)], (filled, text)
            found += len(spans)
    assert found > 10 * len(read)
