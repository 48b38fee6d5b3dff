"""Cards: what the page of an article tells of each entry, with the block that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from copycheck.document import Block
from copycheck.findings import Report
from copycheck.reports.entries import Entry, entries
from copycheck.reports.marked import number_at
from copycheck.reports.options import Options
from copycheck.reports.printable import one_line
from copycheck.reports.wording import ADDRESS
from copycheck.source import Source, Span

if TYPE_CHECKING:
    from copycheck.ruleset.models import Rule

KINDS = ("error", "warning", "note", "silenced")  # labels of entries that a page marks, the worst first


class Card(NamedTuple):
    """`place` is line and column, empty where there is none; `at` the number of the block that shows it."""

    entry: Entry
    rule: Rule | None = None
    place: str = ""
    at: int | None = None
    offers: tuple[str, ...] = ()  # wordings and texts to use
    addresses: tuple[str, ...] = ()  # where to look for a source
    related: tuple[tuple[str, int | None], ...] = ()  # places, each with the block that shows it

    @property
    def family(self) -> str:
        return self.entry.rule.partition("/")[0]

    @property
    def span(self) -> Span | None:
        """What is to be marked in the article; None where no block shows it."""
        return self.entry.finding.pointed if self.entry.finding and self.at is not None else None


def cards_of(report: Report, blocks: Sequence[Block], options: Options) -> list[Card]:
    """A card for each entry of a file."""
    return [_card(entry, blocks, options) for entry in entries(report, options)]


def standing(card: Card) -> tuple[bool, int]:
    """What cards outside the article are sorted by: why the file was not checked, findings, the worst first, notices."""
    label = card.entry.label
    return card.entry.kind == "notice", KINDS.index(label) if label in KINDS else -1


def _card(entry: Entry, blocks: Sequence[Block], options: Options) -> Card:
    found, source = entry.finding, entry.source
    if found is None:
        return Card(entry)
    offered = [one_line(text) for text in found.suggestions]
    return Card(
        entry,
        options.rules().get(entry.rule),
        _place(source, found.pointed) if entry.span else "",
        number_at(blocks, found.pointed) if entry.span else None,
        tuple(text for text in offered if not text.startswith(ADDRESS)),
        tuple(text for text in offered if text.startswith(ADDRESS)),
        tuple((_place(source, span), number_at(blocks, span)) for span in found.related),
    )


def _place(source: Source, span: Span) -> str:
    return "{}:{}".format(*source.location(span.start))
