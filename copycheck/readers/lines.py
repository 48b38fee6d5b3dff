"""Lines: the lines of plain copy joined into paragraphs, bullets and headings where they were only broken or wrapped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_BULLET = re.compile(r"[ \t]*(?:[•‣◦▪●○■∙·✓✔✅➤►❖*+–—-]|o(?=[ \t]+[A-Z])|\(?(?:\d{1,2}|[a-zA-Z])[.)])[ \t]+(?=\S)")
_NUMBER = re.compile(r"[ \t]*\(?\d{1,2}[.)]")
_HASHES = re.compile(r"[ \t]*(#{1,6})[ \t]+(?=\S)")
_RULE = re.compile(r"[ \t]*([=_*~-])(?:[ \t]*\1){2,}[ \t]*")
_ENDED = re.compile(r"[.!?…][\"”’')\]]*(?:\[[\d,– -]+\])?$")
_GOES_ON = re.compile(r"\b(?:a|an|the|of|and|or|to|in|for|with|your|our)$")
_BROKEN_LINE = re.compile(r"^.{50,110}(?<![.!?:\s])[ \t]*\r?\n[ \t]*[a-z]", re.MULTILINE)  # lines wrapped by hand or editor
_WRAP = range(50, 111)  # columns at which hand-wrapped lines end


@dataclass
class Unit:
    """Lines that make one block. kind: prose, short, bullet, heading, rule. `text` and `words` are for when all its lines are known."""

    kind: str
    lines: list[tuple[int, int]]
    parts: list[str]
    blank_before: bool
    indent: int = 0
    numbered: bool = False
    level: int = 2
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


def units_of(text: str) -> list[Unit]:
    """Lines joined where one was broken mid-phrase or wrapped at a column."""
    units: list[Unit] = []
    lines: list[tuple[int, str]] = []
    by_hand = bool(_BROKEN_LINE.search(text))
    for match in _LINE.finditer(text):
        raw = match.group().rstrip("\r\n")
        if raw.strip():
            lines.append((match.start(), raw))
        elif lines:
            units += _group(lines, by_hand)
            lines = []
        if match.end() == len(text):
            break
    return units + (_group(lines, by_hand) if lines else [])


def _group(lines: list[tuple[int, str]], by_hand: bool) -> list[Unit]:
    """The units of lines with no blank line between them."""
    units: list[Unit] = []
    width = max(len(raw.rstrip()) for _, raw in lines)
    last: Unit | None = None  # the unit that the next line may continue
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
                units.append(Unit("rule", [], [], not units))
            last = None
        elif hashes:
            at = begin + hashes.end()
            units.append(Unit("heading", [(at, end)], [raw[hashes.end() :].strip()], not units, level=len(hashes[1])))
            last = None
        elif bullet and not (last and last.kind != "bullet" and wrapped and bullet.group().strip() in "–—-"):
            at = begin + bullet.end()
            last = Unit("bullet", [(at, end)], [raw[bullet.end() :].strip()], not units, _indent(raw), bool(_NUMBER.match(raw)))
            units.append(last)
        elif last and (_continues(last, content) or wrapped or _hangs(last, raw)):
            last.lines.append((start, end))
            last.parts.append(content)
            if last.kind == "short" and (end - last.lines[0][0] > 100 or last.ended):
                last.kind = "prose"
        else:
            kind = "prose" if len(content) > 100 or _ENDED.search(content) or content.endswith(":") else "short"
            last = Unit(kind, [(start, end)], [content], not units, _indent(raw))
            units.append(last)
    return units


def _indent(raw: str) -> int:
    expanded = raw.expandtabs(4)
    return len(expanded) - len(expanded.lstrip())


def _continues(last: Unit, content: str) -> bool:
    """The line before was broken mid-phrase: it does not end a sentence and this one goes on in lower case."""
    before = last.parts[-1][-20:]
    tail = before[-1]
    if tail == ":" or last.ended:
        return False
    first = content[0]
    return first.islower() or first in ",;)%&" or tail in ",(&/–—" or bool(_GOES_ON.search(before))


def _hangs(last: Unit, raw: str) -> bool:
    """A line indented under the text of a list item belongs to it."""
    return last.kind == "bullet" and _indent(raw) > last.indent
