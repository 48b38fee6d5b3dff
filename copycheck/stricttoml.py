"""Strict TOML: TOML 1.0 by the standard library, guarded against nesting, which that reads by recursion, and named by line where broken."""

from __future__ import annotations

import re
from typing import Any

from copycheck.source import Malformed

MAX_DEPTH = 40
_MARK = re.compile(r"""[\[\]{}"'#=,.\n]""")
_ENDS = {  # of strings by how they begin; an escape in a basic string ends none
    '"""': re.compile(r'\\.|"""', re.DOTALL),
    "'''": re.compile(r"'''"),
    '"': re.compile(r'\\.|["\n]', re.DOTALL),
    "'": re.compile(r"['\n]"),
}
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")


class BadToml(Malformed):
    """Text that is not TOML, or TOML that the guards refuse."""


def load(text: str) -> dict[str, Any]:
    """The values of a document, nested at most MAX_DEPTH deep. Raises BadToml."""
    import tomllib

    text = text.replace("\r\n", "\n").replace("\r", "\n")
    deep = _too_deep(text)
    if deep is not None:
        raise BadToml(text.count("\n", 0, deep) + 1, f"nested more than {MAX_DEPTH} deep")
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of too many digits is no TOMLDecodeError
        place = _PLACE.search(str(error))
        line = int(place[1] or 0) if place else 1
        raise BadToml(line or text.count("\n") + 1, _PLACE.sub("", str(error))) from None
    if is_deeper(data, MAX_DEPTH):
        raise BadToml(1, f"nested more than {MAX_DEPTH} deep")
    return data


def is_deeper(data: Any, most: int) -> bool:
    """Whether lists and mappings are nested more than `most` deep, told without recursion."""
    level = [data]
    for _ in range(most + 1):
        level = [one for one in level if isinstance(one, dict | list)]
        if not level:
            return False
        level = [inner for one in level for inner in (one.values() if isinstance(one, dict) else one)]
    return True


def _too_deep(text: str) -> int | None:
    """Where brackets, or the parts of a dotted key, go deeper than MAX_DEPTH; None where they do not. One pass, strings skipped."""
    depth = parts = at = 0
    while match := _MARK.search(text, at):
        mark, at = match.group(), match.end()
        if mark == "#":
            at = text.find("\n", at)
            if at < 0:
                break
        elif mark in "\"'":
            opening = mark * 3 if text.startswith(mark * 2, at) else mark
            at += len(opening) - 1
            while (end := _ENDS[opening].search(text, at)) and end.group()[0] == "\\":
                at = end.end()
            if not end:
                break
            at = end.end()
        else:
            parts = parts + 1 if mark == "." else 0
            depth += (mark in "[{") - (mark in "]}")
        if depth > MAX_DEPTH or parts > MAX_DEPTH:
            return at
    return None
