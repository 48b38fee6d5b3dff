"""The list of unknown words: for reading, for a vocabulary file, for a program."""

from __future__ import annotations

import json

from copycheck.spelling.lexicon import load
from copycheck.spelling.report import Unknown, collect, words_report

PAGES = [
    ("one.md", {"Qelbexa": 2, "recieve": 1}),
    ("two.md", {"qelbexa": 1, "zzyzxmed": 3, "Zzyzxcare": 1}),
]


def test_words_of_all_pages_are_put_together() -> None:
    assert collect(PAGES, load()) == [
        Unknown("Qelbexa", 3, 2, "one.md", None),
        Unknown("zzyzxmed", 3, 1, "two.md", None),
        Unknown("recieve", 1, 1, "one.md", "receive"),
        Unknown("Zzyzxcare", 1, 1, "two.md", None),
    ]


def test_as_text() -> None:
    text = words_report(PAGES, load())
    head, _, *lines = text.splitlines()
    assert head.startswith("4 unknown words, most frequent first.")
    assert lines == [
        "3  Qelbexa    one.md and 1 more",
        "3  zzyzxmed   two.md",
        "1  recieve    one.md  (looks like a slip of “receive”)",
        "1  Zzyzxcare  two.md",
    ]
    assert words_report(PAGES[:1], load()).splitlines()[0].startswith("2 unknown words")
    assert words_report([("one.md", {"Qelbexa": 1})], load()).startswith("1 unknown word,")


def test_as_a_vocabulary_file_that_can_be_read_back() -> None:
    lines = words_report(PAGES, load(), "vocabulary").splitlines()
    assert [line for line in lines if not line.startswith("#")] == ["Qelbexa", "zzyzxmed", "Zzyzxcare"]
    assert "# recieve  looks like a slip of receive" in lines


def test_as_json() -> None:
    words = json.loads(words_report(PAGES, load(), "json"))["words"]
    assert words[2] == {"word": "recieve", "count": 1, "pages": 1, "first": "one.md", "correction": "receive"}


def test_nothing_unknown() -> None:
    assert words_report([("one.md", {})], load()).startswith("No unknown words")
    assert words_report([], load(), "vocabulary") == ""
    assert json.loads(words_report([], load(), "json")) == {"words": []}


def test_listed_slips_and_possessives() -> None:
    (one,) = collect([("one.md", {"Teh": 1})], load())
    assert one.correction == "the"
    (one,) = collect([("one.md", {"recieve’s": 1})], load())
    assert one.correction == "receive"
