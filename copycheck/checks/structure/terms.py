"""Terms: acronyms never spelled out, and medical words with a plain one that the page does not explain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from copycheck.article import Article, Sentence
from copycheck.checks import Site, finding
from copycheck.checks.structure.common import WORD, sentences
from copycheck.findings import Finding
from copycheck.inflection import forms, inflect_marked
from copycheck.quotation import fold
from copycheck.readability.words import frequency
from copycheck.ruleset.models import Structure
from copycheck.spelling.words import match_case

_ACRONYM = re.compile(r"(?<![\w$€£&.@#/-])[A-Z][A-Z&]{1,4}(?=s?\b)(?!\w*[\d@&]|-[\dA-Z]|\.\w|/)")
_TICKER = re.compile(r"\b(?:NASDAQ|NYSE|OTC\w*|TSX|TSXV|CSE|ASX|LSE|AMEX)\s?:\s*$", re.IGNORECASE)
_ENGLISH = 3.31  # log10 of uses in a billion words: a word of the list that is written in capitals is stress, not an acronym
_ROMAN = re.compile(r"[IVXLC]+")
_SMALL = frozenset("a an and at by for from in of on or the to with".split())
_MOST = 200  # acronyms looked up on one page; more is a table of codes
_SHOUTED = 0.5  # of a sentence's words in capitals: a headline, not acronyms
_EXPLAINED = re.compile(
    r"\b(?:called|known as|named|termed|means?|meaning|refers? to|defined as|(?:is|are) when|that is|in other words|i\.e\.|or|aka"
    r"|short for)\b|[()–—:]"
)
_TAGS = {"s": "NNS", "g": "VBG"}  # by the last letter of an inflected form
_NEAR = 45  # characters around a term in which an explanation must stand
_TAUGHT = 4  # uses on a page; a term met so often is its subject


def undefined_acronym(rule: Structure, article: Article, site: Site) -> Iterator[Finding]:
    """The first use of each acronym that the page spells out nowhere. `phrases` are acronyms that are words as well (MAT)."""
    words, allow = frozenset(rule.phrases), frozenset(word.lower() for word in rule.allow)
    page = initials = ""
    told: set[str] = set()
    for sentence in sentences(rule, article):
        found = list(_ACRONYM.finditer(sentence.folded))
        if not found or _is_shouted(sentence.folded):
            continue
        for match in found:
            acronym = match.group().rstrip("&")
            if acronym in told or len(acronym) < 2 or acronym.lower() in allow or _ROMAN.fullmatch(acronym):
                continue
            if acronym not in words and frequency(acronym) >= _ENGLISH:
                continue
            told.add(acronym)
            if len(told) > _MOST:
                return
            if not page:
                page = " ".join(fold(block.text) for block in article.document.blocks if block.region == "main")
                initials = _initials(page)
            if not _is_spelled_out(acronym, page, initials) and not _is_part_of_name(sentence.folded, match):
                yield finding(rule, sentence, match.start(), match.start() + len(acronym))


def _is_shouted(text: str) -> bool:
    words = [word for word in WORD.findall(text) if len(word) > 1]
    return bool(sum(word.isupper() for word in words) > _SHOUTED * len(words))


def _is_part_of_name(text: str, match: re.Match[str]) -> bool:
    """Beside a capitalised word that is no sentence's first ("UCLA Health"), a degree or initials after a name, a share's ticker."""
    after = re.match(r"s?\s+[A-Z][a-z]|,? et al\b", text[match.end() :])
    before = re.search(r"[\w.]\s+(?:[A-Z][a-z'-]+|[A-Z]\.),?\s+$", text[: match.start()])
    credential = re.search(r"(?:[A-Z][a-z'-]+|\b[A-Z]\.),\s+(?:[A-Z][A-Za-z-]*[A-Z],\s+)*$", text[: match.start()])
    return any((after, before, credential, _TICKER.search(text[: match.start()])))


def _initials(page: str) -> str:
    """The first letters of the page's words in order, small words left out."""
    return "".join(word[0].lower() for word in re.findall(r"[^\W\d_]+", page) if word.lower() not in _SMALL)


