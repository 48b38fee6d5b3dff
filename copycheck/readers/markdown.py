"""The Markdown reader: CommonMark with tables, strikethrough and footnotes, raw HTML inside; markdown-it-py with exact offsets.

markdown-it-py tells lines but not columns. Its inline rules are wrapped (public ruler API) so that every text token
remembers which characters of its paragraph it stands for; the paragraph's own lines are found as suffixes of source lines.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from copycheck.document import PLACEHOLDER
from copycheck.readers.events import CONTROL, Close, Event, Note, Open, Remark, Text, Value, spell
from copycheck.readers.scanner import scan

_TAGS = {"paragraph": "p", "bullet_list": "ul", "ordered_list": "ol", "list_item": "li", "footnote_reference": "#note"}
_KEPT = frozenset("blockquote table thead tbody tr td th".split())
_PROSE_LINE = re.compile(r"(?:[A-Za-z“”‘’'\",;:-]+\s+){4,}")
_CODE_LINE = re.compile(r"[{};=<>]|^\s*(?:\$|#|//)", re.MULTILINE)


def events(text: str, indented_code: bool = True) -> Iterator[Event]:
    """Events of a cleaned and masked Markdown text with `\\n` line ends."""
    text = _defused(text)
    starts = [0]
    find = text.find("\n")
    while find >= 0:
        starts.append(find + 1)
        find = text.find("\n", find + 1)
    starts.append(len(text) + 1)
    cells = _Cells()
    kinds: list[str] = []
    for token in _parser(indented_code).parse(text):
        kind = token.type
        if kind == "inline":
            places = _Places(token, text, starts, cells if kinds and kinds[-1] in ("td", "th") else None)
            yield from _inline(token.children or [], token.content, places)
        elif kind == "html_block":
            places = _Places(token, text, starts, None)
            yield from _moved(scan(token.content), places)
        elif kind == "code_block":
            places = _Places(token, text, starts, None)
            yield from _indented(token.content, places)
        elif kind == "hr":
            yield Open("hr")
        elif token.nesting:
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


class _Places:
    """Source offsets of the characters of a block token's content."""

    def __init__(self, token: Token, text: str, starts: list[int], cells: _Cells | None) -> None:
        first = token.map[0] if token.map else 0
        self.lines: list[int | list[int]] = []
        self.begins = [0]
        lines = token.content.split("\n")
        for index, line in enumerate(lines):
            number = min(first + index, len(starts) - 2)
            start = starts[number]
            if cells is not None:
                self.lines.append(cells.find(line, text, start, starts[number + 1] - 1))
            else:
                self.lines.append(start + _column(line, text[start : starts[number + 1] - 1]))
            self.begins.append(self.begins[-1] + len(line) + 1)

    def __call__(self, offset: int) -> int:
        index = min(bisect_right(self.begins, offset) - 1, len(self.lines) - 1)
        line, into = self.lines[index], offset - self.begins[index]
        if isinstance(line, int):
            return line + into
        return line[min(into, len(line) - 1)]

    def pieces(self, offset: int, length: int) -> Iterator[tuple[int, int, int]]:
        """(content offset, source offset, length) of stretches of content that are contiguous in the source."""
        while length:
            index = min(bisect_right(self.begins, offset) - 1, len(self.lines) - 1)
            line, into = self.lines[index], offset - self.begins[index]
            count = min(length, self.begins[index + 1] - offset)
            if not isinstance(line, int):
                begin = line[min(into, len(line) - 1)]
                run = 1
                while run < count and into + run < len(line) and line[into + run] == begin + run:
                    run += 1
                count = run
            yield offset, self(offset), count
            offset, length = offset + count, length - count


def _column(line: str, body: str) -> int:
    """Where a content line, a suffix of its source line but for trailing marks, starts."""
    kept, source = line.rstrip(), body.rstrip()
    if source.endswith(kept):
        return len(source) - len(kept)
    bare = kept.lstrip()
    if source.endswith(bare):  # a tab that was split into blanks
        return max(len(source) - len(bare) - (len(kept) - len(bare)), 0)
    return max(body.find(bare), 0)


