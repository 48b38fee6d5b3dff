"""Sentences: where sentences begin and end in a block's text, without a parser."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

MAX_LENGTH = 2_000  # characters; a longer "sentence" is markup debris or a list without ends, cut at a space

_ABBREVIATIONS = frozenset(
    """dr mr mrs ms prof rev hon st sr jr vs etc inc ltd co corp dept est approx fig figs no nos vol vols pp ed eds al
    e.g i.e eg ie cf ca a.m p.m ph.d m.d d.o r.n d.d.s d.c p.t l.ac u.s u.s.a u.k b.s m.s b.a m.a ave blvd rd ste
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
    min max hr hrs sec wk wks yr yrs mo mos oz lb lbs mg ml kg tbsp tsp ref refs sect ch
    govt esp resp incl excl temp misc assn assoc natl intl univ hosp adm gen www eds""".split()
)
_NEVER_LAST = frozenset("dr rs mr mrs ms prof rev hon st vs e.g i.e eg ie cf ca approx est ste dept www".split())
_NUMBERED = frozenset("no nos fig figs vol vols pp p ref refs sect ch eds".split())  # no end before a number
_COUNTRIES = frozenset("u.s u.s.a u.k e.u".split())  # mostly the start of a name: "U.S. Food and Drug Administration"
_LABELS = frozenset("vitamin hepatitis type group step stage plan option grade phase class schedule part appendix and or".split())
# words that begin a sentence far more often than they go on a name
_STARTERS = frozenset(
    """the a an it its this that these those there here we our you your i my he she his her they their if in on at for from with
    when while as but and or so yet however although because since to by after before during until not no yes some many most all
    each both other another what why how who where which is are was were do does did can could will would should may let please
    call contact visit learn read get book although also then now once unlike over under more""".split()
)
_END = re.compile(r"(?:(?<![.!?…])[.!?…]++[\"'”’)\]]*+(?:\[[\d,–\- ]{1,12}\]|[¹²³⁴-⁹⁰][¹²³⁴-⁹⁰,–-]{0,8})*+|\n)(?=\s|$|[“‘\"'(\[]?[A-Z])|\n")
_LIST_NUMBER = re.compile(r"(?:^|[.!?:;]\s|\n)\s?\(?\d{1,2}$")  # within a text: "Do this: 1. Rest. 2. Sleep."
_TIME_ZONE = re.compile(r"\s*(?:[A-Z]{2,4}\b|Eastern|Central|Mountain|Pacific)")
_WORD_BEFORE = re.compile(r"[A-Za-z][A-Za-z.]{0,24}$")
_NEXT = re.compile(r"\s*+([\"'“‘(\[*_–—•-]*+)\s*+(\S)")
_NEXT_WORD = re.compile(r"(?![A-Z][.,])[A-Za-z]+")  # no initial


def set_sentences(doc: Doc) -> Doc:
    """Set `is_sent_start` on the tokens of a block. A border inside a token is dropped."""
    starts = {start for start, _ in split(doc.text)}
    for token in doc:
        token.is_sent_start = token.idx in starts or token.i == 0
    return doc


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
        if mark == "." and before in ("www", "com", "org", "net"):
            return False
        return mark in ("!", "?") or (len(before) > 2 and "." not in before and before.islower() and mark == ".")
    upcoming = _NEXT.match(text, match.end())
    opening, first = upcoming.groups() if upcoming else ("", "")
    if mark[0] in "!?" and not mark.startswith("?)") and not mark.startswith("!)"):
        return not first.islower() or mark[0] == "?"
    if mark != ".":
        return not first.islower()
    before = _word_before(text, match.start())
    if first.islower():  # written in haste: "in one go. some people need two"
        return len(before) > 3 and before.islower() and "." not in before and before not in _ABBREVIATIONS and not opening
    word = _NEXT_WORD.match(text, upcoming.start(2)) if upcoming else None
    return _ends_with(text, match, before, first, word.group().lower() if word else "", opening)


def _ends_with(text: str, match: re.Match[str], before: str, first: str, word: str, opening: str) -> bool:
    """Whether a stop after `before` ends a sentence where no lower-case letter follows but `word`, which begins with `first`."""
    lower = before.lower()
    if lower in _NEVER_LAST:
        return False
    if lower in _NUMBERED:
        return not first.isdigit() and (lower in ("no", "nos", "p", "ch") or first.isupper())
    if lower in _COUNTRIES:
        return word in _STARTERS
    if lower in ("a.m", "p.m"):
        return first.isupper() and not _TIME_ZONE.match(text, match.end())
    if lower in _ABBREVIATIONS:
        return first.isupper() and (lower not in ("inc", "ltd") or word in _STARTERS)
    if len(before) == 1 and lower != "i" and _is_initial(text, match.start()):
        if first.isdigit():  # a year after an author: "Smith J. (2019)"
            return "(" not in opening
        return not first.isupper() or word in _STARTERS or _follows_label(text, match.start() - 1)
    if not before:
        return not _LIST_NUMBER.search(text, max(match.start() - 6, 0), match.start())
    return True


def _follows_label(text: str, end: int) -> bool:
    """The letter at `end` has a word before it that letters number: "vitamin C", "hepatitis B"."""
    return text[max(end - 12, 0) : end].rstrip().rpartition(" ")[2].lower() in _LABELS


def _word_before(text: str, end: int) -> str:
    match = _WORD_BEFORE.search(text, max(end - 24, 0), end)
    return match.group() if match else ""


def _is_initial(text: str, end: int) -> bool:
    return text[end - 1 : end].isupper() and not text[end - 2 : end - 1].isalnum()


def _breaks_line(text: str, at: int) -> bool:
    """A hard line break ends a sentence unless the line stops in mid-phrase and the next one goes on."""
    before = text[:at].rstrip(" ")[-1:]
    upcoming = _NEXT.match(text, at + 1)
    first = upcoming.group(2) if upcoming else ""
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
