"""Common: what the checks on a document's shape share: the sentences that a rule reads, their words, what its expressions match."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from copycheck.article import Article, Sentence, remembered
from copycheck.checks import in_scope
from copycheck.ruleset.expressions import find_all
from copycheck.ruleset.models import Structure

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@lru_cache(maxsize=2048)
def lower_words(text: str) -> tuple[str, ...]:
    """A text's words in lower case; remembered, for several checks read the same sentences."""
    return tuple(WORD.findall(text.lower()))


def matches(rule: Structure, sentence: Sentence) -> list[tuple[int, int]]:
    """Where the rule's expressions match in a sentence with plain quotes and spaces; the group `flag`, if one has it."""
    text = sentence.folded
    return remembered(
        sentence.tokens,
        (*rule.regex, text),
        lambda: [span for expression in rule.regex for span in find_all(expression, text, rule.id)],
    )


def sentences(rule: Structure, article: Article) -> Iterator[Sentence]:
    """The sentences of the article itself in the scopes that the rule reads."""
    return (sentence for sentence in article.sentences if in_scope(rule, sentence))
