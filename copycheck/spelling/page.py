"""Page: the words that a page uses, which say what its slips were meant to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise

from copycheck.spelling.lexicon import Lexicon
from copycheck.spelling.suggest import LONGEST, Candidate, cost
from copycheck.spelling.words import words

_SHORTEST = 5  # letters; shorter words are too near to one another
_MOST = 4  # words of the page that are weighed
_LINES = {5: 0.8, 6: 1.05, 7: 1.05, 8: 1.6, 9: 1.6}
"""By a word's length: the most cost at which a word of the page is what was meant."""
_LONG = 2.1
_ENDINGS = frozenset("or ors ion ions ed er ers ing e es s al ic y ies ive ist ists ism ity able ar us um a ae is".split())


class PageWords:
    """The known words of a page's texts and the pairs that stand side by side in them, counted when first asked for."""

    def __init__(self, texts: Iterable[str], lexicon: Lexicon) -> None:
        self._texts = list(texts)
        self._lexicon = lexicon

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(word.text for text in self._texts for word in words(text))

    @cached_property
    def _times(self) -> Counter[str]:
        times: Counter[str] = Counter()
        for word, count in self._counts.items():
            times[word.lower()] += count
        return times

    @cached_property
    def _known(self) -> dict[int, list[str]]:
        """The known words by length."""
        found: dict[int, list[str]] = {}
        for word in self._times:
            if len(word) >= _SHORTEST and word.isalpha() and word in self._lexicon.words:
                found.setdefault(len(word), []).append(word)
        return found

    @cached_property
    def _pairs(self) -> frozenset[tuple[str, str]]:
        found: set[tuple[str, str]] = set()
        for text in self._texts:
            members = words(text)
            found.update((one.lower, other.lower) for one, other in pairwise(members) if text[one.end : other.start] == " ")
        return frozenset(found)

    def times(self, word: str) -> int:
        """How often the lower-cased word stands on the page, in whatever case."""
        return self._times[word]

    def writes(self, word: str) -> bool:
        """The word stands on the page as it is here."""
        return word in self._counts

    def pairs(self, first: str, second: str) -> bool:
        """The page has the two words side by side."""
        return (first, second) in self._pairs

    def meant(self, word: str) -> Candidate | None:
        """The word of the page that an unknown lower-cased word is a slip of: near it, and no form of it."""
        if not _SHORTEST <= len(word) <= LONGEST:
            return None
        from rapidfuzz import process  # most pages have no use for it
        from rapidfuzz.distance import OSA

        edits = 1 if len(word) < 7 else 2
        pool = [near for length in range(len(word) - edits, len(word) + edits + 1) for near in self._known.get(length, ())]
        near = process.extract(word, pool, scorer=OSA.distance, score_cutoff=edits, limit=_MOST)
        weighed = sorted((cost(word, other), other) for other, _, _ in near if not are_forms(word, other))
        if not weighed or weighed[0][0] > _LINES.get(len(word), _LONG):
            return None
        least, other = weighed[0]
        return Candidate(other, least, self._lexicon.frequency.get(other, 0.0))


def are_forms(word: str, other: str) -> bool:
    """The two differ in their endings only, as forms of one word do, or in a prefix."""
    shorter, longer = sorted((word, other), key=len)
    alike = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), len(shorter))
    return len(shorter) - alike <= 1 or longer.endswith(shorter) or {word[alike:], other[alike:]} <= _ENDINGS
