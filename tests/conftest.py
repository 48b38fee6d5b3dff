"""Shared fixtures: rule folders written for a test, an engine over them, a stand-in for the model."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from copycheck import ruleset
from copycheck.engine import Engine, Item, Settings
from copycheck.findings import Report
from copycheck.source import Source

RULE = """kind: phrase
severity: {severity}
confidence: high
title: A wording
message: "“{{match}}” is not for us."
why: A test says so.
phrases: [{phrase}]
{more}
examples:
  flag: ["Here is [|{phrase}|]."]
  pass: ["Here is nothing."]
"""


@pytest.fixture(scope="session", autouse=True)
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache that the tests of a run share, so that they neither use nor fill the user's own."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "kept"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COPYCHECK_CACHE_DIR", str(folder))
        yield folder


def no_model(needs: frozenset[str]) -> Any:
    raise AssertionError("no rule of this test needs the model")


@pytest.fixture
def rule_folder(tmp_path: Path) -> Callable[..., Path]:
    """write(id, phrase=…, severity=…, more=…) adds a phrase rule to a folder of its own and gives the folder."""
    folder = tmp_path / "rules"

    def write(rule_id: str, phrase: str, severity: str = "warning", more: str = "") -> Path:
        path = folder / f"{rule_id}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(RULE.format(phrase=phrase, severity=severity, more=more), encoding="utf-8")
        return folder

    return write


@pytest.fixture
def check(rule_folder: Callable[..., Path]) -> Callable[..., Report]:
    """check(text, settings, path) runs the rules of `rule_folder` on one text."""

    def run(text: str, settings: Settings | None = None, path: str = "article.md") -> Report:
        engine = Engine(ruleset.load([rule_folder("language/never-met", "zzyzx quux")]), no_model)
        return next(engine.run([Item(path, Source(path, text), settings or Settings())]))

    return run
