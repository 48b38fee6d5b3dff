"""Needs: what a pattern must hold; a search that is spared would have found nothing."""

from __future__ import annotations

import json
import re
import time

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from copycheck import needs, pieces, ruleset
from copycheck.needs import Known, needed, sets
from copycheck.pieces import Index, Pieces
from copycheck.ruleset import patterns
from copycheck.ruleset.compiled import Expected, Terms
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
        ("(?<=no )pain(?= relief)", [[{"no\0"}, {"pain"}, {"\0relief"}]]),
        ("too?(?= much| little)", [[{"to"}, {"much", "little"}]]),
        (r"\w+[^\d]", [[]]),
        (r"\p{L}cure", [[]]),  # the standard library cannot read it
        ("no cure", [[{"\0cure"}]]),
    ],
)
def test_what_a_match_holds(pattern, expected):
    found = [sorted(map(sorted, way)) for way in sets(needed(pattern))]
    assert sorted(found) == sorted([sorted(map(sorted, way)) for way in expected])


@pytest.fixture(scope="module")
def loaded() -> ruleset.Ruleset:
    """The rules that ship, read once: no cache of compiled ones is used."""
    return ruleset.load([rules_dir()])


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
    "(?<=no )(?:pain|cure)",
    "pain(?= of|s)",
    "heal(?=(?:spain)?)s",
    "cure.{0,3}pain",
    "no (?:[a-z]+ ){0,2}(?:of|x)",
    "(?:(?:cure|pain) (?:x )?of|heal).* no",
    "(?:pain (?:of )?){2}x",
    r"x[\s-]+s[^x]?no",
]


@given(st.lists(WORDS, max_size=8).map("".join))
def test_nothing_that_matches_is_spared(text):
    made = [patterns.compile_pattern(source, {}) for source in PATTERNS]
    worth = set(patterns.index(made).candidates(text))
    for number, (source, pattern) in enumerate(zip(PATTERNS, made, strict=True)):
        if regex.search(source, text, regex.I):
            assert number in worth and pattern.may_match(text)
            assert patterns.search(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text", "near"),
    [
        (r"cure (?:\w+ ){0,2}pain", "to cure all the pain", True),
        (r"cure (?:\w+ ){0,2}pain", "to cure much of all the pain", False),
        (r"cure (?:\w+ ){0,2}pain", "a pain is hard to cure", False),
        (r"cures? pain", "cures pain", True),
        (r"(?:cure|heal)[^.]*pain", "to heal what has long been a pain", True),
        (r"(?:cure|heal)[^.]*pain", "pain that we heal", False),
        (r"(?P<a>cure (?:all )?)(?:of|for) pain", "a cure for, in the end, pain", False),
        (r"(?<=no )cure(?= of pain)", "pain: of no cure", True),  # nothing is told of the order of what is not matched
        (r"(?:cure )+pain", "cure " * 20 + "pain", True),
        (r"cure\Wpain", "cure-pain", True),
        (r"cure\wpain", "cure a pain", False),
        ("cure[ab -]{1,2}pain", "cure x y pain", False),
        (r"cure[\s\d]pain", "cure pain", True),
        (r"(cure) \1 pain", "cure that is a pain", True),
    ],
)
def test_words_must_stand_in_order_and_near(pattern, text, near):
    guard = pieces.Guard(lambda: pattern, pattern, Known)
    assert guard.near(text) is near and guard.may(text)


def test_a_long_text_is_not_looked_at_closely():
    guard = pieces.Guard(lambda: r"cure\spain", "", Known)
    assert not guard.near("pain to cure") and guard.near("pain " * 600 + "cure")


def test_what_is_known_is_taken_from_its_plain_form():
    patterns_ = ("cure (?:all|any) pain", r"\w", "(?=x)cure")
    known = Known(json.loads(json.dumps(needs.plain({pattern: needed(pattern) for pattern in patterns_}))))
    assert list(known) == list(patterns_) and len(known) == 3 and "pain" not in known
    for pattern in patterns_:
        assert known[pattern] == needed(pattern) and known.sets(pattern) == sets(needed(pattern))
    guard = pieces.Guard(lambda: "never asked for", patterns_[0], lambda: known)
    assert guard.near("cure all pain") and not guard.near("all pain, no cure")


def test_an_index_gives_what_may_match_in_order_and_no_other():
    made = Pieces()
    index = Index(made, [made.wanted(sets(needed(pattern))) for pattern in ("grief", r"\w", "pain.*cure", "pain|grief")])
    assert index.candidates("A cure of GRIEF") == [0, 1, 3] and index.candidates("pain") == [1, 3] and index.candidates("") == [1]
    assert index.candidates("pains cured") == [1, 2, 3]


