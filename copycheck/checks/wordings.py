"""Wordings: lines of the pattern language found in sentences, each known by the role it plays in its rule."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from copycheck.article import Sentence, remembered
from copycheck.ruleset.expressions import find_all
from copycheck.ruleset.pattern import Pattern, compile_pattern

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens

    from copycheck.nlp.matcher import RuleMatcher


class Hit(NamedTuple):
    """A wording in sentence.text[start:end], what the rule says of it, the words it asks for, and its tokens.

    `left` and `right` are the ends of the whole match where a part of it is flagged.
    """

    start: int
    end: int
    left: int
    right: int
    data: Any
    words: frozenset[str]
    tokens: Tokens


class Wordings:
    """Lines to be looked for together; `find` tells them apart by role."""

    def __init__(self, lists: Mapping[str, frozenset[str]]) -> None:
        self._lists = lists
        self._roles: list[Hashable] = []
        self._data: list[Any] = []
        self._patterns: list[Pattern] = []
        self._expressions: list[tuple[Hashable, str, str]] = []
        self._matcher: RuleMatcher | None = None

    def add(self, role: Hashable, line: str | Sequence[Mapping[str, Any]], data: Any = None) -> None:
        """Look for a line too; `data` comes back with its hits."""
        self._roles.append(role)
        self._data.append(data)
        self._patterns.append(compile_pattern(line, self._lists))

    def add_all(self, lines: Mapping[Any, Sequence[str | Sequence[Mapping[str, Any]]]]) -> None:
        """Look for these lines too, each under its role."""
        for role, some in lines.items():
            for line in some:
                self.add(role, line)

    def add_regex(self, role: Hashable, expression: str, rule: str) -> None:
        """Look for a regular expression of a rule, ignoring case, in the sentence with plain quotes and spaces."""
        self._expressions.append((role, expression, rule))

    def find(self, sentence: Sentence) -> dict[Any, list[Hit]]:
        """By role, the hits in a sentence. Raises SlowExpression."""
        return self.find_in(sentence.tokens, sentence.folded)

    def find_in(self, tokens: Any, text: str) -> dict[Any, list[Hit]]:
        """By role, the hits in a Doc or Span whose text is `text`. Raises SlowExpression."""
        if self._matcher is None:
            from copycheck.nlp.matcher import RuleMatcher

            self._matcher = RuleMatcher(tokens.vocab, self._patterns)
        matcher = self._matcher
        found: dict[Any, list[Hit]] = {}
        doc = getattr(tokens, "doc", tokens)
        base = getattr(tokens, "start_char", 0)
        for match in remembered(tokens, matcher, lambda: tuple(matcher(tokens))):
            flagged, whole = doc[match.first : match.last], doc[match.start : match.end]
            hit = Hit(
                flagged.start_char - base,
                flagged.end_char - base,
                whole.start_char - base,
                whole.end_char - base,
                self._data[match.pattern],
                self._patterns[match.pattern].words,
                flagged,
            )
            found.setdefault(self._roles[match.pattern], []).append(hit)
        for role, start, end in remembered(tokens, (self, text), lambda: tuple(self._expressed(text))) if self._expressions else ():
            covering = doc.char_span(base + start, base + end, alignment_mode="expand")
            if covering is not None:
                found.setdefault(role, []).append(Hit(start, end, start, end, None, frozenset(), covering))
        return found

    def _expressed(self, text: str) -> Iterator[tuple[Hashable, int, int]]:
        for role, expression, rule in self._expressions:
            for start, end in find_all(expression, text, rule):
                yield role, start, end


def overlaps(hit: Hit, others: Iterable[Hit]) -> bool:
    """Another hit touches this one's match."""
    return any(other.left < hit.right and hit.left < other.right for other in others)


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Of overlapping hits of one rule the longest, the first where equal, in order of place."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start)):
        if all(hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)
