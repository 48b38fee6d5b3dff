"""The shipped typos rules do what their examples say, without a model, and are never errors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from copycheck import examples, ruleset

RULES = Path(__file__).parents[1] / "rules"


def no_model(needs: frozenset[str]) -> Any:
    raise AssertionError("the typos rules must not load a model")


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> ruleset.Ruleset:
    top = tmp_path_factory.mktemp("rules")
    (top / "typos").symlink_to(RULES / "typos")
    return ruleset.load([top])


def test_examples_hold(rules: ruleset.Ruleset) -> None:
    assert [(f.rule, f.group, f.number, f.reason) for f in examples.run(rules, no_model)] == []


def test_typos_are_never_errors(rules: ruleset.Ruleset) -> None:
    assert {rule.severity for rule in rules.rules} <= {"warning", "info"}
