"""Page: the blocks of a document in order; headings and lead-ins over them, regions that only a heading or the whole page tells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from copycheck.document import Block, Link, Segment
from copycheck.readers.elements import Element, Tree
from copycheck.readers.regions import COMMENTS_CLOSED, is_reference, is_statement, section_of
from copycheck.source import Unreadable

_INTRODUCES = re.compile(r"[:…–—-]$|[^.!?:”\"’')\]]$|\b(?:following|below|these|includes?|including|such as)\b[^.!?]{0,200}+[.!?]?$")
_MAX_CELL = 240  # characters; a longer table cell is running text in a table used for layout
_SENTENCE_END = re.compile(r"[.!?]")
_MOST_BLOCKS = 10_000  # and one for every 50 characters, which cost as much to read as the shortest block


def refuse_crowded(blocks: int, length: int) -> None:
    """Raises Unreadable for more blocks than an article of that many characters has."""
    if blocks > (most := _MOST_BLOCKS + length // 50):
        raise Unreadable(f"it has more than {most:,} paragraphs, bullets, cells and other short pieces; split it, or leave it out")


@dataclass(slots=True)
class _Draft:
    """A block before its region is settled."""

    block: Block
    root: int


class Page:
    """The blocks made so far."""

    def __init__(self, tree: Tree, length: int) -> None:
        self.tree = tree
        self.length = length  # of the source
        self.footnotes: dict[str, list[int]] = {}
        self.waiting_ids: list[str] = []  # of elements whose first block is still to come
        self._drafts: list[_Draft] = []
        self._headings: dict[str, list[tuple[int, int]]] = {}  # level and index of those that stand open, by region
        self._section: tuple[str, int] | None = None  # region begun by a heading, with its level
        self._ids: dict[str, int] = {}
        self._cell: list[Element | None] = []  # the table, row and cell of the last block in one
        self._tables: list[list[list[int]]] = []  # by table and row, the first block of each cell that holds one

    def region(self, region: str) -> str:
        """The region of what stands here, in an element of that region."""
        return self._section[0] if self._section and region == "main" else region

    def rule(self) -> None:
        """A thematic break ends a section that no real heading began."""
        if self._section and self._section[1] > 6:
            self._section = None

    def lead_in(self, top: Element) -> int | None:
        """The block that introduces a list opened inside `top`."""
        for index in range(len(self._drafts) - 1, max(len(self._drafts) - 4, -1), -1):
            block = self._drafts[index].block
            if block.scope == "alt" or block.scope.startswith("meta"):
                continue
            if block.scope == "list" and top.depth == 0:
                while block.lead_in is not None and (above := self._drafts[block.lead_in].block).scope == "list":
                    block = above
                return block.lead_in
            if block.region != self.region(top.region):
                return None
            if block.scope in ("heading", "title") or top.depth or _INTRODUCES.search(block.text[-200:].rstrip()):
                return index
            return None
        return None

    def add(self, text: str, segments: tuple[Segment, ...], links: tuple[Link, ...], cta: bool) -> None:
        """Add a block of the running text."""
        top = self.tree.top
        scope, level, region = top.scope, top.level, top.region
        if cta and scope in ("body", "list", "table", "quote"):
            scope = "cta"
        elif scope == "table" and len(text) > _MAX_CELL:
            scope = "body"
        elif scope == "body" and _is_call_link(text, links):
            scope = "cta"
        if scope in ("body", "quote", "caption", "table", "cta", "title"):
            level = 1 if scope == "title" and level else 0
        index = len(self._drafts)
        in_list = scope in ("list", "quote") and top.list_id is not None
        region = self._in_section(scope, level, region, text, bool(links))
        above = self._headings.setdefault(region if region in ("main", "references", "comments") else "furniture", [])
        if scope == "heading" or (scope == "title" and level):
            while above and above[-1][0] >= level:
                above.pop()
        heading = above[-1][1] if above and scope != "title" else None
        if scope == "heading" or (scope == "title" and level):
            above.append((level, index))
        lead_in, list_id = (top.lead_in, top.list_id) if in_list else (None, None)
        block = Block(scope, text, segments, region, level, heading, lead_in, list_id, links, top.folded)
        if scope == "table":
            self._in_cell(index)
        self.append(block, top.root)

    def _in_cell(self, index: int) -> None:
        """Note where in a table the block stands."""
        opened = [
            next((element for element in reversed(self.tree.stack) if element.name in names), None)
            for names in (("table",), ("tr",), ("td", "th"))
        ]
        table, row, cell = [new is not old for new, old in zip(opened, self._cell or [None] * 3, strict=True)]
        self._cell = opened
        if table or not self._tables:
            self._tables.append([])
        if table or row or not self._tables[-1]:
            self._tables[-1].append([])
        if table or row or cell:
            self._tables[-1][-1].append(index)

    def _in_section(self, scope: str, level: int, region: str, text: str, linked: bool) -> str:
        """The region of a block, with references and readers' comments that only a heading tells."""
        if region not in ("main", "aside", "footer"):
            return "main" if self.tree.names["#note"] and is_statement(text, linked) else region
        begun = section_of(text) if scope in ("heading", "body") and (scope == "heading" or len(text) < 60) else None
        if begun:
            self._section = (begun, level or 7)
        elif (self._section and scope == "heading" and level <= self._section[1]) or (
            self._section and self._section[0] == "references" and scope == "body" and not is_reference(text, linked)
        ):
            self._section = None
        if self._section:
            stands_alone = self._section[0] == "references" and scope == "body" and is_statement(text, linked)
            return region if stands_alone else self._section[0]
        return "comments" if COMMENTS_CLOSED.fullmatch(text.strip()) else region

    def append(self, block: Block, root: int) -> None:
        """Add a block as it is; `root` tells which opening tag gave its region."""
        index = len(self._drafts)
        refuse_crowded(index, self.length)
        for identity in self.waiting_ids:
            self._ids.setdefault(identity, index)
        self.waiting_ids = []
        for element in self.tree.stack if self.tree.names["#note"] else ():
            if element.name == "#note":
                self.footnotes.setdefault(element.label, []).append(index)
        self._drafts.append(_Draft(block, root))

    def finish(self) -> tuple[Block, ...]:
        """The blocks in reading order, their regions settled."""
        labels = dict(label for table in self._tables for label in _labels(table))
        drafts = enumerate(_settled(self._drafts))
        blocks = tuple(replace(draft.block, labels=labels[at]) if at in labels else draft.block for at, draft in drafts)
        for block in blocks:
            for link in block.links:
                if link.kind == "footnote" and link.url not in self.footnotes and link.url in self._ids:
                    self.footnotes[link.url] = [self._ids[link.url]]
        return blocks


