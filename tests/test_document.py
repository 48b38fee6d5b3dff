"""Document: the map from a block's text to its source."""

from copycheck.document import Block, Segment
from copycheck.source import Span

# "Tom &amp; Ann  rest" with the entity one character and the two blanks one
BLOCK = Block("body", "Tom & Ann rest", (Segment(0, 10, 4, 4), Segment(4, 14, 1, 5), Segment(5, 19, 5, 5), Segment(10, 25, 4, 4)))


def test_equal_lengths_map_character_by_character():
    assert BLOCK.span(0, 3) == Span(10, 13)
    assert BLOCK.span(1, 2) == Span(11, 12)
    assert BLOCK.span(6, 9) == Span(20, 23)


def test_an_entity_maps_as_a_whole():
    assert BLOCK.span(4, 5) == Span(14, 19)
    assert BLOCK.span(2, 6) == Span(12, 20)


def test_the_whole_block():
    assert BLOCK.span() == Span(10, 29)


def test_a_character_of_no_segment_belongs_to_the_end_of_the_one_before():
    block = Block("body", "one two", (Segment(0, 0, 3, 3), Segment(4, 9, 3, 3)))
    assert block.span(3, 4) == Span(3, 3)
    assert block.span(2, 4) == Span(2, 3)
    assert block.span(4, 7) == Span(9, 12)


def test_the_way_back_from_the_source():
    assert BLOCK.within(Span(11, 13)) == (1, 3)
    assert BLOCK.within(Span(15, 16)) == (4, 5)
    assert BLOCK.within(Span(12, 20)) == (2, 6)
    assert BLOCK.within(Span(0, 99)) == (0, 14)
    assert BLOCK.within(Span(24, 25)) is None and BLOCK.within(Span(11, 11)) is None and BLOCK.within(Span(0, 10)) is None
    for start in range(14):
        for end in range(start + 1, 15):
            first, last = BLOCK.within(BLOCK.span(start, end)) or (99, 0)
            assert first <= start and (last >= end or BLOCK.text[last:end].isspace())
