"""Front matter: YAML, TOML or JSON above the text; its values and those that are copy, with their places."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from copycheck.document import Block
from copycheck.readers.events import spell
from copycheck.readers.prose import Prose
from copycheck.source import Unreadable

_MAX_SIZE = 64 * 1024
_MAX_DEPTH = 40
_COPY_KEYS = re.compile(
    r"title|sub_?title|tag_?line|description|excerpt|summary|lead|intro(?:duction)?|headline|heading|sub_?heading|caption|alt"
    r"|question|answer|quote|testimonial|abstract|teaser|blurb|strapline"
    r"|(?:seo|meta|og|twitter|page|card|hero|short|long|search)[_:. -]?(?:title|description|summary|text|excerpt)"
    r"|(?:key_?)?(?:points|takeaways|benefits|highlights)",
    re.IGNORECASE,
)
_NO_COPY = re.compile(
    r".*(?:url|href|link|slug|image|img|src|path|file|icon|class|style|css|date|time|author|layout|template|type|id|key|keywords?|tags?"
    r"|categor(?:y|ies)|permalink|schema|script|code|color|email|phone|address|query)s?",
    re.IGNORECASE | re.DOTALL,
)
_SENTENCE = re.compile(r"\w+[,;]?\s+(?:\S+\s+){3,}\S*[.!?…]")


class Scalar(NamedTuple):
    """A string value: its keys from the top, its characters as (text, start, length) pieces."""

    keys: tuple[str, ...]
    pieces: tuple[tuple[str, int, int], ...]
    value: str


class FrontMatter(NamedTuple):
    """The parsed mapping, its copy as blocks, and where the text begins."""

    meta: Mapping[str, Any]
    blocks: tuple[Block, ...]
    end: int


NONE = FrontMatter({}, (), 0)
_FENCES = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*\r?$", re.MULTILINE),
    ";;;": re.compile(r"^;;;[ \t]*\r?$", re.MULTILINE),
}
_OPEN = re.compile(r"\s*?(---|\+\+\+|;;;)[ \t]*(?:\r\n|\r|\n)")
_YAML_KEY = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*(?:[\w.$@-][\w .$@/:-]*|\"[^\"\n]*\"|'[^'\n]*')\s*:(?:\s|$)")


def read(text: str, extension: str = "") -> FrontMatter:
    """The front matter of a cleaned text. Raises Unreadable for a broken one."""
    opening = _OPEN.match(text)
    if opening:
        fence, begin = opening[1], opening.end()
        closing = _FENCES[fence].search(text, begin)
        if fence == "---" and not (_YAML_KEY.match(text, begin) or (closing and not text[begin : closing.start()].strip())):
            return NONE  # a thematic break
        if not closing:
            raise Unreadable(
                f"its front matter, opened in line {_line(text, opening.start(1))} by {fence}, is never closed; add a line {fence} after it"
            )
        raw, end = text[begin : closing.start()], closing.end()
        if len(raw) > _MAX_SIZE:
            raise Unreadable(f"its front matter is longer than {_MAX_SIZE // 1024} kB; move the text below the closing {fence}")
        parse = {"---": _yaml, "+++": _toml, ";;;": _json}[fence]
        return _front_matter(*parse(text, raw, begin), end=end)
    stripped = text.lstrip()
    if stripped.startswith("{") and re.match(r'\{\s*["}]', stripped):
        begin = len(text) - len(stripped)
        return _front_matter_json(text, begin, broken=True)
    comment = re.match(r"\s*<!--\s*(?=\{\s*\")", text)
    if comment:
        found = _front_matter_json(text, comment.end(), broken=False)
        closing = re.compile(r"\s*-->").match(text, found.end) if found.end else None
        return found._replace(end=closing.end()) if closing else NONE
    return NONE


def _front_matter_json(text: str, begin: int, broken: bool) -> FrontMatter:
    try:
        _, end = json.JSONDecoder().raw_decode(text[: begin + _MAX_SIZE], begin)
    except (ValueError, RecursionError) as error:
        if not broken:
            return NONE
        line = getattr(error, "lineno", _line(text, begin))
        raise Unreadable(f"its JSON front matter is broken in line {line}: {getattr(error, 'msg', 'nested too deeply')}; mend it") from None
    return _front_matter(*_json(text, text[begin:end], begin), end=end)


def _front_matter(meta: Any, scalars: list[Scalar], end: int) -> FrontMatter:
    blocks = []
    for scalar in scalars:
        scope = _scope(scalar)
        if not scope:
            continue
        prose = Prose()
        for piece, start, length in scalar.pieces:
            if len(piece) == length:
                for event in spell(piece, start):
                    prose.add(event.text, event.start, event.length)
            else:
                prose.add(piece, start, length)
        done = prose.finish()
        if done:
            blocks.append(Block(scope, done[0], done[1], level=1 if scope == "title" else 0, links=done[2]))
    return FrontMatter(meta if isinstance(meta, dict) else {}, tuple(blocks), end)


def _scope(scalar: Scalar) -> str | None:
    """`title`, `meta.<key>`, or None for a value that no reader reads as prose."""
    keys = [key for key in scalar.keys if key]
    if not keys or not scalar.value.strip():
        return None
    if keys == ["title"]:
        return "title"
    if re.match(r"(?:https?:|/|\.{1,2}/|#)\S*$", scalar.value.strip()):
        return None
    named = _COPY_KEYS.fullmatch(keys[-1]) or (
        len(keys) > 1 and keys[0].lower() in ("seo", "og", "meta") and not _NO_COPY.fullmatch(keys[-1])
    )
    if named or (not _NO_COPY.fullmatch(keys[-1]) and _SENTENCE.match(scalar.value.strip())):
        return "meta." + ".".join(keys)
    return None


def _line(text: str, offset: int) -> int:
    return len(re.findall(r"\r\n|\r|\n", text[:offset])) + 1


# YAML: built from parse events, so that depth, aliases, tags and duplicate keys are refused before anything is composed


def _yaml(text: str, raw: str, begin: int) -> tuple[Any, list[Scalar]]:
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    scalars: list[Scalar] = []
    result: Any = None

    def refuse(reason: str, at: int) -> Unreadable:
        return Unreadable(f"its front matter is broken in line {_line(text, begin + at)}: {reason}")

    frames: list[tuple[Any, str | None]] = []  # (container, key that waits for its value)
    path: list[str] = []  # the keys of the open containers

    def place(value: Any, at: int) -> None:
        nonlocal result
        if not frames:
            result = value
            return
        container, key = frames[-1]
        if isinstance(container, list):
            container.append(value)
        elif key is None:
            raise refuse("a key must be plain text", at)
        else:
            container[key] = value
            frames[-1] = (container, None)

    try:
        for event in yaml.parse(raw, Loader=loader):
            assert event.start_mark is not None and event.end_mark is not None  # the parser sets both on every event
            at = event.start_mark.index
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise refuse("anchors and aliases (& and *) are not read; write the value out", at)
            if getattr(event, "tag", None):
                raise refuse("tags (!) are not read; leave them out", at)
            if isinstance(event, yaml.ScalarEvent):
                if frames and isinstance(frames[-1][0], dict) and frames[-1][1] is None:
                    if event.value == "<<":
                        raise refuse("merge keys (<<) are not read; write the values out", at)
                    if event.value in frames[-1][0]:
                        raise refuse(f"the key {event.value[:40]!r} stands there twice", at)
                    frames[-1] = (frames[-1][0], event.value)
                    continue
                value = _plain(event.value) if event.style is None else event.value
                if isinstance(value, str):
                    keys = (*path, _key(frames))
                    pieces = tuple(_yaml_pieces(raw[at : event.end_mark.index], begin + at, event.style))
                    scalars.append(Scalar(keys, pieces, value))
                place(value, at)
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                if len(frames) >= _MAX_DEPTH:
                    raise refuse(f"it is nested more than {_MAX_DEPTH} deep", at)
                container: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
                path.append(_key(frames))
                place(container, at)
                frames.append((container, None))
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                frames.pop()
                path.pop()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise refuse(error.problem or error.context or "it is no YAML", mark.index if mark else 0) from None
    except yaml.YAMLError as error:
        raise refuse(str(error).splitlines()[0], 0) from None
    if result is not None and not isinstance(result, dict):
        raise refuse("it must be keys with values", 0)
    return result, scalars


def _key(frames: list[tuple[Any, str | None]]) -> str:
    """The key whose value comes next; "" in a list and at the top."""
    return (frames[-1][1] or "") if frames else ""


def _plain(value: str) -> Any:
    """A plain scalar as YAML 1.2 reads it: dates, `no` and 012 stay text."""
    if value in ("", "~", "null", "Null", "NULL"):
        return None
    if value in ("true", "True", "TRUE"):
        return True
    if value in ("false", "False", "FALSE"):
        return False
    if re.fullmatch(r"[-+]?(?:0|[1-9][0-9]{0,17})", value):
        return int(value)
    if re.fullmatch(r"[-+]?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,18}", value):
        return float(value)
    return value


_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|\r\n|.)", re.DOTALL)
_SIMPLE = {
    "n": "\n",
    "t": " ",
    "r": "\n",
    "b": "",
    "f": " ",
    "0": "",
    "a": "",
    "e": "",
    "v": " ",
    "N": "\n",
    "_": " ",
    "L": "\n",
    "P": "\n",
}


def _escaped(raw: str, start: int) -> Iterator[tuple[str, int, int]]:
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
        yield from _escaped(raw[1:-1], start + 1)
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

_LITERAL = re.compile(r'"""(?:[^\\]|\\.)*?"""|\'\'\'.*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL)
_TOML_LINE = re.compile(r"[ \t]*(?:\[\[?\s*([^\]\n]+?)\s*\]\]?[ \t]*(?:#.*)?$|((?:[\w.-]|\"[^\"\n]*\"|'[^'\n]*')+)[ \t]*=)", re.MULTILINE)


def _toml(text: str, raw: str, begin: int) -> tuple[Any, list[Scalar]]:
    import tomllib

    if _nesting(raw) > _MAX_DEPTH:
        raise Unreadable(f"its TOML front matter is nested more than {_MAX_DEPTH} deep")
    try:
        meta = tomllib.loads(raw.replace("\r\n", "\n").replace("\r", "\n"))
    except (ValueError, RecursionError) as error:
        reason = re.sub(r" \(at line (\d+), column \d+\)", "", str(error))
        line = re.search(r"at line (\d+)", str(error))
        at = _line(text, begin) + (int(line[1]) - 1 if line else 0)
        raise Unreadable(f"its TOML front matter is broken in line {at}: {reason}") from None
    scalars: list[Scalar] = []
    table: tuple[str, ...] = ()
    at = 0
    while match := _TOML_LINE.search(raw, at):
        if match.start() and raw[match.start() - 1] not in "\n\r":
            at = match.end()
            continue
        at = match.end()
        if match[1]:
            table = tuple(part.strip(" \"'") for part in match[1].split("."))
            continue
        keys = (*table, *(part.strip(" \"'") for part in match[2].split(".")))
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
                at = raw.find("\n", at)
                at = len(raw) if at < 0 else at
                continue
            depth += (char in "[{") - (char in "]}")
            if char == "\n" and depth <= 0:
                break
            at += 1
    return meta, scalars


def _literal(keys: tuple[str, ...], literal: str, start: int) -> Scalar:
    width = 3 if literal[:3] in ('"""', "'''") and len(literal) >= 6 else 1
    inner = literal[width:-width]
    pieces = tuple(_escaped(inner, start + width)) if literal[0] == '"' else ((inner, start + width, len(inner)),)
    return Scalar(keys, pieces, "".join(piece[0] for piece in pieces))


def _nesting(raw: str) -> int:
    deepest = depth = 0
    for match in re.finditer(r"[\[\]{}]", raw):
        depth += 1 if match.group() in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


_JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]')


def _json(text: str, raw: str, begin: int) -> tuple[Any, list[Scalar]]:
    if _nesting(raw) > _MAX_DEPTH:
        raise Unreadable(f"its JSON front matter is nested more than {_MAX_DEPTH} deep")

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                raise Unreadable(f"its JSON front matter has the key {key[:40]!r} twice")
            found[key] = value
        return found

    try:
        meta = json.loads(raw, object_pairs_hook=unique)
    except (json.JSONDecodeError, RecursionError) as error:
        line = _line(text, begin + getattr(error, "pos", 0))
        raise Unreadable(f"its JSON front matter is broken in line {line}: {getattr(error, 'msg', 'nested too deeply')}") from None
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
    return meta, scalars


Parser = Callable[[str, str, int], tuple[Any, list[Scalar]]]
