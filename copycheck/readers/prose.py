"""Prose: the growing text of one block with its segments and links."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from copycheck.document import Link, Segment

_ODD = re.compile("[^\\S ]\\s*| \\s+|[\u00ad\u200b\u2060\ufeff]+")  # white space but one blank; invisible characters
_WORD = re.compile(r"[^\W_]")
_LETTERS = re.compile(r"[^\W\d_]{4}")  # of a word; fewer are an ending (“<a>vitamin</a>s”) or a first letter set large
_ADDRESS = re.compile(r"(?:https?://|\bwww\.)[^\s<>\"“”\ufffc]{2,2000}")
_MAX_BLOCK = 10_000  # characters; a longer paragraph is no writing, and what asks a sentence about its paragraph stays linear
_STOP = re.compile(r"[.!?…][\"'”’)\]]*\s|\n")

Content = tuple[str, tuple[Segment, ...], tuple[Link, ...]]
"""Text, segments and links of a block."""


class Prose:
    """Text of one block: white space folded, each character's source remembered."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.last = " "  # last character; a blank at the start, so that leading white space is dropped
        self.segments: list[list[int]] = []
        self.links: list[Link] = []
        self.sealed = False  # the next text starts a segment of its own

    def add(self, text: str, start: int, length: int) -> None:
        """Append decoded text that stands for source[start:start + length]."""
        if len(text) != length:
            text = _ODD.sub(lambda match: " " if match.group()[0].isspace() else "", text)
            if text in ("", " ") and (not text or self.last in " \n"):
                return
            self._whole(text, start, length)
            return
        at = 0
        for match in _ODD.finditer(text):
            self._put(text[at : match.start()], start + at)
            if match.group()[0].isspace():
                self._put(" ", start + match.start())
            self.sealed = True
            at = match.end()
        self._put(text[at:] if at else text, start + at)

    def _put(self, text: str, start: int) -> None:
        if text.startswith(" ") and self.last in " \n":
            text, start = text[1:], start + 1
        if not text:
            return
        if not self.sealed and self.segments:
            last = self.segments[-1]
            if last[1] + last[3] == start and last[0] + last[2] == self.length:
                last[2] += len(text)
                last[3] += len(text)
                self.parts.append(text)
                self.length += len(text)
                self.last = text[-1]
                return
        self._append(text, [self.length, start, len(text), len(text)])

    def _whole(self, text: str, start: int, length: int) -> None:
        """Append text that stands for its source as a whole: of segments of one length each character would stand for its own."""
        if len(text) == length > 2:
            self._append(text[:1], [self.length, start, 1, length - 1])
            text, start, length = text[1:], start + length - 1, 1
        self._append(text, [self.length, start, len(text), length])
        self.sealed = True

    def _append(self, text: str, segment: list[int]) -> None:
        self.parts.append(text)
        self.segments.append(segment)
        self.length += len(text)
        self.last = text[-1]
        self.sealed = False

    def hard_break(self, start: int, length: int) -> None:
        """A line break that the reader sees."""
        if not self.length:
            return
        if self.last == " ":
            self.cut(self.length - 1)
        if self.length and self.last != "\n":
            self._append("\n", [self.length, start, 1, length])
            self.sealed = True

    def blank(self) -> None:
        """A blank that no source character stands for, between elements that touch."""
        if self.last not in " \n":
            self.parts.append(" ")
            self.length += 1
            self.last = " "
            self.sealed = True

    def part(self, text: str) -> bool:
        """Add a blank where a word that touches the last one follows; whether it does."""
        touches = bool(_LETTERS.match(text) and _LETTERS.fullmatch(self.tail(self.length - 4)))
        if touches:
            self.blank()
        return touches

    def cut(self, at: int) -> None:
        """Drop the text from `at` on."""
        while self.parts and self.length - len(self.parts[-1]) >= at:
            self.length -= len(self.parts.pop())
        if self.length > at:
            self.parts[-1] = self.parts[-1][: at - self.length]
            self.length = at
        self.last = self.parts[-1][-1] if self.parts else " "
        while self.segments and self.segments[-1][0] >= at:
            self.segments.pop()
        if self.segments:
            last = self.segments[-1]
            over = last[0] + last[2] - at
            if over > 0:
                if last[2] == last[3]:
                    last[3] -= over
                last[2] -= over
        self.sealed = True

    def fold(self, at: int, text: str) -> None:
        """Replace the text from `at` on by `text`, which stands for all its source as a whole."""
        first = len(self.segments)
        while first and self.segments[first - 1][0] >= at:
            first -= 1
        if first < len(self.segments):
            start, end = self.segments[first][1], self.segments[-1][1] + self.segments[-1][3]
            self.cut(at)
            self._whole(text, start, end - start)

    def tail(self, at: int) -> str:
        """The text from `at` on."""
        taken, first = self.length, len(self.parts)
        while first and taken > at:
            first -= 1
            taken -= len(self.parts[first])
        return "".join(self.parts[first:])[at - taken :]

    def finish(self) -> Iterable[Content]:
        """The content, white space at its ends dropped, in parts where it is too long; none if there is no word in it."""
        text = "".join(self.parts)
        kept = text.rstrip()
        if not _WORD.search(kept):
            return ()
        if len(kept) < len(text):
            self.cut(len(kept))
        links = []
        for link in self.links:
            start, end = link.start, min(link.end, len(kept))
            while start < end and kept[start].isspace():
                start += 1
            while start < end and kept[end - 1].isspace():
                end -= 1
            if start < end:
                links.append(link._replace(start=start, end=end))
        links += _bare(kept, links)
        return _portions((kept, tuple(Segment(*segment) for segment in self.segments), tuple(sorted(links))))


