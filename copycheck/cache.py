"""Cache: reports under a key made of everything that decides them; an entry that cannot be trusted is checked again."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from hashlib import sha256
from pathlib import Path, PurePath
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from copycheck import identity
from copycheck.findings import Report, Severity
from copycheck.settings import Item, Settings
from copycheck.source import Unreadable, read_bytes

LIMIT = 2_000_000  # bytes in each of the 256 folders of entries; the least recently used go first
_KEPT = {name: kind for name, kind in get_type_hints(Report).items() if name not in ("path", "text", "tags", "error", "known")}
"""The fields of a report that an entry holds, with their types; path, text and tags are the item's."""
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# Made by copycheck; it may be deleted at any time.\n"  # bford.info/cachedir


@dataclass
class Cache:
    """Reports in a folder, for one set of rules and one model. `rules` and `model` are their fingerprints."""

    folder: Path
    rules: str
    model: str
    _written: set[Path] = field(default_factory=set)
    _settings: dict[int, tuple[Settings, str]] = field(default_factory=dict)

    def key(self, item: Item) -> str:
        """A digest of all that decides an item's report, the date included."""
        assert item.source is not None
        decides = f"{self._shared(item.settings)} {canonical((item.path, item.format, item.source.notices))!r} {item.source.tags!r}"
        return digest(decides.encode("utf-8", "backslashreplace"), item.source.text.encode("utf-8", "surrogatepass"))

    def get(self, item: Item) -> Report | None:
        """The report of an item; None where there is none, or its entry is damaged or another program's."""
        if item.source is None:
            return None
        key = self.key(item)
        path = self._path(key)
        try:
            head, body = read_bytes(path).split(b"\n", 1)
            if head.decode("ascii") != f"{key} {digest(body)}":
                return None
            report = _report(item, json.loads(body))
            path.touch()
        except (Unreadable, OSError, ValueError, TypeError, KeyError, IndexError, RecursionError):
            return None
        return report

    def put(self, item: Item, report: Report) -> None:
        """Keep a report for next time. One with an error is not kept: what failed is tried again."""
        if item.source is None or report.error is not None:
            return
        key = self.key(item)
        path = self._path(key)
        if not self._written:
            self._prepare()
        body = json.dumps({name: getattr(report, name) for name in _KEPT}, default=_jsonable, separators=(",", ":")).encode("ascii")
        temporary = path.with_name(f".new-{os.getpid()}-{path.name}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(f"{key} {digest(body)}\n".encode("ascii") + body)
            temporary.replace(path)  # another process sees the old entry or the new one, never a part
        except OSError:  # a full disk, a folder that cannot be written: the report is made anew next time
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            return
        self._written.add(path.parent)

    def prune(self) -> None:
        """Hold the folders that were written to within LIMIT."""
        for folder in sorted(self._written):
            _prune(folder, LIMIT)
        self._written.clear()

    def _path(self, key: str) -> Path:
        return self.folder / "reports" / key[:2] / f"{key[2:]}.json"

    def _shared(self, settings: Settings) -> str:
        """What files have in common that share their settings, made once."""
        known = self._settings.get(id(settings))
        if known is None or known[0] is not settings:
            shared = repr(canonical((identity.program(), identity.surroundings(), self.rules, self.model, settings)))
            known = self._settings[id(settings)] = (settings, shared)
        return known[1]

    def _prepare(self) -> None:
        """Mark the folder as a cache, which backups and version control leave out."""
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            for name, text in (("CACHEDIR.TAG", _TAG), (".gitignore", "*\n")):
                if not (self.folder / name).exists():
                    (self.folder / name).write_text(text, encoding="ascii")


def digest(*parts: bytes) -> str:
    """A name for some bytes; where they are cut into parts counts."""
    made = sha256(usedforsecurity=False)
    for part in parts:
        made.update(len(part).to_bytes(8, "big"))
        made.update(part)
    return made.hexdigest()[:40]


def canonical(value: Any) -> Any:
    """A value in a form whose `repr` is the same for equal values: every field of a dataclass counts, the order of a set does not."""
    if value is None or (isinstance(value, bool | int | float | str) and not isinstance(value, Enum)):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return (type(value).__name__, *((f.name, canonical(getattr(value, f.name))) for f in fields(value)))
    if isinstance(value, set | frozenset):
        return ("set", *sorted(map(canonical, value), key=repr))
    if isinstance(value, dict):
        return ("map", *sorted(((canonical(key), canonical(item)) for key, item in value.items()), key=repr))
    if isinstance(value, tuple | list):
        return ("row", *map(canonical, value))
    if isinstance(value, date | PurePath | Enum):
        return (type(value).__name__, str(value))
    raise TypeError(f"{type(value).__name__}: say how it decides a report")


def _report(item: Item, plain: dict[str, Any]) -> Report:
    """The report of what JSON holds of it. Raises TypeError, ValueError or KeyError where that is of another form."""
    assert item.source is not None
    kept = {name: _maker(kind)(plain[name]) for name, kind in _KEPT.items()}
    return Report(path=item.path, text=item.source.text, tags=item.source.tags, **kept)


def _jsonable(value: Any) -> Any:
    """What JSON holds of a set or a dataclass; it makes lists of tuples by itself."""
    return sorted(value) if isinstance(value, frozenset) else vars(value)


@cache
def _maker(kind: Any) -> Callable[[Any], Any]:
    """What makes a value of a type from what JSON holds of it. It goes by the types of fields, so a new field needs nothing here."""
    kinds = get_args(kind)
    if isinstance(kind, UnionType):  # of one type and None
        make = _maker(kinds[0])
        return lambda value: None if value is None else make(value)
    if (gather := get_origin(kind)) in (tuple, frozenset):
        make = _maker(kinds[0])

        def gathered(values: Any) -> Any:
            if not isinstance(values, list):
                raise TypeError("no list")
            return gather(map(make, values))

        return gathered
    if hasattr(kind, "_fields"):
        makers = [_maker(one) for one in get_type_hints(kind).values()]
        return lambda row: kind(*(make(value) for make, value in zip(makers, row, strict=True)))
    if isinstance(kind, type) and is_dataclass(kind):
        named = {name: _maker(one) for name, one in get_type_hints(kind).items()}
        return lambda values: kind(**{name: make(values[name]) for name, make in named.items()})
    return dict if gather is dict else kind if kind is Severity else lambda value: value


def _prune(folder: Path, limit: int) -> None:
    """Delete the files of a folder that were used longest ago, until at most `limit` bytes are left."""
    try:
        entries = [(entry.stat(), entry.path) for entry in os.scandir(folder) if entry.is_file(follow_symlinks=False)]
    except OSError:
        return
    left = sum(status.st_size for status, _ in entries)
    for status, path in sorted(entries, key=lambda entry: (entry[0].st_mtime_ns, entry[1])):
        if left <= limit:
            return
        left -= status.st_size
        with suppress(OSError):
            Path(path).unlink(missing_ok=True)
