"""Expressions: the few regular expressions of rules, about characters rather than words, run by the `regex` library under a time limit."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

MAX_LENGTH = 2_000  # characters of an expression
TIMEOUT = 1.0
"""Seconds for one expression on one text; one that needs more is an error, never a miss."""
_CALL = re.compile(r"(?<!\\)\(\?(?:R|&|P>|[+-]?\d)")


class SlowExpression(Exception):
    """An expression that ran out of time or memory; the check that used it has failed."""


@lru_cache(maxsize=256)
def _compile(expression: str) -> Any:
    import regex

    return regex.compile(expression, regex.IGNORECASE)


def refuse(expression: str) -> str | None:
    """Why an expression cannot be taken; None if it can."""
    import regex

    if len(expression) > MAX_LENGTH:
        return f"longer than {MAX_LENGTH:,} characters"
    if _CALL.search(expression):
        return "it calls itself or a group of its own, which may take all memory"
    try:
        compiled = _compile(expression)
    except (regex.error, ValueError, RecursionError, OverflowError, MemoryError) as error:
        return f"bad expression: {error}"
    return "it matches nothing at all, so it would fire everywhere" if compiled.search("") is not None else None


def find_all(expression: str, text: str, rule: str) -> list[tuple[int, int]]:
    """Offsets of all matches without overlap, or of their group `flag`. Raises SlowExpression, which names the rule, after TIMEOUT."""
    try:
        matches = list(_compile(expression).finditer(text, timeout=TIMEOUT))
    except TimeoutError:
        raise SlowExpression(f"the expression {expression[:80]!r} of {rule} took more than {TIMEOUT:g} s on one text") from None
    except MemoryError:
        raise SlowExpression(f"the expression {expression[:80]!r} of {rule} took all memory on one text") from None
    spans = (match.span("flag" if "flag" in match.re.groupindex and match.start("flag") >= 0 else 0) for match in matches)
    return [span for span in spans if span[1] > span[0]]
