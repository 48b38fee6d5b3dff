"""Needs: what a pattern must hold; a search that is spared would have found nothing."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from copycheck import needs, ruleset
from copycheck.needs import Index, Pieces, needed
from copycheck.ruleset import patterns
from copycheck.ruleset.location import rules_dir


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("cure", [[{"cure"}]]),
        (r"\bcures?\b", [[{"\0cure"}]]),
        (r"(?<![\w'-])cure(?!\w)", [[{"\0cure\0"}]]),
        (r"(?<![^\w])cure", [[{"cure"}]]),
        (r"\b'cure", [[{"'\0cure"}]]),
        ("(?:cure|heal)s? (?:pain|grief)", [[{"cure", "heal"}, {"pain", "grief"}]]),
        ("Cancer of .* lung", [[{"\0lung"}, {"cancer\0"}]]),
        ("(?:abc)+(?:def)?(?:ghi)*", [[{"abc"}]]),
        ("(?:abc){2,3}|xyz", [[{"abc", "xyz"}]]),
        ("(?:abc.*def|xyz)", [[{"xyz"}], [{"abc"}, {"def"}]]),
        (r"(?:abc|\w)", [[]]),  # one branch tells nothing
        ("(?<!no )pain", [[{"pain"}]]),
        (r"\w+[^\d]", [[]]),
        (r"\p{L}cure", [[]]),  # the standard library cannot read it
        ("no cure", [[{"\0cure"}]]),
    ],
)
def test_what_a_match_holds(pattern, expected):
    found = [sorted(map(sorted, way)) for way in needed(pattern)]
    assert sorted(found) == sorted([sorted(map(sorted, way)) for way in expected])


WORDS = st.sampled_from(["cure", "cures", "Heal", "pain", "no ", " of ", "x", "ſ", "K", "İ", "-", "s"])
PATTERNS = [
    "cures?",
    "(?:cure|heal)s? ?(?:pain|grief)?",
    "no(?: x)? of",
    "(?:x|s)-",
    "hea[lſ]",
    "kx|pain",
    "(?:pain){2}",
    "(?i:CURE)s",
    r"\bx\b",
    ".",
    r"(?<!\w)(?:no )?of(?!\w)",
]


@given(st.lists(WORDS, max_size=8).map("".join))
def test_nothing_that_matches_is_spared(text):
    made = [patterns.compile_pattern(source, {}) for source in PATTERNS]
    worth = set(patterns.index(made).candidates(text))
    for number, (source, pattern) in enumerate(zip(PATTERNS, made, strict=True)):
        if regex.search(source, text, regex.I):
            assert number in worth and pattern.may_match(text)
            assert patterns.search(pattern, text)


def test_an_index_gives_what_may_match_in_order_and_no_other():
    pieces = Pieces()
    index = Index(pieces, [pieces.wanted(needed(pattern)) for pattern in ("grief", r"\w", "pain.*cure", "pain|grief")])
    assert index.candidates("A cure of GRIEF") == [0, 1, 3] and index.candidates("pain") == [1, 3] and index.candidates("") == [1]
    assert index.candidates("pains cured") == [1, 2, 3]


def test_a_piece_that_is_added_later_is_found_in_words_seen_before():
    pieces = Pieces()
    pain = pieces.wanted(needed("pain"))
    assert pieces.may(pain, "no pain") and not pieces.may(pain, "no cure")
    cure = pieces.wanted(needed("cure"))
    assert pieces.may(cure, "no cure") and not pieces.may(cure, "no pain")


def test_words_that_are_kept_are_bounded(monkeypatch):
    monkeypatch.setattr(needs, "_KNOWN_WORDS", 10)
    pieces = Pieces()
    index = Index(pieces, [pieces.wanted(needed("good"))])
    assert index.candidates(" ".join(f"word{number}" for number in range(100)) + " good") == [0]
    assert len(pieces._known) <= 12 and len(index._known) <= 12


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
