"""The shipped typos rules do what their examples say, and are never errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from copycheck import examples, ruleset
from tests.rulekit import load_pipeline

RULES = Path(__file__).parents[1] / "rules"


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> ruleset.Ruleset:
    top = tmp_path_factory.mktemp("rules")
    for name in ("typos", "authorities.yaml"):
        (top / name).symlink_to(RULES / name)
    return ruleset.load([top])


def test_examples_hold(rules: ruleset.Ruleset) -> None:
    assert len(rules.rules) > 20
    assert [(f.rule, f.group, f.number, f.reason) for f in examples.run(rules, load_pipeline)] == []


def test_typos_are_never_errors(rules: ruleset.Ruleset) -> None:
    assert {rule.severity for rule in rules.rules} <= {"warning", "info"}