class _Cells:
    """Finds the cells of table rows from left to right."""

    def __init__(self) -> None:
        self.row, self.cursor = -1, 0

    def find(self, line: str, text: str, start: int, end: int) -> int | list[int]:
        """Where the content of the next cell of the row text[start:end] begins; a map by character where `\\|` was unescaped."""
        kept = line.rstrip()
        if start != self.row:
            self.row, self.cursor = start, start
        if "|" not in kept:
            found = text.find(kept, self.cursor, end)
            found = self.cursor if found < 0 else found
            self.cursor = found + len(kept)
            return found
        match = re.compile(re.escape(kept).replace(r"\|", r"\\?\|")).search(text, self.cursor, end)
        if not match:
            return self.cursor
        self.cursor = match.end()
        places, at = [], match.start()
        for char in kept:
            at += char == "|" and text[at] == "\\"
            places.append(at)
            at += 1
        return [*places, at]


def _text(content: str, begin: int, places: _Places) -> Iterator[Text]:
    """Text events of content[…] that stands character by character for paragraph content from `begin` on."""
    for offset, source, count in places.pieces(begin, len(content)):
        yield from spell(content[offset - begin : offset - begin + count], source, entities=False)


def _inline(tokens: list[Token], content: str, places: _Places, base: int = 0) -> Iterator[Event]:
    for token in tokens:
        kind = token.type
        segments = token.meta.get("segments") or [(0, 0, 0)]
        at, length = base + segments[0][1], segments[0][2]
        if kind in ("text", "text_special"):
            for index, (offset, begin, size) in enumerate(segments):
                end = segments[index + 1][0] if index + 1 < len(segments) else len(token.content)
                piece = token.content[offset:end]
                if len(piece) == size and piece == content[base + begin : base + begin + size]:
                    yield from _text(piece, base + begin, places)
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
            yield from _moved(scan(token.content), partial(_place, places, at))
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


def _image(token: Token, content: str, places: _Places, at: int, length: int) -> Iterator[Event]:
    source = Value(str(token.attrs.get("src", "")), 0)
    start = places(at)
    if not token.content.strip():
        yield Open("img", {"src": source}, start, places(at + length - 1) + 1)
        return
    yield Open("#alt", {"src": source}, start)
    inner = [child for child in token.children or [] if child.type != "image"]
    yield from _inline(inner, content, places, at + 2)
    yield Close("#alt")


def _moved(events: Iterator[Event], places: Callable[[int], int]) -> Iterator[Event]:
    """Events of an HTML passage with offsets into its content, moved to their places in the source."""
    for event in events:
        if isinstance(event, Text):
            yield from _moved_text(event, places)
        elif isinstance(event, Open):
            attributes = {key: Value(value.raw, places(value.start)) for key, value in event.attributes.items()}
            yield Open(event.name, attributes, places(event.start), places(event.end - 1) + 1, event.empty)
        elif isinstance(event, Close):
            yield Close(event.name, places(event.start), places(event.end - 1) + 1)
        elif isinstance(event, Remark):
            yield Remark(places(event.start), places(event.end - 1) + 1)


def _moved_text(event: Text, places: Callable[[int], int]) -> Iterator[Text]:
    if len(event.text) != event.length:
        start = places(event.start)
        yield Text(event.text, start, places(event.start + event.length - 1) + 1 - start)
        return
    at = 0
    for line in event.text.splitlines(keepends=True) if "\n" in event.text else [event.text]:
        yield Text(line, places(event.start + at), len(line))
        at += len(line)


def _indented(content: str, places: _Places) -> Iterator[Event]:
    """An indented passage: mark-up and sentences are copy that was indented by its template, the rest is code."""
    if content.lstrip().startswith("<"):
        yield from _moved(scan(content), places)
    elif _PROSE_LINE.search(content[:4000]) and not _CODE_LINE.search(content[:4000]):
        yield Open("p")
        yield from _moved(iter([Text(content, 0, len(content))]), places)
        yield Close("p")