_PRICE = re.compile(r"[$£€₹]\s?\d")
_RUNNING = frozenset({"body", "heading", "list", "quote"})


def _is_call_link(text: str, links: tuple[Link, ...]) -> bool:
    """Whether a block is nothing but a telephone or mail link."""
    return len(links) == 1 and links[0].url.startswith(("tel:", "mailto:")) and links[0].end - links[0].start == len(text)


def _is_prose(text: str) -> bool:
    """Whether a sentence of some length stands in the text."""
    return len(text) > 40 and any(len(part) > 40 for part in _SENTENCE_END.split(text)[:-1])


def _is_said(block: Block) -> bool:
    return block.scope in _RUNNING and _is_prose(block.text)


def _labels(table: Sequence[Sequence[int]]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The cells below the first row, each with what labels it: those of the first column with its head.

    Empty cells hold no block: of a row that has fewer cells than the longest no column can be told. The first row may lack its corner.
    """
    longest = max(map(len, table[1:]), default=0)
    corner = longest - len(table[0])
    for row in table[1:]:
        if len(row) == longest and not corner:
            yield row[0], (table[0][0],)
        for at, index in enumerate(row[1:], 1):
            yield index, (row[0], table[0][at - corner]) if len(row) == longest and corner in (0, 1) else (row[0],)


def _settled(drafts: list[_Draft]) -> list[_Draft]:
    """Take back what only looked like furniture: a region with most of the page's prose, prose in a menu or form, all that stands in a
    header or sidebar with prose, a header with the title, and a sidebar or form with an offer, but for menus and placeholders there."""
    weight: Counter[int] = Counter()
    regions: dict[int, str] = {}
    speaking = set()
    for draft in drafts:
        block, root = draft.block, draft.root
        regions[root] = block.region
        if _is_prose(block.text):
            weight[root] += len(block.text)
        if (
            (block.region in ("header", "aside") and _is_said(block))
            or (block.region in ("aside", "form") and _PRICE.search(block.text))
            or (block.region == "header" and block.scope == "heading" and block.level == 1 and not _is_menu(block))
        ):
            speaking.add(root)
    total = sum(weight.values())
    wrong = {root for root, own in weight.items() if own > 0.5 * total and regions[root] in ("nav", "header", "footer", "aside", "form")}
    settled = []
    for draft in drafts:
        block = draft.block
        said = block.region in ("nav", "form") and _is_said(block)
        said = said or (draft.root in speaking and not _is_menu(block))
        if (said or draft.root in wrong) and block.region not in ("main", "references", "comments"):
            draft = _Draft(replace(block, region="main"), draft.root)
        settled.append(draft)
    return settled


def _is_menu(block: Block) -> bool:
    """Whether a block is an item of a list of links, or no running text."""
    linked = sum(link.end - link.start for link in block.links)
    return block.scope == "alt" or (block.scope in ("list", "heading") and linked == len(block.text))
