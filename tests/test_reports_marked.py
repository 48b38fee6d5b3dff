from __future__ import annotations

from copycheck.findings import Profile, Report
from copycheck.reports.marked import Piece, blocks_of, groups, number_at, reading_of
from copycheck.source import Span

TEXT = (
    "---\ntitle: Salt & sleep\n---\n# Salt &amp; sleep\r\n\r\nSee ![a calm room](x.png) and [our *guide*](https://a.org/g) with `code` 😴 now.\r\n\r\n"
    "#### Deep\r\n\r\n- One\r\n  - Two\r\n- Three\r\n\r\n> Said she.\r\n\r\n| A | B |\r\n| - | - |\r\n| x | y |\r\n"
)


def at(words: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def made(*spans: Span, text: str = TEXT, path: str = "a.md"):
    blocks = blocks_of(Report(path, Profile(), text=text))
    return list(groups(blocks, dict(enumerate(spans))))


def marked(*spans: Span, text: str = TEXT, path: str = "a.md") -> list[tuple[str, tuple[int, ...]]]:
    found = [piece for group in made(*spans, text=text, path=path) for block in group.members for piece in block.pieces]
    return [(piece.text, piece.numbers) for piece in found if piece.numbers]


def test_the_article_in_its_order_and_shapes() -> None:
    found = made()
    assert [(group.scope, len(group.members)) for group in found] == [
        ("title", 1), ("heading", 1), ("body", 1), ("alt", 1), ("heading", 1), ("list", 3), ("quote", 1), ("table", 4),
    ]  # fmt: skip
    assert [block.number for group in found for block in group.members] == list(range(13))
    assert [block.level for group in found if group.scope in ("title", "heading") for block in group.members] == [3, 3, 4]
    assert [block.level for block in found[5].members] == [1, 2, 1]
    assert Piece("our guide", (), "https://a.org/g") in found[2].members[0].pieces
    assert "".join(piece.text for piece in found[2].members[0].pieces) == "See and our guide with ▢ 😴 now."


def test_a_table_is_told_by_its_rows() -> None:
    text = "| | Cost | Lasts |\n|---|---|---|\n| Laser | $90 | A year |\n| Rest | $0 | A day |\n\n<table><tr><td>Mon</td><td>9</td></tr></table>\n"
    (table,) = made(text=text)
    begin = ["".join(piece.text for piece in block.pieces) for block in table.members if block.row]
    assert begin == ["Laser", "Rest", "Mon"]


def test_marks_stand_on_the_very_characters() -> None:
    assert marked(at("sleep", 1), at("&amp;"), at("😴")) == [("&", (1,)), ("sleep", (0,)), ("😴", (2,))]
    assert marked(at("our *guide*")) == [("our guide", (0,))]


def test_marks_that_overlap_are_cut() -> None:
    outer, inner, other = at("with `code` 😴 now"), at("😴"), at("😴 now.")
    assert marked(outer, inner, other) == [("with ▢ ", (0,)), ("😴", (0, 1, 2)), (" now", (0, 2)), (".", (2,))]
    assert marked(Span(other.start, other.end + 30)) == [("😴 now.", (0,)), ("Deep", (0,)), ("One", (0,)), ("Tw", (0,))]


def test_what_is_said_of_several_blocks_is_told_at_the_first() -> None:
    found = made(Span(at("now").start, at("Deep").end), at("Deep"))
    assert [block.first for group in found for block in group.members if block.first] == [(0,), (1,)]


def test_a_placeholder_has_a_mark_only_where_nothing_else_shows_the_words() -> None:
    assert marked(at("calm")) == [("calm", (0,))]
    assert marked(at("`code`")) == [("▢", (0,))]


def test_what_no_block_shows_is_in_none() -> None:
    blocks = blocks_of(Report("a.md", Profile(), text=TEXT))
    assert number_at(blocks, Span(0, 3)) is None and number_at(blocks, Span(9, 9)) is None
    assert marked(Span(0, 3), at("x.png")) == []


def test_text_that_no_reader_takes_is_shown_as_it_is() -> None:
    text = "#include <a>\r\nint\tx\x1b[31m;\u202e\n"
    (group,) = made(Span(1, 8), text=text, path="a.xyz")
    assert [piece.text for piece in group.members[0].pieces] == ["#", "include", " <a> \nint x�[31m;�\n"]
    assert blocks_of(Report("-", Profile(), text="# Hi\n"))[0].scope == "heading"
    assert blocks_of(Report("a.txt", Profile(), text=" \n")) == ()


def test_the_reading_of_a_text_is_its_words_without_mark_up() -> None:
    text = "# **Sleep**\n\n**Rest\nhelps** [a lot](https://a.org/g) &amp; {{ more }}.\n\n| **a** | b |\n| --- | --- |\n"
    seen = reading_of(Report("a.md", Profile(), text=text))
    assert "".join(seen.get(place, "") for place in range(len(text))).split() == "Sleep Rest helps a lot & {{ more }}. a b".split()
    assert seen[text.index("&amp;")] == "&" and seen[text.index("helps")] == "h"
