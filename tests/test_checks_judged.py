"""Judged rules: the judge's word alone, above its high bar, on the words that weighed most."""

from __future__ import annotations

from copycheck.checks import Result, Site, judged
from copycheck.nlp.judge import Opinion
from copycheck.ruleset.models import Judged
from copycheck.verdicts import bars
from tests import rulekit

TEXT = "No team is as kind as ours."
ALONE = bars("safety")[1]


def found(text: str, chance: float, least: float | None = None, **rule: object) -> Result:
    article = rulekit.article(text)
    words = [(0, 2), (3, 7), (8, 10), (14, 18)]
    article.opinions[0] = Opinion(0.0, {"none": 1.0}, {"safety": chance}, {"safety": [0.0, 0.0, 0.0, 3.0]}, words)
    rules = [rulekit.rule(Judged, id="compliance/likely-safety", label="safety", chance=least, authority=["house-rule"], **rule)]
    return judged.JudgedCheck(rules, {}).check(article, Site())


def test_it_speaks_from_its_bar_on():
    (one,) = found(TEXT, ALONE).findings
    assert (one.excerpt, one.message) == (TEXT, f"“{TEXT[:-1]}” is not for us.")
    assert one.evidence is not None and TEXT[slice(*one.evidence)] == "kind"
    assert not found(TEXT, ALONE - 0.01).findings


def test_marks_and_scopes_hold():
    assert not found("We ask whether the team is kind?", 1.0, unless=["question"]).findings
    assert not found(TEXT, 1.0, scope=["heading"]).findings


def test_a_rule_may_have_a_chance_of_its_own_and_ask_for_words():
    assert found(TEXT, 0.1, least=0.1).findings
    assert not found(TEXT, 0.05, least=0.1).findings
    assert found(TEXT, 1.0, **{"with": ["team"]}).findings and not found(TEXT, 1.0, **{"with": ["pill"]}).findings
    assert not found(TEXT, 1.0, without=["team"]).findings


def test_a_bar_that_nothing_reaches_leaves_the_rule_silent():
    assert not found(TEXT, min(ALONE, 1.0) - 0.001).findings
