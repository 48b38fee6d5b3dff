"""Two witnesses: what a pattern says and what the judge says of one sentence."""

from __future__ import annotations

import pytest

from copycheck import witnesses
from copycheck.article import Article
from copycheck.findings import Finding, Severity
from copycheck.nlp.judge import Opinion
from copycheck.source import Span
from copycheck.verdicts import bars
from tests import rulekit

LABELS = {"compliance/best": ("pattern", "superiority"), "compliance/likely-superiority": ("judged", "superiority")}
WORDS = Span(7, 22)
DOUBT, ALONE = bars("superiority")


def article(chance: float) -> Article:
    """One sentence, to which the judge gives a chance of superiority."""
    made = rulekit.article("We are the best clinic in town.")
    made.opinions[0] = Opinion(0.0, {"none": 1.0}, {"superiority": chance}, {"superiority": []})
    return made


def finding(rule: str, severity: Severity = Severity.warning, span: Span = WORDS) -> Finding:
    return Finding(rule, severity, span, "…", sentence=Span(0, 31))


def test_a_pattern_that_the_judge_does_not_doubt_stands():
    (one,) = witnesses.agree([finding("compliance/best", Severity.error)], LABELS, article(DOUBT))
    assert (one.severity, one.confidence) == (Severity.error, "high")


@pytest.mark.parametrize(("severity", "lowered"), [(Severity.error, Severity.warning), (Severity.warning, Severity.info)])
def test_a_pattern_that_the_judge_doubts_is_one_step_lower(severity: Severity, lowered: Severity):
    (one,) = witnesses.agree([finding("compliance/best", severity)], LABELS, article(DOUBT / 2))
    assert (one.severity, one.confidence) == (lowered, "medium")


def test_what_a_pattern_says_the_judge_does_not_say_again():
    both = [finding("compliance/best"), finding("compliance/likely-superiority", span=Span(0, 31))]
    assert [one.rule for one in witnesses.agree(both, LABELS, article(0.99))] == ["compliance/best"]


def test_a_note_does_not_silence_the_judge():
    both = [finding("compliance/best", Severity.info), finding("compliance/likely-superiority", span=Span(0, 31))]
    assert len(witnesses.agree(both, LABELS, article(0.99))) == 2


def test_a_finding_on_another_sentence_does_not_silence_the_judge():
    other = finding("compliance/best")._replace(sentence=Span(40, 60))
    assert len(witnesses.agree([other, finding("compliance/likely-superiority")], LABELS, article(0.99))) == 2


def test_rules_without_a_label_and_missing_things_are_left_alone():
    some = [finding("typos/misspelling"), Finding("compliance/best", Severity.error, Span(0, 0), "…")]
    assert witnesses.agree(some, LABELS, article(0.0)) == some


@pytest.mark.parametrize(("label", "kind"), [("testimonial", "research"), ("safety", "condition")])
def test_what_a_study_found_is_no_testimonial_and_what_may_go_wrong_no_promise_of_safety(label: str, kind: str):
    rule = f"compliance/likely-{label}"
    made = rulekit.article("A review found that exercise eased pain a little.")
    told = finding(rule)._replace(sentence=made.sentences[0].span())
    for said, left in ((kind, []), ("efficacy", [rule])):
        made.opinions[0] = Opinion(0.9, {said: 1.0, "none": 0.0}, {label: 0.9}, {label: []})
        assert [one.rule for one in witnesses.agree([told], {rule: ("judged", label)}, made)] == left
