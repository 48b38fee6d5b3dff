"""Matcher: token patterns, each tried only in sentences that hold a word or term for each of its places that must be filled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from spacy.attrs import ENT_TYPE, LOWER, NORM
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from copycheck.ruleset.pattern import Pattern


class Match(NamedTuple):
    """Pattern number `pattern` matches doc[start:end] (token offsets into the Doc); doc[first:last] is what it flags."""

    pattern: int
    start: int
    end: int
    first: int
    last: int


class RuleMatcher:
    """One spaCy Matcher a token sequence; words that stand alone are looked up without one.

    A single Matcher tries every pattern at every token: 800 patterns took 35 s over 41,000 words. Looked up by anchor, the rarest of
    those places, they take 1 s.
    """

    def __init__(self, vocab: Vocab, patterns: Sequence[Pattern]) -> None:
        self._vocab = vocab
        self._normal = normal(vocab)
        self._patterns = patterns
        self._matchers: dict[int, list[Any]] = {}
        self._required: dict[int, list[set[int]]] = {}
        self._by_anchor: dict[int, list[int]] = {}
        self._words: dict[int, list[int]] = {}
        names = {name for pattern in patterns for sequence in pattern.sequences for token in sequence.tokens for name in token}
        self._attributes = [NORM, ENT_TYPE, *([LOWER] if names & {"LOWER", "ORTH", "TEXT"} else [])]
        for number, pattern in enumerate(patterns):
            lookup = self._words if _is_word(pattern) else self._by_anchor
            for anchor in self._keys(pattern.required[0]):
                numbers = lookup.setdefault(anchor, [])
                if numbers[-1:] != [number]:
                    numbers.append(number)

    def __call__(self, tokens: Doc | Span) -> Iterator[Match]:
        """Matches in a Doc or in one sentence, longest first where a pattern's own matches overlap."""
        offset = 0 if isinstance(tokens, Doc) else tokens.start
        values = tokens.to_array(self._attributes).T.tolist() if len(tokens) else [[]]
        for at, norm in enumerate(values[0], offset):
            for number in self._words.get(norm, ()):
                yield Match(number, at, at + 1, at, at + 1)
        present = set().union(*values)
        for number in sorted({number for key in self._by_anchor.keys() & present for number in self._by_anchor[key]}):
            if any(place.isdisjoint(present) for place in self._places(number)):
                continue
            seen: set[tuple[int, int]] = set()
            for matcher, flagged in self._compiled(number):
                for start, end, first, last in _found(matcher, flagged, tokens):
                    if end > start and (start, end) not in seen:
                        seen.add((start, end))
                        yield Match(number, start + offset, end + offset, first + offset, last + offset)

    def _keys(self, words: Iterable[str]) -> set[int]:
        """Words and labels as tokens have them."""
        return {self._vocab.strings.add(self._normal(word)) for word in words}

    def _places(self, number: int) -> list[set[int]]:
        """What may stand at each further place of a pattern that must be filled."""
        if number not in self._required:
            self._required[number] = [self._keys(words) for words in self._patterns[number].required[1:]]
        return self._required[number]

    def _compiled(self, number: int) -> list[Any]:
        """The spaCy Matchers of a pattern, built when it is first tried."""
        if number not in self._matchers:
            built = []
            for sequence in self._patterns[number].sequences:
                matcher = Matcher(self._vocab)
                matcher.add("pattern", [[_normed(token, self._normal) for token in sequence.tokens]], greedy="LONGEST")
                built.append((matcher, sequence.flagged))
            self._matchers[number] = built
        return self._matchers[number]


@lru_cache(maxsize=8)
def normal(vocab: Vocab) -> Callable[[str], str]:
    """What gives a lower-case word as `token.norm_` has it: spaCy's English reads “disc” as “disk” and “aesthetic” as “esthetic”."""
    table = vocab.lookups.get_table("lexeme_norm", {})
    return cache(lambda word: str(table.get(word, word)))


def _normed(token: Mapping[str, Any], norm: Callable[[str], str]) -> dict[str, Any]:
    words = token.get("NORM")
    if not isinstance(words, dict):
        return dict(token)
    return {**token, "NORM": {key: sorted({*map(norm, values)}) for key, values in words.items()}}


def _is_word(pattern: Pattern) -> bool:
    """The pattern is one word, in some of its forms."""
    tokens = [token for sequence in pattern.sequences for token in sequence.tokens]
    return len(tokens) == len(pattern.sequences) and all(token.keys() == {"NORM"} and "IN" in token["NORM"] for token in tokens)


def _found(matcher: Any, flagged: Sequence[bool] | None, tokens: Doc | Span) -> Iterator[tuple[int, int, int, int]]:
    """Start and end of each match, and of what it flags."""
    if flagged is None:
        for _, start, end in matcher(tokens):
            yield start, end, start, end
    else:
        for _, start, end, aligned in matcher(tokens, with_alignments=True):
            yield start, end, *_flagged(start, aligned, flagged)


def _flagged(start: int, aligned: Sequence[int], flagged: Sequence[bool]) -> tuple[int, int]:
    """Offsets of the tokens that took a flagged place; the whole match where those places were left empty."""
    taken = [at for at, place in enumerate(aligned) if flagged[place]]
    if not taken:
        return start, start + len(aligned)
    return start + taken[0], start + taken[-1] + 1


@lru_cache(maxsize=8)
def matcher_for(vocab: Vocab, patterns: tuple[Pattern, ...]) -> RuleMatcher:
    """A matcher of some patterns, built once for a vocabulary."""
    return RuleMatcher(vocab, patterns)
