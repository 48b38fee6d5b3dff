"""JSX: pages written as JavaScript or TypeScript modules (React, Next.js, Remix): the copy in their elements and in their strings.

A module is read in one pass that knows code, strings, comments and elements apart. What stands in an element is read as HTML. A string of
the code that reads like words (`answer: "Most patients drive home."`) is a paragraph, or a heading where its key says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from copycheck.document import PLACEHOLDER
from copycheck.readers import mdx
from copycheck.readers.events import Close, Event, Open, Remark, Text, spell
from copycheck.readers.scanner import Index, scan
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
_BEFORE_ELEMENT = re.compile(r"(?:[(=?:&|,\[{}>;]|\breturn|\bdefault|\belse|\A)\s*+\Z")
_KEY = re.compile(r"""(?:[{,\n]|\A)[^\S\n]*+["']?([A-Za-z_][\w-]*+)["']?\s*+:\s*+\Z""")
_NO_WORDS = re.compile(r"<[^<>]*+>|\\.|&#?\w++;|\$\{[^{}]*+\}")
_PART = re.compile(r"(\$\{[^{}]*+\})")
_NO_COPY = frozenset(
    "class classname style styles id key href src srcset url link image img icon path slug type variant color bg theme d viewbox rel target"
    " keywords query canonical width height size sizes layout font locale format schema context code sku".split()
)
_HEADINGS = frozenset("title heading headline question q h1 h2 h3 header".split())
_WORD = re.compile(r"[(“\"']?[A-Za-z][A-Za-z’']*+(?:-[A-Za-z]++)?[.,;:!?)”\"']*+")
_PROSE = 4  # words of a string that is copy whatever its key is
_LOOK_BACK = 60


def events(text: str, start: int = 0) -> Iterator[Event]:
    """The events of a module in text[start:]."""
    index, at = Index(text), start
    opened: list[tuple[str, str]] = []  # components and what they were read as
    stack: list[bool] = []  # what is open: an element (or fragment), else a bracket of code
    said: set[str] = set()  # strings of the code: metadata repeats them
    elements = 0  # that are open
    silent = -1  # where an expression in an element begins that has put no words there yet
    spare = mdx.MOST_WASTED
    while at < len(text):
        inside = bool(stack) and stack[-1]
        match = (_CHILD if inside else _CODE).search(text, at)
        if inside:
            yield from spell(text[at : match.start() if match else len(text)], at)
        if not match:
            return
        begin, at, mark = match.start(), match.end(), match.group()
        if mark == "<" and spare > 0 and (inside or _BEFORE_ELEMENT.search(text[max(begin - _LOOK_BACK, 0) : begin])):
            read = mdx.read_tag(text, begin, index)
            if isinstance(read, int):
                spare -= read
                if inside:
                    yield Text("<", begin, 1)
                continue
            at = read[0]
            closing = text.startswith("/", begin + 1)
            if closing and inside:
                stack.pop()
                elements -= 1
            elif not closing and not (read[1] is not None and text.startswith("/>", at - 2)):
                stack.append(True)
                elements += 1
            silent = -1
            if read[1]:
                yield from mdx.put_back(at, mdx.component(read[1], opened, own_line=True))
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
            line = text.find("\n", at)
            at = line if line >= 0 else len(text)
        elif mark == "/*":
            close = index.find("*/", at, len(text))
            if close >= 0:
                at, silent = close + 2, -1
                yield Remark(begin, at)
        elif mark in _STRING:
            string = _STRING[mark].match(text, begin)
            if string:
                at = string.end()
                copy = [] if string[1] in said else [*_copy(text, string, in_element=elements > 0)]
                said.add(string[1])
                if copy:
                    silent = -1
                    yield from copy


def _copy(text: str, string: re.Match[str], in_element: bool) -> Iterator[Event]:
    """The events of a string of the code, if it is copy: part of the sentence around it in an element, else a block of its own."""
    begin, end = string.span(1)
    before = _KEY.search(text[max(begin - _LOOK_BACK, 0) : begin - 1])
    key = before[1].lower().rsplit("_", 1)[-1] if before else ""
    if key in _NO_COPY or not _is_copy(string[1], key):
        return
    name = "" if in_element and not before else "h3" if key in _HEADINGS else "div"
    yield Open(name, {}, begin, begin) if name else Text(" ", begin - 2, 2)
    at = begin
    for part in _PART.split(string[1]):
        if part.startswith("${"):
            yield Text(PLACEHOLDER, at, len(part))
        else:
            for decoded, place, length in escaped(part, at):
                yield from scan(text, place, place + length) if text[place : place + length] == decoded else (Text(decoded, place, length),)
        at += len(part)
    if name:
        yield Close(name, end, end)


def _is_copy(string: str, key: str) -> bool:
    """Words rather than names of classes, addresses or code."""
    words = _NO_WORDS.sub(" ", string).split()
    plain = sum(_WORD.fullmatch(word) is not None for word in words)
    if plain * 3 < len(words) * 2:
        return False
    return plain >= _PROSE or (plain > 1 and (key in _HEADINGS or (bool(key) and string[:1].isupper())))
