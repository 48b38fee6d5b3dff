"""The shipped typos rules do what their examples say, most of them without a model, and are never errors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from copycheck import examples, ruleset
from copycheck.analysis import model

RULES = Path(__file__).parents[1] / "rules"


def no_model(needs: frozenset[str]) -> Any:
    raise AssertionError("only token rules may load a model")


def linked(top: Path, *kinds: str) -> ruleset.Ruleset:
    """The shipped typos rules of some kinds, and the word lists."""
    (top / "typos").mkdir()
    for path in (RULES / "typos").glob("*.yaml"):
        if path.read_text(encoding="utf-8").startswith(tuple(f"kind: {kind}\n" for kind in kinds)):
            (top / "typos" / path.name).symlink_to(path)
    (top / "_terms.yaml").symlink_to(RULES / "_terms.yaml")
    return ruleset.load([top])


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> ruleset.Ruleset:
    return linked(tmp_path_factory.mktemp("rules"), "spelling", "tokens")


def test_examples_of_most_hold_without_a_model(tmp_path: Path) -> None:
    spelling = linked(tmp_path, "spelling")
    assert len(spelling.rules) > 20
    assert [(f.rule, f.group, f.number, f.reason) for f in examples.run(spelling, no_model)] == []


def test_examples_of_all_hold_with_one(rules: ruleset.Ruleset) -> None:
    assert len(rules.rules) == len(list((RULES / "typos").glob("*.yaml")))
    assert [(f.rule, f.group, f.number, f.reason) for f in examples.run(rules, model.load)] == []


def test_typos_are_never_errors(rules: ruleset.Ruleset) -> None:
    assert {rule.severity for rule in rules.rules} <= {"warning", "info"}