def _place(places: Callable[[int], int], at: int, offset: int) -> int:
    """The place of an offset into a token's content that begins at `at`."""
    return places(at + offset)


_RUN = re.compile(r"([\[\]!(*_~`<&|\\])(?:[ \t]?\1){63,}|(?:<!--\s*){32,}|(?:!?\[){32,}|(?:\]\(){32,}")
_DENSE = 4000  # marks in one paragraph; beyond that it is no writing, and its marks are taken for text
_MARK = re.compile(r"[\[\]<`*_~&\\!|]")


def _defused(text: str) -> str:
    """The text with absurd runs of mark-up replaced by letters, which keeps markdown-it linear."""
    text = _RUN.sub(lambda match: CONTROL * len(match.group()), text)
    if len(text) < _DENSE or len(_MARK.findall(text)) < _DENSE:
        return text
    parts = []
    for paragraph in re.split(r"(\n[ \t]*\n)", text):
        dense = len(paragraph) > _DENSE and len(_MARK.findall(paragraph)) > _DENSE
        parts.append(_MARK.sub(CONTROL, paragraph) if dense else paragraph)
    return "".join(parts)


# the parser with its inline rules wrapped


@lru_cache(maxsize=2)
def _parser(indented_code: bool) -> MarkdownIt:
    parser = MarkdownIt("gfm-like", {"linkify": False}).use(footnote_plugin)
    parser.disable(["text_join", "linkify", "footnote_inline", "footnote_tail"])
    if not indented_code:
        parser.disable("code")
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]  # addresses stay as written
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    ruler = parser.inline.ruler
    ruler.push("anychar", _any_character)
    for rule in ruler.__rules__:
        rule.fn = _located(rule.fn)
    for after in parser.inline.ruler2.__rules__:
        if after.name == "fragments_join":
            after.fn = _joined(after.fn)
    ruler.__cache__ = None
    parser.inline.ruler2.__cache__ = None
    return parser


def _any_character(state: Any, silent: bool) -> bool:
    """The tokenizer's fall-back as a rule, so that it can be wrapped."""
    if not silent:
        state.pending += state.src[state.pos]
    state.pos += 1
    return True


def _prepare(state: Any) -> None:
    """Make a state remember where its pending text came from: (offset in the text, position, length)."""
    state.segments = []
    push = state.pushPending

    def push_pending() -> Token:
        token: Token = push()
        token.meta = {**token.meta, "segments": state.segments}
        state.segments = []
        return token

    state.pushPending = push_pending


def _located(rule: Callable[[Any, bool], bool]) -> Callable[[Any, bool], bool]:
    def located(state: Any, silent: bool) -> bool:
        if silent:
            return rule(state, True)
        if not hasattr(state, "segments"):
            _prepare(state)
        begin, count, pending = state.pos, len(state.tokens), len(state.pending)
        if not rule(state, False):
            return False
        if len(state.tokens) == count:
            if len(state.pending) > pending:
                state.segments.append((pending, begin, state.pos - begin))
            return True
        at = begin
        for token in state.tokens[count:]:
            if "segments" in token.meta:
                continue
            if token.type == "text":
                at = max(at, state.src.find(token.content, at, state.pos))
                token.meta = {**token.meta, "segments": [(0, at, len(token.content))]}
                at += len(token.content)
            else:
                token.meta = {**token.meta, "segments": [(0, begin, state.pos - begin)]}
        return True

    return located


def _joined(rule: Callable[[Any], None]) -> Callable[[Any], None]:
    def joined(state: Any) -> None:
        run: list[Token] = []
        for token in [*state.tokens, None]:
            if token is not None and token.type == "text" and "segments" in token.meta:
                run.append(token)
                continue
            if len(run) > 1:
                segments, offset = [], 0
                for part in run:
                    segments += [(at + offset, begin, size) for at, begin, size in part.meta["segments"]]
                    offset += len(part.content)
                run[-1].meta = {**run[-1].meta, "segments": segments}
            run = []
        rule(state)

    return joined
