"""JSX: pages written as JavaScript or TypeScript modules (React, Next.js, Remix): the copy in their elements and in their strings.

A module is read in one pass that knows code, strings, comments and elements apart. What stands in an element is read as HTML. A string of
the code that reads like words (`answer: "Most patients drive home."`) is a paragraph, or a heading where its key says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from copycheck.document import PLACEHOLDER
from copycheck.readers import mdx
from copycheck.readers.elements import INLINE
from copycheck.readers.events import Close, Event, Open, Remark, Text, Unread, spell
from copycheck.readers.scanner import RAW, Index, scan
from copycheck.readers.values import escaped

MODULE = re.compile(
    r"""\A\s*+(?:(?:/\*(?:[^*]|\*(?!/))*+\*/|//[^\n]*+|["']use \w++["'];?)\s*+)*+"""
    r"""(?:import\b[^;\n]*?["'{*]|export\s++(?:default|const|function|async)\b)"""
)
"""How the text of a module begins."""
_CODE = re.compile(r"""["'`]|//|/\*|[<{}]|(?:(?<=[(,=:!&|?>])|\breturn)\s*+/(?![/*>])(?:[^/\\[\n]|\\.|\[[^]\n]{0,200}+\]){1,400}+/""")
_CHILD = re.compile(r"[<{]")
_STRING = {
    '"': re.compile(r'"((?:[^"\\\n]|\\.)*+)"'),
    "'": re.compile(r"'((?:[^'\\\n]|\\.)*+)'"),
    "`": re.compile(r"`((?:[^`\\]|\\.)*+)`", re.DOTALL),
}
_BLANK = re.compile(r"""\{\s*+(?:"[ \t]++"|'[ \t]++'|`[ \t]++`)\s*+\}""")  # {" "} between words
_BEFORE_ELEMENT = re.compile(r"(?:[(=?:&|,\[{}>;]|\breturn|\bdefault|\belse|\A)\Z")
_KEY = re.compile(r"""(?:[{,\n]|\A)[^\S\n]*+["']?([A-Za-z_][\w-]*+)["']?\s*+:\s*+\Z""")
_NO_WORDS = re.compile(r"<[^<>]*+>|\\.|&#?\w++;|\$\{[^{}]*+\}")
_PART = re.compile(r"(\$\{[^{}]*+\})")
_NO_COPY = frozenset(
    "class classname style styles id key href src srcset url link image img icon path slug type variant color bg theme d viewbox rel target"
    " keywords query canonical width height size sizes layout font locale format schema context code sku sx css classes".split()
)
_FOR_DEVELOPERS = re.compile(
    r"\b(?:new\s+\w*Error|(?:console|log|logger)\.\w+|assert|import|invariant|require)\s*+\([^;{}()]*+\Z|\b(?:from|import|throw)\s*+\Z"
)
"""What stands before a string that no reader sees: an error's or a log's, the name of a module."""
_ATTRIBUTE = re.compile(r"(?<![\w:.-])([\w:.-]++)\s*+=\s*+\Z")
_TAG = re.compile(r"<([A-Za-z][\w.:-]*+)[^<>]*+\Z")
_HEADINGS = frozenset("title heading headline question q h1 h2 h3 header".split())
_WORD = re.compile(r"[(“\"']?[A-Za-z][A-Za-z’']*+(?:-[A-Za-z]++)?[.,;:!?)”\"']*+")
_PROSE = 4  # words of a string that is copy whatever its key is
_LOOK_BACK = 60
_MAX_DEPTH = 8  # of attributes that hold elements with attributes; each level is read once more than the one around it


@dataclass
class _Module:
    """A module while it is read."""

    text: str
    index: Index
    said: set[str] = field(default_factory=set)  # strings of the code: metadata repeats them
    spare: int = mdx.MOST_WASTED


def events(text: str) -> Iterator[Event]:
    """The events of a module."""
    return _read(_Module(text, Index(text)), 0, len(text))


def reader(text: str) -> Callable[..., list[Event]]:
    """What gives the copy of the code in a stretch of a page of another format: see `_passage`."""
    return partial(_passage, _Module(text, Index(text)))


def _passage(module: _Module, start: int, end: int, key: str = "", name: str = "", depth: int = 0) -> list[Event]:
    """The copy of an expression in braces or a stretch of code; of an attribute's as a block of its own.

    `key` and `name` are those of the attribute and its tag. Where a reader of HTML has found the braces, what stands before tells them.
    """
    if not name:
        before = module.text[max(start - 4 * _LOOK_BACK, 0) : start]
        if attribute := _ATTRIBUTE.search(before):
            tag = _TAG.search(before)
            key, name = attribute[1].lower(), tag[1] if tag else "span"
    if key in _NO_COPY or key.startswith(("on", "data-")) or name in RAW:
        return []
    if depth > _MAX_DEPTH:
        return [Unread(start, end)]
    inline = name in INLINE if key else module.text.startswith("{", start)
    found = [*_read(module, start, end, key, depth, int(inline))]
    if key and any(isinstance(event, Text) and event.text.strip() for event in found):
        around = "#alt" if inline else "h3" if key in _HEADINGS else "div"
        found = [Open(around, {}, start, start), *found, Close(around, end, end)]
    return found


def _read(module: _Module, start: int, end: int, key: str = "", depth: int = 0, elements: int = 0) -> Iterator[Event]:
    """The events of text[start:end], which is code, within so many elements; `key`: of the attribute that it is the value of."""
    text, index, at = module.text, module.index, start
    opened: list[tuple[str, str]] = []  # components and what they were read as
    stack: list[bool] = []  # what is open: an element (or fragment), else a bracket of code
    silent = -1  # where an expression in an element begins that has put no words there yet
    while at < end:
        inside = bool(stack) and stack[-1]
        match = (_CHILD if inside else _CODE).search(text, at, end)
        if inside:
            yield from spell(text[at : match.start() if match else end], at)
        if not match:
            return
        begin, at, mark = match.start(), match.end(), match.group()
        if mark == "<" and module.spare > 0 and (inside or _BEFORE_ELEMENT.search(text[max(begin - _LOOK_BACK, 0) : begin].rstrip()[-8:])):
            read = mdx.read_tag(text, begin, index)
            if isinstance(read, int):
                module.spare -= read
                if inside:
                    yield Text("<", begin, 1)
                continue
            at = read.end
            closing = text.startswith("/", begin + 1)
            if closing and inside:
                stack.pop()
                elements -= 1
            elif not closing and not (read.event is not None and text.startswith("/>", at - 2)):
                stack.append(True)
                elements += 1
            silent = -1
            if read.event:
                tag = mdx.component(read.event, opened, own_line=True)
                yield from mdx.put_back(at, tag)
                for value in read.values:
                    yield from _passage(module, *value, tag.name, depth + 1)
        elif mark == "{" and inside and (blank := _BLANK.match(text, begin, end)):
            yield Text(" ", begin, blank.end() - begin)
            at = blank.end()
        elif mark == "{":
            stack.append(False)
            if inside:
                silent = begin
        elif mark == "}" and stack:
            stack.pop()
            if silent >= 0 and stack and stack[-1]:
                yield Text(PLACEHOLDER, silent, at - silent)
                silent = -1
        elif mark == "//":
            line = text.find("\n", at, end)
            at = line if line >= 0 else end
        elif mark == "/*":
            close = index.find("*/", at, end - at - 2)
            if close >= 0:
                at, silent = close + 2, -1
                yield Remark(begin, at)
        elif mark in _STRING:
            string = _STRING[mark].match(text, begin, end)
            if string:
                at = string.end()
                copy = [] if string[1] in module.said else [*_copy(text, string, elements > 0, key)]
                module.said.add(string[1])
                if copy:
                    silent = -1
                    yield from copy


def _copy(text: str, string: re.Match[str], in_element: bool, key: str) -> Iterator[Event]:
    """The events of a string of the code, if it is copy: part of the sentence around it in an element, else a block of its own."""
    begin, end = string.span(1)
    before = _KEY.search(text[max(begin - _LOOK_BACK, 0) : begin - 1])
    key = before[1].lower().rsplit("_", 1)[-1] if before else key
    if key in _NO_COPY or not _is_copy(string[1], key) or _FOR_DEVELOPERS.search(text[max(begin - 4 * _LOOK_BACK, 0) : begin - 1]):
        return
    name = "" if in_element and not before else "h3" if key in _HEADINGS else "div"
    yield Open(name, {}, begin, begin) if name else Text(" ", begin - 2, 2)
    at = begin
    for part in _PART.split(string[1]):
        if part.startswith("${"):
            yield Text(PLACEHOLDER, at, len(part))
        else:
            for decoded, place, length in escaped(part, at):
                yield from scan(decoded, offset=place) if text[place : place + length] == decoded else (Text(decoded, place, length),)
        at += len(part)
    if name:
        yield Close(name, end, end)


def _is_copy(string: str, key: str) -> bool:
    """Words rather than names of classes, addresses or code."""
    words = _NO_WORDS.sub(" ", string).split()
    plain = sum(_WORD.fullmatch(word) is not None for word in words)
    if key == "html" and plain > 1:  # {__html: "…"}
        return True
    if plain * 3 < len(words) * 2:
        return False
    return plain >= _PROSE or (plain > 1 and (key in _HEADINGS or (bool(key) and string[:1].isupper())))
