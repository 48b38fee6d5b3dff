"""Segment: where sentences begin and end in a block's text, without a parser."""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_LENGTH = 2_000  # characters; a longer "sentence" is markup debris or a list without ends, cut at a space

_ABBREVIATIONS = frozenset(
    """dr mr mrs ms prof rev hon st sr jr vs etc inc ltd co corp dept est approx fig figs no nos vol vols pp ed eds al
    e.g i.e eg ie cf ca a.m p.m ph.d m.d d.o r.n d.d.s d.c p.t l.ac u.s u.s.a u.k b.s m.s b.a m.a ave blvd rd ste
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
    min max hr hrs sec wk wks yr yrs mo mos oz lb lbs mg ml kg tbsp tsp ref refs sect ch""".split()
)
# after these a capital still tells a new sentence only if it is no name or number: the rest may end a sentence
_NEVER_LAST = frozenset("dr mr mrs ms prof rev hon st vs e.g i.e eg ie cf ca approx fig figs no nos vol vols pp eds est ste dept".split())
_END = re.compile(r"(?:[.!?…]+[\"'”’)\]]*|\n)(?=\s|$|[“‘\"'(\[]?[A-Z])|\n")
_WORD_BEFORE = re.compile(r"[A-Za-z][A-Za-z.]*$")
_NEXT = re.compile(r"\s*[\"'“‘(\[*_–—•-]*\s*(\S)")


def split(text: str) -> list[tuple[int, int]]:
    """Half-open offsets of the sentences of a block's text, trimmed, in order, none empty."""
    spans: list[tuple[int, int]] = []
    start = 0
    for end in _ends(text):
        spans.extend(_trim(text, start, end))
        start = end
    spans.extend(_trim(text, start, len(text)))
    return spans


def _ends(text: str) -> Iterator[int]:
    for match in _END.finditer(text):
        if match.end() < len(text) and _is_end(text, match):
            yield match.end()


def _is_end(text: str, match: re.Match[str]) -> bool:
    mark = match.group()
    if mark == "\n":
        return _breaks_line(text, match.start())
    following = text[match.end() : match.end() + 1]
    if not following.isspace():  # a capital right after the stop: "today.Call", but not "U.S." or "Node.JS"
        before = _word_before(text, match.start())
        return mark in ("!", "?") or (len(before) > 2 and "." not in before and before.islower() and mark == ".")
    upcoming = _NEXT.match(text, match.end())
    first = upcoming.group(1) if upcoming else ""
    if mark[0] in "!?" and not mark.startswith("?)") and not mark.startswith("!)"):
        return not first.islower() or mark[0] == "?"
    if first.islower():
        return False
    if mark[0] == "." and len(mark) == 1:
        before = _word_before(text, match.start()).lower()
        if before in _NEVER_LAST:
            return False
        if before in _ABBREVIATIONS:
            return first.isupper() and before not in ("inc", "ltd") and not first.isdigit()
        if len(before) == 1 and before != "i" and first.isupper():  # an initial: "J. Smith"
            return not _is_initial(text, match.start())
        if not before and first.isdigit():  # a list number within text: "1. 2."
            return not text[: match.start()].rstrip("0123456789").endswith(("\n", " ")) or len(text[: match.start()].split()) > 1
    return True


def _word_before(text: str, end: int) -> str:
    match = _WORD_BEFORE.search(text, max(end - 24, 0), end)
    return match.group() if match else ""


def _is_initial(text: str, end: int) -> bool:
    return text[end - 1 : end].isupper() and not text[end - 2 : end - 1].isalnum()


def _breaks_line(text: str, at: int) -> bool:
    """A hard line break ends a sentence unless the line stops in mid-phrase and the next one goes on."""
    before = text[:at].rstrip(" ")[-1:]
    upcoming = _NEXT.match(text, at + 1)
    first = upcoming.group(1) if upcoming else ""
    return not (first.islower() and before not in ".!?:;")


def _trim(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and (text[start].isspace() or text[start] in "•‣◦"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > MAX_LENGTH:
        cut = text.rfind(" ", start + 1, start + MAX_LENGTH)
        cut = start + MAX_LENGTH if cut <= start else cut
        yield start, cut
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end
