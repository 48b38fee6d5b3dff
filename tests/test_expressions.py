"""Expressions: no regular expression of the program takes more than linear time, told by the steps it takes, not by seconds."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import copycheck
from copycheck.ruleset.expressions import refuse
from tests.backtracking import Steps, attacks, quadratic

MODULES = sorted(info.name for info in pkgutil.walk_packages(copycheck.__path__, "copycheck.") if not info.name.endswith("__main__"))
ANCHORED = {"match", "fullmatch"}
METHODS = {*ANCHORED, "search", "finditer", "findall", "sub", "subn", "split"}


def _patterns(value: Any, depth: int = 0) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 3 and isinstance(value, dict | tuple | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _patterns(inner, depth + 1)


def _written(module: str) -> Iterator[tuple[str, re.Pattern[str], bool]]:
    """Each expression of a module: what it is called there, and whether it is only tried at one place of a text."""
    loaded = importlib.import_module(module)
    tree = ast.parse(Path(loaded.__file__ or "").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    for target in [node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)]:
        for name in target.targets if isinstance(target, ast.Assign) else [target.target]:
            called = ast.unparse(name)
            ways = {call.func.attr for call in calls if ast.unparse(call.func.value).split("[")[0] == called} & METHODS  # type: ignore[attr-defined]
            for pattern in _patterns(getattr(loaded, called, None)):
                yield called, pattern, bool(ways) and ways <= ANCHORED
    for call in calls:
        assert isinstance(call.func, ast.Attribute)
        if ast.unparse(call.func.value) == "re" and call.func.attr in METHODS and isinstance(call.args[0], ast.Constant):
            flags = (
                re.I
                if any("I" in ast.unparse(extra).split(".")[-1] for extra in [*call.args[2:], *(one.value for one in call.keywords)])
                else 0
            )
            yield f"line {call.lineno}", re.compile(call.args[0].value, flags), call.func.attr in ANCHORED


@pytest.mark.parametrize("module", MODULES)
def test_no_expression_of_a_module_takes_more_steps_than_its_text_is_long(module, monkeypatch):
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    try:
        slow = {name: text for name, pattern, anchored in _written(module) if (text := quadratic(pattern, anchored)) is not None}
    finally:
        sys.setrecursionlimit(limit)
    assert not slow, f"{module}: twice the text takes far more than twice the steps"


def test_the_expressions_of_the_data_are_linear():
    from copycheck.claims import domains, strength

    code = "".join(path.read_text(encoding="utf-8") for path in Path(domains.__file__).parents[1].rglob("*.py"))
    rules = domains.rules()
    slow = {}
    listed = {f"{number}": pattern for number, pattern in enumerate((*rules.named, *rules.vague))}
    for expressions in (rules.patterns, listed, strength.patterns()):
        for name, pattern in expressions.items():
            ways = set(re.findall(rf'\["{name}"\]\.(\w+)\(', code))
            if (text := quadratic(pattern, bool(ways) and ways <= ANCHORED, most=10)) is not None:
                slow[name] = text
    assert not slow


@pytest.mark.parametrize(
    ("slow", "anchored"),
    [
        (r"\s*=\s*\s*x", False),
        (r"\S+@\S+", False),
        (r"(?:\r\n|\r|\n)*x", True),
        (r"(?:a|a)*b", True),
        (r"(?:[a-z]+ ?)*!", True),
        (r"\[.*?\]\(", False),
    ],
)
def test_what_is_slow_is_seen(slow, anchored):
    assert quadratic(re.compile(slow), anchored) is not None


@pytest.mark.parametrize("quick", [r"(?<!\S)\S++@", r"[a-z]+ ", r"\s*+=\s*+x", r"(?:[^\"\\]|\\.)*+\""])
def test_what_is_quick_is_left_alone(quick):
    assert quadratic(re.compile(quick), True) is None


ALPHABET = st.text("ab 1.,\n\"'()[]{}<>=/\\#*@:-", max_size=24)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(r"(?P<a>a+)(?P=a)b?", "aaaa")
@given(
    st.sampled_from(
        [r"(\w+)\s*=\s*(?:\"([^\"]*)\"|([^\s>]+))", r"^#{1,6}[ \t]+\S", r"(?<=a)b*?(?!c)", r"(?:a|ab)(?:c|bcd)*+", r"\b\w++\b"]
    ),
    ALPHABET,
)
def test_the_model_matches_where_python_does(source, text):
    pattern = re.compile(source, re.MULTILINE)
    steps = Steps(pattern)
    steps.count(text, anchored=False)
    found = []
    at = 0
    while at <= len(text):
        end = steps._run(list(steps.tree), 0, at, lambda place: place)
        if end is not None:
            found.append((at, end))
        at = max(end, at + 1) if end is not None else at + 1
    assert found == [match.span() for match in pattern.finditer(text) if match.end() > match.start()] or any(
        not match.group() for match in pattern.finditer(text)
    )


def test_there_is_something_to_attack():
    assert len(list(attacks(re.compile(r"\s*(?:a|b)+x")))) > 10


def test_flags_that_exclude_each_other_are_refused():
    assert "bad expression" in (refuse("(?a)(?u)pain") or "")
