"""Lexicon: the words of health claims, and where they stand in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from copycheck.claims import data
from copycheck.inflection import forms

_WORD = re.compile(r"[a-z0-9]+(?:[-'+.][a-z0-9]+)*\+?|[%:?!$#]")
_ANY, _END = "*", ""
_new = tuple.__new__  # half the time of a call of Word, and there is one for each word of the copy


class Word(NamedTuple):
    """A word of a sentence, lower case, with its offsets."""

    text: str
    start: int
    end: int


class Hit(NamedTuple):
    """Words first..last-1 of a sentence are a term of `groups` (`effect:improve`, `target:symptom`, `treatment:drug`, `hedge` …)."""

    first: int
    last: int
    groups: frozenset[str]


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Terms in a trie over word forms, each with its groups where it ends.

    `weak` are the groups of effect verbs that need a subject that acts.
    """

    trie: dict[str, Any]
    lemmas: Mapping[str, Sequence[str]]
    weak: frozenset[str]

    def find(self, words: Sequence[Word]) -> list[Hit]:
        """The longest term from each word on; a word inside a longer term starts none."""
        hits: list[Hit] = []
        lemmas, trie = self.lemmas, self.trie
        anywhere = _ANY in trie
        position, size = 0, len(words)
        while position < size:
            best: tuple[int, frozenset[str]] | None = None
            stands_for = lemmas.get(words[position].text)
            if stands_for and (anywhere or not trie.keys().isdisjoint(stands_for)):
                best = self._longest(words, position, trie)
            if best is None:
                position += 1
            else:
                hits.append(Hit(position, best[0], best[1]))
                position = best[0]
        return hits

    def _longest(self, words: Sequence[Word], position: int, node: dict[str, Any]) -> tuple[int, frozenset[str]] | None:
        best: tuple[int, frozenset[str]] | None = None
        states = [(position, node)]
        while states:
            at, here = states.pop()
            groups = here.get(_END)
            if groups is not None and (best is None or at >= best[0]):
                best = (at, frozenset(groups) if best is None or at > best[0] else best[1].union(groups))
            if at >= len(words):
                continue
            for lemma in self.lemmas.get(words[at].text, ()):
                if lemma in here:
                    states.append((at + 1, here[lemma]))
            if _ANY in here:
                states.append((at, here[_ANY]))
                states.append((at + 1, here[_ANY]))
        return best


def words_of(folded: str) -> list[Word]:
    """The words of a folded text, and the few marks that mean something (`%` `:` `?` `!` `$` `#`)."""
    return [_new(Word, (match.group(), *match.span())) for match in _WORD.finditer(folded.lower())]


@cache
def load() -> Lexicon:
    """The lexicon that ships, compiled once."""
    return compile_terms(*_shipped())


def _shipped() -> tuple[list[tuple[str, str]], frozenset[str]]:
    """Terms with their groups, and the weak groups."""
    found = data.read_yaml("lexicon.yaml")
    terms: list[tuple[str, str]] = []
    weak = set()
    for name, effect in found["effects"].items():
        group = f"effect:{name}"
        terms += [(str(term), group) for term in (*effect["verbs"], *effect["phrases"])]
        if effect["weight"] == "weak":
            weak.add(group)
    for name, members in found["targets"].items():
        terms += [(str(term), f"target:{name}") for term in members]
    for name, members in found["treatments"].items():
        terms += [(str(term), f"treatment:{name}") for term in members]
    for name, members in found["words"].items():
        terms += [(str(term), name) for term in members]
    return terms, frozenset(weak)


def compile_terms(terms: Sequence[tuple[str, str]], weak: frozenset[str] = frozenset()) -> Lexicon:
    """A lexicon of (term, group) pairs; each word of a term also stands for its inflected forms."""
    return Lexicon(_trie((_term_words(term), group) for term, group in terms), _lemmas(terms), weak)


def _trie(terms: Iterable[tuple[Iterable[str], str]]) -> dict[str, Any]:
    trie: dict[str, Any] = {}
    for words, group in terms:
        node = trie
        for word in words:
            node = node.setdefault(word, {})
        groups = node.setdefault(_END, [])
        if group not in groups:
            groups.append(group)
    return trie


def _lemmas(terms: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """By each form, the words of terms that it may stand for."""
    lemmas: dict[str, dict[str, None]] = {}
    for word in dict.fromkeys(word for term, _ in terms for word in _term_words(term) if word != _ANY):
        for form in _forms(word):
            lemmas.setdefault(form, {})[word] = None
    return {form: list(found) for form, found in lemmas.items()}


def _term_words(term: str) -> Iterator[str]:
    for part in term.split():
        if part == _ANY:
            yield _ANY
        else:
            yield from (word.text for word in words_of(part))


@cache
def _forms(word: str) -> frozenset[str]:
    if not word.isalpha():
        stem, dash, last = word.rpartition("-")
        return (
            frozenset({word, word + "s", *((stem + dash + form) for form in forms(last))})
            if dash and last.isalpha()
            else frozenset({word, word + "'s"})
        )
    return forms(word) | {word + "'s"}
