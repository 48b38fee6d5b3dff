"""The matcher: patterns looked up by the words that they must have, in a Doc or in one sentence of it."""

from __future__ import annotations

import pytest
import spacy

from copycheck.nlp import matcher
from copycheck.nlp.matcher import Match, RuleMatcher
from copycheck.ruleset.pattern import compile_pattern

NLP = spacy.blank("en")


def patterns(*lines: str) -> list[matcher.Pattern]:
    return [compile_pattern(line, {}) for line in lines]


def test_matches_say_which_pattern_and_where():
    doc = NLP("We cure pain and heal pain.")
    assert list(RuleMatcher(doc.vocab, patterns("heal pain", "cure pain"))(doc)) == [Match(0, 4, 6, 4, 6), Match(1, 1, 3, 1, 3)]


def test_offsets_in_a_sentence_are_those_of_the_doc():
    doc = NLP("We rest. We cure all pain.")
    sentence = doc[3:]
    (match,) = RuleMatcher(doc.vocab, patterns("cure (all) pain"))(sentence)
    assert (doc[match.start : match.end].text, doc[match.first : match.last].text) == ("cure all pain", "all")


def test_a_sentence_is_searched_alone():
    doc = NLP("We cure. Pain goes. One word")
    found = RuleMatcher(doc.vocab, patterns("cure ...2 pain", "word"))
    assert list(found(doc[:3])) == [] and {match.pattern for match in found(doc)} == {0, 1}


def test_the_longest_of_a_patterns_own_matches_stands():
    doc = NLP("cure the pain")
    assert [doc[m.start : m.end].text for m in RuleMatcher(doc.vocab, patterns("cure the? pain?"))(doc)] == ["cure the pain"]


def test_one_place_is_told_once():
    doc = NLP("a side effect")
    assert len(list(RuleMatcher(doc.vocab, patterns('side-effect|"side" effect'))(doc))) == 1


def test_single_words_are_found_wherever_they_stand():
    doc = NLP("Pain, pains and more pain")
    assert [match.start for match in RuleMatcher(doc.vocab, patterns("pain"))(doc)] == [0, 2, 5]


def test_nothing_in_nothing():
    doc = NLP("")
    assert list(RuleMatcher(doc.vocab, patterns("pain", "cure pain"))(doc)) == []
    assert list(RuleMatcher(doc.vocab, [])(NLP("pain"))) == []


def test_only_patterns_whose_places_can_be_filled_are_tried(monkeypatch):
    built = []
    monkeypatch.setattr(matcher, "Matcher", lambda vocab: built.append(1) or spacy.matcher.Matcher(vocab))
    others = (f"wordnumber{number} pain{number}" for number in range(50))
    found = RuleMatcher(NLP.vocab, patterns(*others, *(f"heal wordnumber{number}" for number in range(50)), "heal ache"))
    list(found(NLP("We heal an ache.")))
    assert len(built) == 1
    list(found(NLP("We heal an ache again.")))
    assert len(built) == 1


@pytest.mark.parametrize("text", ["cure " * 2_000, "cure a " * 2_000, "cure " + "a " * 4_000 + "pain"])
def test_repeats_do_not_multiply(text):
    """Optional tokens keep a state for each way through them: this is bounded by what the language allows."""
    doc = NLP(text)
    assert list(RuleMatcher(doc.vocab, patterns("cure ...6 cure? ...5 pain"))(doc)) == []


def test_a_matcher_is_built_once_for_a_vocabulary():
    lines = tuple(patterns("cure pain"))
    assert matcher.matcher_for(NLP.vocab, lines) is matcher.matcher_for(NLP.vocab, lines)
