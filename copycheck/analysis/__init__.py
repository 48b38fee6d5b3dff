"""Analysis: the sentences of a document, what holds in them, and spaCy's tokens for those that a check wants."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from copycheck.analysis import context, segment
from copycheck.analysis.repair import Repair, repair
from copycheck.document import Block, Document
from copycheck.findings import Profile
from copycheck.source import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

TEXT, TOKENS, TAGS, PARSE = "text", "tokens", "tags", "parse"
"""What a check may need: `text` runs no model, `tokens` only the tokenizer, `tags` the tagger and lemmatizer too."""


@dataclass(eq=False)
class Unit:
    """A sentence, bullet or heading: `text` is block.text[start:end]; `folded` the same with plain quotes and spaces.

    kind: `sentence`, `bullet` (a list item that is one fragment) or `heading`. `doc` is spaCy's Doc of the repaired text,
    or None where no check wanted it; its token offsets less `repair.shift` are offsets into `text`.
    """

    index: int
    block_index: int
    block: Block
    start: int
    end: int
    kind: str
    repair: Repair | None = None
    doc: Doc | None = None

    @cached_property
    def text(self) -> str:
        return self.block.text[self.start : self.end]

    @cached_property
    def folded(self) -> str:
        return context.fold(self.text)

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The source span of text[start:end]."""
        return self.block.span(self.start + start, self.end if end is None else self.start + end)

    @cached_property
    def is_question(self) -> bool:
        return context.is_question(self.folded)

    @cached_property
    def is_myth(self) -> bool:
        return context.is_myth(self.folded)

    @cached_property
    def _organisations(self) -> list[tuple[int, int]]:
        return context.organisations(self.text)

    def _is_quoted(self, start: int, end: int) -> bool:
        """Between quotation marks; a quotation may run over several sentences of the block."""
        start, end = start + self.start, end + self.start
        whole = context.quotations(self.block.text)
        number = bisect_right(whole, (start, len(self.block.text))) - 1
        return number >= 0 and end <= whole[number][1]

    def marks(self, start: int, end: int) -> frozenset[str]:
        """Which of context.MARKS hold for text[start:end]."""
        found = set()
        if self.is_question:
            found.add("question")
        if self.is_myth:
            found.add("myth")
        if self.block.scope == "quote" or self._is_quoted(start, end):
            found.add("quoted")
            if not context.own_voice(self.block.text):
                found.add("outsider")
        if context.negated(self.folded, start):
            found.add("negated")
        if any(a <= start and end <= b for a, b in self._organisations):
            found.add("organisation")
        return frozenset(found)


@dataclass(eq=False)
class Analysis:
    """A document's units in reading order, and its profile (told by `profile.tell`, set by the engine)."""

    document: Document
    units: tuple[Unit, ...]
    profile: Profile = field(default_factory=Profile)

    @cached_property
    def by_block(self) -> dict[int, tuple[Unit, ...]]:
        """Units by the index of their block."""
        units: dict[int, list[Unit]] = {}
        for unit in self.units:
            units.setdefault(unit.block_index, []).append(unit)
        return {block: tuple(members) for block, members in units.items()}


def units_of(document: Document) -> tuple[Unit, ...]:
    """All units of a document, whatever their region or scope."""
    units: list[Unit] = []
    for number, block in enumerate(document.blocks):
        spans = segment.split(block.text)
        for start, end in spans:
            if block.scope in ("heading", "title"):
                kind = "heading"
            elif block.scope == "list" and len(spans) == 1 and not block.text.rstrip().endswith((".", "!", "?")):
                kind = "bullet"
            else:
                kind = "sentence"
            units.append(Unit(len(units), number, block, start, end, kind))
    return tuple(units)


def annotate(
    analyses: Sequence[Analysis], needs: frozenset[str], wants: Callable[[Unit], bool], load: Callable[[frozenset[str]], Any]
) -> None:
    """Send the units that `wants` holds for through the model together, equal ones once.

    `load(needs)` gives the spaCy pipeline; it is not called where no unit is wanted.
    """
    if not needs - {TEXT}:
        return
    wanted = [unit for analysis in analyses for unit in analysis.units if wants(unit)]
    if not wanted:
        return
    same: dict[str, list[Unit]] = {}
    for unit in wanted:
        unit.repair = repair(unit.text, unit.kind)
        same.setdefault(unit.repair.text, []).append(unit)
    for doc, members in zip(load(needs).pipe(same), same.values(), strict=True):
        for unit in members:
            unit.doc = doc
