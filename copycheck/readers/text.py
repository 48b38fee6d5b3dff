"""The reader of plain web copy: paragraphs, headings, lists, buttons, menus and readers' comments told without any mark-up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

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
_MENU = re.compile(
    r"home|about(?: us| me)?|services|contact(?: us)?|blog|faqs?|pricing|prices|rates|fees|reviews|testimonials"
    r"|book(?: now| online| appointment)?|menu|search|log ?in|sign in|my account|cart|privacy(?: policy)?"
    r"|terms(?: of (?:use|service))?|vacancies|(?:our|the|meet the) team|team|staff|videos?|gallery|photos|careers|jobs|news"
    r"|events|shop|store|locations?|insurance|admissions?|resources|our (?:approach|story)|approach|patients|new patients"
    r"|appointments?|information|opening hours|sitemap|facebook|instagram|twitter|linkedin|youtube|tiktok",
    re.IGNORECASE,
)
_BROKEN_LINE = re.compile(r"^.{50,110}(?<![.!?:\s])[ \t]*\r?\n[ \t]*[a-z]", re.MULTILINE)  # lines wrapped by hand or editor
_WRAP = range(50, 111)  # columns at which hand-wrapped lines end


@dataclass
class _Unit:
    """Lines that make one block. kind: prose, short, bullet, heading, rule."""

    kind: str
    lines: list[tuple[int, int]]
    parts: list[str]
    blank_before: bool
    indent: int = 0
    numbered: bool = False
    level: int = 2
    group: int = 0  # lines with no blank line between them share it
    menu: bool = False

    @cached_property
    def text(self) -> str:
        return " ".join(self.parts)

    @property
    def ended(self) -> bool:
        return bool(_ENDED.search(self.parts[-1][-200:])) if self.parts else False

    @cached_property
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
    lines: list[tuple[int, str]] = []
    by_hand = bool(_BROKEN_LINE.search(text))
    for match in _LINE.finditer(text):
        raw = match.group().rstrip("\r\n")
        if raw.strip():
            lines.append((match.start(), raw))
        elif lines:
            units += _group(lines, len(units), by_hand)
            lines = []
        if match.end() == len(text):
            break
    return units + (_group(lines, len(units), by_hand) if lines else [])


def _group(lines: list[tuple[int, str]], group: int, by_hand: bool) -> list[_Unit]:
    """The units of lines with no blank line between them."""
    units: list[_Unit] = []
    width = max(len(raw.rstrip()) for _, raw in lines)
    last: _Unit | None = None  # the unit that the next line may continue
    previous = ""
    for begin, raw in lines:
        content = raw.strip()
        start, end = begin + raw.index(content[0]), begin + len(raw.rstrip())
        wrapped = by_hand and width in _WRAP and len(previous.rstrip()) + 1 + len(content.split(None, 1)[0]) > width
        hashes, bullet = _HASHES.match(raw), _BULLET.match(raw)
        previous = raw
        if _RULE.fullmatch(raw):
            if last and len(last.lines) == 1 and content[0] in "=-" and last.kind != "bullet":
                last.kind, last.level = "heading", 1 if content[0] == "=" else 2
            else:
                units.append(_Unit("rule", [], [], not units, group=group))
            last = None
        elif hashes:
            at = begin + hashes.end()
            units.append(_Unit("heading", [(at, end)], [raw[hashes.end() :].strip()], not units, level=len(hashes[1]), group=group))
            last = None
        elif bullet and not (last and last.kind != "bullet" and wrapped and bullet.group().strip() in "–—-"):
            at = begin + bullet.end()
            last = _Unit(
                "bullet", [(at, end)], [raw[bullet.end() :].strip()], not units, _indent(raw), bool(_NUMBER.match(raw)), group=group
            )
            units.append(last)
        elif last and (_continues(last, content) or wrapped or _hangs(last, raw)):
            last.lines.append((start, end))
            last.parts.append(content)
            if last.kind == "short" and (end - last.lines[0][0] > 100 or last.ended):
                last.kind = "prose"
        else:
            kind = "prose" if len(content) > 100 or _ENDED.search(content) or content.endswith(":") else "short"
            last = _Unit(kind, [(start, end)], [content], not units, _indent(raw), group=group)
            units.append(last)
    return units


def _indent(raw: str) -> int:
    expanded = raw.expandtabs(4)
    return len(expanded) - len(expanded.lstrip())


def _continues(last: _Unit, content: str) -> bool:
    """The line before was broken mid-phrase: it does not end a sentence and this one goes on in lower case."""
    before = last.parts[-1][-20:]
    tail = before[-1]
    if tail == ":" or last.ended:
        return False
    first = content[0]
    return (
        first.islower()
        or first in ",;)%&"
        or tail in ",(&/–—"
        or bool(re.search(r"\b(?:a|an|the|of|and|or|to|in|for|with|your|our)$", before))
    )


def _hangs(last: _Unit, raw: str) -> bool:
    """A line indented under the text of a list item belongs to it."""
    return last.kind == "bullet" and _indent(raw) > last.indent


def _tell_headings(units: list[_Unit]) -> None:
    for index, unit in enumerate(units):
        following = units[index + 1] if index + 1 < len(units) else None
        if unit.kind == "short" or (unit.kind == "prose" and unit.text.endswith("?") and unit.words <= 14):
            if section_of(unit.text) or (_could_head(unit) and following and _is_headed(unit, following)):
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
    """Runs of very short lines with the words of menus in them are menus."""
    run: list[_Unit] = []
    for unit in [*units, None]:
        if unit and unit.kind in ("short", "heading") and unit.words <= 3 and unit.text[-1] not in ":?!":
            run.append(unit)
            continue
        menu = run[:-1] if unit and run and run[-1].kind == "heading" and not unit.blank_before else run
        if len(menu) >= 4 and sum(bool(_MENU.fullmatch(entry.text)) for entry in menu) >= 2:
            for entry in menu:
                entry.kind, entry.menu = "short", True
        run = []


def _tell_lists(units: list[_Unit]) -> None:
    """Short lines in a row under a heading or a line with a colon are a list without bullets."""
    index = 0
    while index < len(units):
        end = index
        while end < len(units) and _is_entry(units[end]) and (end == index or not units[end].blank_before):
            end += 1
        before = units[index - 1] if index else None
        if before and end - index >= 2 and (before.kind == "heading" or before.text.endswith(":")) and not before.menu:
            entries = units[index:end]
        elif end - index >= 4 and _could_head(units[index]):  # the first of them stands over the others
            units[index].kind = "heading"
            entries = units[index + 1 : end]
        else:
            entries = []
        for unit in entries:
            unit.kind, unit.indent = "bullet", 0
        index = max(end, index + 1)


def _is_entry(unit: _Unit) -> bool:
    run_on = unit.kind == "heading" and not unit.blank_before and unit.words <= 6 and len(unit.lines) == 1
    return (unit.kind == "short" or run_on) and not unit.menu and not _is_call(unit) and not _FURNITURE.fullmatch(unit.text)


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
        elif unit.menu:
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
