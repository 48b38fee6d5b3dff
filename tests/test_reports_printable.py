from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from report_samples import texts

from copycheck.reports.printable import cells, guarded, one_line, path_label, printable, wrap, wrapped


@pytest.mark.parametrize(
    "character",
    [
        "\x00",
        "\x07",
        "\x1b",
        "\r",
        "\n",
        "\x7f",
        "\x85",
        "\x9b",
        "\xad",
        "\u200b",
        "\u200d",
        "\u200e",
        "\u202e",
        "\u2028",
        "\u2066",
        "\ufeff",
        "\ud800",
        "\U000e0041",
    ],
)
def test_what_can_steer_a_terminal_is_replaced(character: str) -> None:
    assert printable(f"a{character}b") == "a\ufffdb"


@pytest.mark.parametrize(
    "text", ["plain", "naïve café", "👩\u200d⚕\ufe0f", "🏳\ufe0f\u200d🌈", "👨\u200d👩\u200d👧", "a\u0301", "漢字", "# Heading", "::note"]
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert printable(text) == text


@pytest.mark.parametrize("text", ["##[error]x", "see ##vso[task.setvariable]x", "###[group]x", "##teamcity[x]"])
def test_no_build_log_command_survives_anywhere_in_a_line(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text)
    assert "##[" not in shown and "##vso[" not in shown and "##teamcity[" not in shown


@given(texts)
def test_printable_keeps_offsets_and_leaves_no_control_character(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text)
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") and c != "\u200d"]
    assert printable(shown) == shown


def test_white_space_becomes_one_space() -> None:
    assert one_line(" a\r\n\tb\u00a0\u3000c ") == "a b c"


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("a/b.md", "a/b.md"),
        ("./a.md", "./a.md"),
        ("/a.md", "/a.md"),
        ("_posts/a.md", "_posts/a.md"),
        ("-", "-"),
        ("<stdin>", "<stdin>"),
        ("é.md", "é.md"),
        ("::error file=a::b.md", "./::error file=a::b.md"),
        ("-rf.md", "./-rf.md"),
        ("a\nb\x1b[31m.md", "a\ufffdb\ufffd[31m.md"),
        (" ::error.md", "./ ::error.md"),
        ("caf\udce9.md", "caf\ufffd.md"),
        ("", "./"),
    ],
)
def test_a_path_can_begin_a_line(path: str, label: str) -> None:
    assert path_label(path) == label


def test_no_line_starts_a_workflow_command() -> None:
    assert (
        guarded("a\n  ::error::x\n::set-output name=a::b\n: : ok\nb ::c\n")
        == "a\n  \ufffd:error::x\n\ufffd:set-output name=a::b\n: : ok\nb ::c\n"
    )


@pytest.mark.parametrize(
    ("text", "widths"),
    [
        ("ab", [1, 1]),
        ("é漢", [1, 2]),
        ("e\u0301x", [1, 0, 1]),
        ("😴", [2]),
        ("❤\ufe0f!", [2, 0, 1]),
        ("👩\u200d⚕", [2, 0, 0]),
        ("👍🏽", [2, 0]),
        ("ﬁ", [1]),
        ("한", [2]),
    ],
)
def test_cells(text: str, widths: list[int]) -> None:
    assert cells(text) == widths


def test_lines_break_at_spaces_and_inside_words_too_long() -> None:
    assert wrapped("one two three", 7) == ["one two", "three"]
    assert wrapped("abcdefghij kl", 4) == ["abcd", "efgh", "ij", "kl"]
    assert wrapped("漢字漢字", 5) == ["漢字", "漢字"]
    assert wrapped("", 5) == []


@given(texts)
def test_wrapping_loses_nothing_but_spaces_and_fits(text: str) -> None:
    text = printable(text)
    ranges = wrap(text, 10)
    kept = "".join(text[start:end] for start, end in ranges)
    assert kept.replace(" ", "") == text.replace(" ", "")
    assert all(before[1] <= after[0] for before, after in pairwise(ranges))
    widths = cells(text)
    assert all(sum(widths[start:end]) <= 10 for start, end in ranges)
