"""Lazy: regular expressions of the program's own that are compiled when first used; most runs use less than half of them."""

from __future__ import annotations

import re
from typing import Any, cast

from copycheck import ready

_USED = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn", "pattern", "flags", "groups", "groupindex")

GIVEN: list[tuple[str, int]] = []
"""All of them, each with its flags, for a build that compiles them."""


class _Lazy:
    """Becomes what `re.compile` gives: each of its attributes is set when one is asked for, so that later uses cost no more."""

    def __init__(self, source: str, flags: re.RegexFlag | int) -> None:
        self._given = source, int(flags)

    def __getattr__(self, name: str) -> Any:
        if name not in _USED:
            raise AttributeError(name)
        compiled = ready.compile_pattern(*self._given)
        vars(self).update({used: getattr(compiled, used) for used in _USED})
        return vars(self)[name]


def pattern(source: str, flags: re.RegexFlag | int = 0) -> re.Pattern[str]:
    """As `re.compile`, but a mistake in it shows only when it is used: a test uses all."""
    made = _Lazy(source, flags)
    GIVEN.append(made._given)
    return cast("re.Pattern[str]", made)
