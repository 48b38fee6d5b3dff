"""Cache: reports kept by everything that decided them, one file a report; what cannot be trusted is checked again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from enum import Enum
from functools import cache
from pathlib import Path, PurePath
from types import NoneType, UnionType
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

from copycheck import identity, store
from copycheck.findings import Outline, Report
from copycheck.settings import Item, Settings

LIMIT = 2_000_000  # bytes in each of the 256 folders of entries; what was used longest ago goes first
_FOREIGN = (TypeError, ValueError, KeyError, IndexError, RecursionError)  # where an entry is of another form


class Place(NamedTuple):
    """A file of the cache, and the key that its report was written under."""

    path: Path
    name: str


@dataclass
class Cache:
    """Reports in a folder, for one set of rules and one model. `rules` and `model` are their names by content."""

    folder: Path
    rules: str
    model: str
    _written: set[Path] = field(default_factory=set)
    _said: dict[int, tuple[Settings, str]] = field(default_factory=dict)

    def key(self, item: Item) -> str:
        """A name for all that decides an item's report but the date, which few rules read."""
        assert item.source is not None
        decides = f"{self._standing(item.settings)} {said((item.path, item.format, item.source.notices))!r}"
        return store.digest(decides.encode("utf-8", "backslashreplace"), item.source.text.encode("utf-8", "surrogatepass"))

    def _standing(self, settings: Settings) -> str:
        """What many files have in common, said once for all that share their settings."""
        known = self._said.get(id(settings))
        if known is None or known[0] is not settings:
            undated = replace(settings, site=replace(settings.site, today=None))
            standing = repr(said((identity.program(), identity.surroundings(), self.rules, self.model, undated)))
            known = self._said[id(settings)] = (settings, standing)
        return known[1]

    def find(self, item: Item) -> Place | None:
        """Where an item's report stands, if one was kept that holds today. It costs little; `get` tells whether it can be read."""
        if item.source is None:
            return None
        key = self.key(item)
        path = store.place(self.folder / "reports", key)
        name = store.name(path)
        return Place(path, name) if name in (key, _dated(key, item)) else None

    def get(self, item: Item, place: Place | None = None) -> Report | None:
        """The report of an item, from the place where `find` found it; None where there is none, or it is damaged."""
        found = place or self.find(item)
        if found is None:
            return None
        try:
            outline, shown, values = store.lines(*found)
            report = _Kept(item, _maker(Outline)(store.value(outline)), shown, values)
        except _FOREIGN:  # or none
            return None
        with suppress(OSError):  # a cache that is only read
            found.path.touch()
        return report

    def put(self, item: Item, report: Report) -> Report:
        """Keep a report, and give it back with its entry in the JSON report. One with an error is not kept: what failed is tried again."""
        from copycheck.reports import jsonreport  # a run that only reads can spare it

        if item.source is None or report.error is not None:
            return report
        key = self.key(item)
        path = store.place(self.folder / "reports", key)
        if not self._written:
            store.prepare(self.folder)
        shown = jsonreport.show(report)
        values = _plain(replace(report, path="", text=""))
        if store.write(path, _dated(key, item) if report.dated else key, report.outline, shown, values):
            self._written.add(path.parent)
        return replace(report, shown=shown)

    def prune(self) -> None:
        """Hold the folders that were written to within LIMIT."""
        for folder in sorted(self._written):
            store.prune(folder, LIMIT)
        self._written.clear()


class _Kept(Report):
    """A report as it was kept: what a run asks of every report is at hand, the rest is read when it is asked for."""

    __slots__ = ("_outline", "_values")

    def __init__(self, item: Item, outline: Outline, shown: memoryview, values: memoryview) -> None:
        assert item.source is not None
        self._set(path=item.path, text=item.source.text, error=None, shown=shown, _outline=outline, _values=values)

    @property
    def outline(self) -> Outline:
        return self._outline  # type: ignore[no-any-return]

    def _set(self, **values: Any) -> None:
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def __getattr__(self, name: str) -> Any:
        """A field that is not set yet; all others are set with it. Raises ValueError where somebody else wrote the entry."""
        if name not in _LATER:
            raise AttributeError(name)
        try:
            read: Report = _maker(Report)(store.value(self._values))
        except _FOREIGN as error:
            raise ValueError(f"the kept report on {self.path} has another form; delete the cache: {error!r}") from None
        self._set(_values=b"", **{field: getattr(read, field) for field in _LATER})
        return object.__getattribute__(self, name)


