"""Marked: an article as its blocks, the words that something is said of cut out; for reports that show the article itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from copycheck.document import PLACEHOLDER, Block, Segment
from copycheck.findings import Report
from copycheck.readers import read
from copycheck.reports.printable import printable
from copycheck.source import Source, Span

STANDS_FOR = "▢"  # what a reader sees of a placeholder
_GATHERED = frozenset({"list", "table", "quote"})  # scopes whose blocks in a row are one thing
_BLANKS = {ord("\t"): " ", ord("\r"): " "}
_TOP = 2  # the level of the heading that the article stands under


class Piece(NamedTuple):
    """Words of a block that the same is said of: by `numbers`, in order. `url` is where they link to, if they do.

    `text` is printable but for line feeds, which are breaks.
    """

    text: str
    numbers: tuple[int, ...] = ()
    url: str = ""


class Marked(NamedTuple):
    """A block by its number in the document. `first` are the numbers of what is said here first; `level` suits an outline of headings.

    `row`: it begins a row of a table, as far as the labels of cells tell.
    """

    number: int
    scope: str
    level: int
    pieces: tuple[Piece, ...]
    first: tuple[int, ...]
    row: bool


class Group(NamedTuple):
    """Blocks in a row: the items of a list, the cells of a table, else one."""

    scope: str
    region: str
    members: tuple[Marked, ...]


def blocks_of(report: Report) -> tuple[Block, ...]:
    """The blocks of a report's text, as the checks had them; the text as one block where no reader takes it."""
    text = report.text
    try:
        blocks = read(Source(report.path, text, tags=report.tags), "markdown" if report.path == "-" else None).blocks
    except Exception:  # the report says why; what can be shown is shown
        blocks = (Block("body", text, (Segment(0, 0, len(text), len(text)),)),)
    return tuple(block for block in blocks if block.text.strip())


def reading_of(report: Report) -> dict[int, str]:
    """What a reader sees of a report's text, by offset: nothing of mark-up, an entity as what it stands for, template code as it is."""
    seen: dict[int, str] = {}
    for block in blocks_of(report):
        ends = [*(segment.at for segment in block.segments[1:]), len(block.text)]
        for (at, source, length, size), end in zip(block.segments, ends, strict=True):
            text = block.text[at:end]
            if PLACEHOLDER in text:
                seen |= {place: report.text[place] for place in range(source, source + size)}
            elif length == size and length:
                seen |= zip(range(source, source + size), [*text[: length - 1], text[length - 1 :]], strict=True)
            else:
                seen[source] = text
        seen.setdefault(block.span().end, " ")  # what the next block shows is another word
    return seen


def number_at(blocks: Sequence[Block], span: Span) -> int | None:
    """The first block that shows something of a source span."""
    return next(iter(_places(blocks, span)), None)


def groups(blocks: Sequence[Block], spans: Mapping[int, Span]) -> Iterator[Group]:
    """The article in reading order, marked at source spans by number. What stands in no block is in no group."""
    marks: dict[int, list[tuple[int, int, int]]] = {}
    first: dict[int, list[int]] = {}
    for number, span in sorted(spans.items()):
        places = _places(blocks, span)
        for at, (start, end) in places.items():
            marks.setdefault(at, []).append((start, end, number))
        for at in list(places)[:1]:
            first.setdefault(at, []).append(number)
    made = [
        Marked(
            number, block.scope, level, tuple(_pieces(block, marks.get(number, ()))), tuple(first.get(number, ())), _is_row(blocks, number)
        )
        for number, (block, level) in enumerate(zip(blocks, _levels(blocks), strict=True))
    ]
    for (region, scope, _), members in groupby(made, key=lambda one: _key(one, blocks[one.number])):
        yield Group(scope, region, tuple(members))


def _key(one: Marked, block: Block) -> tuple[str, str, int]:
    return block.region, block.scope, -1 if block.scope in _GATHERED else one.number


def _is_row(blocks: Sequence[Block], number: int) -> bool:
    """A cell without labels between cells that have some: the head of a row, or the first of another table."""
    return not blocks[number].labels and any(block.labels for block in blocks[max(number - 1, 0) : number + 2])


def _places(blocks: Sequence[Block], span: Span) -> dict[int, tuple[int, int]]:
    """By block what it shows of a span; a block that has but a placeholder there counts only where none has words."""
    found = {number: part for number, block in enumerate(blocks) if (part := block.within(span))}
    told = {number: part for number, part in found.items() if blocks[number].text[slice(*part)].strip(f"{PLACEHOLDER} ")}
    return told or found


def _pieces(block: Block, marks: Sequence[tuple[int, int, int]]) -> Iterator[Piece]:
    lines = block.text.translate(_BLANKS).split("\n")
    text = "\n".join(map(printable, lines)).replace(PLACEHOLDER, STANDS_FOR)
    cuts = {0, len(text), *(cut for start, end, _ in marks for cut in (start, end)), *(cut for link in block.links for cut in link[:2])}
    for start, end in pairwise(sorted(cut for cut in cuts if 0 <= cut <= len(text))):
        numbers = tuple(number for low, high, number in marks if low <= start and end <= high)
        url = next((link.url for link in block.links if link.start <= start and end <= link.end), "")
        yield Piece(text[start:end], numbers, url)


def _levels(blocks: Sequence[Block]) -> Iterator[int]:
    """For each block the level of its heading below the page's own, never more than one deeper than the one before; else its own."""
    before = _TOP
    for block in blocks:
        if block.scope in ("heading", "title"):
            before = min(_TOP + max(block.level, 1), before + 1, 6)
            yield before
        else:
            yield block.level
