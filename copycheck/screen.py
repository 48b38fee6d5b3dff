"""Screen: the program's own patterns over many sentences; each is compiled and tried only where the words that it needs stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from copycheck import identity, ready, store
from copycheck.needs import Known
from copycheck.pieces import PIECES, Guard, Index

_FOLDER = Path(__file__).resolve().parent
SHIPPED = _FOLDER / identity.MADE / "needs.json"
"""Where a build leaves what the patterns need (`making.make`); without it that is worked out when it is first asked for."""


def key() -> str:
    """Names what decides what a pattern needs, beside the pattern."""
    return store.digest((_FOLDER / "needs.py").read_bytes())


@cache
def shipped() -> Known:
    """What the build left; empty where there was none, or it was made by another program."""
    form = store.read(SHIPPED, key())
    return Known(form) if form else Known()


class Pattern:
    """A regular expression: `re.Pattern`, but compiled when first tried, and tried where it may match."""

    __slots__ = ("_compiled", "flags", "guard", "pattern")

    def __init__(self, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self.pattern, self.flags = pattern, flags
        self.guard = Guard(lambda: pattern, pattern, shipped)
        self._compiled: re.Pattern[str] | None = None

    @property
    def compiled(self) -> re.Pattern[str]:
        if self._compiled is None:
            self._compiled = ready.compile_pattern(self.pattern, self.flags)
        return self._compiled

    def may_match(self, text: str) -> bool:
        """False where no match is possible. As long as it is not compiled it is looked at closely."""
        return self.guard.may(text) if self._compiled else self.guard.near(text)

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

    def __init__(self, patterns: Mapping[str, str]) -> None:
        self._patterns = {name: Pattern(pattern, re.I) for name, pattern in patterns.items()}
        self._numbered = list(self._patterns.items())
        self._index = Index(PIECES, [pattern.guard.wanted for _, pattern in self._numbered])

    def __getitem__(self, name: str) -> Pattern:
        return self._patterns[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._patterns)

    def __len__(self) -> int:
        return len(self._patterns)

    def found_in(self, text: str) -> list[str]:
        """Names of the patterns that a text holds, in their order."""
        return [name for name, pattern in self.open_in(text) if pattern.search(text)]

    def open_in(self, text: str) -> list[tuple[str, Pattern]]:
        """Names and patterns that may match a text, in their order."""
        return [self._numbered[number] for number in self._index.candidates(text)]
