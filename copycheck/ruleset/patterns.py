"""Patterns: regular expressions of rules, with named word lists filled in and runaway ones refused."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from copycheck import lazy, ready
from copycheck.analysis.context import fold
from copycheck.needs import Known
from copycheck.pieces import PIECES, Guard, Index

TIMEOUT = 1.0  # seconds for one search in one sentence; a pattern that needs more is an error, never a miss
_TERM = lazy.pattern(r"\{([a-z_][a-z0-9_]*)\}")
_SHORT = 2_000  # characters that a pattern is searched in without a time limit, if it was tried before
_NOTHING = Known()
_MAX_LENGTH = 60_000  # characters of one pattern, its word lists filled in


class SlowPattern(Exception):
    """A pattern that ran out of time; the check that used it has failed."""


def fill(pattern: str, terms: dict[str, list[str]]) -> str:
    """The pattern with every `{name}` replaced by a group of that list's entries (each a pattern itself)."""
    return _TERM.sub(lambda match: f"(?:{'|'.join(terms[match.group(1)])})", pattern)


def bounded(pattern: str) -> str:
    """The pattern where it matches whole words only."""
    return rf"(?<![\w'-])(?:{pattern})(?![\w'-])"


def whole_words(phrase: str) -> str:
    """The pattern of a phrase of a duty's trigger: whole words, spaces and hyphens alike; `*` at a word's end is any ending."""
    words = [word[:-1] + r"\w*" if word.endswith("*") else word for word in fold(phrase).replace("-", " ").split()]
    return r"(?<!\w)" + r"[\s-]+".join(words) + r"(?!\w)"


class Pattern:
    """A regular expression, compiled when it is first tried on a text that it may match at all: most never are."""

    __slots__ = ("_case", "_compiled", "_first", "_quick", "_source", "_terms", "guard")

    def __init__(self, source: str, terms: dict[str, list[str]], case: bool) -> None:
        self._source, self._terms, self._case = source, terms, case
        self.guard = Guard(lambda: self.pattern, source, lambda: getattr(terms, "needed", _NOTHING))
        self._compiled: Any = None
        self._quick: Any = None if source in getattr(terms, "tried", ()) else False
        self._first: tuple[Any, Any] = None, None  # what is expected, and the expression made for it

    @property
    def pattern(self) -> str:
        """The expression with its word lists filled in."""
        return fill(self._source, self._terms)

    @property
    def compiled(self) -> Any:
        if self._compiled is None:
            self._compiled = _compile(self.pattern, self._case)
        return self._compiled

    def quick(self, text: str) -> Any:
        """The expression as the standard library reads it, for a short text and a pattern that was tried; else None.

        It is made in a sixth of the time, but cannot be stopped.
        """
        if self._quick is False or len(text) > _SHORT:
            return None
        if self._quick is None and self._first[1] is None:
            self._quick = ready.find(self.pattern, 0 if self._case else re.IGNORECASE)
        if self._quick is not None:
            return self._quick
        expected = self._terms.expected  # type: ignore[attr-defined]
        if expected is None or not expected.covers(text):
            self._quick = _read_by_re(self.pattern, self._case) or False
            return self._quick or None
        if self._first[0] is not expected:  # long lists are most of what it costs to make an expression
            self._first = expected, _read_by_re(fill(self._source, expected), self._case)
            self._quick = None if self._first[1] else False
        return self._first[1]

    def may_match(self, text: str) -> bool:
        """False where no match is possible; cheap, so that it pays before a search. One that is not compiled yet is looked at closely."""
        return self.guard.may(text) if self._quick or self._compiled or self._first[1] else self.guard.near(text)


def index(patterns: Iterable[Pattern]) -> Index:
    """Tells which of the patterns can match a text."""
    PIECES.forget()  # they bring very many pieces
    return Index(PIECES, (pattern.guard.wanted for pattern in patterns))


