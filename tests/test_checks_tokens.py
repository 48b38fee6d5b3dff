"""The tokens kind: spaCy token patterns, on a blank pipeline with the tags that a test needs."""

from typing import Any

import pytest

from copycheck.checks import Site, tokens
from copycheck.readers import read
from copycheck.ruleset.models import Tokens
from copycheck.source import Source
from tests.rulekit import analyse, analysis, rule, run


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


def test_a_match_begins_at_a_place_that_the_rule_names(blank):
    where = [r"(?<=\bwe )heal \w+"]
    assert found("Today we heal pain; they heal stress.", blank, patterns=HEAL, where=where) == ["heal pain"]
    assert found("They heal pain.", blank, patterns=HEAL, where=where) == []


def test_only_units_with_such_a_place_go_to_the_model():
    check = tokens.compile_rules([rule(Tokens, patterns=HEAL, where=["we heal"])], {}, Site())
    assert check.wants(analysis("Now we heal.").units[0]) and not check.wants(analysis("They heal pain.").units[0])


def test_tokens_to_flag_are_counted_from_the_end_too(blank):
    assert found("We heal pain stress.", blank, patterns=HEAL, span=(-1, -1)) == ["stress"]


def test_slips_in_comments_are_notes(blank):
    text = "We heal pain.\n\n## 2 Comments\n\nThey heal stress.\n"

    def severities(id_: str) -> list[str]:
        result = run(tokens, [rule(Tokens, id=id_, patterns=HEAL)], text, load=blank)
        return [finding.severity.name for finding in result.findings]

    assert severities("typos/healing") == ["warning", "info"]
    assert severities("claims/healing") == ["warning"]


def test_another_pipeline_for_later_pages():
    spacy = pytest.importorskip("spacy")
    check = tokens.compile_rules([rule(Tokens, patterns=HEAL)], {}, Site())
    for text in ("We heal pain.", "They heal stress."):
        pages = list(analyse([read(Source("page.md", text), "markdown")], check.needs, check.wants, lambda needs: spacy.blank("en")))
        assert [finding.excerpt for finding in check.check(pages[0], Site()).findings] == [text.split(" ", 1)[1][:-1]]
