"""Names: the long names of a document, and those that are one letter off a name that it has more often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from copycheck.spelling.lexicon import Lexicon
from copycheck.spelling.words import Word, is_one_edit

_LONG = 8  # letters; shorter names differ in one letter too often (Kristen, Kristin)
_ALIKE = 50  # names compared with one name at most; hostile text must not take quadratic time
_OFTEN = 2  # times that a name must stand for a rarer one beside it to be its slip

Models = dict[str, list[str]]
"""Names that a slip may be told from, most frequent first, by their first and last letters."""


@dataclass
class Names:
    """The long capitalised words of a document: how often each occurs, and where first."""

    counts: Counter[str] = field(default_factory=Counter)
    first: dict[str, tuple[int, Word]] = field(default_factory=dict)

    def add(self, passage: int) -> Callable[[Word], None]:
        """What takes in a word of the passage of that number."""

        def take(word: Word) -> None:
            if len(word.text) >= _LONG - 1 and word.text[0].isupper():
                self.counts[word.text] += 1
                self.first.setdefault(word.text, (passage, word))

        return take

    def models(self, knows: Callable[[str], bool]) -> Models:
        """The names that are known or repeated."""
        found: Models = {}
        for name, count in self.counts.most_common():
            alike = found.setdefault(_outline(name), [])
            if len(alike) < _ALIKE and (count >= 2 or knows(name.lower())):
                alike.append(name)
        return found

    def meant(self, name: str, models: Models) -> str | None:
        """The name that one met once is a slip of: one inner letter off, and the document has it more often, or it is known."""
        if len(name) < _LONG or self.counts[name] > 1:
            return None
        return next((other for other in models.get(_outline(name), ()) if is_one_edit(name.lower(), other.lower())), None)

    def rarer(self, models: Models, lexicon: Lexicon) -> Iterator[tuple[int, Word, str]]:
        """Rare names and brands met once that are one letter off one that stands there often ("Scottdale" beside "Scottsdale")."""
        for name, count in self.counts.items():
            lower, brand = name.lower(), not name[1:].islower()  # "CalmaPure"
            if count == 1 and len(name) >= _LONG and lower not in lexicon.frequency and (brand or lower in lexicon.words):
                alike = models.get(_outline(name), ())
                often = (other for other in alike if self.counts[other] >= _OFTEN and (brand or other.lower() in lexicon.frequency))
                right = next((other for other in often if is_one_edit(name.lower(), other.lower())), None)
                if right:
                    passage, word = self.first[name]
                    yield passage, word, right


def _outline(name: str) -> str:
    return name[0] + name[-2:]