def compile_pattern(pattern: str, terms: dict[str, list[str]], case: bool = False) -> Pattern:
    """A pattern that ignores case unless told otherwise; `refuse` has said that it holds."""
    return Pattern(pattern, terms, case)


@lru_cache(maxsize=4096)
def _compile(pattern: str, case: bool) -> Any:
    import regex  # most runs can spare it

    return regex.compile(pattern, 0 if case else regex.IGNORECASE)


def _read_by_re(pattern: str, case: bool) -> re.Pattern[str] | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ready.compile_pattern(pattern, 0 if case else re.IGNORECASE)
    except re.error:  # it says what only `regex` can read
        return None


def refuse(pattern: str, terms: dict[str, list[str]]) -> str | None:
    """Why a pattern cannot be taken: an unknown list, a bad expression, one that may run away; None if it can."""
    import regex

    for match in _TERM.finditer(pattern):
        if match.group(1) not in terms:
            return f"there is no word list {{{match.group(1)}}}"
    filled = fill(pattern, terms)
    if len(filled) > _MAX_LENGTH:
        return f"longer than {_MAX_LENGTH:,} characters"
    try:
        compiled = _compile(filled, False)
    except regex.error as error:
        return f"bad expression: {error}"
    if compiled.search("") is not None:
        return "it matches nothing at all, so it would fire everywhere"
    if runaway := _runaway(filled):
        shown = runaway if len(runaway) < 60 else runaway[:40] + "…"
        return f"it may take for ever ({shown}); give the repeat a bound such as {{0,40}}"
    return None


def _runaway(pattern: str) -> str | None:
    """A repeat without bound around something that repeats without bound, or two open `.*` side by side in a row."""
    depth_repeats: list[bool] = [False]
    i = 0
    in_class = False
    opens: list[int] = []
    while i < len(pattern):
        char = pattern[i]
        if char == "\\":
            i += 2
            continue
        if in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
            i += 1 + (pattern[i + 1 : i + 2] == "^") + (pattern[i + 1 : i + 3] in ("]", "^]"))
            continue
        elif char == "(":
            opens.append(i)
            depth_repeats.append(False)
        elif char == ")" and opens:
            start = opens.pop()
            inner = depth_repeats.pop()
            if _open_repeat(pattern, i + 1):
                if inner:
                    return pattern[start : i + 2]
                depth_repeats[-1] = True
            elif inner:
                depth_repeats[-1] = True
        elif _open_repeat(pattern, i):
            depth_repeats[-1] = True
        i += 1
    doubled = re.search(r"(?:\.[*+]){2}|(?:\.[*+]\w?){3,}", pattern)
    return doubled.group() if doubled else None


def _open_repeat(pattern: str, at: int) -> bool:
    return (pattern[at : at + 1] in ("*", "+") and pattern[at - 1 : at] != "(") or bool(re.match(r"\{\d+,\}", pattern[at : at + 8]))


def search(pattern: Pattern, text: str, start: int = 0) -> Any:
    """The first match, or None. Raises SlowPattern after TIMEOUT."""
    if not pattern.may_match(text):
        return None
    if quick := pattern.quick(text):
        return quick.search(text, start)
    try:
        return pattern.compiled.search(text, start, timeout=TIMEOUT)
    except TimeoutError:
        raise SlowPattern(f"the pattern {pattern.pattern[:80]!r} took more than {TIMEOUT:g} s in one sentence") from None


def find_all(pattern: Pattern, text: str) -> list[Any]:
    """All matches without overlap. Raises SlowPattern after TIMEOUT."""
    if not pattern.may_match(text):
        return []
    if quick := pattern.quick(text):
        return list(quick.finditer(text))
    try:
        return list(pattern.compiled.finditer(text, timeout=TIMEOUT))
    except TimeoutError:
        raise SlowPattern(f"the pattern {pattern.pattern[:80]!r} took more than {TIMEOUT:g} s in one sentence") from None
