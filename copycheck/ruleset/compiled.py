"""Compiled: rules as plain data, checked once and read back without checking while no byte of their files has changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from copycheck import identity, lazy, needs, pieces, store

if TYPE_CHECKING:
    from copycheck.ruleset.models import Rule

SHIPPED = Path(__file__).resolve().parent.parent / identity.MADE
"""Where a build leaves the compiled form of the bundled rules."""

_GROUP = lazy.pattern(r"\((?!\?(?:[:=!]|<[=!]))")  # a pattern may count the groups of its entries
_NEVER = "(?!)"
_RECORD = "\0record"  # marks what was a model in the plain form; no key of a rule file can hold it


class Record:
    """A rule, or a part of one that has fields; read only. Its fields are those of its class in `models`."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        vars(self).update(fields)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{name}: rules are not changed")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and vars(self) == vars(other)

    __hash__ = object.__hash__


class Terms(dict[str, list[str]]):
    """Named word lists; `needed` gives for a pattern of the rules the ways that `needs.needed` found.

    `telling` gives for each entry of each list what `needs.telling` found. `tried` are the patterns of the rules that ship: no text
    of a sentence's length slows them (a test tries). `expected` is what a short run expects.
    """

    needed: needs.Known
    telling: dict[str, list[list[str]]]
    tried: set[str]
    expected: Expected | None = None

    def __init__(self, words: Mapping[str, list[str]] | None = None) -> None:
        super().__init__(words or {})
        self.needed = needs.Known()
        self.telling = {}
        self.tried = set()

    def expect(self, texts: Iterable[str]) -> None:
        """Say which texts come first, so that a pattern need not be made with all entries of its lists for them."""
        self.expected = Expected(self, texts)

    def add(self, form: dict[str, Any], tried: bool = False) -> None:
        """Take in the word lists of a folder's compiled form, and what its patterns need."""
        self.update(form["terms"])
        self.telling |= form["telling"]
        self.needed.add(form)
        if tried:
            self.tried.update(form["needed"])


class Expected(dict[str, list[str]]):
    """Word lists with those entries alone that some texts may hold; each is made when it is first asked for."""

    def __init__(self, terms: Terms, texts: Iterable[str]) -> None:
        super().__init__()
        self._terms = terms
        self._words = frozenset(word for text in texts for word in pieces.words(text))
        self._said = " ".join(self._words)

    def covers(self, text: str) -> bool:
        """All words of a text were expected: in it a pattern matches the same with these lists as with the whole ones."""
        return self._words.issuperset(pieces.words(text))

    def __missing__(self, name: str) -> list[str]:
        entries = self._terms[name]
        held = [
            entry
            for entry, letters in zip(entries, self._terms.telling[name], strict=True)
            if not letters or _GROUP.search(entry) or any(map(self._said.__contains__, letters))
        ]
        self[name] = held or [_NEVER]
        return self[name]


def plain(rule: Rule) -> dict[str, Any]:
    """A checked rule as data that JSON can hold; its `path` is left to the reader."""
    fields = _plain(rule)
    del fields["path"]
    return {**fields, "family": rule.family}


def _plain(value: Any) -> Any:
    if hasattr(type(value), "model_fields"):
        return {_RECORD: True, **{name: _plain(getattr(value, name)) for name in type(value).model_fields}}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def rule(record: Record, path: Path) -> Rule:
    """A rule of a form that was read, and where it stands."""
    return cast("Rule", Record({**vars(record), "path": str(path)}))


def _record(fields: dict[str, Any]) -> Any:
    """A map of a form, or what `plain` made a map of."""
    return Record(fields) if fields.pop(_RECORD, False) else fields


def key(contents: Mapping[str, bytes], terms: Sequence[bytes]) -> str:
    """The name of a folder's compiled form: by its files, all word lists of the run, and the program."""
    files = [part for name, data in sorted(contents.items()) for part in (name.encode(), data)]
    return store.digest(identity.program().encode(), *files, b"", *terms)


def stands(name: str, kept: Path | None) -> bool:
    """There is a compiled form of this name, so its rules hold; `find` says whether it can be read."""
    return any(path.is_file() for path in _places(name, kept))


def _places(name: str, kept: Path | None) -> list[Path]:
    return [SHIPPED / f"{name}.json", *([store.place(kept / "rules", name)] if kept else [])]


def find(name: str, kept: Path | None) -> dict[str, Any] | None:
    """A folder's compiled form, from the build or the cache."""
    for path in _places(name, kept):
        if (found := store.read(path, name, _record)) is not None:
            return cast("dict[str, Any]", found)
    return None


def reread(form: dict[str, Any]) -> dict[str, Any]:
    """A form that was just made, as it is read when it was kept."""
    return cast("dict[str, Any]", json.loads(json.dumps(form), object_hook=_record))


def keep(name: str, kept: Path, form: dict[str, Any]) -> None:
    """Put a compiled form into the cache."""
    store.prepare(kept)
    store.write(store.place(kept / "rules", name), name, form)
