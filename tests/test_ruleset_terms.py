"""Term lists: how a file is read, what is wrong with it, and the labels that stand for lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from copycheck.ruleset import terms
from copycheck.ruleset.location import rules_dir

PATH = Path("terms/organ.txt")


def read(text: str | bytes, path: Path = PATH) -> tuple[list[str], list[str]]:
    problems: list[str] = []
    found = terms.read(path, text.encode() if isinstance(text, str) else text, problems)
    return found, problems


def test_a_term_a_line_and_comments():
    assert read("# organs\nliver\n\n  small   intestine  # a comment\nGI tract\n") == (["liver", "small intestine", "GI tract"], [])
    assert read("no #1 # a boast\n #no term\n") == (["no #1"], [])
    assert read("\ufeffliver\r\nkidney\r\n") == (["liver", "kidney"], [])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "terms/organ.txt:1: terms: it holds no term"),
        ("# only a comment\n", "terms/organ.txt:1: terms: it holds no term"),
        ("liver\n" + "x" * 81 + "\n", "terms/organ.txt:2: term: longer than 80 characters"),
        ("liver\n\n--\n", "terms/organ.txt:3: term: it holds no letter or digit"),
        (b"liver\ncaf\xe9\n", "terms/organ.txt:1: file: 'utf-8' codec can't decode"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, problem):
    assert any(said.startswith(problem) for said in read(text)[1])


@pytest.mark.parametrize("name", ["Organ", "organ_list", "1organ", "organ list"])
def test_names_of_lists(name):
    assert read("liver\n", Path(f"terms/{name}.txt")) == (
        [],
        [f"terms/{name}.txt:1: path: a list's name is lower-case words joined by hyphens"],
    )


def test_a_term_of_several_lists_has_a_label_of_its_own():
    made = terms.combine({"organ": ["liver", "skin"], "toxin": ["lead"], "body-part": ["skin"]})
    assert made.labels == {"liver": "ORGAN", "skin": "BODY-PART|ORGAN", "lead": "TOXIN"}
    assert made.lists == {
        "organ": {"ORGAN", "BODY-PART|ORGAN"},
        "toxin": {"TOXIN"},
        "body-part": {"BODY-PART", "BODY-PART|ORGAN"},
    }


def test_the_lists_that_ship_load():
    problems: list[str] = []
    files = sorted((rules_dir() / "terms").glob("*.txt"))
    lists = {path.stem: terms.read(path, path.read_bytes(), problems) for path in files}
    assert lists and not problems
    for name, members in lists.items():
        assert len(members) == len(set(members)), f"{name} holds a term twice"


def test_a_form_of_a_word_keeps_the_lists_of_that_word():
    """“experienced” of one list is a form of “experience” of another."""
    labels = terms.combine({"care": ["experience"], "praise": ["experienced"]}).labels
    assert labels == {"experience": "CARE", "experienced": "CARE|PRAISE"}
