"""The tokens kind: spaCy token patterns, on a blank pipeline with the tags that a test needs."""

from typing import Any

import pytest

from copycheck.checks import Site, tokens
from copycheck.ruleset.models import Tokens
from tests.rulekit import analysis, rule, run


@pytest.fixture(scope="module")
def blank():
    spacy = pytest.importorskip("spacy")
    pipeline = spacy.blank("en")
    return lambda needs: pipeline


def found(text: str, load: Any, **values: Any) -> list[str]:
    result = run(tokens, [rule(Tokens, **values)], text, load=load)
    return [text[slice(*finding.span)] for finding in result.findings]


HEAL = [[{"LOWER": "heal"}, {"LOWER": {"IN": ["pain", "stress"]}, "OP": "+"}]]


def test_matches_with_their_places(blank):
    assert found("We *heal* pain stress and heal *Stress*.", blank, patterns=HEAL) == ["heal* pain stress", "heal *Stress"]


def test_span_names_the_tokens_to_flag(blank):
    assert found("We heal pain.", blank, patterns=HEAL, span=(1, 1)) == ["pain"]


def test_suggestions_marks_and_scope(blank):
    result = run(tokens, [rule(Tokens, patterns=HEAL, suggest=["ease pain"])], "We heal pain.", load=blank)
    assert result.findings[0].suggestions == ("ease pain",) and result.findings[0].message == "“heal pain” is not for us."
    assert found("We do not heal pain.", blank, patterns=HEAL, unless=["negated"]) == []
    assert found("# We heal pain", blank, patterns=HEAL, scope=["body"]) == []


def test_without_a_model_nothing_is_said():
    assert run(tokens, [rule(Tokens, patterns=HEAL)], "We heal pain.").findings == []


def test_only_units_with_a_wanted_word_go_to_the_model():
    def wants(text: str, *patterns: Any) -> bool:
        check = tokens.compile_rules([rule(Tokens, patterns=list(patterns))], {}, Site())
        return check.wants(analysis(text).units[0])

    assert wants("They heal it.", *HEAL) and not wants("They rest.", *HEAL)
    assert wants("They rest.", [{"TEXT": {"IN": ["rest"]}}]) and wants("They REST.", [{"ORTH": "REST"}])
    assert wants("Anything at all.", [{"POS": "NOUN"}]) and wants("Anything.", *HEAL, [{"POS": "NOUN"}])
