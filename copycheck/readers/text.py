"""The reader of plain web copy: paragraphs, headings, lists, buttons, menus and readers' comments told without any mark-up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from copycheck.readers.events import Close, Event, Open, Text
from copycheck.readers.regions import COMMENTS_CLOSED, section_of
from copycheck.readers.scanner import scan

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_BULLET = re.compile(r"[ \t]*(?:[•‣◦▪●○■∙·✓✔✅➤►❖*+–—-]|o(?=[ \t]+[A-Z])|\(?(?:\d{1,2}|[a-zA-Z])[.)])[ \t]+(?=\S)")
_NUMBER = re.compile(r"[ \t]*\(?\d{1,2}[.)]")
_HASHES = re.compile(r"[ \t]*(#{1,6})[ \t]+(?=\S)")
_RULE = re.compile(r"[ \t]*([=_*~-])(?:[ \t]*\1){2,}[ \t]*")
_ENDED = re.compile(r"[.!?…][\"”’')\]]*(?:\[[\d,– -]+\])?$")
_PHONE = re.compile(r"(?<![\d-])(?:\+?\d{1,3}[ .-]?)?\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}(?!\d)")
_INVITES = re.compile(
    r"(?:call|contact|book|schedule|verify|get (?:help|started|a|your|in touch)|learn more|read more|find out more|make an appointment"
    r"|request|sign up|subscribe|buy|order|shop|click|start your|talk to|speak (?:to|with)|chat|apply|join (?:us|now|today)|claim your"
    r"|download|text us|email us|visit us|take the|see if you)\b",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"protected by copyscape\W*|(?:copyright|©|\(c\)).{0,120}|.{0,60}all rights reserved\W*|powered by .{1,40}|privacy policy\b.{0,60}",
    re.IGNORECASE,
)
_WRAP = range(50, 111)  # columns at which hand-wrapped lines end
_LONG = 60  # characters; a line this long that ends a sentence is prose


@dataclass(slots=True)
class _Unit:
    """Lines that make one block. kind: prose, short, bullet, heading, rule."""

    kind: str
    lines: list[tuple[int, int]]
    text: str
    blank_before: bool
    indent: int = 0
    numbered: bool = False
    level: int = 2
    group: int = 0  # lines with no blank line between them share it
    tags: list[str] = field(default_factory=list)

    @property
    def ended(self) -> bool:
        return bool(_ENDED.search(self.text))

    @property
    def words(self) -> int:
        return len(self.text.split())


def events(text: str) -> Iterator[Event]:
    """Events of a cleaned text."""
    units = _units(text)
    _tell_headings(units)
    _tell_menus(units)
    _tell_lists(units)
    return _emit(text, units)


def _units(text: str) -> list[_Unit]:
    """Lines joined where one was broken mid-phrase or wrapped at a column."""
    units: list[_Unit] = []
    blank, group, wrapped = True, 0, False
    last: _Unit | None = None
    for match in _LINE.finditer(text):
        if match.start() == match.end():
            break
        raw = match.group().rstrip("\r\n")
        content = raw.strip()
        if not content:
            blank, last, wrapped = True, None, False
            group += 1
            continue
        start = match.start() + len(raw) - len(raw.lstrip())
        end = match.start() + len(raw.rstrip())
        if _RULE.fullmatch(raw):
            if last and len(last.lines) == 1 and raw.strip()[0] in "=-" and last.kind != "bullet":
                last.kind, last.level = "heading", 1 if "=" in raw else 2
            else:
                units.append(_Unit("rule", [], "", blank, group=group))
            last, blank = None, False
            continue
        hashes, bullet = _HASHES.match(raw), _BULLET.match(raw)
        if hashes:
            units.append(_Unit("heading", [(match.start() + hashes.end(), end)], raw[hashes.end() :].strip(), blank, level=len(hashes[1]), group=group))
            last = None
        elif bullet and not (last and last.kind == "prose" and _is_wrapped(last, raw) and bullet.group().strip() in "–—-"):
            at = match.start() + bullet.end()
            last = _Unit("bullet", [(at, end)], raw[bullet.end() :].strip(), blank, _indent(raw), bool(_NUMBER.match(raw)), group=group)
            units.append(last)
        elif last and (_continues(last, content) or _is_wrapped(last, content) and (wrapped or not last.ended) or _hangs(last, raw)):
            wrapped = wrapped or _is_wrapped(last, content)
            last.lines.append((start, end))
            last.text += " " + content
            if last.kind == "short":
                last.kind = "prose" if len(last.text) > 100 or last.ended else "short"
        else:
            kind = "prose" if len(content) > 100 or _ENDED.search(content) or content.endswith(":") else "short"
            last = _Unit(kind, [(start, end)], content, blank, _indent(raw), group=group)
            units.append(last)
            wrapped = False
        blank = False
    return units


def _indent(raw: str) -> int:
    expanded = raw.expandtabs(4)
    return len(expanded) - len(expanded.lstrip())


def _continues(last: _Unit, content: str) -> bool:
    """The line before was broken mid-phrase: it does not end a sentence and this one goes on in lower case."""
    tail = last.text[-1:]
    if tail == ":" or last.ended:
        return False
    first = content[0]
    return first.islower() or first in ",;)%&" or tail in ",(&/–—" or bool(re.search(r"\b(?:a|an|the|of|and|or|to|in|for|with|your|our)$", last.text))


def _is_wrapped(last: _Unit, content: str) -> bool:
    """The line before ends at a column where hands and editors wrap."""
    start, end = last.lines[-1]
    return end - start in _WRAP and not last.text.endswith(":") and len(content) <= _WRAP[-1] and (last.kind == "bullet" or len(content) > 0)


def _hangs(last: _Unit, raw: str) -> bool:
    """A line indented under the text of a list item belongs to it."""
    return last.kind == "bullet" and _indent(raw) > last.indent


def _tell_headings(units: list[_Unit]) -> None:
    for index, unit in enumerate(units):
        following = units[index + 1] if index + 1 < len(units) else None
        if unit.kind == "short" or (unit.kind == "prose" and unit.text.endswith("?") and unit.words <= 14):
            if section_of(unit.text):
                unit.kind = "heading"
            elif _could_head(unit) and following and _is_headed(unit, following):
                unit.kind = "heading"
        elif unit.kind == "bullet" and unit.numbered and following and following.blank_before and _could_head(unit):
            previous = units[index - 1] if index else None
            if following.kind == "prose" and following.words > 12 and not (previous and previous.kind == "bullet"):
                unit.kind, unit.level = "heading", 3


def _could_head(unit: _Unit) -> bool:
    text = unit.text
    if len(text) > 100 or unit.words > 14 or text[-1] in ".!,;:" or _PHONE.search(text) or _FURNITURE.fullmatch(text):
        return False
    first = re.search(r"[^\W_]", text)
    return bool(first and (first.group().isupper() or first.group().isdigit())) and not (_INVITES.match(text) and unit.words <= 4)


def _is_headed(unit: _Unit, following: _Unit) -> bool:
    """Whether what follows a short line makes it a heading: prose, or a list after a blank line."""
    if following.kind == "bullet":
        return unit.blank_before and following.blank_before
    if following.kind == "prose" and not _FURNITURE.fullmatch(following.text):
        return unit.blank_before or following.words >= 12
    return unit.blank_before and following.blank_before and unit.words >= 3 and following.kind == "short"


def _tell_menus(units: list[_Unit]) -> None:
    """Runs of very short lines before the first or after the last sentence of the page are its menus."""
    prose = [index for index, unit in enumerate(units) if unit.kind in ("prose", "bullet") and len(unit.text) >= _LONG]
    first, last = (prose[0], prose[-1]) if prose else (len(units), len(units))
    run: list[int] = []
    for index in range(len(units) + 1):
        unit = units[index] if index < len(units) else None
        outside = index < first or index > last
        if unit and outside and unit.kind in ("short", "heading") and unit.words <= 3 and unit.text[-1] not in "?!":
            run.append(index)
            continue
        menu = run
        if unit and unit.kind != "rule" and run and not unit.blank_before and units[run[-1]].kind == "heading":
            menu = run[:-1]
        if len(menu) >= 4:
            for at in menu:
                units[at].kind, units[at].tags = "short", ["#nav"]
        run = []


def _tell_lists(units: list[_Unit]) -> None:
    """Three or more short lines in a row under a heading or a line with a colon are a list without bullets."""
    index = 0
    while index < len(units):
        end = index
        while end < len(units) and units[end].kind == "short" and not units[end].tags and (end == index or not units[end].blank_before) and not _is_call(units[end]):
            end += 1
        before = units[index - 1] if index else None
        introduced = before and (before.kind == "heading" or before.text.endswith(":"))
        if introduced and end - index >= 3:
            for unit in units[index:end]:
                unit.kind, unit.indent = "bullet", 0
        index = max(end, index + 1)


def _is_call(unit: _Unit) -> bool:
    """Whether a line is a button or a telephone line."""
    if unit.words > 10 or len(unit.text) > 90:
        return False
    if _INVITES.match(unit.text) and (unit.words <= 6 or _PHONE.search(unit.text)):
        return True
    return bool(_PHONE.search(unit.text)) and unit.words <= 8 and not unit.ended


def _emit(text: str, units: list[_Unit]) -> Iterator[Event]:
    indents: list[int] = []  # of the open lists
    titled = comments = False
    for index, unit in enumerate(units):
        if unit.kind != "bullet":
            while indents:
                indents.pop()
                yield Close("ul")
        if unit.kind == "rule":
            yield Open("hr")
            continue
        if unit.kind == "bullet":
            while len(indents) > 1 and unit.indent < indents[-1]:
                indents.pop()
                yield Close("ul")
            if not indents or unit.indent > indents[-1] + 1:
                indents.append(unit.indent)
                yield Open("ul")
            yield from _wrapped(text, unit, "li")
            continue
        begun = section_of(unit.text) if len(unit.text) < 200 else None
        if begun == "comments" and not comments:
            comments = True
            yield Open("#comments")
        elif comments and _resumes(units, index):
            comments = False
            yield Close("#comments")
        if COMMENTS_CLOSED.fullmatch(unit.text):
            yield from _wrapped(text, unit, "p")
            if comments:
                comments = False
                yield Close("#comments")
        elif unit.kind == "heading" and not comments:
            tag = f"h{unit.level}"
            if not titled and not begun:
                tag, titled = "#title", True
            yield from _wrapped(text, unit, tag)
        elif unit.tags:
            yield Open("#nav")
            yield from _wrapped(text, unit, "p")
            yield Close("#nav")
        elif _FURNITURE.fullmatch(unit.text):
            yield from _wrapped(text, unit, "footer")
        else:
            yield from _wrapped(text, unit, "#cta" if _is_call(unit) and not comments else "p")
    while indents:
        indents.pop()
        yield Close("ul")


def _resumes(units: list[_Unit], index: int) -> bool:
    """Whether the article goes on after readers' comments: a heading over a long paragraph."""
    unit = units[index]
    following = units[index + 1] if index + 1 < len(units) else None
    if unit.kind != "heading" or not following or section_of(unit.text):
        return False
    return unit.words >= 3 and following.kind == "prose" and following.words >= 25 and not re.search(r"\bsays?:?$|\d{4}", unit.text)


def _wrapped(text: str, unit: _Unit, tag: str) -> Iterator[Event]:
    """The events of a unit inside a tag."""
    yield Open(tag)
    for number, (start, end) in enumerate(unit.lines):
        if number:
            yield Text("\n", unit.lines[number - 1][1], 1)
        yield from scan(text[start:end], offset=start)
    yield Close(tag)
