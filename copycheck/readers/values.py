"""Values: what front matter says in YAML, TOML or JSON, with the place of every string in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from copycheck import stricttoml, strictyaml
from copycheck.source import Unreadable

_MAX_DEPTH = 40


class Scalar(NamedTuple):
    """A string value: its keys from the top, its characters as (text, start, length) pieces."""

    keys: tuple[str, ...]
    pieces: tuple[tuple[str, int, int], ...]
    value: str


class Values(NamedTuple):
    """The parsed data and its strings in order."""

    data: Any
    scalars: list[Scalar]


def line_of(text: str, offset: int) -> int:
    """The line, from 1, of an offset."""
    return len(re.findall(r"\r\n|\r|\n", text[:offset])) + 1


def read_yaml(text: str, begin: int, end: int) -> Values:
    """The YAML of text[begin:end]. Raises Unreadable, as the other readers do, with the line in the file."""
    raw = text[begin:end]
    try:
        loaded = strictyaml.load(raw, aliases=True)
    except strictyaml.BadYaml as error:
        line = line_of(text, begin) + error.line - 1
        raise Unreadable(f"its front matter is broken in line {line}: {error.reason}") from None
    if loaded.data is not None and not isinstance(loaded.data, dict):
        raise Unreadable(f"its front matter, from line {line_of(text, begin)} on, must be keys with values")
    scalars = []
    for string in loaded.strings:
        keys = tuple(part for part in string.path if isinstance(part, str))
        pieces = tuple(_yaml_pieces(raw[string.start : string.end], begin + string.start, string.style))
        scalars.append(Scalar(keys, pieces, string.value))
    return Values(loaded.data, scalars)


_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|\r\n|.)", re.DOTALL)
_SIMPLE = {"n": "\n", "t": " ", "r": "\n", "f": " ", "v": " ", "N": "\n", "_": " ", "L": "\n", "P": "\n"} | dict.fromkeys("b0ae", "")


def escaped(raw: str, start: int) -> Iterator[tuple[str, int, int]]:
    """Pieces of the inside of a double-quoted string (YAML, TOML, JSON)."""
    at = 0
    for match in _ESCAPE.finditer(raw):
        if match.start() > at:
            yield raw[at : match.start()], start + at, match.start() - at
        code = match.group()[1:]
        if code[0] in "xuU" and len(code) > 1:
            number = int(code[1:], 16)
            decoded = chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
        else:
            decoded = _SIMPLE.get(code[0], "" if code[0] in "\r\n" else code)
        yield decoded, start + match.start(), len(match.group())
        at = match.end()
    if at < len(raw):
        yield raw[at:], start + at, len(raw) - at


def _yaml_pieces(raw: str, start: int, style: str | None) -> Iterator[tuple[str, int, int]]:
    if style == '"':
        yield from escaped(raw[1:-1], start + 1)
    elif style == "'":
        at = 1
        while (quote := raw.find("''", at, len(raw) - 1)) >= 0:
            yield raw[at:quote], start + at, quote - at
            yield "'", start + quote, 2
            at = quote + 2
        yield raw[at:-1], start + at, len(raw) - 1 - at
    elif style in ("|", ">"):
        body = raw.find("\n") + 1 or len(raw)
        yield raw[body:], start + body, len(raw) - body
    else:
        yield raw, start, len(raw)


# TOML and JSON: the standard library parses; a scan for string literals tells their places

_LITERAL = re.compile(r'"""(?:[^\\]|\\.)*?"""|\'\'\'.*?\'\'\'|"(?:[^"\\\n]|\\.)*+"|\'[^\'\n]*+\'', re.DOTALL)
_LINE_END = re.compile(r"[\r\n]")
_TOML_LINE = re.compile(r"[ \t]*+(?:\[\[?([^\]\n]++)\]|((?:[\w. \t-]|\"[^\"\n]*+\"|'[^'\n]*+')++)=)")


def read_toml(text: str, begin: int, end: int) -> Values:
    """The TOML of text[begin:end]."""
    raw = text[begin:end]
    try:
        meta = stricttoml.load(raw)
    except stricttoml.BadToml as error:
        line = line_of(text, begin) + error.line - 1
        raise Unreadable(f"its TOML front matter is broken in line {line}: {error.reason}") from None
    scalars: list[Scalar] = []
    table: tuple[str, ...] = ()
    at = 0
    while at < len(raw):
        match = _TOML_LINE.match(raw, at)
        if match and match[1]:
            table = tuple(part.strip(" \t\"'") for part in match[1].split("."))
        if not match or match[1]:
            stop = _LINE_END.search(raw, at)
            at = stop.end() if stop else len(raw)
            continue
        at = match.end()
        keys = (*table, *(part.strip(" \t\"'") for part in match[2].split(".")))
        depth = 0
        while at < len(raw):
            char = raw[at]
            if char in "\"'":
                literal = _LITERAL.match(raw, at)
                if not literal:
                    break
                scalars.append(_literal(keys, literal.group(), begin + at))
                at = literal.end()
                continue
            if char == "#":
                stop = _LINE_END.search(raw, at)
                at = stop.start() if stop else len(raw)
                continue
            depth += (char in "[{") - (char in "]}")
            if char in "\r\n" and depth <= 0:
                at += 1
                break
            at += 1
    return Values(meta, scalars)


def _literal(keys: tuple[str, ...], literal: str, start: int) -> Scalar:
    width = 3 if literal[:3] in ('"""', "'''") and len(literal) >= 6 else 1
    inner = literal[width:-width]
    pieces = tuple(escaped(inner, start + width)) if literal[0] == '"' else ((inner, start + width, len(inner)),)
    return Scalar(keys, pieces, "".join(piece[0] for piece in pieces))


_JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]')


def read_json(text: str, begin: int, end: int) -> Values:
    """The JSON of text[begin:end]."""
    raw = text[begin:end]

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                raise Unreadable(f"its JSON front matter has the key {key[:40]!r} twice")
            found[key] = value
        return found

    try:
        meta = json.loads(raw, object_pairs_hook=unique)
    except (ValueError, RecursionError) as error:  # a number of too many digits is no JSONDecodeError
        line = line_of(text, begin + getattr(error, "pos", 0))
        raise Unreadable(f"its JSON front matter is broken in line {line}: {getattr(error, 'msg', str(error))}") from None
    if stricttoml.is_deeper(meta, _MAX_DEPTH):
        raise Unreadable(f"its JSON front matter is nested more than {_MAX_DEPTH} deep")
    scalars: list[Scalar] = []
    path: list[str | None] = []  # a key for each open object, None for each open list
    key = False  # whether the next string is a key
    for match in _JSON_TOKEN.finditer(raw):
        token = match.group()
        if token == "{":
            path.append("")
            key = True
        elif token == "[":
            path.append(None)
            key = False
        elif token in "]}":
            path.pop()
        elif token == ",":
            key = bool(path) and path[-1] is not None
        elif token == ":":
            key = False
        elif key:
            path[-1] = token[1:-1]
        else:
            keys = tuple(part for part in path if part)
            scalars.append(_literal(keys, token, begin + match.start()))
    return Values(meta, scalars)
