"""Completion: the keys and values that may stand at a place in a configuration or a rule file, by its JSON Schema."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from copycheck import config as configs
from copycheck import ruleset
from copycheck.cli import given
from copycheck.ruleset.location import is_rule, rules_dir
from copycheck.source import Refused

_KEY = re.compile(r"( *(?:- +)*)([\w./-]+):(.*)")
_TYPED = re.compile(r"( *(?:- +)*)(?:([\w./-]+): +(?:\[(?:[^\]]*[ ,])?)?)?([\w./-]*)")
_RULES = ("select", "ignore", "rules")  # keys that take names of rules and families


class Choice(NamedTuple):
    """What may stand at a place, and what it means; a key has its colon."""

    text: str
    meaning: str = ""


def choices(path: Path, before: Sequence[str]) -> tuple[str, list[Choice]]:
    """The word begun at the end of some lines, and what it may become; nothing where the file is neither of the two."""
    name = _schema_of(path)
    typed = _TYPED.fullmatch(before[-1]) if before else None
    if name is None or typed is None:
        return "", []
    indent, key, word = typed.groups()
    root = _schema(name)
    kind = next((line[5:].strip() for line in before[:-1] if line.startswith("kind:")), None)
    nodes = [node for node in _parts(root, root) if kind in (None, node.get("properties", {}).get("kind", {}).get("const"))]
    above = [*_above(before[:-1], len(indent)), *filter(None, [key])]
    for step in above:
        inner = [node.get("properties", {}).get(step, node.get("additionalProperties")) for node in nodes]
        nodes = [part for node in inner if isinstance(node, dict) for part in _parts(root, node)]
    known = {} if key else {one: inner for node in nodes for one, inner in node.get("properties", {}).items()}
    found = {f"{one}: ": str(inner.get("description", "")) for one, inner in known.items()}
    if key or "-" in indent:
        found |= {one: "" for node in nodes for one in _values(node)}
    if name == "config" and above and above[-1] in _RULES:
        found |= {one + (": " if above[-1] == "rules" else ""): "" for one in _rule_names()}
    return word, [Choice(text, said) for text, said in found.items()]


def _schema_of(path: Path) -> str | None:
    if path.name in configs.NAMES:
        return "config"
    try:
        config = given.read_config(configs.find(path.absolute().parent), {})
    except Refused:
        return None
    for folder in given.rule_folders(config):
        if folder.resolve() in path.resolve().parents and is_rule(path.resolve().relative_to(folder.resolve()).as_posix()):
            return "rules"
    return None


@cache
def _schema(name: str) -> Mapping[str, Any]:
    return json.loads(files("copycheck").joinpath(f"data/schema/{name}-1.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@cache
def _rule_names() -> tuple[str, ...]:
    ids = ruleset.load([rules_dir()]).ids
    return (*dict.fromkeys(one.split("/")[0] for one in ids), *ids)


def _above(lines: Sequence[str], column: int) -> list[str]:
    """The keys that a place at a column below some lines stands under, the outermost first."""
    keys: list[str] = []
    for line in reversed(lines):
        found = _KEY.fullmatch(line)
        if found and len(found[1]) < column:
            keys.insert(0, found[2])
            column = len(found[1])
    return keys


def _parts(root: Mapping[str, Any], node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """A schema with all that it refers to, offers or lists."""
    yield node
    if name := node.get("$ref"):
        yield from _parts(root, root["$defs"][name.rsplit("/", 1)[1]])
    for inner in (*node.get("anyOf", ()), *node.get("oneOf", ()), *([node["items"]] if isinstance(node.get("items"), dict) else ())):
        yield from _parts(root, inner)


def _values(node: Mapping[str, Any]) -> Iterator[str]:
    values = [
        *node.get("enum", ()),
        *([node["const"]] if "const" in node else ()),
        *([True, False] if node.get("type") == "boolean" else ()),
    ]
    yield from (json.dumps(value) if isinstance(value, bool) else str(value) for value in values)
