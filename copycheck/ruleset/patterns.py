"""Patterns: regular expressions of rules, with named word lists filled in and runaway ones refused."""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import regex

TIMEOUT = 1.0  # seconds for one search in one sentence; a pattern that needs more is an error, never a miss
_TERM = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
_MAX_LENGTH = 60_000  # characters of one pattern, its word lists filled in
GRAM = 3  # characters by which the index looks literals up
_FEW_LITERALS = 16  # of a pattern; looking for more of them takes longer than the search itself
_SHORTEST = 2  # characters of a literal; one letter tells nothing
_MAX_LITERALS = 600  # of one pattern; one that may begin in more ways is tried everywhere


Needed = tuple[frozenset[str], ...]


class SlowPattern(Exception):
    """A pattern that ran out of time; the check that used it has failed."""


def fill(pattern: str, terms: dict[str, list[str]]) -> str:
    """The pattern with every `{name}` replaced by a group of that list's entries (each a pattern itself)."""
    return _TERM.sub(lambda match: f"(?:{'|'.join(terms[match.group(1)])})", pattern)


class Pattern:
    """A regular expression, compiled when it is first tried on a text that it may match at all: most never are."""

    __slots__ = ("_case", "_compiled", "_needed", "_source", "_terms")

    def __init__(self, source: str, terms: dict[str, list[str]], case: bool) -> None:
        self._source, self._terms, self._case = source, terms, case
        self._needed: Needed | None = getattr(terms, "needed", {}).get(source)
        self._compiled: Any = None

    @property
    def pattern(self) -> str:
        """The expression with its word lists filled in."""
        return fill(self._source, self._terms)

    @property
    def needed(self) -> Needed:
        """See `needed`."""
        if self._needed is None:
            self._needed = needed(self.pattern)
        return self._needed

    @property
    def literals(self) -> frozenset[str]:
        """See `literals`; for `Index`."""
        return _telling(self.needed)

    @property
    def compiled(self) -> Any:
        if self._compiled is None:
            self._compiled = _compile(self.pattern, self._case)
        return self._compiled

    @property
    def groupindex(self) -> dict[str, int]:
        return self.compiled.groupindex  # type: ignore[no-any-return]

    def may_match(self, text: str) -> bool:
        """False where no match is possible; cheap, so that it pays before a search."""
        lowered = text.lower()
        for wanted in self.needed:
            if len(wanted) > _FEW_LITERALS and self._compiled is not None:
                continue
            for literal in wanted:
                if literal in lowered:
                    break
            else:
                return False
        return True


def compile_pattern(pattern: str, terms: dict[str, list[str]], case: bool = False) -> Pattern:
    """A pattern that ignores case unless told otherwise; `refuse` has said that it holds."""
    return Pattern(pattern, terms, case)


@lru_cache(maxsize=4096)
def _compile(pattern: str, case: bool) -> Any:
    return regex.compile(pattern, 0 if case else regex.IGNORECASE)


def refuse(pattern: str, terms: dict[str, list[str]]) -> str | None:
    """Why a pattern cannot be taken: an unknown list, a bad expression, one that may run away; None if it can."""
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
    try:
        return pattern.compiled.search(text, start, timeout=TIMEOUT)
    except TimeoutError:
        raise SlowPattern(f"the pattern {pattern.pattern[:80]!r} took more than {TIMEOUT:g} s in one sentence") from None


def find_all(pattern: Pattern, text: str) -> list[Any]:
    """All matches without overlap. Raises SlowPattern after TIMEOUT."""
    if not pattern.may_match(text):
        return []
    try:
        return list(pattern.compiled.finditer(text, timeout=TIMEOUT))
    except TimeoutError:
        raise SlowPattern(f"the pattern {pattern.pattern[:80]!r} took more than {TIMEOUT:g} s in one sentence") from None


def needed(pattern: str) -> Needed:
    """Sets of lower-case strings; every match holds one of each set. The first tells most; none where none can be told.

    They only spare searches that cannot match, so a pattern that the standard library cannot read is simply always tried.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = set(_needed(parser.parse(pattern, re.IGNORECASE)))
    except (re.error, RecursionError, OverflowError):
        return ()
    return tuple(sorted(found, key=lambda part: (-_weight(part), sorted(part))))


def literals(pattern: str) -> frozenset[str]:
    """The most telling set of `needed`, if all its strings have GRAM characters, else an empty one."""
    return _telling(needed(pattern))


def _telling(found: Needed) -> frozenset[str]:
    first = found[0] if found else frozenset()
    return first if all(len(literal) >= GRAM for literal in first) else frozenset()


def _weight(part: frozenset[str]) -> float:
    """How much a set tells: long strings, and few."""
    shortest = min(map(len, part), default=0)
    return shortest - len(part) / 8 - (100 if shortest < GRAM else 0)


def _needed(items: Any) -> list[frozenset[str]]:
    """Of a sequence all that must occur: runs of letters, groups, and for a choice the most telling part of each branch."""
    found: list[frozenset[str]] = []
    run = ""
    for code, value in items:
        if code is codes.LITERAL:
            run += chr(value).lower()
            continue
        found.append(frozenset({run}))
        run = ""
        if code is codes.SUBPATTERN:
            found += _needed(value[3])
        elif code is codes.BRANCH:
            choices = [max(_needed(choice), key=_weight, default=frozenset()) for choice in value[1]]
            found.append(frozenset().union(*choices) if all(choices) else frozenset())
        elif code in (codes.MAX_REPEAT, codes.MIN_REPEAT) and value[0] >= 1:
            found += _needed(value[2])
    found.append(frozenset({run}))
    return [part for part in found if part and len(part) <= _MAX_LITERALS and min(map(len, part)) >= _SHORTEST]


class Index:
    """Tells which of many patterns can match a text at all, in one pass over it."""

    def __init__(self, wanted: list[frozenset[str]]) -> None:
        self._always = tuple(number for number, words in enumerate(wanted) if not words)
        self._grams: dict[str, dict[str, list[int]]] = {}
        for number, words in enumerate(wanted):
            for word in words:
                self._grams.setdefault(word[:GRAM], {}).setdefault(word, []).append(number)

    def candidates(self, text: str) -> list[int]:
        """Numbers of the patterns worth a search in `text`, in order."""
        lowered = text.lower()
        found = set(self._always)
        for at in range(len(lowered) - GRAM + 1):
            words = self._grams.get(lowered[at : at + GRAM])
            if words:
                for word, numbers in words.items():
                    if lowered.startswith(word, at):
                        found.update(numbers)
        return sorted(found)
