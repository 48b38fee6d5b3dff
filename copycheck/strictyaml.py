"""Strict YAML: plain data with line numbers, from a guarded, iterative reading of PyYAML's events."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

from copycheck.source import Malformed

MAX_DEPTH = 40
MAX_SIZE = 4_000_000  # characters
MAX_UNFOLDED = 20_000  # values that aliases may stand for in all; a few lines of aliases of aliases stand for billions
YAMLError = yaml.YAMLError
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?:\.[0-9]*)?[eE][-+]?[0-9]+)")
_CONSTANTS = {"": None, "~": None} | {
    form: value for word, value in (("null", None), ("true", True), ("false", False)) for form in (word, word.capitalize(), word.upper())
}


class BadYaml(Malformed):
    """Text that is not YAML, or YAML that the guards refuse."""


class String(NamedTuple):
    """A value that is a string: its path, what stands for it in text[start:end], and its style: ' " | > or None for a plain one."""

    path: tuple[str | int, ...]
    value: str
    start: int
    end: int
    style: str | None


@dataclass
class Loaded:
    """`data` is plain (dict, list, str, int, float, bool, None); `lines` gives the line of every key path."""

    data: Any
    lines: dict[tuple[str | int, ...], int] = field(default_factory=dict)
    strings: list[String] = field(default_factory=list)

    def line(self, path: tuple[str | int, ...]) -> int:
        """The line of the nearest known ancestor of a path."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


@dataclass
class _Open:
    value: Any
    path: tuple[str | int, ...]
    key: str | None = None
    anchor: str | None = None
    size: int = 1  # values in it, those that aliases stand for included
    depth: int = 1


class _Anchored(NamedTuple):
    value: Any
    size: int = 1
    depth: int = 0


def load(text: str, aliases: bool = False) -> Loaded:
    """Read one document. Scalars as in YAML 1.2 (`no`, dates and `012` stay strings); no tags, duplicate keys,
    and no anchors and aliases unless `aliases` is set. An alias stands for the value itself, which is not copied.

    Linear and not recursive: PyYAML's C composer crashes the process on deep nesting, its event parser does not. Raises BadYaml.
    """
    if len(text) > MAX_SIZE:
        raise BadYaml(1, f"more than {MAX_SIZE:,} characters")
    loaded = Loaded(None)
    stack: list[_Open] = []
    documents = unfolded = 0
    anchors: dict[str, _Anchored] = {}  # an alias inside its own anchor's value is not known yet, so nothing holds itself
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            assert event.start_mark is not None and event.end_mark is not None  # the parser sets both marks on every event
            line = event.start_mark.line + 1
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise BadYaml(line, "a second document (`---`) in one file")
            elif not aliases and (isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None)):
                raise BadYaml(line, "anchors and aliases (`&`, `*`) are not read")
            elif isinstance(event, yaml.AliasEvent):
                if event.anchor not in anchors:
                    raise BadYaml(line, f"the alias `*{event.anchor}` stands for nothing")
                if stack and isinstance(stack[-1].value, dict) and stack[-1].key is None:
                    raise BadYaml(line, "a key that is an alias")
                meant = anchors[event.anchor]
                unfolded += meant.size
                if unfolded > MAX_UNFOLDED or len(stack) + meant.depth > MAX_DEPTH:
                    raise BadYaml(line, f"aliases that stand for more than {MAX_UNFOLDED:,} values, or nested more than {MAX_DEPTH} deep")
                _put(loaded, stack, meant.value, line)
                _grow(stack, meant.size, meant.depth)
            elif isinstance(event, yaml.ScalarEvent):
                if event.tag not in (None, "!"):
                    raise BadYaml(line, f"tags such as `{event.tag}` are not read")
                value = _scalar(event) if event.implicit[0] else event.value
                is_key = bool(stack) and isinstance(stack[-1].value, dict) and stack[-1].key is None
                path = _put(loaded, stack, value, line)
                if event.anchor:
                    anchors[event.anchor] = _Anchored(value)
                _grow(stack, 1, 0)
                if isinstance(value, str) and not is_key:
                    loaded.strings.append(String(path, value, event.start_mark.index, event.end_mark.index, event.style))
            elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                if event.tag is not None:
                    raise BadYaml(line, f"tags such as `{event.tag}` are not read")
                if len(stack) >= MAX_DEPTH:
                    raise BadYaml(line, f"nested more than {MAX_DEPTH} deep")
                if stack and isinstance(stack[-1].value, dict) and stack[-1].key is None:
                    raise BadYaml(line, "a key that is itself a list or a mapping")
                container: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
                stack.append(_Open(container, _put(loaded, stack, container, line), anchor=event.anchor))
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                closed = stack.pop()
                if closed.anchor:
                    anchors[closed.anchor] = _Anchored(closed.value, closed.size, closed.depth)
                _grow(stack, closed.size, closed.depth)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error)
        raise BadYaml(mark.line + 1 if mark else 1, reason) from None
    return loaded


def _grow(stack: list[_Open], size: int, depth: int) -> None:
    """Count a value that was placed into the innermost open container."""
    if stack:
        stack[-1].size += size
        stack[-1].depth = max(stack[-1].depth, depth + 1)


def load_own(text: bytes) -> Any:
    """Data of a file of our own, which a test has read strictly: without guards and line numbers, in a fifth of the time."""
    return yaml.load(text, Loader=_LOADER)


def _put(loaded: Loaded, stack: list[_Open], value: Any, line: int) -> tuple[str | int, ...]:
    """Place a value into the innermost open container; its path."""
    if not stack:
        loaded.data = value
        return ()
    top = stack[-1]
    if isinstance(top.value, list):
        path = (*top.path, len(top.value))
        top.value.append(value)
    elif top.key is None:
        key = value if isinstance(value, str) else _key(value)
        if key in top.value:
            raise BadYaml(line, f"the key `{key}` stands twice")
        top.key = key
        loaded.lines[(*top.path, key)] = line
        return top.path
    else:
        path = (*top.path, top.key)
        top.value[top.key] = value
        top.key = None
        return path
    loaded.lines[path] = line
    return path


def _key(value: Any) -> str:
    return {None: "null", True: "true", False: "false"}.get(value, str(value)) if not isinstance(value, int | float) else str(value).lower()


def _scalar(event: yaml.ScalarEvent) -> Any:
    text = event.value
    if event.style:
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INT.fullmatch(text) and len(text) < 19:
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
