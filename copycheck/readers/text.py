"""The reader of plain web copy: paragraphs, headings, lists, buttons, menus and readers' comments told without any mark-up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copycheck.readers.events import Close, Event, Open, Text
from copycheck.readers.lines import Unit, units_of
from copycheck.readers.regions import COMMENTS_CLOSED, section_of
from copycheck.readers.scanner import scan

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
_WORD = re.compile(r"[^\W_]")


def events(text: str) -> Iterator[Event]:
    """Events of a cleaned text."""
    units = units_of(text)
    _tell_headings(units)
    _tell_menus(units)
    _tell_lists(units)
    return _emit(text, units)


def _tell_headings(units: list[Unit]) -> None:
    for index, unit in enumerate(units):
        following = units[index + 1] if index + 1 < len(units) else None
        if unit.kind == "short" or (unit.kind == "prose" and unit.text.endswith("?") and unit.words <= 14):
            if section_of(unit.text) or (_could_head(unit) and following and _is_headed(unit, following)):
                unit.kind = "heading"
        elif unit.kind == "bullet" and unit.numbered and following and following.blank_before and _could_head(unit):
            previous = units[index - 1] if index else None
            if following.kind == "prose" and following.words > 12 and not (previous and previous.kind == "bullet"):
                unit.kind, unit.level = "heading", 3


def _could_head(unit: Unit) -> bool:
    text = unit.text
    if len(text) > 100 or unit.words > 14 or text[-1] in ".!,;:" or _PHONE.search(text) or _FURNITURE.fullmatch(text):
        return False
    first = _WORD.search(text)
    return bool(first and (first.group().isupper() or first.group().isdigit())) and not (_INVITES.match(text) and unit.words <= 4)


def _is_headed(unit: Unit, following: Unit) -> bool:
    """Whether what follows a short line makes it a heading: prose, or a list after a blank line."""
    if following.kind == "bullet":
        return unit.blank_before and following.blank_before
    if following.kind == "prose" and not _FURNITURE.fullmatch(following.text):
        return unit.blank_before or following.words >= 12
    return unit.blank_before and following.blank_before and unit.words >= 3 and following.kind == "short"


def _tell_menus(units: list[Unit]) -> None:
    """Runs of very short lines with the words of menus in them are menus."""
    run: list[Unit] = []
    for unit in [*units, None]:
        if unit and unit.kind in ("short", "heading") and unit.words <= 3 and unit.text[-1] not in ":?!":
            run.append(unit)
            continue
        menu = run[:-1] if unit and run and run[-1].kind == "heading" and not unit.blank_before else run
        buttons = next((at for at, entry in enumerate(menu) if not _is_call(entry)), len(menu))
        menu = menu[buttons:]
        if len(menu) >= 4 and sum(bool(_MENU.fullmatch(entry.text)) for entry in menu) >= 2:
            for entry in menu:
                entry.kind, entry.menu = "short", True
        run = []


def _tell_lists(units: list[Unit]) -> None:
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


def _is_entry(unit: Unit) -> bool:
    run_on = unit.kind == "heading" and not unit.blank_before and unit.words <= 6 and len(unit.lines) == 1
    return (unit.kind == "short" or run_on) and not unit.menu and not _is_call(unit) and not _FURNITURE.fullmatch(unit.text)


def _is_call(unit: Unit) -> bool:
    """Whether a line is a button or a telephone line."""
    if unit.words > 10 or len(unit.text) > 90:
        return False
    if _INVITES.match(unit.text) and (unit.words <= 6 or _PHONE.search(unit.text)):
        return True
    return bool(_PHONE.search(unit.text)) and unit.words <= 8 and not unit.ended


def _emit(text: str, units: list[Unit]) -> Iterator[Event]:
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
            yield from _wrapped(text, unit, "#nav")
        elif _FURNITURE.fullmatch(unit.text):
            yield from _wrapped(text, unit, "footer")
        else:
            yield from _wrapped(text, unit, "#cta" if _is_call(unit) and not comments else "p")
    while indents:
        indents.pop()
        yield Close("ul")


def _resumes(units: list[Unit], index: int) -> bool:
    """Whether the article goes on after readers' comments: a heading over a long paragraph."""
    unit = units[index]
    following = units[index + 1] if index + 1 < len(units) else None
    if unit.kind != "heading" or not following or section_of(unit.text):
        return False
    return unit.words >= 3 and following.kind == "prose" and following.words >= 25 and not re.search(r"\bsays?:?$|\d{4}", unit.text)


def _wrapped(text: str, unit: Unit, tag: str) -> Iterator[Event]:
    """The events of a unit inside a tag."""
    yield Open(tag)
    for number, (start, end) in enumerate(unit.lines):
        if number:
            yield Text("\n", unit.lines[number - 1][1], 1)
        yield from scan(text[start:end], offset=start)
    yield Close(tag)
