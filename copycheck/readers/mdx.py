"""MDX: finds JSX tags, expressions, imports and exports, so that the Markdown reader can take the rest."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from copycheck.readers import scanner
from copycheck.readers.events import ABOUT, VALUE, Close, Event, Open, Remark, Text, Value
from copycheck.readers.scanner import Finder, Index
from copycheck.readers.template import Code

_OPENERS = re.compile(
    r"^(?P<fence>[ \t]*(?:```+|~~~+))|(?P<code>`+)|^(?P<module>(?:import|export)\b)|(?P<escape>\\[{<])|(?P<brace>\{)|(?P<tag><)",
    re.MULTILINE,
)
_NAME = re.compile(r"/?([A-Za-z][\w.:-]*)?(?:(?<=\w)<[^<>\n]*+(?:<[^<>\n]*+>[^<>\n]*+){0,3}+>(?=[\s/>]))?+")  # “<Choice<string> …>”
_ATTRIBUTE = re.compile(r"""\s*+([A-Za-z_@:][\w.:@-]*+)(?:\s*+=\s*+(["'{]))?""")
_LITERAL = re.compile(r"""\{\s*(?:"([^"\\{}]*)"|'([^'\\{}]*)'|`([^`\\{}$]*)`)\s*\}""")
_HEADS = re.compile(r"(?:Post|Article|Blog|Author|Byline|Date|Publish|Published|Reviewe[rd])(?![a-z])")  # <AuthorDate>, <BlogPost>
_OTHERS = re.compile(r"card|list|related|recent|next|prev|event|testimonial", re.IGNORECASE)
_MAX_EXPRESSION = 20_000
MOST_WASTED = 400_000  # characters read of braces or tags that nothing closes; after so many, each is taken for one of them


class Jsx(NamedTuple):
    """Code to mask, and the events of the tags and of the copy in code by the offset where each starts."""

    codes: tuple[Code, ...]
    tags: Mapping[int, tuple[Event, ...]]


class Tag(NamedTuple):
    """Where a tag ends, its event (None for a fragment), and where its attributes hold code, each with its name."""

    end: int
    event: Open | Close | None
    values: tuple[tuple[int, int, str], ...]


def find(text: str, start: int, read: Callable[..., list[Event]], markdown: bool = True) -> Jsx:
    """JSX in text[start:]; with `markdown`, also its tags and modules, and none of it in code. `read` gives the copy in some code."""
    codes: list[Code] = []
    tags: dict[int, tuple[Event, ...]] = {}
    at, wasted = start, 0
    finder, index = Finder(text), Index(text)
    opened: list[tuple[str, str]] = []  # names of the open components, and of the events made of them
    while match := _OPENERS.search(text, at):
        spent = wasted >= MOST_WASTED
        begin, kind = match.start(), match.lastgroup
        at = match.end()
        if kind in ("fence", "code", "module", "tag") and not markdown:
            if kind == "tag":
                at = _past_script(text, begin) or at
        elif kind == "fence":
            close = re.compile(rf"^{re.escape(match.group())}", re.MULTILINE).search(text, text.find("\n", at) + 1 or len(text))
            at = close.end() if close else len(text)
        elif kind == "code":
            close_at = finder.find(match.group(), at)
            paragraph = finder.find("\n\n", at)
            if close_at >= 0 and (paragraph < 0 or close_at < paragraph):
                at = close_at + len(match.group())
        elif kind == "module":
            at, vain = (text.find("\n", at), 0) if spent else _module_end(text, begin)
            at = len(text) if at < 0 else at
            wasted += vain
            codes.append(Code(begin, at, "control"))
            tags[begin] = tuple(read(begin, at))
        elif kind == "brace":
            end = -1 if spent else balanced(text, begin)
            if end < 0:
                wasted += min(_MAX_EXPRESSION, len(text) - begin)
                continue
            own = _expression(text, begin, end)
            if own[0].kind == "value" and (copy := read(begin, end)):
                tags[begin] = tuple(copy)
                own = [Code(begin, end, "control")] if not text.startswith("=", begin - 1) else own
            codes += own
            at = end
        elif kind == "tag":
            tag = 0 if spent else read_tag(text, begin, index)
            if isinstance(tag, int):
                wasted += tag
                continue
            at = tag.end
            codes.append(Code(begin, at, "tag"))
            if tag.event:
                event = component(tag.event, opened, _begins_line(text, begin))
                tags[begin] = (*put_back(at, event), *(copy for value in tag.values for copy in read(*value, event.name)))
    return Jsx(tuple(codes), tags)


def _begins_line(text: str, at: int) -> bool:
    while at and text[at - 1] in " \t":
        at -= 1
    return not at or text[at - 1] == "\n"


def _past_script(text: str, begin: int) -> int | None:
    match = re.compile(r"<(script|style)\b", re.IGNORECASE).match(text, begin)
    if not match:
        return None
    end = re.compile(rf"</{match[1]}", re.IGNORECASE).search(text, match.end())
    return end.start() + 1 if end else len(text)


def _module_end(text: str, begin: int) -> tuple[int, int]:
    """The end of an import or export: of the line on which its brackets are balanced; and how much was read in vain where they are not."""
    at = begin
    while True:
        line = text.find("\n", at)
        line = len(text) if line < 0 else line
        bracket = re.compile(r"[{(\[]").search(text, at, line)
        if not bracket:
            return line, 0
        end = balanced(text, bracket.start())
        if end < 0:
            return line, min(_MAX_EXPRESSION, len(text) - begin)
        at = end


def balanced(text: str, begin: int) -> int:
    """The offset after the bracket that closes the one at `begin`, strings and comments skipped; -1 for none."""
    return scanner.balanced(text, begin, _MAX_EXPRESSION, "{}()[]", scanner.JSX)


def component(tag: Open | Close, opened: list[tuple[str, str]], own_line: bool) -> Open | Close:
    """The tag with a component's name replaced: `a` for a link, a block where it begins a line, else a span."""
    if tag.name[0].islower() and "." not in tag.name:
        return tag
    if isinstance(tag, Close):
        for index in range(len(opened) - 1, max(len(opened) - 20, -1), -1):
            if opened[index][0] == tag.name:
                name = opened[index][1]
                del opened[index:]
                return tag._replace(name=name)
        return tag._replace(name="component")
    name = "a" if "href" in tag.attributes else "component" if own_line else "span"
    if not tag.empty:
        opened.append((tag.name, name))
    more = {"class": Value("btn", 0)} if name == "a" and re.search(r"(?i)button|cta", tag.name) else {}
    if _HEADS.search(tag.name) and not _OTHERS.search(tag.name):
        more[ABOUT] = Value("", 0)
    return tag._replace(name=name, attributes={**tag.attributes, **more})


def _expression(text: str, begin: int, end: int) -> list[Code]:
    inner = text[begin + 1 : end - 1].strip()
    if inner.startswith("/*") and inner.endswith("*/"):
        return [Code(begin, end, "comment")]
    literal = _LITERAL.fullmatch(text, begin, end)
    if literal:  # {" "} and {"words"} are text
        group = literal.lastindex or 1
        return [Code(begin, literal.start(group), "control"), Code(literal.end(group), end, "control")]
    return [Code(begin, end, "control" if not inner or inner[0] in "#/:@" else "value")]


def read_tag(text: str, begin: int, index: Index) -> Tag | int:
    """The tag at `begin`; if it is no tag, how much was read to see that."""
    name_match = _NAME.match(text, begin + 1)
    assert name_match
    name, closing, at = name_match[1] or "", text.startswith("/", begin + 1), name_match.end()
    if name.endswith(":") or "@" in text[at : at + 1] or text.startswith("//", at):
        return 0
    attributes: dict[str, Value] = {}
    values = []
    while True:
        match = _ATTRIBUTE.match(text, at, begin + _MAX_EXPRESSION)
        if match:
            at = match.end()
            key = {"classname": "class", "htmlfor": "for"}.get(match[1].lower(), match[1].lower())
            if match[2] == "{":
                at -= 1
                end = balanced(text, at)
                if end < 0:
                    return min(at + _MAX_EXPRESSION, len(text)) - begin
                literal = _LITERAL.fullmatch(text, at, end)
                if literal:
                    group = literal.lastindex or 1
                    attributes.setdefault(key, Value(literal[group], literal.start(group)))
                else:
                    values.append((at, end, key))
                    if key in ("alt", "href", "src"):
                        attributes.setdefault(key, Value(VALUE, at))
                at = end
            elif match[2]:
                end = index.find(match[2], at, _MAX_EXPRESSION)
                if end < 0:
                    return at - begin
                attributes.setdefault(key, Value(text[at:end], at))
                at = end + 1
            else:
                attributes.setdefault(key, Value("", at))
            continue
        while text[at : at + 1].isspace():
            at += 1
        if text.startswith("{", at):  # {...spread}
            end = balanced(text, at)
            if end < 0:
                return min(at + _MAX_EXPRESSION, len(text)) - begin
            at = end
            continue
        break
    empty = text.startswith("/>", at)
    if (not empty and not text.startswith(">", at)) or "extends" in attributes:  # “<T extends object>(items: T[])”
        return at - begin
    end = at + 1 + empty
    if not name:
        return Tag(end, None, ())
    return Tag(end, Close(name, begin, end) if closing else Open(name, attributes, begin, end, empty), tuple(values))


def restore(events: Iterator[Event], jsx: Jsx) -> Iterator[Event]:
    """The events of the masked text with the tags put back where they stood.

    Tags within a line are told by their mask; those on lines of their own, which were blanked, come before what follows.
    """
    waiting = sorted(jsx.tags.items(), reverse=True)
    for event in events:
        start = -1 if isinstance(event, Close | Remark) else event.start
        end = start + event.length if isinstance(event, Text) and not event.text else start
        while waiting and waiting[-1][0] < end:
            yield from waiting.pop()[1]
        if end == start:
            yield _line_end(event) if isinstance(event, Text) and event.text.isspace() else event
    while waiting:
        yield from waiting.pop()[1]


def _line_end(event: Text) -> Text:
    """Of white space no more than its last line feed: the rest may be tags that were blanked."""
    at = max(event.text.rfind("\n"), 0)
    return Text(event.text[at:], event.start + at, event.length - at)


def put_back(end: int, tag: Event) -> Iterator[Event]:
    """The event of a tag that ends at `end`; of one written as <name/> its end, too."""
    yield tag
    if isinstance(tag, Open) and tag.empty and tag.name not in ("img", "br", "hr", "input"):
        yield Close(tag.name, end, end)
