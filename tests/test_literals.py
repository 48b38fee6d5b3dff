"""Literals: what a pattern must hold; a search that is spared would have found nothing."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from copycheck import ruleset
from copycheck.literals import Index, literals, needed
from copycheck.ruleset import patterns
from copycheck.ruleset.location import rules_dir


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("cure", [{"cure"}]),
        (r"\bcures?\b", [{"cure"}]),
        ("(?:cure|heal)s? (?:pain|grief)", [{"cure", "heal"}, {"pain", "grief"}]),
        ("Cancer of .* lung", [{"cancer of "}, {" lung"}]),
        ("(?:abc)+(?:def)?(?:ghi)*", [{"abc"}]),
        ("(?:abc){2,3}|xyz", [{"abc", "xyz"}]),
        ("(?:abc|x)", []),  # one branch tells nothing
        ("a", []),
        ("(?<!no )pain", [{"pain"}]),
        (r"\w+\d", []),
        (r"\p{L}cure", []),  # the standard library cannot read it
        ("no cure", [{"no cure"}]),
        ("no(?: real)? cure", [{" cure"}, {"no"}]),
    ],
)
def test_what_a_match_holds(pattern, expected):
    assert sorted(needed(pattern), key=sorted) == sorted(map(frozenset, expected), key=sorted)


def test_the_most_telling_set_can_be_looked_up():
    assert literals("no(?: real)? cure") == {" cure"}
    assert literals("no[n ]") == frozenset()


WORDS = st.sampled_from(["cure", "cures", "Heal", "pain", "no ", " of ", "x", "ſ", "K", "İ", "-", "s"])
PATTERNS = ["cures?", "(?:cure|heal)s? ?(?:pain|grief)?", "no(?: x)? of", "(?:x|s)-", "hea[lſ]", "kx|pain", "(?:pain){2}", "(?i:CURE)s"]


@given(st.lists(WORDS, max_size=8).map("".join))
def test_nothing_that_matches_is_spared(text):
    index = Index([literals(pattern) for pattern in PATTERNS])
    worth = set(index.candidates(text))
    for number, source in enumerate(PATTERNS):
        if regex.search(source, text, regex.I | regex.A):
            pattern = patterns.compile_pattern(source, {})
            assert number in worth and pattern.may_match(text)
            assert patterns.search(pattern, text)


def test_the_rules_find_the_same_with_and_without():
    loaded = ruleset.load([rules_dir()])
    texts = [example.text for rule in loaded.rules for example in (*rule.examples.flag, *rule.examples.pass_)]
    whole = "\n".join(texts).replace("’", "'")
    spared = matched = 0
    for source in loaded.terms.needed:
        pattern = patterns.compile_pattern(source, loaded.terms)
        compiled = regex.compile(pattern.pattern, regex.I)
        for match in compiled.finditer(whole, timeout=20):
            start = whole.rfind("\n", 0, match.start()) + 1
            end = whole.find("\n", match.end())
            assert pattern.may_match(whole[start : end if end >= 0 else len(whole)]), source
            matched += 1
        spared += sum(not pattern.may_match(text) for text in texts[:50])
    assert matched > 1_000 and spared > 20_000


def test_a_pattern_is_compiled_when_it_may_match():
    pattern = patterns.compile_pattern("(?P<flag>cure)d? {thing}", {"thing": ["pain", "grief"]})
    assert patterns.search(pattern, "It cures nothing.") is None and pattern._compiled is None
    assert [match.span() for match in patterns.find_all(pattern, "It cured pain.")] == [(3, 13)]
    assert pattern._compiled is not None and list(pattern.groupindex) == ["flag"]
