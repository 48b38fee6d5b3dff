"""Edits: corrections leave all else as it reads; a directive stands where it covers its finding, and silences it once it is filled in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from copycheck.lsp import edits
from copycheck.lsp.checker import Checked, Checker
from copycheck.reports.entries import Entry

MADE = Checker(lambda: date(2026, 3, 1))
DAY = "2026-03-01"


@pytest.fixture
def check(tmp_path: Path):
    (tmp_path / ".copycheck.yaml").write_text("select: [language, typos, disclaimers/missing-advice]\n", encoding="utf-8")

    def run(text: str, name: str = "a.md") -> Checked:
        return MADE.check(tmp_path / name, text)

    return run


def entry(checked: Checked, rule: str) -> Entry:
    return next(entry for entry in checked.entries if entry.rule == rule)


def taken(checked: Checked, edit: edits.Edit) -> str:
    assert checked.report
    return checked.report.text[: edit.span.start] + edit.text + checked.report.text[edit.span.end :]


def offered(checked: Checked, rule: str) -> list[tuple[str, bool]]:
    return [(taken(checked, edit), edit.preferred) for edit in edits.corrections(checked, entry(checked, rule))]


def test_a_sure_correction_is_preferred_and_a_choice_is_offered_whole(check) -> None:
    assert offered(check("Teh garden is open.\n"), "typos/misspelling") == [("The garden is open.\n", True)]
    choice = offered(check("There is no substance abuse here.\n"), "language/substance-abuse")
    assert [text for text, _ in choice] == ["There is no substance use disorder here.\n", "There is no substance use here.\n"]
    assert not any(preferred for _, preferred in choice)


def test_what_would_change_the_page_is_not_offered(check) -> None:
    """An apostrophe would end the quoted value."""
    checked = check("---\ntitle: 'We dont know'\n---\n\nRest.\n")
    assert entry(checked, "typos/misspelling") and not offered(checked, "typos/misspelling")


def test_all_safe_corrections_at_once(check) -> None:
    checked = check("Teh garden is open. So is teh house. An addict may call.\n")
    text = checked.report.text
    for edit in reversed(edits.all_safe(checked)):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert text == "The garden is open. So is the house. An addict may call.\n"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.md", "Rest.\n\nAn addict may call.\n", "Rest.\n\n<!-- {} -->\nAn addict may call.\n"),
        ("a.md", "Rest.\r\n\r\nAn addict may call.\r\n", "Rest.\r\n\r\n<!-- {} -->\r\nAn addict may call.\r\n"),
        ("a.md", "- Rest.\n- An addict may call.\n", "<!-- {} -->\n- Rest.\n- An addict may call.\n"),
        ("a.md", "> An addict may call.\n", "<!-- {} -->\n> An addict may call.\n"),
        ("a.mdx", "Rest.\n\nAn addict may call.\n", "Rest.\n\n{{/* {} */}}\n\nAn addict may call.\n"),
        ("a.html", "<div>\n  <p>An addict may call.</p>\n</div>\n", "<div>\n  <!-- {} -->\n  <p>An addict may call.</p>\n</div>\n"),
    ],
)
def test_a_directive_stands_before_the_block_of_its_finding(check, name: str, text: str, expected: str) -> None:
    checked = check(text, name)
    edit = edits.silencing(checked, entry(checked, "language/addiction-labels").finding, "J. Doe", DAY)
    assert edit and taken(checked, edit) == expected.format(f"copycheck: ignore language/addiction-labels: reason, J. Doe, {DAY}")


TABLE = "Rest.\n\n| who | when |\n| --- | --- |\n| we | An addict may call. |\n"
FRONT = "---\ntitle: Help for every addict\n---\n\nRest and water.\n"
HEALTH = "---\ntitle: On rest\n---\n\nLight massage can ease anxiety. It helps people who have pain. Contact us today.\n"


@pytest.mark.parametrize(
    ("text", "rule", "before"),
    [
        (TABLE, "language/addiction-labels", ""),
        (FRONT, "language/addiction-labels", "---\ntitle: Help for every addict\n---\n\n"),
        (HEALTH, "disclaimers/missing-advice", "---\ntitle: On rest\n---\n\n"),
    ],
)
def test_where_no_comment_can_stand_it_is_for_the_file(check, text: str, rule: str, before: str) -> None:
    checked = check(text)
    edit = edits.silencing(checked, entry(checked, rule).finding, "", DAY)
    assert edit and "in this file" in edit.title
    assert taken(checked, edit).startswith(f"{before}<!-- copycheck: ignore-file {rule}: reason, name, {DAY} -->\n")


def test_it_silences_once_it_is_filled_in_and_not_before(check) -> None:
    checked = check("An addict may call.\n")
    edit = edits.silencing(checked, entry(checked, "language/addiction-labels").finding, "J. Doe", DAY)
    assert edit
    raw = check(taken(checked, edit))
    assert "until its `reason` is written out" in entry(raw, "copycheck/directive").message
    assert entry(raw, "language/addiction-labels")
    filled = check(taken(checked, edit).replace("reason,", "the guest's own word,"))
    assert not filled.entries and filled.report and len(filled.report.suppressed) == 1


def test_a_slip_of_grammar_is_corrected_by_the_editor_too(check) -> None:
    assert offered(check("This guide walk you through it.\n"), "typos/agreement") == [("This guide walks you through it.\n", False)]


def test_plain_text_has_no_comments(check) -> None:
    checked = check("An addict may call.\n", "a.txt")
    assert edits.silencing(checked, entry(checked, "language/addiction-labels").finding, "", DAY) is None
