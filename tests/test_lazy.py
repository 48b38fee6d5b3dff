"""Lazy: the program's own expressions, compiled when they are used."""

from __future__ import annotations

import ast
import gc
import re
from pathlib import Path

import pytest

import copycheck
from copycheck import lazy, making


def test_a_lazy_pattern_does_what_re_does():
    ours, theirs = lazy.pattern(r"(?P<word>b+)", re.IGNORECASE), re.compile(r"(?P<word>b+)", re.IGNORECASE)
    for text in ("abBa", "", "x"):
        assert [match.groupdict() for match in ours.finditer(text)] == [match.groupdict() for match in theirs.finditer(text)]
        assert (ours.sub("-", text), ours.subn("-", text), ours.findall(text)) == (
            theirs.sub("-", text),
            theirs.subn("-", text),
            theirs.findall(text),
        )
        assert ours.split(text) == theirs.split(text)
        for name in ("search", "match", "fullmatch"):
            assert bool(getattr(ours, name)(text)) is bool(getattr(theirs, name)(text))
    assert (ours.pattern, ours.flags, ours.groups, ours.groupindex) == (theirs.pattern, theirs.flags, theirs.groups, theirs.groupindex)


def test_it_is_compiled_once_and_only_when_used():
    pattern = lazy.pattern("b")
    assert set(vars(pattern)) == {"_given"}
    search = pattern.search
    assert pattern.search is search


def test_what_no_expression_has_is_an_attribute_error():
    with pytest.raises(AttributeError, match="compile"):
        _ = lazy.pattern("b").compile


def test_a_mistake_shows_when_it_is_used():
    pattern = lazy.pattern("(")
    with pytest.raises(re.error):
        pattern.search("")


def test_all_patterns_of_the_program_can_be_compiled():
    making.import_all()
    gc.unfreeze()  # a run of the command leaves all frozen, and out of sight
    found = [value for value in gc.get_objects() if isinstance(value, lazy._Lazy) and value._given[0] != "("]
    assert len(found) > 150
    for pattern in found:
        assert pattern.pattern == pattern._given[0]


def test_no_module_compiles_an_expression_when_it_is_imported():
    at_once = []
    for path in sorted(Path(copycheck.__file__).parent.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        inner = {below for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Lambda) for below in ast.walk(node)}
        at_once += [
            f"{path.name}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and node not in inner and ast.unparse(node.func) in ("re.compile", "regex.compile")
        ]
    assert not at_once