_LATER = {field.name for field in fields(Report)} - {"path", "text", "error", "shown"}  # what is read when it is asked for


def _dated(key: str, item: Item) -> str:
    """The key of a report that holds on this day alone."""
    return f"{key}:{item.settings.site.today or 'undated'}"


def said(value: Any) -> Any:
    """A value in a form whose `repr` is the same for equal values, whatever a dataclass may hold in time to come."""
    if value is None or (isinstance(value, bool | int | float | str) and not isinstance(value, Enum)):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return (type(value).__name__, *((f.name, said(getattr(value, f.name))) for f in fields(value)))
    if isinstance(value, set | frozenset):
        return ("set", *sorted(map(said, value), key=repr))
    if isinstance(value, dict):
        return ("map", *sorted(((said(key), said(item)) for key, item in value.items()), key=repr))
    if isinstance(value, tuple | list):
        return ("row", *map(said, value))
    if isinstance(value, date | PurePath | Enum):
        return (type(value).__name__, str(value))
    raise TypeError(f"{type(value).__name__}: say how it decides a report")


def _plain(value: Any) -> Any:
    """The value as JSON can hold it, which takes tuples for lists, named or not, and severities for numbers."""
    if is_dataclass(value) and not isinstance(value, type):
        return [_plain(getattr(value, f.name)) for f in fields(value)]
    return sorted(value) if isinstance(value, frozenset) else value


@cache
def _maker(hint: Any) -> Callable[[Any], Any]:
    """What makes a value of a type from its plain form. It raises ValueError, TypeError or KeyError where that is of another form."""
    arguments = get_args(hint)
    if isinstance(hint, UnionType):
        make = _maker(next(argument for argument in arguments if argument is not NoneType))
        return lambda item: None if item is None else make(item)
    if get_origin(hint) is tuple:
        if arguments[0] is str:
            return _strings
        make = _maker(arguments[0])
        return lambda item: tuple(map(make, item))
    if get_origin(hint) is frozenset:
        return frozenset
    if get_origin(hint) is dict:
        make = _maker(arguments[1])
        return lambda item: {key: make(inner) for key, inner in item.items()}
    if is_dataclass(hint) or issubclass(hint, tuple):  # a NamedTuple
        return _assembler(hint, list(get_type_hints(hint).values()))
    if issubclass(hint, Enum):
        return {member.value: member for member in hint}.__getitem__
    plain = (int, float) if hint is float else hint

    def same(item: Any) -> Any:
        if not isinstance(item, plain):
            raise TypeError(f"{item!r} is no {hint.__name__}")
        return item

    return same


def _assembler(kind: Any, hints: Sequence[Any]) -> Callable[[Any], Any]:
    """What makes a `kind` of a list of its fields, and uses the list up. Most fields are as JSON holds them, and looked at together."""
    types = tuple(_PLAIN.get(hint, object) for hint in hints)
    makers = [(number, _maker(hint)) for number, hint in enumerate(hints) if hint not in _PLAIN]

    def assemble(data: Any) -> Any:
        if len(data) != len(types) or not all(map(isinstance, data, types)):
            raise TypeError(f"no {kind.__name__}")
        for number, make in makers:
            data[number] = make(data[number])
        return kind(*data)

    return assemble


_PLAIN: dict[Any, Any] = {str: str, int: int, bool: bool, float: (int, float), str | None: (str, NoneType)}


def _strings(item: Any) -> tuple[str, ...]:
    if not all(isinstance(inner, str) for inner in item):
        raise TypeError(f"{item!r} holds what is no text")
    return tuple(item)
