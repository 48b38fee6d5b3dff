"""Backtracking: the steps that a regular expression takes on a text, counted; and texts that make it take many.

A plain model of Python's matcher over the parse tree of `re`. A bounded repeat counts as one of at most BOUND: what it costs more is the
same however long the text is. Counts are the same on every machine, seconds are not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

BOUND = 6
REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
_IN_CATEGORY: dict[Any, Callable[[str], bool]] = {
    codes.CATEGORY_DIGIT: str.isdecimal,
    codes.CATEGORY_SPACE: str.isspace,
    codes.CATEGORY_WORD: lambda char: char.isalnum() or char == "_",
    codes.CATEGORY_NOT_DIGIT: lambda char: not char.isdecimal(),
    codes.CATEGORY_NOT_SPACE: lambda char: not char.isspace(),
    codes.CATEGORY_NOT_WORD: lambda char: not (char.isalnum() or char == "_"),
}


class TooMany(Exception):
    """More steps than were granted."""


def is_in(char: str, items: Any) -> bool:
    """Whether a set of the parse tree holds a character."""
    negated = items[0][0] is codes.NEGATE
    for code, value in items:
        held = (
            (code is codes.LITERAL and char == chr(value))
            or (code is codes.RANGE and value[0] <= ord(char) <= value[1])
            or (code is codes.CATEGORY and _IN_CATEGORY[value](char))
        )
        if held:
            return not negated
    return negated


class Steps:
    """Counts the steps of one expression on texts."""

    def __init__(self, pattern: re.Pattern[str], most: int = 60_000) -> None:
        self.tree = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE).data
        self.ignores, self.lines, self.all = (bool(pattern.flags & flag) for flag in (re.IGNORECASE, re.MULTILINE, re.DOTALL))
        self.most = most
        self._tests: dict[int, Callable[[str], bool] | None] = {}  # by the identity of a node of the tree, which stays

    def count(self, text: str, anchored: bool) -> int:
        """Steps to find all matches in a text, or with `anchored` the one at its beginning."""
        self.text, self.steps = text, 0
        self.groups: dict[int, tuple[int, int]] = {}
        at = 0
        while at <= len(text):
            end = self._run(self.tree, 0, at, lambda place: place)
            if anchored:
                break
            at = max(end, at + 1) if end is not None else at + 1
        return self.steps

    def _single(self, node: tuple[Any, Any]) -> Callable[[str], bool] | None:
        """What tells whether a node that stands for one character takes it; None for any other node."""
        if id(node) not in self._tests:
            test = self._test(*node)
            self._tests[id(node)] = cache(test) if test else None
        return self._tests[id(node)]

    def _test(self, code: Any, value: Any) -> Callable[[str], bool] | None:
        fold = str.lower if self.ignores else str
        if code is codes.LITERAL:
            wanted = fold(chr(value))
            return lambda char: fold(char) == wanted
        if code is codes.NOT_LITERAL:
            unwanted = fold(chr(value))
            return lambda char: fold(char) != unwanted
        if code is codes.ANY:
            return (lambda char: True) if self.all else (lambda char: char != "\n")
        if code is codes.IN:
            if self.ignores:
                return lambda char: is_in(char.lower(), value) or is_in(char.upper(), value)
            return lambda char: is_in(char, value)
        return None

    def _run(self, items: list[Any], index: int, at: int, then: Callable[[int], int | None]) -> int | None:
        text = self.text
        while index < len(items):
            self.steps += 1
            if self.steps > self.most:
                raise TooMany
            single = self._single(items[index])
            if single is None:
                break
            if at >= len(text) or not single(text[at]):
                return None
            index, at = index + 1, at + 1
        else:
            return then(at)
        code, value = items[index]

        def on(place: int) -> int | None:
            return self._run(items, index + 1, place, then)

        if code in REPEATS:
            return self._repeat(code, value, at, on)
        if code is codes.BRANCH:
            for branch in value[1]:
                end = self._run(branch.data, 0, at, on)
                if end is not None:
                    return end
            return None
        if code is codes.SUBPATTERN:
            number = value[0]

            def closed(place: int) -> int | None:
                before = self.groups.get(number)
                self.groups[number] = (at, place)
                end = on(place)
                if end is None and before is not None:
                    self.groups[number] = before
                return end

            return self._run(value[3].data, 0, at, closed if number is not None else on)
        if code is codes.ATOMIC_GROUP:
            end = self._run(value.data, 0, at, lambda place: place)
            return None if end is None else on(end)
        if code in (codes.ASSERT, codes.ASSERT_NOT):
            direction, inner = value
            place = at if direction > 0 else at - inner.getwidth()[0]
            held = place >= 0 and self._run(inner.data, 0, place, lambda end: end) is not None
            return on(at) if held is (code is codes.ASSERT) else None
        if code is codes.GROUPREF:
            start, end = self.groups.get(value, (0, 0))
            said = text[start:end]
            return on(at + len(said)) if text.startswith(said, at) else None
        if code is codes.AT:
            return on(at) if self._stands(value, at) else None
        raise NotImplementedError(code)

    def _repeat(self, code: Any, value: Any, at: int, on: Callable[[int], int | None]) -> int | None:
        least, most, body = value
        least, most = min(int(least), BOUND), most if most is codes.MAXREPEAT else min(int(most), BOUND)
        body = body.data
        single = self._single(body[0]) if len(body) == 1 else None
        if single:
            limit = len(self.text) if most is codes.MAXREPEAT else min(len(self.text), at + most)
            end = at
            while end < limit and single(self.text[end]) and (code is not codes.MIN_REPEAT or end - at < least):
                end += 1
                self.steps += 1
            if end - at < least:
                return None
            if code is codes.POSSESSIVE_REPEAT:
                return on(end)
            if code is codes.MIN_REPEAT:
                while True:
                    found = on(end)
                    if found is not None or end >= limit or not single(self.text[end]):
                        return found
                    end += 1
                    self.steps += 1
            for place in range(end, at + least - 1, -1):
                found = on(place)
                if found is not None:
                    return found
            return None
        if code is codes.POSSESSIVE_REPEAT:
            times = 0
            while most is codes.MAXREPEAT or times < most:
                end = self._run(body, 0, at, lambda place: place)
                if end is None or end == at:
                    break
                at, times = end, times + 1
            return on(at) if times >= least else None

        def again(times: int, place: int) -> int | None:
            def more() -> int | None:
                if most is not codes.MAXREPEAT and times >= most:
                    return None
                return self._run(body, 0, place, lambda end: again(times + 1, end) if end > place or times < least else None)

            if times < least:
                return more()
            first, second = (more, lambda: on(place)) if code is codes.MAX_REPEAT else (lambda: on(place), more)
            found = first()
            return found if found is not None else second()

        return again(0, at)

    def _stands(self, where: Any, at: int) -> bool:
        text = self.text
        if where in (codes.AT_BEGINNING, codes.AT_BEGINNING_STRING):
            line = where is codes.AT_BEGINNING and self.lines
            return at == 0 or (line and text[at - 1] == "\n")
        if where in (codes.AT_END, codes.AT_END_STRING):
            if at == len(text):
                return True
            if where is codes.AT_END_STRING:
                return False
            return text[at] == "\n" and (self.lines or at == len(text) - 1)
        word = _IN_CATEGORY[codes.CATEGORY_WORD]
        border = (at > 0 and word(text[at - 1])) != (at < len(text) and word(text[at]))
        return border is (where is codes.AT_BOUNDARY)


def members(items: Any) -> list[str]:
    """Characters that a set holds, the odd ones first."""
    likely = " a1\t\n.A-_,'\"/:)(<>=#&@|\\x~"
    named = [chr(value) for code, value in items if code is codes.LITERAL]
    ranged = [chr(value[0]) for code, value in items if code is codes.RANGE]
    return [char for char in dict.fromkeys([*likely, *named, *ranged]) if is_in(char, items)] or ["a"]


def sample(items: Any, variant: int = 0) -> str:
    """A text that the items match, looks apart."""
    made = ""
    for code, value in items:
        if code is codes.LITERAL:
            made += chr(value)
        elif code is codes.NOT_LITERAL:
            made += "b" if chr(value) == "a" else "a "[variant % 2]
        elif code is codes.ANY:
            made += "a "[variant % 2]
        elif code is codes.IN:
            made += members(value)[variant % len(members(value))]
        elif code is codes.BRANCH:
            made += sample(value[1][variant % len(value[1])], variant)
        elif code is codes.SUBPATTERN:
            made += sample(value[3], variant)
        elif code is codes.ATOMIC_GROUP:
            made += sample(value, variant)
        elif code in REPEATS:
            made += sample(value[2], variant) * max(int(value[0]), 0)
    return made


def _repeats(items: Any, before: str) -> Iterator[tuple[str, Any]]:
    """Every repeat without a bound, with what may stand before it."""
    for code, value in items:
        if code in REPEATS:
            if value[1] is codes.MAXREPEAT:
                yield before, value[2]
            yield from _repeats(value[2], before)
        elif code is codes.SUBPATTERN:
            yield from _repeats(value[3], before)
        elif code is codes.ATOMIC_GROUP:
            yield from _repeats(value, before)
        elif code in (codes.ASSERT, codes.ASSERT_NOT) and value[0] > 0:
            yield from _repeats(value[1], before)
        elif code is codes.BRANCH:
            for branch in value[1]:
                yield from _repeats(branch, before)
        before += sample([(code, value)])


def attacks(pattern: re.Pattern[str], variants: int = 4) -> Iterator[Callable[[int], str]]:
    """What makes texts of about a length: a repeat of the expression again and again, after what leads to it, and then no match."""
    seen = set()
    for before, body in _repeats(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE), ""):
        for variant in range(variants):
            piece = sample(body, variant)
            for lead, pump in ((before, piece), ("", before + piece), (before, piece + " ")):
                if pump and (lead, pump) not in seen:
                    seen.add((lead, pump))
                    for end in ("", "\x00"):
                        yield lambda size, lead=lead, pump=pump, end=end: lead + pump * max(size // len(pump), 1) + end


def quadratic(pattern: re.Pattern[str], anchored: bool, size: int = 60, most: int = 150) -> str | None:
    """A text on which twice the length takes more than twice the steps by far; None where `most` attacks found none."""
    steps = Steps(pattern)
    for make in islice(attacks(pattern), most):
        try:
            twice = steps.count(make(2 * size), anchored) / len(make(2 * size))
            if twice > 25 and twice > 1.5 * steps.count(make(size), anchored) / len(make(size)):
                return make(12)
        except (TooMany, RecursionError):
            return make(12)
    return None
