"""The lexicon of claims: forms, gaps, longest terms."""

from __future__ import annotations

from copycheck.claims import lexicon

LEXICON = lexicon.compile_terms(
    [
        ("reduce", "effect:decrease"),
        ("blood pressure", "target:biomarker"),
        ("pressure", "target:broad"),
        ("take * edge off", "effect:relieve"),
    ]
)


def found(text: str) -> list[tuple[str, list[str]]]:
    words = lexicon.words_of(text)
    return [(" ".join(word.text for word in words[hit.first : hit.last]), sorted(hit.groups)) for hit in LEXICON.find(words)]


def test_a_term_stands_for_its_forms():
    assert found("Reducing it reduced what reduces") == [(word, ["effect:decrease"]) for word in ("reducing", "reduced", "reduces")]


def test_the_longest_term_wins_and_none_begins_inside_it():
    assert found("lower blood pressure") == [("blood pressure", ["target:biomarker"])]
    assert found("the pressure") == [("pressure", ["target:broad"])]


def test_a_gap_is_one_word_or_none():
    assert found("takes the edge off")[0] == ("takes the edge off", ["effect:relieve"])
    assert found("take edge off")[0][1] == ["effect:relieve"]
    assert found("take all of the edge off") == []


def test_words_keep_their_places_and_a_few_marks():
    assert [word.text for word in lexicon.words_of("Up to 40% off: CoQ10!")] == ["up", "to", "40", "%", "off", ":", "coq10", "!"]
    assert lexicon.words_of("Two words")[1] == ("words", 4, 9)


def test_the_shipped_lexicon_knows_weak_effects():
    shipped = lexicon.load()
    assert shipped.weak and all(group.startswith("effect:") for group in shipped.weak)
    assert any("target:condition" in hit.groups for hit in shipped.find(lexicon.words_of("It treats alcoholism.")))
