"""Front matter: YAML, TOML or JSON above the text; its values and those that are copy, with their places."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from copycheck.document import Block
from copycheck.readers.events import spell
from copycheck.readers.prose import Prose
from copycheck.readers.values import Scalar, Values, line_of, read_json, read_toml, read_yaml
from copycheck.source import Unreadable

_MAX_SIZE = 64 * 1024
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
_SENTENCE = re.compile(r"\w++[,;]?\s++(?:\S++\s++){3}[^.!?…]*+[.!?…]")


class FrontMatter(NamedTuple):
    """The parsed mapping, its copy as blocks, where the text begins, and what kept it from being read."""

    meta: Mapping[str, Any]
    blocks: tuple[Block, ...]
    end: int
    problem: str | None = None


NONE = FrontMatter({}, (), 0)
_PARSERS: dict[str, Callable[[str, int, int], Values]] = {"---": read_yaml, "+++": read_toml, ";;;": read_json}
_FENCES = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*\r?$", re.MULTILINE),
    ";;;": re.compile(r"^;;;[ \t]*\r?$", re.MULTILINE),
}
_OPEN = re.compile(r"\s*?(---|\+\+\+|;;;)[ \t]*(?:\r\n|\r|\n)")
_YAML_KEY = re.compile(
    r"(?:[ \t]*+(?:#[^\r\n]*+)?(?>\r\n|\r|\n))*+(?:[\w.$@-][\w .$@/:-]{0,200}|\"[^\"\n]*+\"|'[^'\n]*+')[ \t]{0,20}:(?:\s|$)"
)


def read(text: str) -> FrontMatter:
    """The front matter of a cleaned text; one that cannot be parsed is left out, with its problem.

    Raises Unreadable where its end is unknown.
    """
    opening = _OPEN.match(text)
    if opening:
        fence, begin = opening[1], opening.end()
        closing = _FENCES[fence].search(text, begin)
        inside = text[begin : closing.start()].strip() if closing else ""
        if fence == "---" and not (_YAML_KEY.match(text, begin) or (closing and (not inside or inside.startswith("{")))):
            return NONE  # a thematic break
        if not closing:
            line = line_of(text, opening.start(1))
            raise Unreadable(f"its front matter, opened in line {line} by {fence}, is never closed; add a line {fence} after it")
        end = closing.end()
        if closing.start() - begin > _MAX_SIZE:
            problem = f"its front matter is longer than {_MAX_SIZE // 1024} kB; move the text below the closing {fence}"
            return FrontMatter({}, (), end, problem)
        try:
            return _front_matter(_PARSERS[fence](text, begin, closing.start()), end)
        except Unreadable as error:
            return FrontMatter({}, (), end, str(error))
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
        line = getattr(error, "lineno", line_of(text, begin))
        raise Unreadable(
            f"its JSON front matter is broken in line {line}: {getattr(error, 'msg', None) or 'nested too deeply, or a number is too long'}"
        ) from None
    return _front_matter(read_json(text, begin, end), end)


def _front_matter(values: Values, end: int) -> FrontMatter:
    blocks = []
    for scalar in values.scalars:
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
        level = 1 if scope == "title" else 0
        blocks += [Block(scope, text, segments, level=level, links=links) for text, segments, links in prose.finish()]
    return FrontMatter(values.data if isinstance(values.data, dict) else {}, tuple(blocks), end)


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