def _portions(content: Content) -> Iterator[Content]:
    """The content of a block, cut at the end of a sentence wherever it would grow past _MAX_BLOCK."""
    text, segments, links = content
    start = 0
    while len(text) - start > _MAX_BLOCK:
        limit = start + _MAX_BLOCK
        stops = [match.end() for match in _STOP.finditer(text, limit - _MAX_BLOCK // 4, limit)]
        cut = stops[-1] if stops else text.rfind(" ", start + 1, limit) + 1 or limit
        yield _portion(text, segments, links, start, cut)
        start = cut
    yield _portion(text, segments, links, start, len(text)) if start else content


def _portion(text: str, segments: tuple[Segment, ...], links: tuple[Link, ...], start: int, end: int) -> Content:
    """The content from `start` to `end`, less white space there."""
    end = start + len(text[start:end].rstrip())
    kept = []
    for segment in segments[max(bisect_right(segments, (start,)) - 1, 0) : bisect_right(segments, (end,))]:
        into, over = max(start - segment.at, 0), max(segment.at + segment.length - end, 0)
        if into >= segment.length:
            continue
        length = segment.length - into - over
        if segment.length == segment.source_length:
            kept.append(Segment(segment.at + into - start, segment.source + into, length, length))
        else:
            kept.append(Segment(segment.at + into - start, segment.source, length, segment.source_length))
    first, last = bisect_right(links, (start - _MAX_BLOCK,)), bisect_right(links, (end,))
    inside = [link for link in links[first:last] if link.end > start and link.start < end]
    return (
        text[start:end],
        tuple(kept),
        tuple(link._replace(start=max(link.start, start) - start, end=min(link.end, end) - start) for link in inside),
    )


def _bare(text: str, links: list[Link]) -> list[Link]:
    """Addresses written out in the text, outside its links."""
    if "://" not in text and "www." not in text:
        return []
    taken = {position for link in links for position in range(link.start, link.end)}
    found = []
    for match in _ADDRESS.finditer(text):
        url = match.group().rstrip(".,;:!?'’*_")
        if url.endswith(")") and url.count("(") < url.count(")"):
            url = url[:-1]
        if match.start() not in taken:
            found.append(Link(match.start(), match.start() + len(url), url, "bare"))
    return found
