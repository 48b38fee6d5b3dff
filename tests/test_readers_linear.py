"""Readers: twice the text takes twice the work, whatever the text is made of. Work is calls, counted; see also test_expressions."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copycheck.readers import page, read
from copycheck.readers.scanner import BLADE, JSX, Index, balanced
from copycheck.source import Source, Unreadable
from tests.work import calls

GROWTH, FIXED = 2.6, 4_000  # twice the text may take this much more, and some calls are for the document, not for its text
PATHS = ["a.md", "a.mdx", "a.html", "a.txt", "a.liquid", "a.blade.php", "a.vue", "a.astro", "a.erb", "a.jsx"]
PIECES = [
    "- ", "1. ", "> ", "# ", "\n", "\n\n", "    ", "\t", " ", "a", "Pain eases. ", "[a", "]", "](x)", "![a", "[a][b] ", "[r]: /x 'a", "[^1]", "[^1]: ",
    "*", "_", "~~", "`", "```\n", "<http://a.b/c> ", "<http://a.b/c ", "www.a.b/ ", "a@b.c ", "&amp;", "&amp", "&#x", "\\", "\\|", "|", "|a|\n|-|\n",
    "<b>", "</b>", "<div>\n", "<!--", "-->", "<a b=\"", "<a b='", "=", "\"", "'", "/>", ">", "<img width= ", "<script>", "</script>", "<td>", "<li>",
    "<p>", "<br>", "<sup>1</sup>", "{{", "}}", "{%", "%}", "{% comment %}", "{% endcomment", "{#", "#}", "{: .a}", "{/*", "*/}", "{a", "}", "{'", "<A b={",
    "import {", "export ", "@if(", "@php", ")", "(", "<?php ", "?>", "<%", "%>", "[a b=\"c\"", "[/a]", "---\n", "+++\n", "a: b\n", "a = 1\n", "• ", "—", "“", "”",
    ":::a b\n", ":::\n", "Home\n", "Call us: 555-123-4567\n", "\r\n", "http://", "1", "A", "\u00a0", "\u200b", "😀",
]  # fmt: skip


def work(path: str, text: str) -> int:
    def once() -> None:
        with suppress(Unreadable):
            read(Source(path, text))

    return calls(once)


def assert_linear(path: str, piece: str, size: int = 1_500, last: str = "") -> None:
    """Twice the text takes about twice the work at most, here or at the next doubling: a budget that is spent in between makes one step."""
    once, twice = (work(path, piece * max(length // len(piece), 1) + last) for length in (size, 2 * size))
    if twice > GROWTH * once + FIXED:
        again = work(path, piece * max(4 * size // len(piece), 1) + last)
        assert again <= GROWTH * twice + FIXED, (path, piece, last, once, twice, again)


@pytest.mark.parametrize("path", PATHS)
def test_each_piece_of_markup_again_and_again(path):
    for piece in PIECES:
        assert_linear(path, piece, 350)


@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(PATHS), st.lists(st.sampled_from(PIECES), min_size=2, max_size=6))
def test_pieces_of_markup_in_any_mixture(path, pieces):
    assert_linear(path, "".join(pieces))


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(PATHS), st.lists(st.sampled_from(PIECES), min_size=1, max_size=3), st.sampled_from(PIECES))
def test_what_opens_often_and_closes_late(path, pieces, last):
    assert_linear(path, "".join(pieces), 1_200, last)


@pytest.mark.parametrize("piece", ["import {- - ![aimport {---\n", "{a <A b={ <a c="])
def test_what_nothing_closes_in_mdx_is_read_alike_before_and_after_its_budget(piece):
    assert_linear("a.mdx", piece, 1_500)
    assert_linear("a.mdx", piece, 8_000)


@pytest.mark.parametrize("row", ["", "|-" * 10 + "|\n"])
def test_cells_that_fill_up_the_rows_of_a_table_count(row):
    """Of a head of 900 columns, two characters make 900 cells; markdown-it stops at 65,536 in a table."""
    text = "|" + "a|" * 900 + "\n|" + "-|" * 900 + "\n" + row + "x\n" * 5_000
    with pytest.raises(Unreadable, match="cells"):
        read(Source("a.md", text))
    assert len(read(Source("a.md", "|a" * 9 + "|\n" + "|-" * 9 + "|\n" + "x\n" * 500)).blocks) == 509


@pytest.mark.parametrize("end", ["# a", "---", "```", "<!-- a", "<div>"])
def test_lines_without_a_mark_after_what_ends_a_quotation(end):
    """markdown-it gathers all lines to come for the quotation, as if its paragraph could go on."""
    assert_linear("a.md", f"> {end}\nb\n", 1_500)


@pytest.mark.parametrize("piece", ["[a ", "![a ", "[a ](x", "> " * 8 + "a\n"])
def test_what_stands_open_in_what_stands_open_is_looked_at_a_few_times(piece):
    text = piece * (2_000 // len(piece))
    assert work("a.md", text) < 80 * len(text)


@pytest.mark.parametrize(
    ("path", "piece"),
    [
        ("a.md", "Ow\n\n"),
        ("a.md", "- Ow\n"),
        ("a.md", "> > > Ow\n\n"),
        ("a.md", "|a|b|\n|-|-|\n|c|d|\n\n"),
        ("a.md", "[a](b) "),
        ("a.md", "![a"),
        ("a.md", "a\n"),
        ("a.mdx", "<A b={<p>Ow.</p>} />\n\n"),
        ("a.html", "<li>Ow"),
        ("a.html", "<img alt=Ow>"),
        ("a.txt", "Home\nAbout\n"),
        ("a.vue", "<p>Ow</p>"),
    ],
)
def test_more_short_pieces_than_articles_have_are_refused_whatever_they_are(monkeypatch, path, piece):
    monkeypatch.setattr(page, "_MOST_BLOCKS", 20)
    with pytest.raises(
        Unreadable, match=r"^it has more than \d+ paragraphs, bullets, cells and other short pieces; split it, or leave it out$"
    ):
        read(Source(path, piece * (2_000 // len(piece))))


@pytest.mark.parametrize("piece", ["Ow\n\n", "- Ow\n", "a\n"])
def test_the_parser_of_markdown_stops_where_there_are_more_pieces_than_articles_have(monkeypatch, piece):
    """Ten times the text takes hardly more work: the rest of it is never parsed."""
    monkeypatch.setattr(page, "_MOST_BLOCKS", 20)
    assert work("a.md", piece * 20_000) < 2 * work("a.md", piece * 2_000)


@pytest.mark.parametrize("form", ["{}\n\n", "- {}\n", "> {}\n\n", "<p>{}</p>\n\n", "## {}\n\n"])
def test_any_number_of_sentences_is_read(monkeypatch, form):
    monkeypatch.setattr(page, "_MOST_BLOCKS", 20)
    copy = "Rest at home for a day or two, and sleep in a *dark* room. If that does not help, [call us](/call) by noon of the third day."
    text = form.format(copy) * 300
    assert len(read(Source("a.md", text)).blocks) >= 300


def test_a_wide_table_that_was_written_is_one():
    text = "|" + "head|" * 12 + "\n|" + "-|" * 12 + "\n" + ("|" + "cell|" * 12 + "\n") * 3
    assert sum(block.text == "cell" for block in read(Source("a.md", text)).blocks) == 36


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("{a}", 3),
        ("{ '}' }", 7),
        ('{ "\\"}" } b', 9),
        ("{ `}\n` }", 8),
        ("{ /* } */ }", 11),
        ("{ it's }", 8),
        ("{ it's\n '}' }", 13),
        ("{ (a}", -1),
        ("{ ' }", 5),
        ("{ /* }", 6),
        ("{ `a }", 6),
        ("{{}", -1),
    ],
)
def test_balanced_brackets_of_jsx(text, end):
    assert balanced(text, 0, 1_000, "{}()[]", JSX) == end


def test_balanced_parentheses_of_blade():
    assert balanced("(a ')\n' \")\" )b", 0, 1_000, "()", BLADE) == 13
    assert balanced("(" * 5_000, 0, 4_000, "()", BLADE) == -1
    assert balanced("(\\'" * 5_000 + ")", 0, 40_000, "()", BLADE) == -1


def test_an_index_finds_as_find_does():
    text = "ab\n" * 50
    index = Index(text)
    for start in (100, 3, 149, 0, 60):
        assert index.find("b", start, 1_000) == text.find("b", start)
    assert index.find("b", 2, 1) == -1 and index.find("x", 0, 1_000) == -1
