"""Wordfile: numbers of words, as the data files give them: a number at the beginning of each line, behind it its words."""

from __future__ import annotations


def numbers(text: str) -> dict[str, float]:
    """The number of each word, in the order of the file."""
    found: dict[str, float] = {}
    for line in text.splitlines():
        value, _, words = line.partition(" ")
        found.update(dict.fromkeys(words.split(), float(value)))
    return found
