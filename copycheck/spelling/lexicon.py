"""Lexicon: the accepted words, how frequent they are, British and American pairs, and known misspellings; read once."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from pathlib import Path

from copycheck import wordfile
from copycheck.spelling.forms import is_derived, is_form
from copycheck.spelling.suggest import Candidate, Suggester

_FUNCTION_WORDS = "the and you can but for are not was all has our her his how may out who its any".split()  # too short for the other gates
_WORDS_TOO = frozenset("ont aer aws oru ehr mya lal ist hre ihs ayn nad".split())  # in other languages, or abbreviations
_CHANCE = (1.2, 3.3)  # edit cost, frequency
_CACHED = 50_000  # words whose verdict is kept; hostile input must not fill the memory


@dataclass(eq=False)
class Listed:
    """The accepted words: those with a frequency, and the rare ones, kept as one line for each pair of first letters.

    A line is parted when a word of it is first asked for: few texts need more than a few of them, and starting stays quick.
    """

    frequency: Mapping[str, float]
    lines: Mapping[str, str]
    refused: Container[str]
    _parted: dict[str, frozenset[str]] = field(default_factory=dict)

    def __contains__(self, word: object) -> bool:
        if word in self.frequency:
            return True
        if not isinstance(word, str) or word in self.refused:
            return False
        opening = word[:2]
        members = self._parted.get(opening)
        if members is None:
            members = self._parted[opening] = frozenset(self.lines.get(opening, "").split())
        return word in members


@dataclass(eq=False)
class Lexicon:
    """`frequency` is log10 per billion words, of the words that have one; `typos` are misspellings and their corrections, best first."""

    words: Container[str]
    frequency: dict[str, float]
    american: dict[str, str]  # British spelling -> American one
    typos: dict[str, tuple[str, ...]]

    @cached_property
    def british(self) -> dict[str, str]:
        """American spelling -> British one."""
        return {american: british for british, american in sorted(self.american.items(), reverse=True)}

    @cached_property
    def phrases(self) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        """What follows a word in the phrases of health copy, and what stands before one."""
        after: dict[str, list[str]] = {}
        before: dict[str, list[str]] = {}
        for line in _read("phrases.txt").splitlines():
            if not line.startswith("#"):
                first, _, following = line.partition(": ")
                after[first] = following.split()
                for word in after[first]:
                    before.setdefault(word, []).append(first)
        return after, before

    def are_variants(self, word: str, other: str) -> bool:
        """One is the British spelling of the other."""
        return self.american.get(word) == other or self.american.get(other) == word

    @cached_property
    def _suggester(self) -> Suggester:
        return Suggester(self.frequency)

    def knows(self, word: str) -> bool:
        """The lower-cased word is listed or a regular form of a listed one."""
        return word in self.words or self._is_formed(word)

    @cached_property
    def _is_formed(self) -> Callable[[str], bool]:
        return lru_cache(_CACHED)(lambda word: is_form(word, self.words, self.frequency) or self._is_derived(word))

    def _is_derived(self, word: str) -> bool:
        """A derivation, but where a far more frequent word is so near that this is chance ("confident" + "al")."""
        if not is_derived(word, self.frequency):
            return False
        return not any(near.cost <= _CHANCE[0] and near.frequency >= _CHANCE[1] for near in self._suggester(word, edits=1))

    @cached_property
    def suggest(self) -> Callable[[str], list[Candidate]]:
        """Gives the corrections of an unknown lower-cased word, best first."""
        return lru_cache(_CACHED)(lambda word: self._suggester(word)[:5])


def _read(name: str) -> str:
    data = Path(__file__).parent.parent.joinpath("data", "spelling", name).read_bytes()
    return (gzip.decompress(data) if name.endswith(".gz") else data).decode()


@cache
def load() -> Lexicon:
    """The lexicon that ships with the package."""
    frequency = wordfile.numbers(_read("frequency.txt.gz"))
    typos: dict[str, tuple[str, ...]] = {}
    for line in _read("typos.txt").splitlines():
        if not line.startswith("#"):
            right, _, wrong = line.partition(": ")
            for slip in wrong.split():
                typos[slip] = (*typos.get(slip, ()), right)
    for right in _FUNCTION_WORDS:  # the and -> teh hte adn nad
        for i in range(2):
            slip = right[:i] + right[i + 1] + right[i] + right[i + 2 :]
            if slip not in frequency and slip not in _WORDS_TOO:
                typos.setdefault(slip, (right,))
    for slip in typos:
        frequency.pop(slip, None)
    lines = {line[:2]: line for line in _read("words.txt.gz").splitlines()}
    pairs = dict(line.split() for line in _read("variants.txt.gz").splitlines())
    return Lexicon(Listed(frequency, lines, typos), frequency, pairs, typos)
