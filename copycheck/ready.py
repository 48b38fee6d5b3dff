"""Ready: regular expressions as a build compiled them; Python takes a tenth of the time to make them again of that.

The form is that in which Python's own `re` compiles, see `lookbehind.code`. What another Python wrote, a byte of it that is wrong, and an
expression that is not there are no mistakes: it is compiled as any other.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found,unused-ignore]
import json
import mmap
import re
import sys
from array import array
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

from copycheck import identity, lookbehind, store

SHIPPED = Path(__file__).resolve().parent / identity.MADE / "expressions.bin"
"""Where a build leaves them: a line of JSON with the key and, of each expression, where its code stands; then all codes."""

_UNIT: Final = "I"  # of a code


def key() -> str:
    """Names the Python that an expression was compiled by, and for."""
    return store.digest(f"{sys.version} {sys.byteorder} {_sre.MAGIC} {_sre.CODESIZE} {array(_UNIT).itemsize}".encode())


def compile_pattern(source: str, flags: re.RegexFlag | int = 0) -> re.Pattern[str]:
    """As `re.compile`, with looks behind of several widths. Raises re.error."""
    return find(source, flags) or lookbehind.compile_pattern(source, flags)


def find(source: str, flags: re.RegexFlag | int) -> re.Pattern[str] | None:
    """The expression, if a build left it."""
    index, codes = _shipped()
    found = index.get(_name(source, int(flags))) if index else None
    if found is None:
        return None
    start, size, digest, given, groups, names = found
    code = codes[start : start + size]
    if _digest(code.cast("B"), given, groups, names) != digest:
        return None
    members: list[str | None] = [None] * (groups + 1)
    for name, number in names.items():
        members[number] = name
    try:
        return cast("re.Pattern[str]", _sre.compile(source, given, code.tolist(), groups, names, tuple(members)))
    except (RuntimeError, TypeError, ValueError, OverflowError):  # it looks at every code before it takes it
        return None


@cache
def _shipped() -> tuple[dict[str, Any], memoryview]:
    """Of each expression where its code stands, and all codes; empty where no build left them, or one of another Python."""
    nothing: tuple[dict[str, Any], memoryview] = {}, memoryview(b"")
    try:
        with SHIPPED.open("rb") as file:
            head = json.loads(file.readline())
            if head["key"] != key():
                return nothing
            data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
            return head["index"], data[file.tell() :].cast(_UNIT)
    except (OSError, ValueError, KeyError, TypeError):
        return nothing


def _name(source: str, flags: int) -> str:
    return store.digest(str(flags).encode(), source.encode("utf-8", "surrogatepass"))


def _digest(code: bytes | memoryview, *told: Any) -> str:
    """Of all that an expression is made of."""
    return store.digest(code, repr(told).encode())


def write(path: Path, expressions: Iterable[tuple[str, int]]) -> None:
    """Compile expressions, each with its flags, into a file that `SHIPPED` may name; those that `re` cannot read are left out."""
    index: dict[str, Any] = {}
    codes = array(_UNIT)
    for source, flags in expressions:
        try:
            given, code, groups, names = lookbehind.code(source, flags)
        except re.error:
            continue
        unit = array(_UNIT, code)
        index[_name(source, flags)] = [len(codes), len(unit), _digest(unit.tobytes(), given, groups, names), given, groups, names]
        codes += unit
    head = json.dumps({"key": key(), "index": index}, separators=(",", ":")).encode("ascii")
    head += b" " * (-(len(head) + 1) % array(_UNIT).itemsize)
    path.write_bytes(head + b"\n" + codes.tobytes())
