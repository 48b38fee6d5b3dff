"""Screen: many named patterns over many sentences; each is compiled and tried only where the words that it needs stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from copycheck.claims import data
from copycheck.needs import Index, Pieces, needed


class Pattern:
    """A regular expression that ignores case: `re.Pattern`, but compiled when first tried, and tried where it may match."""

    __slots__ = ("_compiled", "_pieces", "_wanted", "pattern")

    def __init__(self, pattern: str, pieces: Pieces, wanted: tuple[int, ...]) -> None:
        self.pattern, self._pieces, self._wanted = pattern, pieces, wanted
        self._compiled: re.Pattern[str] | None = None

    @property
    def compiled(self) -> re.Pattern[str]:
        if self._compiled is None:
            self._compiled = re.compile(self.pattern, re.I)
        return self._compiled

    def may_match(self, text: str) -> bool:
        """False where no match is possible."""
        return self._pieces.may(self._wanted, text)

    def search(self, text: str) -> re.Match[str] | None:
        return self.compiled.search(text) if self.may_match(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        return self.compiled.match(text) if self.may_match(text) else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return self.compiled.fullmatch(text) if self.may_match(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self.compiled.finditer(text) if self.may_match(text) else iter(())

    def sub(self, replacement: str, text: str) -> str:
        return self.compiled.sub(replacement, text) if self.may_match(text) else text


class Screen(Mapping[str, Pattern]):
    """Named patterns, in their order."""

    def __init__(self, patterns: Mapping[str, str]) -> None:
        known: dict[str, list[list[list[str]]]] = data.made().get("needs", {})
        pieces = Pieces()
        self._patterns: dict[str, Pattern] = {}
        wanted = []
        for name, pattern in patterns.items():
            ways = [tuple(map(frozenset, way)) for way in known[pattern]] if pattern in known else needed(pattern)
            wanted.append(pieces.wanted(tuple(ways)))
            self._patterns[name] = Pattern(pattern, pieces, wanted[-1])
        self._numbered = list(self._patterns.items())
        self._index = Index(pieces, wanted)

    def __getitem__(self, name: str) -> Pattern:
        return self._patterns[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._patterns)

    def __len__(self) -> int:
        return len(self._patterns)

    def found_in(self, text: str) -> list[str]:
        """Names of the patterns that a text holds, in their order."""
        return [name for name, pattern in self.open_in(text) if pattern.compiled.search(text)]

    def open_in(self, text: str) -> list[tuple[str, Pattern]]:
        """Names and patterns that may match a text, in their order."""
        return [self._numbered[number] for number in self._index.candidates(text)]
