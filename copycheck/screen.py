"""Screen: the program's own patterns over many sentences; each is compiled and tried only where the words that it needs stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from copycheck.needs import PIECES, Index, Needed, needed


class Pattern:
    """A regular expression: `re.Pattern`, but compiled when first tried, and tried where it may match."""

    __slots__ = ("_compiled", "_flags", "_needs", "_wanted", "pattern")

    def __init__(self, pattern: str, flags: re.RegexFlag = re.NOFLAG, needs: Needed | None = None) -> None:
        """`needs` is what `needed(pattern)` gives, where that was worked out before."""
        self.pattern, self._flags, self._needs = pattern, flags, needs
        self._compiled: re.Pattern[str] | None = None
        self._wanted: tuple[int, ...] | None = None

    @property
    def compiled(self) -> re.Pattern[str]:
        if self._compiled is None:
            self._compiled = re.compile(self.pattern, self._flags)
        return self._compiled

    @property
    def wanted(self) -> tuple[int, ...]:
        """What it needs, by its bits in PIECES."""
        if self._wanted is None:
            self._wanted = PIECES.wanted(needed(self.pattern) if self._needs is None else self._needs)
        return self._wanted

    def may_match(self, text: str) -> bool:
        """False where no match is possible."""
        return PIECES.may(self._wanted or self.wanted, text)

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
    """Named patterns that ignore case, in their order."""

    def __init__(self, patterns: Mapping[str, str], known: Mapping[str, Needed] | None = None) -> None:
        """`known` gives what patterns need, where that was worked out before."""
        self._patterns = {name: Pattern(pattern, re.I, (known or {}).get(pattern)) for name, pattern in patterns.items()}
        self._numbered = list(self._patterns.items())
        self._index = Index(PIECES, [pattern.wanted for _, pattern in self._numbered])

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