def _is_spelled_out(acronym: str, page: str, initials: str) -> bool:
    """Beside parentheses, after "stands for", or as a run of words with these first letters somewhere on the page."""
    plain = re.escape(acronym)
    ways = (
        rf"""\(["']?{plain}s?\b""",
        rf"[a-z], or {plain}s?\b",
        rf"\b{plain}s?\s?\([^)]{{0,80}}[a-z]{{3}}",
        rf"\b{plain} (?:stands|is short) for\b",
    )
    if any(re.search(way, page) for way in ways):
        return True
    letters = acronym.replace("&", "").lower()
    return len(letters) > 2 and letters in initials


def jargon(rule: Structure, article: Article, site: Site) -> Iterator[Finding]:
    """The first use of each term of `swap` on the page, unless the page explains it there, is about it, or has the plain word too."""
    swap, heads = _swap(tuple((term, *([right] if isinstance(right, str) else right)) for term, right in rule.swap.items()))
    page = " ".join(sentence.folded.lower() for sentence in article.sentences if sentence.block.region == "main")
    subjects = " ".join(sentence.folded.lower() for sentence in article.sentences if sentence.block.scope in ("title", "heading"))
    told: set[str] = set()
    for sentence in sentences(rule, article):
        for start, end in _terms(sentence.folded.lower(), heads):
            term = sentence.folded[start:end].lower()
            stem = _stem(term)
            if stem in told:
                continue
            told.add(stem)
            offers = swap[term]
            known = stem in subjects or page.count(stem) >= _TAUGHT or any(offer.lower() in page for offer in offers)
            if not known and "quoted" not in sentence.marks(start, end) and not _is_explained(sentence, start, end):
                offers = [match_case(sentence.text[start:end], offer) for offer in offers]
                message = rule.message.replace("{swap}", " or ".join(f"“{offer}”" for offer in offers))
                yield finding(rule, sentence, start, end, message, offers)


@lru_cache(maxsize=8)
def _swap(lines: tuple[tuple[str, ...], ...]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Terms with what may replace them; where that has a word after `~`, with every form of the term's last word.

    And the terms by their first word, longest first.
    """
    swap: dict[str, list[str]] = {}
    heads: dict[str, list[str]] = {}
    for term, *offers in lines:
        start, last = term[: term.rfind(" ") + 1], term[term.rfind(" ") + 1 :]
        for form in forms(last) if any("~" in offer for offer in offers) else (last,):
            tag = "" if form == last else _TAGS.get(form[-1], "VBN")
            swap[start + form] = [inflect_marked(offer, tag) for offer in offers]
    for term in sorted(swap, key=len, reverse=True):
        heads.setdefault(WORD.findall(term)[0], []).append(term)
    return swap, heads


def _terms(text: str, heads: dict[str, list[str]]) -> Iterator[tuple[int, int]]:
    """Where terms stand in a lower-case text, without overlap."""
    end = 0
    for match in WORD.finditer(text):
        start = match.start()
        if start < end or text[start - 1 : start] == "-":
            continue
        for term in heads.get(match.group(), ()):
            after = text[start + len(term) : start + len(term) + 1]
            if text.startswith(term, start) and not (after.isalnum() or after == "-"):
                end = start + len(term)
                yield start, end
                break


def _stem(term: str) -> str:
    """What the forms of a term share."""
    return term[:-2] if len(term) > 6 else term


def _is_explained(sentence: Sentence, start: int, end: int) -> bool:
    text = sentence.folded
    if sentence.block.scope == "body" and end - start == len(sentence.block.text):
        return True  # a term that the next paragraph defines
    return _EXPLAINED.search(text, max(start - _NEAR, 0), min(end + _NEAR, len(text))) is not None
