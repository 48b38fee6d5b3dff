"""Lookbehind: patterns as the standard library reads them, with looks behind that may be of several widths, as in `(?<=a |the )`.

The library takes those of one width alone. Here each is made into one for each width that it may have: `(?:(?<=a )|(?<=the ))`.
"""

from __future__ import annotations

import re
from itertools import chain, product
from re import _compiler as compiler  # type: ignore[attr-defined]
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, cast

_MOST = 64  # ways in which what stands behind may be said, each of one width
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT)
Row = list[tuple[Any, Any]]
"""Items of a pattern, one after the other, as the standard library's parser gives them."""


def compile_pattern(source: str, flags: re.RegexFlag | int) -> re.Pattern[str]:
    """The pattern. Raises re.error where the library cannot read it, or a look behind has no bound or too many ways."""
    try:
        return re.compile(source, flags)
    except re.error:
        given = int(flags)  # the library asks for them very often, and an enumeration answers slowly
        return cast("re.Pattern[str]", compiler.compile(_tree(source, given), given))


def code(source: str, flags: int) -> tuple[int, list[int], int, dict[str, int]]:
    """What the library compiles a pattern into: its flags, its code, the number of its groups and the numbers of those with names.

    Raises re.error as `compile_pattern`.
    """
    tree = _tree(source, flags)
    return flags | tree.state.flags, compiler._code(tree, flags), tree.state.groups - 1, dict(tree.state.groupdict)


def _tree(source: str, flags: int) -> Any:
    """The pattern as the library's parser gives it, with looks behind of one width alone."""
    tree = parser.parse(source, flags)
    _widen(tree)
    return tree


def _widen(items: Any) -> None:
    """Replace the looks behind of several widths in these items and below."""
    row: Row = []
    for code, value in items.data:
        for inner in _inner(code, value):
            _widen(inner)
        if code in (codes.ASSERT, codes.ASSERT_NOT) and value[0] < 0 and not _fixed(value[1]):
            rows = _by_width(items.state, _rows(value[1]))
            each: Row = [(code, (-1, parser.SubPattern(items.state, one))) for one in rows]
            row += each if code is codes.ASSERT_NOT else [_choice(items.state, [[one] for one in each])]
        else:
            row.append((code, value))
    items.data = row


def _inner(code: Any, value: Any) -> list[Any]:
    """The sequences in an item."""
    if code is codes.BRANCH:
        return list(value[1])
    if code is codes.GROUPREF_EXISTS:
        return [inner for inner in value[1:] if inner]
    parts = value if isinstance(value, tuple) else (value,)
    return [part for part in parts if isinstance(part, parser.SubPattern)]


def _fixed(items: Any) -> bool:
    least, most = items.getwidth()
    return bool(least == most)


def _choice(state: Any, rows: list[Row]) -> tuple[Any, Any]:
    return codes.BRANCH, (None, [parser.SubPattern(state, row) for row in rows])


def _by_width(state: Any, rows: list[Row]) -> list[Row]:
    """Those of one width made into one, which is a choice."""
    widths: dict[int, list[Row]] = {}
    for row in rows:
        widths.setdefault(parser.SubPattern(state, row).getwidth()[0], []).append(row)
    return [same[0] if len(same) == 1 else [_choice(state, same)] for same in widths.values()]


def _rows(items: Any) -> list[Row]:
    """What a sequence may match, as rows that are each of one width."""
    rows: list[Row] = [[]]
    for item in items.data:
        rows = [before + more for before in rows for more in _ways(items.state, *item)]
        if len(rows) > _MOST:
            raise re.error("a look behind has too many widths")
    return rows


def _ways(state: Any, code: Any, value: Any) -> list[Row]:
    """What an item may match, as rows that are each of one width."""
    if _fixed(parser.SubPattern(state, [(code, value)])):
        return [[(code, value)]]
    if code is codes.BRANCH:
        return _by_width(state, [row for choice in value[1] for row in _rows(choice)])
    if code is codes.SUBPATTERN and value[0] is None:
        return [[(code, (*value[:3], parser.SubPattern(state, row)))] for row in _rows(value[3])]
    if code in _REPEATS:
        inner = _rows(value[2])
        if value[1] <= _MOST and len(inner) ** int(value[1]) <= _MOST:
            repeated = (product(inner, repeat=times) for times in range(value[0], value[1] + 1))
            return [list(chain.from_iterable(rows)) for each in repeated for rows in each]
    raise re.error("a look behind has no bound")
