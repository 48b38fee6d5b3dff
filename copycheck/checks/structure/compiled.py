"""A structure rule with its patterns compiled, and what its checks share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from copycheck.article import Article, Sentence
from copycheck.checks import in_scope
from copycheck.inflection import forms, inflect_marked
from copycheck.ruleset.expressions import find_all

if TYPE_CHECKING:
    from copycheck.ruleset.models import Structure

_TAGS = {"s": "NNS", "g": "VBG"}  # by the last letter of an inflected form
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@lru_cache(maxsize=2048)
def lower_words(text: str) -> tuple[str, ...]:
    """A text's words in lower case; remembered, for several checks read the same sentences."""
    return tuple(WORD.findall(text.lower()))


@dataclass(frozen=True, eq=False)
class Compiled:
    """A rule, and its `allow` in lower case."""

    rule: Structure
    allow: frozenset[str]

    @cached_property
    def swap(self) -> dict[str, list[str]]:
        """The rule's `swap`; where a replacement has a word after `~`, with every form of the term's last word."""
        swap: dict[str, list[str]] = {}
        for term, right in self.rule.swap.items():
            offers = [right] if isinstance(right, str) else list(right)
            start, last = term[: term.rfind(" ") + 1], term[term.rfind(" ") + 1 :]
            for form in forms(last) if any("~" in offer for offer in offers) else (last,):
                tag = "" if form == last else _TAGS.get(form[-1], "VBN")
                swap[start + form] = [inflect_marked(offer, tag) for offer in offers]
        return swap

    def matches(self, text: str) -> Iterator[tuple[int, int]]:
        """Where its expressions match; the group `flag`, if one has it."""
        for expression in self.rule.regex:
            yield from find_all(expression, text)


def compile_rule(rule: Structure) -> Compiled:
    return Compiled(rule, frozenset(word.lower() for word in rule.allow))


def sentences(compiled: Compiled, article: Article) -> Iterator[Sentence]:
    """The sentences of the article itself in the scopes that the rule reads."""
    return (sentence for sentence in article.sentences if in_scope(compiled.rule, sentence))