def test_a_piece_that_is_added_later_is_found_in_words_seen_before():
    made = Pieces()
    pain = made.wanted(sets(needed("pain")))
    assert made.may(pain, "no pain") and not made.may(pain, "no cure")
    cure = made.wanted(sets(needed("cure")))
    assert made.may(cure, "no cure") and not made.may(cure, "no pain")


def test_words_that_are_kept_are_bounded(monkeypatch):
    monkeypatch.setattr(pieces, "_KNOWN_WORDS", 10)
    made = Pieces()
    index = Index(made, [made.wanted(sets(needed("good")))])
    assert index.candidates(" ".join(f"word{number}" for number in range(100)) + " good") == [0]
    assert len(made._known) <= 12 and len(index._known) <= 12


def test_the_rules_find_the_same_with_and_without(loaded):
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
    assert pattern._compiled is not None


@pytest.mark.parametrize(
    ("entry", "telling"),
    [("joint pain", {"joint"}), ("gumm(?:y|ies)", {"gumm"}), ("tea|herbs?", {"tea", "herb"}), (r"\bUTI\b", {"uti"}), (r"\w+", set())],
)
def test_what_an_entry_of_a_word_list_holds(entry, telling):
    assert needs.telling(entry) == telling


def test_only_entries_that_the_texts_may_hold_are_filled_in():
    terms = Terms({"ill": ["joint pain", "grief", r"(?P<kind>flu)\w*", r"[a-z]+"], "gone": ["nothing"]})
    terms.telling = {name: [sorted(needs.telling(entry)) for entry in entries] for name, entries in terms.items()}
    terms.expect(["No JOINT hurts.", "All is well"])
    assert terms.expected is not None
    assert terms.expected["ill"] == ["joint pain", r"(?P<kind>flu)\w*", r"[a-z]+"]  # groups are counted, and one tells nothing
    assert patterns.fill("x{gone}", terms.expected) == "x(?:(?!))"
    assert terms.expected.covers("joint no") and not terms.expected.covers("joint grief")


def test_a_pattern_with_what_is_expected_matches_the_same(loaded):
    """In texts of expected words; others are searched for with all entries."""
    texts = [example.text for rule in loaded.rules for example in (*rule.examples.flag, *rule.examples.pass_)]
    texts = [text.replace("’", "'") for text in texts if len(text) < 300]
    sources = [source for source in sorted(loaded.terms.tried) if "{" in re.sub(r"\{[\d,]+\}", "", source)]
    assert len(sources) > 100
    groups = [texts[:150], texts[150:300]]
    lists = [Expected(loaded.terms, group) for group in groups]
    matched = short = 0
    for source in sources:
        whole = regex.compile(patterns.fill(source, loaded.terms), regex.I)
        for loaded.terms.expected, group in zip(lists, groups, strict=True):
            pattern = patterns.compile_pattern(source, loaded.terms)
            for text in (*(text for text in group if pattern.may_match(text)), *group[::30], "An unheard-of cure for cancer and grief"):
                found = [match.span() for match in patterns.find_all(pattern, text)]
                assert found == [match.span() for match in whole.finditer(text)], source
                matched += bool(found)
            short += pattern._first[1] is not None and len(pattern._first[1].pattern or whole.pattern) < len(whole.pattern)
    assert matched > 50 and short > 50


def test_what_ships_is_searched_by_the_standard_library_in_sentences_alone(loaded):
    source = next(source for source in sorted(loaded.terms.tried) if "{disease}" in source)
    shipped = patterns.compile_pattern(source, loaded.terms)
    assert shipped.quick("short") is not None and shipped.quick("x" * 2_001) is None and shipped._compiled is None
    assert patterns.compile_pattern("own (?:wording)", loaded.terms).quick("short") is None
    assert patterns.compile_pattern(source, dict(loaded.terms)).quick("short") is None


def test_word_lists_of_another_folder_end_that_trust(tmp_path):
    (tmp_path / "language").mkdir()
    (tmp_path / "_terms.yaml").write_text("disease: ['(?:a|a)']\n", encoding="utf-8")
    assert not ruleset.load([rules_dir(), tmp_path]).terms.tried


def test_no_text_of_a_sentences_length_slows_what_ships(loaded):
    words = sorted({word for source in loaded.terms.tried for word in re.findall(r"[a-z]{3,9}", patterns.fill(source, loaded.terms))})
    texts = [
        ("a " * 1_000),
        ("most " * 400),
        " ".join(words)[:2_000],
        ("the best safe cure for cancer with our natural " * 50)[:2_000],
        "-" * 2_000,
    ]
    slow = []
    for source in sorted(loaded.terms.tried):
        quick = patterns.compile_pattern(source, loaded.terms).quick("")
        for text in texts:
            start = time.process_time()
            _ = [list(quick.finditer(text))] if quick else []
            if time.process_time() - start > patterns.TIMEOUT:
                slow.append((source, text[:20]))
    assert not slow
