"""The pattern language: one line of words, lists and tags, compiled to token dicts of spaCy's Matcher. Does not import spaCy."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from typing import Any, NamedTuple

from copycheck.inflection import FUNCTION_WORDS, forms
from copycheck.ruleset.tokens import optional_tokens
from copycheck.ruleset.words import BadPattern as BadPattern
from copycheck.ruleset.words import keeps_whole, options_of, places_of, words_of

MAX_GAP = 6
"""Tokens that one `...N` may skip. The Matcher keeps a state for every way through optional tokens."""
MAX_OPTIONAL = 12
"""Optional tokens of one pattern, gaps included; 12 cost about 0.1 ms a match attempt, 20 would cost 30 ms."""
MAX_TOKENS = 24
MAX_LINE = 2_000  # characters
MAX_SEQUENCES = 64
"""Token sequences that the alternatives of several words of one pattern may unfold to."""

_NOUN, _NAME = ("NN", "NNS"), ("NNP", "NNPS")
PARTS_OF_SPEECH: Mapping[str, dict[str, Any]] = {
    "NOUN": {"TAG": {"IN": [*_NOUN, *_NAME]}},  # names too: the tagger takes nouns of a heading in title case for names
    "PROPN": {"TAG": {"IN": list(_NAME)}},
    "VERB": {"TAG": {"IN": ["VB", "VBD", "VBG", "VBN", "VBP", "VBZ"]}},
    "AUX": {"TAG": "MD"},
    "ADJ": {"TAG": {"IN": ["JJ", "JJR", "JJS"]}},
    "ADV": {"TAG": {"IN": ["RB", "RBR", "RBS"]}},
    "PRON": {"TAG": {"IN": ["PRP", "PRP$", "WP"]}},
    "DET": {"TAG": {"IN": ["DT", "PDT", "WDT"]}},
    "ADP": {"TAG": "IN"},
    "NUM": {"LIKE_NUM": True},
    "PUNCT": {"IS_PUNCT": True},
}
"""Words in capitals of the language. By Penn Treebank tag, which every English tagger of spaCy gives, so no attribute ruler is needed."""

COMPONENTS: Mapping[str, tuple[str, ...]] = {
    "DEP": ("parser",),
    "POS": ("attribute_ruler",),
    "MORPH": ("attribute_ruler",),
    "LEMMA": ("attribute_ruler", "lemmatizer"),
}
"""Components of the model, beside the tagger, that an attribute needs."""

_PIECE = re.compile(r'\s*(\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}\??|<[^<>]*>\??|(?:[^\s"()]*"[^"]*"[^\s"()]*)+|[^\s()]+|[()])')
_GAP = re.compile(r"\.\.\.(\d+)")
_ATTRIBUTE = re.compile(r"([A-Z_]+)=(.+)")

_COMMON = frozenset(form for word in ("be", "have", "do", "get", "make", "help", "people") for form in forms(word)) | {"n't", "'s"}

Token = dict[str, Any]


class TokenSequence(NamedTuple):
    """Token dicts for one Matcher pattern, and which of them are flagged."""

    tokens: tuple[Token, ...]
    flagged: tuple[bool, ...] | None


@dataclass(frozen=True, eq=False)
class Pattern:
    """A compiled line. `required`: for each place that must be filled the words or labels that may stand there, the rarest place first."""

    source: str
    sequences: tuple[TokenSequence, ...]
    required: tuple[frozenset[str], ...]

    @cached_property
    def words(self) -> frozenset[str]:
        """The words and labels that it names."""
        return frozenset(word for sequence in self.sequences for token in sequence.tokens for word in _named(token))


@dataclass(frozen=True)
class _Element:
    """One place of a pattern: alternatives, each a run of token dicts."""

    runs: tuple[tuple[Token, ...], ...]
    words: frozenset[str] = frozenset()  # what must be present if the place must be filled
    optional: int = 0


def compile_pattern(line: str | Sequence[Mapping[str, Any]], lists: Mapping[str, frozenset[str]]) -> Pattern:
    """Compile a line of the language, or check a list of raw token dicts.

    Args:
        line: see the module docs/pattern-language.md.
        lists: entity labels by the name of the term list they stand for.

    Raises:
        BadPattern: for a syntax error, an unknown list or attribute, no anchor, or more optional tokens than the Matcher can bear.
    """
    known: dict[str, Pattern] = getattr(lists, "compiled", {})  # rules are checked, then compiled: once is enough
    if isinstance(line, str):
        if line in known:
            return known[line]
        if len(line) > MAX_LINE:
            raise BadPattern(f"longer than {MAX_LINE:,} characters")
        source = line
    else:
        if not all(isinstance(token, Mapping) for token in line):
            raise BadPattern("a token is a mapping")
        source = json.dumps(line)
    read = list(_read(line, lists))
    elements = [element for element, _, _ in read]
    if not elements:
        raise BadPattern("it is empty")
    if sum(element.optional for element in elements) > MAX_OPTIONAL:
        raise BadPattern(f"more than {MAX_OPTIONAL} optional tokens, gaps included")
    required = _required(elements)
    sequences = []
    choices = [range(len(element.runs)) for element in elements]
    for number, choice in enumerate(product(*choices)):
        if number >= MAX_SEQUENCES:
            raise BadPattern("too many alternatives of several words; split it")
        tokens: list[Token] = []
        marks: list[bool] = []
        for (element, flag, _), pick in zip(read, choice, strict=True):
            tokens += element.runs[pick]
            marks += [flag] * len(element.runs[pick])
        if len(tokens) > MAX_TOKENS:
            raise BadPattern(f"more than {MAX_TOKENS} tokens")
        if tokens:
            sequences.append(TokenSequence(tuple(tokens), tuple(marks) if any(marks) else None))
    return known.setdefault(source, Pattern(source, tuple(sequences), required))


def places(line: str | Sequence[Mapping[str, Any]], lists: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, Token]]:
    """The token dicts of the first sequence of a line that compiles, each with the piece of the line that it stands for."""
    for element, _, piece in _read(line, lists):
        yield from ((piece, token) for token in element.runs[0])


def _read(line: str | Sequence[Mapping[str, Any]], lists: Mapping[str, frozenset[str]]) -> Iterator[tuple[_Element, bool, str]]:
    """The elements of a line, whether each stands between `(` and `)`, and how it is written."""
    if not isinstance(line, str):
        for token in line:
            yield _raw(dict(token)), False, json.dumps(token)
        return
    inside = False
    at = 0
    while line[at:].strip():
        match = _PIECE.match(line, at)
        if match is None:
            raise BadPattern(f"cannot read {line[at:].strip()[:40]!r}")
        at, piece = match.end(), match.group(1)
        if piece in "()":
            if inside == (piece == "("):
                raise BadPattern(f"`{piece}` without its partner")
            inside = piece == "("
            continue
        for element in _elements(piece, lists):
            yield element, inside, piece
    if inside:
        raise BadPattern("`(` is not closed")


def _elements(piece: str, lists: Mapping[str, frozenset[str]]) -> Iterator[_Element]:
    """The places that a piece of a line stands for; `^` before it asks for the first token of a sentence."""
    if piece == "^" or piece.startswith("^^"):
        raise BadPattern("`^` stands once, right before a piece: (^you), not ^(you)")
    if piece.startswith("^"):
        first, *others = _elements(piece[1:], lists)
        if first.optional or first.runs == ((),):
            raise BadPattern(f"{piece}: what begins a sentence cannot be optional")
        runs = tuple(({**run[0], "IS_SENT_START": True}, *run[1:]) for run in first.runs)
        yield _Element(runs, first.words)
        yield from others
        return
    optional = piece.endswith("?") and len(piece) > 1
    body = piece[:-1] if optional else piece
    if gap := _GAP.fullmatch(piece):
        width = int(gap.group(1))
        if not 1 <= width <= MAX_GAP:
            raise BadPattern(f"a gap is ...1 to ...{MAX_GAP}")
        yield _Element((({"OP": f"{{0,{width}}}"},),), optional=width)
    elif piece.startswith("{"):
        try:
            token = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise BadPattern(f"{body[:60]}: {error}") from None
        if not isinstance(token, dict):
            raise BadPattern(f"{body}: a token is a mapping")
        yield _raw(token | {"OP": "?"} if optional else token)
    elif body.count('"') % 2 or '""' in body:
        raise BadPattern(f"{body}: a quotation mark is not closed, or nothing stands between two")
    elif body.startswith("<"):
        yield _term(body, optional, lists)
    elif body.startswith("!") and len(body) > 1:
        words = frozenset(word for option in options_of(body[1:]) for word in words_of(option))
        yield _Element((({"NORM": {"NOT_IN": sorted(words)}},),))
    elif attribute := _ATTRIBUTE.fullmatch(body):
        name, values = attribute.group(1), attribute.group(2).split("|")
        yield _raw({name: {"IN": values}} | ({"OP": "?"} if optional else {}))
    elif body.isupper() and body.isalpha() and len(body) > 1:
        options = body.split("|")
        if body not in PARTS_OF_SPEECH:
            raise BadPattern(f"unknown part of speech {options[0]}; known: {', '.join(PARTS_OF_SPEECH)}; a word is written in lower case")
        yield _Element(((dict(PARTS_OF_SPEECH[body]) | ({"OP": "?"} if optional else {}),),), optional=int(optional))
    else:
        yield _word_element(body, optional)


@cache
def _word_element(body: str, optional: bool) -> _Element:
    """Alternatives of words; those of one token share a dict, those with a hyphen or apostrophe are runs of their own."""
    single: set[str] = set()
    runs: list[tuple[Token, ...]] = []
    required: set[str] = set()
    options = options_of(body)
    for option in options:
        if option == "cannot" and "not" in options:  # "not" is a word of its own in it
            continue
        places = places_of(option)
        if len(places) == 1:
            single |= places[0]
        else:
            runs.append(tuple({"NORM": "-", "OP": "?"} if place == {"-"} else {"NORM": {"IN": sorted(place)}} for place in places))
        if keeps_whole(option):
            single.add(option.strip('"'))
            required.add(option.strip('"'))
        required |= places[0]
    if single:
        runs.insert(0, ({"NORM": {"IN": sorted(single)}},))
    if optional:
        runs = [*((({**run[0], "OP": "?"},) if len(run) == 1 else run) for run in runs)]
        if any(len(run) > 1 for run in runs):
            runs.append(())
    return _Element(tuple(runs), frozenset() if optional else frozenset(required), int(optional))


def _term(body: str, optional: bool, lists: Mapping[str, frozenset[str]]) -> _Element:
    if not re.fullmatch(r"<[a-z][a-z0-9|-]*>", body):
        raise BadPattern(f"{body}: a list is written <name> or <name|name>")
    labels: set[str] = set()
    for name in body.strip("<>").split("|"):
        if name not in lists:
            raise BadPattern(f"there is no term list <{name}>")
        labels |= lists[name]
    token = {"ENT_TYPE": {"IN": sorted(labels)}, "OP": "*" if optional else "+"}  # a term may be several tokens
    return _Element(((token,),), frozenset() if optional else frozenset(labels), int(optional))


def _raw(token: Token) -> _Element:
    """A token dict as spaCy reads it, within bounds: no regular expressions, no repeats without end."""
    optional = optional_tokens(token)
    words = frozenset() if token.get("OP") not in (None, "1") else frozenset(_named(token))
    return _Element(((token,),), words, optional)


def _named(token: Token) -> Iterable[str]:
    """The words or labels one of which a token must have."""
    for name in ("NORM", "LOWER", "ORTH", "TEXT", "ENT_TYPE"):
        value = token.get(name)
        options = [value] if isinstance(value, str) else value.get("IN", ()) if isinstance(value, dict) else ()
        if options:
            return [str(option) if name == "ENT_TYPE" else str(option).lower() for option in options]
    return ()


def _required(elements: Iterable[_Element]) -> tuple[frozenset[str], ...]:
    """The words of each place that must be filled, those first that are likely to be rarest."""
    places = [element.words for element in elements if element.words]
    if not places:
        raise BadPattern("it names no word or list that must occur")
    return tuple(sorted(places, key=lambda words: sum(map(_commonness, words))))


@cache
def _commonness(word: str) -> int:
    """How often a word may be expected, roughly: what anchors a line should be rare."""
    if word.isupper():
        return 15  # a label, for a list of terms
    return 300 if word in FUNCTION_WORDS or word in _COMMON or not word.isalpha() else 1
