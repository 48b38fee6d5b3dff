"""Quotation: which characters are quotation marks, hyphens and spaces, which passages are quoted, and where a quotation may be cut."""

from __future__ import annotations

import re

_QUOTES = {'"': '"', "“": "”", "«": "»", "„": "“"}
_OPENING = re.compile(r'(?<!\d)"|[“«„]')  # 5" is inches
_WORD = re.compile(r"\w+(?:['’.,-]\w+)*%?")
_NESTED = str.maketrans('“”"', "‘’'")
_FAR = 40  # characters that are looked at on each side
_FOLD = {
    **dict.fromkeys(map(ord, "‘’‚‛ʼ′`´"), "'"),
    **dict.fromkeys(map(ord, "“”„‟″«»"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒"), "-"),
    **dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2007\u2009\u202f\n\r\t\u200a"), " "),
    0: "\ufffd",
}


def fold(text: str) -> str:
    """The text with curly quotes, odd hyphens and odd spaces made plain, character by character: offsets stay."""
    return text.translate(_FOLD)


def nested(text: str) -> str:
    """The text as it reads between double quotation marks: its own are single ones."""
    return text.translate(_NESTED)


def quotations(text: str) -> tuple[tuple[int, int], ...]:
    """Offsets of passages between double quotation marks (closed ones, and one that runs to the end), in order."""
    spans, at = [], 0
    while opening := _OPENING.search(text, at):
        start = opening.start()
        end = text.find(_QUOTES[opening.group()], start + 1)
        if end < 0:
            spans.append((start, len(text)))
            break
        spans.append((start, end + 1))
        at = end + 1
    return tuple(spans)


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """A part of a text out to the ends of its words: “You're given” for “'re given”, “92%” for “92”, and to the end of a parenthesis."""
    for word in _WORD.finditer(text, max(start - _FAR, 0), end + _FAR):
        if word.start() < start < word.end():
            start = word.start()
        if word.start() < end < word.end() and text[end : word.end()] not in ("'s", "’s"):
            end = word.end()
    closed = text.find(")", end, end + _FAR) + 1
    return start, closed if closed and text.count("(", start, end) > text.count(")", start, end) else end
