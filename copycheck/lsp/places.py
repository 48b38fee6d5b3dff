"""Places: spans of a text as ranges in the units that the editor counts in."""

from __future__ import annotations

from lsprotocol.types import Position, Range
from pygls.workspace import PositionCodec

from copycheck.source import Source, Span


def position(source: Source, offset: int, codec: PositionCodec) -> Position:
    line, column = source.location(offset)
    return Position(line - 1, codec.client_num_units(source.text[offset - column + 1 : offset]))


def range_of(source: Source, span: Span, codec: PositionCodec) -> Range:
    return Range(position(source, span.start, codec), position(source, span.end, codec))


def touches(one: Range, other: Range) -> bool:
    """They overlap, or one ends where the other begins."""
    return one.start <= other.end and other.start <= one.end
