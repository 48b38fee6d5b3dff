"""Document: what a reader makes of a source; blocks of copy with an exact map back to it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from copycheck.source import Source, Span

PLACEHOLDER = "\ufffc"
"""One character that stands in a block's text for template code, inline code or an object: a noun to every check."""


class Segment(NamedTuple):
    """`length` characters of block text from `at` come from `source_length` characters of the source from `source`.

    Equal lengths map character by character; unequal ones (an entity, a placeholder) only as a whole.
    """

    at: int
    source: int
    length: int
    source_length: int


class Link(NamedTuple):
    """A link, image, bare address or footnote reference; `start` and `end` are offsets into its block's text.

    kind: `link`, `bare` (an address written out), `image`, `footnote` (url is the label, resolved by Document.footnotes).
    """

    start: int
    end: int
    url: str
    kind: str = "link"


class Comment(NamedTuple):
    """A comment of the host format (`<!-- -->`, `{/* */}`, `{# #}`, `{{/* */}}`): its span in the source and its text."""

    span: Span
    text: str


@dataclass(frozen=True)
class Block:
    """A heading, paragraph, list item, table cell, caption, attribute or front-matter value.

    `text` is decoded prose: entities resolved, mark-up gone, soft line ends one space, hard line breaks one "\\n",
    template code one PLACEHOLDER. `segments` cover it in order; characters no segment covers belong to the one before.

    scope: title, heading, body, list, quote, table, caption, alt, cta, or `meta.<key>` for copy of front matter and <meta>.
    region: `main` is the article; nav, header, footer, aside and form stand around it, `related` leads to other articles or asks about
    cookies, `references` are its sources, `comments` are readers' comments, `foreign` is text that is not English.
    """

    scope: str
    text: str
    segments: tuple[Segment, ...]
    region: str = "main"
    level: int = 0  # heading level 1-6; nesting depth of a list item, from 1
    heading: int | None = None  # index of the heading block it stands under
    lead_in: int | None = None  # index of the block that introduces the list it is in ("Benefits include:")
    list_id: int | None = None  # items of one list share it
    links: tuple[Link, ...] = ()
    folded: bool = False  # not seen before the reader opens it: the answer of a folded question, a tab
    labels: tuple[int, ...] = ()  # of a table cell: the indexes of the first cell of its row and of the one that heads its column

    @cached_property
    def _ats(self) -> list[int]:
        return [segment.at for segment in self.segments]

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The source span of text[start:end]; the whole block without arguments. Needs 0 <= start < end."""
        end = len(self.text) if end is None else end
        first = self.segments[max(bisect_right(self._ats, start) - 1, 0)]
        last = self.segments[max(bisect_right(self._ats, end - 1) - 1, 0)]
        into = start - first.at
        begin = first.source + (into if first.length == first.source_length else 0)
        if into >= first.length:  # a character of no segment
            begin = first.source + first.source_length
        into = end - last.at
        if last.length == last.source_length and into <= last.length:
            return Span(begin, last.source + into)
        return Span(begin, last.source + last.source_length)

    def within(self, span: Span) -> tuple[int, int] | None:
        """Start and end in `text` of what comes from a source span, None where nothing does: the way back from `span`."""
        parts = []
        for at, source, length, size in self.segments:
            low, high = max(span.start, source), min(span.end, source + size)
            if low < high and length:
                parts.append((at + low - source, at + high - source) if length == size else (at, at + length))
        return (parts[0][0], parts[-1][1]) if parts else None


@dataclass(frozen=True)
class Document:
    """A source with its blocks in reading order, its front matter and its comments."""

    source: Source
    format: str  # markdown, mdx, html, text or word
    blocks: tuple[Block, ...]
    meta: Mapping[str, Any] = field(default_factory=dict)
    comments: tuple[Comment, ...] = ()
    footnotes: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # label -> indexes of the definition's blocks
    problem: str | None = None  # why a part of the source, such as its front matter, could not be read
    unread: tuple[Span, ...] = ()  # parts that may hold copy and were not read
    includes: tuple[str, ...] = ()  # names of files that template code includes ("footer.php", "disclaimer.html")
