"""The Markdown reader: CommonMark with tables, strikethrough and footnotes, raw HTML inside; tokens into events with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from markdown_it.token import Token

from copycheck.document import PLACEHOLDER
from copycheck.readers.commonmark import defused, parser
from copycheck.readers.events import CONTROL, Close, Event, Note, Open, Remark, Text, Value, spell
from copycheck.readers.places import Cells, Places
from copycheck.readers.scanner import scan
from copycheck.source import Unreadable

_TAGS = {"paragraph": "p", "bullet_list": "ul", "ordered_list": "ol", "list_item": "li", "footnote_reference": "#note"}
_KEPT = frozenset("blockquote table thead tbody tr td th".split())
_PROSE_LINE = re.compile(r"(?<![A-Za-z“”‘’'\",;:-])(?:[A-Za-z“”‘’'\",;:-]++[ \t]++){4}")
_HOLDERS = frozenset("blockquote_open list_item_open footnote_reference_open container_box_open".split())
_BOXES = re.compile(  # “> [!NOTE]” of a callout, “- [x]” of a task
    r"^([ \t]{0,8}(?:>[ \t]{0,8}){1,9}(?=\[!)|[ \t]{0,40}(?:>[ \t]{0,8}){0,9}(?:[-*+]|\d{1,9}[.)])[ \t]{1,4}(?=\[[ xX]))"
    r"(\[(?:!\w{1,20}|[ xX])\][-+]?)(?=[ \t\r\n]|\Z)",
    re.MULTILINE,
)
_BOX_TITLE = re.compile(r"(?<!:):{3,}+[ \t]*+\w++(?:[ \t]++|\[)([^\s{\]][^{\]\n]*+)")  # ":::tip Rest", ":::note[Rest]"
_SENTENCE = re.compile(r"\s*[\"“‘'(]*[A-Z]")
_BYLINE = re.compile(r"^[ \t]*+(?:Author:|By:?|Written by:?|(?:Medically )?Reviewed by:?)[ \t]++[A-Z]", re.MULTILINE)
_CODE_LINE = re.compile(r"[{};=<>]|^[ \t]*+(?:\$|#|//)", re.MULTILINE)


def events(text: str, indented_code: bool = True) -> Iterator[Event]:
    """Events of a cleaned and masked Markdown text with `\\n` line ends.

    Raises Unreadable where blocks are nested deeper than they are parsed: nine lists in each other.
    """
    text = defused(_BOXES.sub(lambda match: match[1] + CONTROL * len(match[2]), text))
    starts = [0, *(match.end() for match in re.finditer("\n", text)), len(text) + 1]
    cells = Cells()
    kinds: list[str] = []
    boxes = ":::" in text  # their rule asks for a character of each line, which an empty quotation at the end of the text lacks
    markdown = parser(indented_code, boxes)
    deepest = markdown.options["maxNesting"] - 1
    for token in markdown.parse(text + "\n" * boxes):
        kind = token.type
        if token.level >= deepest and kind in _HOLDERS and token.map:
            raise Unreadable(f"line {token.map[0] + 1} stands too deep in lists or quotations to be read; take it out of some of them")
        if kind == "inline":
            places = Places(token, text, starts, cells if kinds and kinds[-1] in ("td", "th") else None)
            yield from _inline(token.children or [], token.content, places)
        elif kind == "html_block":
            yield from _moved(scan(token.content), Places(token, text, starts, None))
        elif kind == "code_block":
            yield from _indented(token.content, Places(token, text, starts, None))
        elif kind == "hr":
            yield Open("hr")
        elif kind == "container_box_open" and token.map:
            yield from _box(text[starts[token.map[0]] : starts[token.map[0] + 1]], starts[token.map[0]])
        elif token.nesting and not kind.startswith("container_"):
            name = kind[: kind.rindex("_")]
            tag = token.tag if name == "heading" or name in _KEPT else _TAGS.get(name)
            if token.nesting == 1:
                kinds.append(name)
                if tag:
                    label = {"label": Value(str(token.meta.get("label", "")), 0)} if tag == "#note" else {}
                    yield Open(tag, label, starts[token.map[0]] if token.map else -1)
            else:
                kinds.pop()
                if tag:
                    yield Close(tag)


def _box(line: str, start: int) -> Iterator[Event]:
    """The title of a block between lines of `:::`, which stands in the first of them."""
    title = _BOX_TITLE.search(line)
    if title:
        yield Open("p")
        yield from spell(title[1].rstrip(), start + title.start(1), entities=False)
        yield Close("p")


def _inline(tokens: list[Token], content: str, places: Places, base: int = 0) -> Iterator[Event]:
    for token in tokens:
        kind = token.type
        segments = token.meta.get("segments") or [(0, 0, 0)]
        at, length = base + segments[0][1], segments[0][2]
        if kind in ("text", "text_special"):
            for index, (offset, begin, size) in enumerate(segments):
                end = segments[index + 1][0] if index + 1 < len(segments) else len(token.content)
                piece = token.content[offset:end]
                whole = len(piece) == size or kind == "text"  # text lacks the blanks at the end of a line
                if whole and content.startswith(piece, base + begin):
                    for start, source, count in places.pieces(base + begin, len(piece)):
                        yield from spell(content[start : start + count], source, entities=False)
                elif piece:
                    source = places(base + begin)
                    yield Text(piece, source, max(places(base + begin + size - 1) + 1 - source, 1))
        elif kind == "softbreak":
            yield Text(" ", places(at), 1)
        elif kind == "hardbreak":
            start = places(at)
            yield Open("br", {}, start, start + 1)
        elif kind == "code_inline":
            start = places(at)
            yield Text(PLACEHOLDER, start, max(places(at + length - 1) + 1 - start, 2))
        elif kind == "html_inline":
            yield from _moved(scan(token.content, at), places)
        elif kind == "link_open":
            yield Open(
                "a",
                {key: Value(str(value), 0) for key, value in token.attrs.items() if key != "title"}
                | ({"bare": Value("", 0)} if token.info == "auto" else {}),
            )
        elif kind == "link_close":
            yield Close("a")
        elif kind == "image":
            yield from _image(token, content, places, at, length)
        elif kind == "footnote_ref":
            start = places(at)
            yield Note(str(token.meta["label"]), start, places(at + length - 1) + 1 - start)


def _image(token: Token, content: str, places: Places, at: int, length: int) -> Iterator[Event]:
    source = Value(str(token.attrs.get("src", "")), 0)
    start = places(at)
    if not token.content.strip():
        yield Open("img", {"src": source}, start, places(at + length - 1) + 1)
        return
    yield Open("#alt", {"src": source}, start)
    yield from _inline([child for child in token.children or [] if child.type != "image"], content, places, at + 2)
    yield Close("#alt")


def _moved(events: Iterator[Event], places: Callable[[int], int]) -> Iterator[Event]:
    """Events of an HTML passage with offsets into its content, moved to their places in the source."""
    for event in events:
        if isinstance(event, Text):
            yield from _moved_text(event, places)
        elif isinstance(event, Open):
            attributes = {key: _moved_value(value, places) for key, value in event.attributes.items()}
            yield Open(event.name, attributes, places(event.start), places(event.end - 1) + 1, event.empty)
        elif isinstance(event, Close):
            yield Close(event.name, places(event.start), places(event.end - 1) + 1)
        elif isinstance(event, Remark):
            yield Remark(places(event.start), places(event.end - 1) + 1)


def _moved_value(value: Value, places: Callable[[int], int]) -> Value:
    """The value at its place; what stands before its later lines there, indentation and marks of quotations, is blank."""
    start, at, moved = places(value.start), value.start, ""
    for line in value.raw.split("\n") if "\n" in value.raw else ():
        copy = line.lstrip(" \t")
        moved = moved.ljust(places(at + len(line) - len(copy)) - start) + copy + "\n"
        at += len(line) + 1
    return Value(moved[:-1] or value.raw, start)


def _moved_text(event: Text, places: Callable[[int], int]) -> Iterator[Text]:
    if len(event.text) != event.length:
        start = places(event.start)
        yield Text(event.text, start, places(event.start + event.length - 1) + 1 - start)
        return
    at = 0
    for line in event.text.splitlines(keepends=True) if "\n" in event.text else [event.text]:
        yield Text(line, places(event.start + at), len(line))
        at += len(line)


def _indented(content: str, places: Places) -> Iterator[Event]:
    """An indented passage: mark-up, sentences and a byline are copy that was indented by its template, the rest is code."""
    if content.lstrip().startswith("<"):
        yield from _moved((event for event in scan(content) if not isinstance(event, Remark)), places)  # code: no place for directives
    elif _is_prose(content[:4000], content.rstrip("\"”’') \n")[-1:]):
        yield Open("p")
        yield from _moved(iter([Text(content, 0, len(content))]), places)
        yield Close("p")


def _is_prose(opening: str, last: str) -> bool:
    """Sentences, from the first capital to the last stop, or a byline; a command in plain words has neither."""
    whole = _SENTENCE.match(opening) and last in (".", "!", "?", ":")
    return bool((whole and _PROSE_LINE.search(opening)) or _BYLINE.search(opening)) and not _CODE_LINE.search(opening)
