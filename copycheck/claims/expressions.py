"""Expressions: named regular expressions of the claim data, ignoring case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping


class Expressions(Mapping[str, re.Pattern[str]]):
    """Regular expressions by name, in their order; each is compiled when it is first asked for."""

    def __init__(self, patterns: Mapping[str, str]) -> None:
        self._patterns = patterns
        self._compiled: dict[str, re.Pattern[str]] = {}

    def __getitem__(self, name: str) -> re.Pattern[str]:
        if name not in self._compiled:
            self._compiled[name] = re.compile(self._patterns[name], re.IGNORECASE)
        return self._compiled[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._patterns)

    def __len__(self) -> int:
        return len(self._patterns)

    def found_in(self, text: str) -> list[str]:
        """Names of the expressions that match somewhere in a text, in their order."""
        return [name for name, pattern in self.items() if pattern.search(text)]
