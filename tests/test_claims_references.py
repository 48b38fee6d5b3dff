from __future__ import annotations

import pytest

from copycheck.claims import references
from copycheck.claims.references import Entry
from tests import rulekit


def entries(text: str, format: str = "markdown") -> dict[int, Entry]:
    return references.read(rulekit.article(text, format))


LEE, WU = "Lee J. Chest 2006;4:5.", "Wu A. Pain 2001;4:5."


@pytest.mark.parametrize(
    ("text", "format"),
    [
        (f"A.\n\n## References\n\n1. {LEE}\n2. {WU}\n", "markdown"),
        (f"A.\n\n## Sources & references\n\n[1] {LEE}\n\n[2] {WU}\n", "markdown"),
        (f"A.\n\n**Works cited**\n\n- {LEE}\n- {WU}\n", "markdown"),
        (f"A.\n\nSources: 1. {LEE} 2. {WU}\n", "markdown"),
        (f"A.\n\n---\n\n[1] {LEE}\n\n[2] {WU}\n", "markdown"),
        (f"A.\n\n- {LEE}\n- {WU}\n", "markdown"),
        (f"A.\n\n[1] {LEE}\n\n[2] {WU}\n\nText us the word STOP to leave our list.\n", "text"),
        (f"A.\n\nREFERENCES\n\n(1) {LEE}\n\n(2) {WU}\n", "text"),
        (f"<p>A.</p><h3>Sources:</h3><p>¹ {LEE}<br>² {WU}</p>", "html"),
        (f"<p>A.</p><p>Scientific references</p><div>1. {LEE}</div><div>2. {WU}</div>", "html"),
    ],
)
def test_entries_are_read_by_number(text: str, format: str) -> None:
    assert {number: entry.text for number, entry in entries(text, format).items()} == {1: LEE, 2: WU}


def test_the_number_that_an_entry_shows_is_its_number() -> None:
    assert entries(f"A.\n\n## References\n\n[7] {LEE}\n\n[9] {WU}\n").keys() == {7, 9}


def test_addresses_are_those_shown_and_those_behind_words() -> None:
    found = entries("A.\n\n## References\n\n1. [Lee](https://a.org/1), see https://b.org/2).\n2. None.\n")
    assert found[1].addresses == ("https://b.org/2", "https://a.org/1")
    assert found[2].addresses == ()


def test_each_entry_of_a_paragraph_has_its_own_address() -> None:
    found = entries(
        "<p>A.</p><h2>Sources</h2><p>1. <a href='https://a.org/1'>Lee 2006</a><br>2. <a href='https://b.org/2'>Wu 2001</a></p>", "html"
    )
    assert [entry.addresses for entry in found.values()] == [("https://a.org/1",), ("https://b.org/2",)]


@pytest.mark.parametrize(
    "text",
    [
        "A.\n",
        "A.\n\n1. Better sleep\n2. Less pain\n",
        "A.\n\n- Open since 2006\n- Five rooms\n",
        "A.\n\nSource: our own guests.\n",
        f"A.\n\n{LEE}\n\nMore text.\n",
    ],
)
def test_what_is_no_list_of_references_gives_none(text: str) -> None:
    assert entries(text) == {}


def test_a_section_of_references_ends_at_the_next_heading() -> None:
    assert len(entries(f"A.\n\n## References\n\n1. {LEE}\n\n## Contact\n\n1. Call us in 2024.\n")) == 1


@pytest.mark.parametrize(("mark", "number"), [("[3, 4]", 3), ("(2)", 2), ("¹²", 12), ("[2–5]", 2), ("[x]", 0)])
def test_the_number_of_a_mark(mark: str, number: int) -> None:
    assert references.number_in(mark) == number
