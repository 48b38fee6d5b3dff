"""Terms: words of lists become entities; the longest wins; labels are the lists' names."""

from __future__ import annotations

import pytest
import spacy

from copycheck.nlp.terms import TermMatcher
from copycheck.ruleset import terms
from tests.work import calls

NLP = spacy.blank("en")
LISTS = {
    "symptom": ["pain", "chest pain", "anxiety", "acid reflux", "lump"],
    "organ": ["liver", "skin"],
    "cosmetic": ["skin", "peel"],
    "drug": ["Suboxone", "GLP-1", "US drug"],
    "place": ["sober-living home"],
    "spine": ["herniated disc", "tumour"],
}
MATCHER = TermMatcher(NLP, terms.combine(LISTS))


def found(text: str) -> list[tuple[str, str]]:
    return [(entity.text, entity.label_) for entity in MATCHER(NLP(text)).ents]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It eases Pain and anxieties.", [("Pain", "SYMPTOM"), ("anxieties", "SYMPTOM")]),
        ("Chest pains, not pain.", [("Chest pains", "SYMPTOM"), ("pain", "SYMPTOM")]),
        ("Skin and liver.", [("Skin", "COSMETIC|ORGAN"), ("liver", "ORGAN")]),
        ("Suboxone, not suboxone; Suboxones.", [("Suboxone", "DRUG"), ("Suboxones", "DRUG")]),
        ("A sober-living home, sober living homes.", [("sober-living home", "PLACE"), ("sober living homes", "PLACE")]),
        ("Lumpy painful things.", []),
        ("", []),
    ],
)
def test_entities(text, expected):
    assert found(text) == expected


def test_entities_never_overlap():
    assert found("chest pain pain chest chest pain") == [("chest pain", "SYMPTOM"), ("pain", "SYMPTOM"), ("chest pain", "SYMPTOM")]


def test_what_another_component_found_is_replaced():
    doc = NLP("Boston pain")
    doc.set_ents([spacy.tokens.Span(doc, 0, 1, "GPE")])
    assert [entity.label_ for entity in MATCHER(doc).ents] == ["SYMPTOM"]


def test_a_slip_is_found_by_its_correction():
    doc = NLP("chest pian")
    doc[1].norm_ = "pain"
    assert [entity.text for entity in MATCHER(doc).ents] == ["chest pian"]


def test_terms_that_the_model_reads_as_other_words(nlp):
    """spaCy's NORM of “disc” is “disk”."""
    matcher = TermMatcher(nlp, terms.combine(LISTS))
    doc = matcher(nlp.make_doc("A herniated disc and tumours."))
    assert [entity.text for entity in doc.ents] == ["herniated disc", "tumours"]


def test_work_grows_with_the_text_alone():
    short, long = NLP("chest pain chest " * 300), NLP("chest pain chest " * 1_200)
    assert calls(lambda: MATCHER(long)) < 5 * calls(lambda: MATCHER(short))


def test_no_lists_no_entities():
    assert TermMatcher(NLP, terms.combine({}))(NLP("chest pain")).ents == ()
