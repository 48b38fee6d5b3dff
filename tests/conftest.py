"""Shared fixtures: rule folders written for a test, an engine over them, the pipeline."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from copycheck import engine, ruleset
from copycheck.engine import Engine, Item, Settings
from copycheck.findings import Report
from copycheck.nlp import pipeline
from copycheck.source import Source
from tests import rulekit

settings.register_profile("copycheck", deadline=None)  # no test is about wall-clock time
settings.load_profile("copycheck")
RULE = """kind: pattern
severity: {severity}
confidence: high
title: A wording
message: "“{{match}}” is not for us."
why: A test says so.
patterns: [{wording}]
{more}
examples:
  flag: ["Here is [|{wording}|]."]
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


@pytest.fixture(scope="session", autouse=True)
def _made_once() -> Iterator[None]:
    """The pipeline, the rules and their checks are made once for the many runs of one process: each takes a second."""
    pipelines: dict[Any, Any] = {}
    rulesets: dict[Any, Any] = {}
    checks: dict[Any, Any] = {}
    load_pipeline, load_rules, compile_rules = pipeline.load, ruleset.load, engine.compile_rules

    def pipeline_of(name: Any = None, folders: Any = (), components: Any = (), extra: Any = ()) -> Any:
        key = (name, tuple(folders), frozenset(components), tuple(extra))
        if key not in pipelines:
            pipelines[key] = load_pipeline(*key)
        return pipelines[key]

    def ruleset_of(folders: Any) -> Any:
        listed = tuple(folders)
        loaded = load_rules(listed)
        return rulesets.setdefault((listed, loaded.fingerprint), loaded)

    def checks_of(rules: Any, lists: Any, site: Any) -> Any:
        key = (*map(id, rules), site)
        if key not in checks:
            checks[key] = rules, compile_rules(rules, lists, site)
        return checks[key][1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "load", pipeline_of)
        patch.setattr(ruleset, "load", ruleset_of)
        patch.setattr(engine, "compile_rules", checks_of)
        yield


@pytest.fixture(scope="session")
def nlp() -> Any:
    """The pipeline that copycheck reads articles with."""
    return rulekit.load_pipeline()


@pytest.fixture
def rule_folder(tmp_path: Path) -> Callable[..., Path]:
    """write(id, wording, severity=…, more=…) adds a pattern rule to a folder of its own and gives the folder."""
    folder = tmp_path / "rules"

    def write(rule_id: str, wording: str, severity: str = "warning", more: str = "") -> Path:
        path = folder / f"{rule_id}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(RULE.format(wording=wording, severity=severity, more=more), encoding="utf-8")
        return folder

    return write


@pytest.fixture
def check(rule_folder: Callable[..., Path]) -> Callable[..., Report]:
    """check(text, settings, path) runs the rules of `rule_folder` on one text."""

    def run(text: str, settings: Settings | None = None, path: str = "article.md") -> Report:
        made = Engine(ruleset.load([rule_folder("language/never-met", "zzyzx quux")]), rulekit.load_pipeline)
        return next(made.run([Item(path, Source(path, text), settings or Settings())]))

    return run
