"""Wording: the words of a claim, by which it is like another, and what a changed one changes: number, negation, hedge, and so on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from copycheck.claims import data
from copycheck.claims.lookup import TREATMENTS
from copycheck.inflection import IRREGULAR, forms
from copycheck.quotation import fold
from copycheck.ruleset import language

KINDS = ("number", "negation", "hedge", "comparator", "population", "product", "punctuation", "wording")

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|[^\s\w]|_")
_REFERENCE = re.compile(r"\[\^[\w-]{1,20}\]|(?<!\d)[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\[\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*\]")
_ENDINGS = ("s", "es", "ies", "d", "ed", "ied", "ing", "ying")
_CONTENT = re.compile(r"[a-z][a-z-]{3,}")
_COMMON = frozenset(
    (
        "this that these those with from your have been their they them also more most many some such when where which "
        "while than then into about over other each very what will would could should does because there here only even "
        "just like help helps people patients treatment"
    ).split()
)
_SHORT_STEM = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")  # "hop", whose forms double the last letter: "hoped" is none of them


@cache
def _words() -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in data.read_yaml("wording.yaml").items()}


def tokens_of(text: str) -> tuple[str, ...]:
    """The words, figures and marks of a wording in lower case; reference marks and the full stop at the end say nothing."""
    return tuple(_TOKEN.findall(_REFERENCE.sub("", fold(text)).strip().removesuffix(".").casefold()))


def is_form(one: str, two: str) -> bool:
    """Two words are the same or forms of one word."""
    return one == two or not bases(one).isdisjoint(bases(two))


@cache
def _irregular() -> dict[str, str]:
    return {form: line.split()[0] for line in IRREGULAR.splitlines() for form in line.split()}


@cache
def bases(token: str) -> frozenset[str]:
    """The words that a word in lower case may be a form of, itself among them."""
    if not token.isalpha() or any(token in _words()[name] for name in ("number", "negation", "comparator", "exact")):
        return frozenset({token})
    if token in _irregular():
        return frozenset({_irregular()[token]})
    stems = {token}
    for ending in _ENDINGS:
        stem = token.removesuffix(ending)
        if stem != token and len(stem) > 1:
            stems |= {stem, stem + "e", stem + "y", stem + "ie"}
            if len(stem) > 3 and stem[-1] == stem[-2]:
                stems.add(stem[:-1])
    return frozenset(stem for stem in stems if stem == token or (token in forms(stem) and not _doubles(stem, token)))


def _doubles(stem: str, token: str) -> bool:
    return token in (stem + "ed", stem + "ing") and _SHORT_STEM.fullmatch(stem) is not None


def is_function(token: str) -> bool:
    """A word or mark that two sentences may share without being alike."""
    return token in _words()["function"] or not token[0].isalnum()


@cache
def kind_of(token: str) -> str:
    """The kind of a word in lower case; `wording` where it is none of the others."""
    if token[0].isdigit():
        return "number"
    for kind in ("number", "negation", "population", "comparator", "hedge"):
        if token in _words()[kind]:
            return kind
    if token == "\ufffc" or _is_treatment(token):
        return "product"
    return "wording" if token[0].isalnum() else "punctuation"


def _is_treatment(token: str) -> bool:
    labels = language.load(()).terms.labels
    return any(not TREATMENTS.isdisjoint(labels[base].lower().split("|")) for base in (token, *bases(token)) if base in labels)


def pair(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[str, list[str], list[str]]]:
    """What of `theirs` became what of `ours`, by kind; the rest of one kind stands against the rest of the other."""
    by_kind: dict[str, tuple[list[str], list[str]]] = {}
    for side, tokens in ((0, ours), (1, theirs)):
        for token in tokens:
            by_kind.setdefault(kind_of(token), ([], []))[side].append(token)
    if by_kind.keys() == {"product", "wording"} and all(bool(one) != bool(two) for one, two in by_kind.values()):
        yield "product", list(ours), list(theirs)  # a known treatment and a name that only the copy knows
        return
    for kind in KINDS:
        if kind in by_kind:
            yield kind, *by_kind[kind]


def terms(folded: str) -> set[str]:
    """The content words of a folded sentence, by their first six letters."""
    return {word[:6] for word in _CONTENT.findall(folded.lower()) if word not in _COMMON}


def figures(folded: str) -> set[str]:
    """The numbers of a folded sentence."""
    return set(re.findall(r"\d+(?:[.,]\d+)*", folded))
