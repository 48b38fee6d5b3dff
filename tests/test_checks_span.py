"""The span kind: span groups of a user's own component become findings."""

from __future__ import annotations

from typing import Any

from spacy.tokens import Span

from copycheck.checks import Site, span
from copycheck.ruleset.models import SpanRule
from tests.rulekit import article, rule


def found(text: str, *words: tuple[str, str], format: str = "markdown", **values: Any) -> list[str]:
    """The source at each finding, where a component marked `words` with labels."""
    made = article(text, format)
    for doc in set(made.docs):
        doc.spans["voice"] = [
            Span(doc, at, at + len(word.split()), label)
            for word, label in words
            for at in range(len(doc))
            if doc[at : at + len(word.split())].text == word
        ]
    check = span.SpanCheck([rule(SpanRule, **{"group": "voice"} | values)], {})
    try:
        return [text[slice(*finding.span)] for finding in check.check(made, Site()).findings]
    finally:
        for doc in set(made.docs):
            del doc.spans["voice"]


def test_each_span_of_the_group_is_a_finding():
    assert found("We are *very* nice. Very kind of us.", ("very", "loud"), ("kind of", "vague")) == ["very", "kind of"]


def test_of_one_label():
    assert found("A very kind word.", ("very", "loud"), ("kind", "vague"), label="vague") == ["kind"]


def test_another_group_is_none():
    assert found("A very kind word.", ("very", "loud"), group="other") == []


def test_scope_and_region():
    assert found("# A very big day\n\nA very small one.", ("very", "loud"), scope=["heading"]) == ["very"]
    assert found("<nav>very</nav><p>Text.</p>", ("very", "loud"), format="html") == []


def test_what_clears_a_span():
    assert found("It is not very kind.", ("very", "loud"), unless=["negated"]) == []
    assert found("It is “very kind”.", ("very", "loud"), unless=["quoted"]) == []


def test_a_span_over_two_sentences_ends_with_the_first():
    made = article("We are very. Kind too.")
    doc = made.docs[0]
    doc.spans["voice"] = [Span(doc, 2, 5, "odd")]
    check = span.SpanCheck([rule(SpanRule, group="voice")], {})
    (finding,) = check.check(made, Site()).findings
    assert finding.excerpt == "very."
