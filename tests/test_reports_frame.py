from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from report_samples import spans, texts

from copycheck.reports.frame import MOST_LINES, Line, frame
from copycheck.reports.printable import cells
from copycheck.source import Span
from tests.work import calls


def marked(text: str, *words: str, width: int = 80, sentence: Span | None = None) -> list[Line]:
    found = [Span(text.index(word), text.index(word) + len(word)) for word in words]
    return frame(text, sentence or Span(0, len(text)), found, width)


def test_the_exact_span_is_marked() -> None:
    assert marked("It cures pain fast.", "cures pain") == [Line("It cures pain fast.", "   ^^^^^^^^^^")]


def test_two_spans_in_one_line() -> None:
    assert marked("It cures pain fast.", "cures", "fast") == [Line("It cures pain fast.", "   ^^^^^      ^^^^")]


def test_wide_and_combining_characters_keep_the_marks_in_place() -> None:
    assert marked("你好 pain", "pain") == [Line("你好 pain", "     ^^^^")]
    assert marked("cafe\u0301 pain", "pain") == [Line("cafe\u0301 pain", "     ^^^^")]
    assert marked("x 你好 y", "你好") == [Line("x 你好 y", "  ^^^^")]


def test_tabs_and_line_ends_are_one_space() -> None:
    assert marked("a\tb\r\n   pain", "pain") == [Line("a b pain", "    ^^^^")]


def test_only_the_sentence_is_shown() -> None:
    assert marked("First. It cures. Last.", "cures", sentence=Span(7, 16)) == [Line("It cures.", "   ^^^^^")]


def test_a_span_over_two_lines_is_marked_in_both() -> None:
    lines = marked("aaaa bbbb cccc dddd eeee ffff gggg hhhh iiii jjjj", "hhhh iiii", width=42)
    assert lines == [Line("aaaa bbbb cccc dddd eeee ffff gggg hhhh", " " * 35 + "^^^^"), Line("iiii jjjj", "^^^^")]


def test_a_long_sentence_shows_only_lines_with_marks() -> None:
    text = "word " * 100 + "pain " + "word " * 40
    (line,) = marked(text, "pain")
    assert line.text.startswith("…word") and line.text.endswith("word…") and "pain" in line.text
    assert line.marks == " " * line.text.index("pain") + "^^^^"


def test_a_long_mark_is_cut() -> None:
    text = "word " * 300
    lines = frame(text, Span(0, len(text)), [Span(5, len(text))], 60)
    assert len(lines) == MOST_LINES and lines[-1].text.endswith("…")


def test_a_whole_paragraph_shows_its_beginning() -> None:
    text = "word " * 30
    (line,) = frame(text, Span(0, len(text)), [Span(0, len(text))], 42)
    assert line == Line("word word word word word word word word…", "^" * 39)


def test_an_insertion_point_is_marked_by_one_cell() -> None:
    assert frame("ab cd", Span(0, 5), [Span(3, 3)], 60) == [Line("ab cd", "   ^")]


def test_in_a_narrow_window_marks_stand_in_the_text() -> None:
    assert marked("It cures pain fast.", "cures pain", width=30) == [Line("It «cures pain» fast.")]


def test_a_sentence_of_megabytes_is_shown_around_its_span() -> None:
    lines: list[Line] = []

    def shown(size: int) -> int:
        text = "a" * size
        return calls(lambda: lines.extend(frame(text, Span(0, size), [Span(size // 2, size // 2 + 10)], 80)))

    assert shown(4_000_000) < 1.1 * shown(40_000)
    assert any(line.marks for line in lines) and lines[0].text.startswith("…")


@given(st.data(), st.integers(10, 100))
def test_any_text_and_spans_fit_the_width(data: st.DataObject, width: int) -> None:
    text = data.draw(texts)
    lines = frame(text, data.draw(spans(len(text))), data.draw(st.lists(spans(len(text)), max_size=4)), width)
    for line in lines:
        assert sum(cells(line.text)) <= width
        assert len(line.marks) <= width and not line.marks.strip(" ^")
