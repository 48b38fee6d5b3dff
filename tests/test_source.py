"""Source: bytes into text by one rule, positions by line and column."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copycheck.source import Refused, Source, Span, Unreadable, decode


def test_utf8_is_strict_and_keeps_newlines():
    source = decode("a\r\nb\rc\n😀".encode(), "x.md")
    assert source.text == "a\r\nb\rc\n😀" and source.notices == ()


@pytest.mark.parametrize(("mark", "encoding"), [(b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_a_byte_order_mark_decides_and_is_no_text(mark, encoding):
    assert decode(mark + "Pain – relief".encode(encoding), "x.md").text == "Pain – relief"


def test_a_byte_order_mark_that_lies_is_told_with_the_byte():
    with pytest.raises(Unreadable, match="says utf-8 but byte 4"):
        decode(b"\xef\xbb\xbfa\xff", "x.md")


def test_what_is_no_utf8_is_windows_1252_with_a_notice():
    source = decode(b"Isn\x92t it \x93safe\x94 \x81", "x.md")
    assert source.text == "Isn’t it “safe” \ufffd"
    assert [notice.rule for notice in source.notices] == ["copycheck/encoding"]
    assert "Byte 3" in source.notices[0].message and "UTF-8" in source.notices[0].message


def test_binary_data_is_refused():
    with pytest.raises(Unreadable, match="binary"):
        decode(b"PK\x03\x04\x00\x00", "x.md")


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("encoding", ["utf-32-le", "utf-32-be"])
def test_utf32_is_refused_with_a_mark_or_without(encoding, mark):
    with pytest.raises(Unreadable, match=r"UTF-32 or UTF-16 without a mark; .*UTF-8"):
        decode((mark + "Pain – relief").encode(encoding), "x.md")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_refused(encoding):
    with pytest.raises(Unreadable, match=r"UTF-32 or UTF-16 without a mark; .*UTF-8"):
        decode("Pain – relief".encode(encoding), "x.md")


def test_a_nul_far_in_is_text():
    assert "\0" in decode(b"a" * 9000 + b"\0", "x.md").text


def test_locations_count_from_one_over_every_line_end():
    source = Source("x", "ab\r\ncd\re\n\nf")
    assert [source.location(at) for at in (0, 1, 4, 7, 9, 10)] == [(1, 1), (1, 2), (2, 1), (3, 1), (4, 1), (5, 1)]
    assert source.location(len(source.text)) == (5, 2)


def test_line_spans_leave_the_line_end_out():
    source = Source("x", "ab\r\ncd\n")
    assert [source.line_span(number) for number in (1, 2, 3)] == [Span(0, 2), Span(4, 6), Span(7, 7)]


@given(st.text(alphabet="a\r\n😀", max_size=30))
def test_every_offset_lies_in_its_line(text):
    source = Source("x", text)
    for offset in range(len(text) + 1):
        line, column = source.location(offset)
        start, end = source.line_span(line)
        assert start + column - 1 == offset and start <= offset <= max(end, start) + 2


def test_what_is_refused_tells_all_its_problems():
    assert Refused("one").problems == ("one",) and str(Refused(["a.yaml:1: x", "a.yaml:2: y"])) == "a.yaml:1: x\na.yaml:2: y"


def test_a_place_is_a_line_and_a_column():
    assert Source("a", "one\ntwo").place(5) == "2:2"
