"""Memory: what was parsed is not parsed again, and no more is kept than was said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from copycheck.lsp import memory
from copycheck.lsp.memory import Memory, Superseded


class Parser:
    """In place of a Language: a Doc is its text in capitals."""

    def __init__(self) -> None:
        self.parsed: list[str] = []

    def pipe(self, texts: Iterable[str], batch_size: int) -> Iterator[Any]:
        for text in texts:
            self.parsed.append(text)
            yield text.upper()


def made(is_current: Any = lambda: True) -> tuple[Memory, Parser]:
    parser = Parser()
    return Memory(parser, is_current), parser  # type: ignore[arg-type]


def test_only_new_texts_are_parsed_and_all_come_in_order() -> None:
    known, parser = made()
    assert list(known.pipe(["a", "b", "c"])) == ["A", "B", "C"]
    assert list(known.pipe(["c", "d", "a", "c"])) == ["C", "D", "A", "C"]
    assert parser.parsed == ["a", "b", "c", "d"]


def test_what_was_used_longest_ago_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MOST", 10)
    known, parser = made()
    for text in ("aaaa", "bbbb", "aaaa", "cccc"):
        list(known.pipe([text]))
    assert list(known.docs) == ["aaaa", "cccc"]
    assert parser.parsed == ["aaaa", "bbbb", "cccc"]


def test_a_text_longer_than_the_bound_is_kept_whole_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MOST", 10)
    known, parser = made()
    list(known.pipe(["aaaa"]))
    long = [f"{number:04}" for number in range(20)]
    list(known.pipe(long))
    list(known.pipe([*long[:-1], "last"]))
    assert parser.parsed == ["aaaa", *long, "last"]
    assert set(known.docs) == {*long[:-1], "last"}


def test_a_newer_text_ends_the_parse_and_what_was_parsed_is_kept() -> None:
    left = iter([True, True, False])
    known, parser = made(lambda: next(left, True))
    with pytest.raises(Superseded):
        list(known.pipe(["a", "b", "c", "d"]))
    assert parser.parsed == ["a", "b", "c"]
    assert list(known.pipe(["a", "b", "c", "d"])) == ["A", "B", "C", "D"]
    assert parser.parsed == ["a", "b", "c", "d"]


@pytest.mark.parametrize(("platform", "library", "trimmed"), [("linux", True, [0]), ("linux", False, []), ("win32", True, [])])
def test_freed_memory_goes_back_where_the_c_library_can(platform, library, trimmed, monkeypatch):
    calls = []
    monkeypatch.setattr(memory.sys, "platform", platform)
    monkeypatch.setattr(memory.ctypes, "CDLL", lambda name: SimpleNamespace(malloc_trim=calls.append) if library else SimpleNamespace())
    memory.give_back()
    assert calls == trimmed
