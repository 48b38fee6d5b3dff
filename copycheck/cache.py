"""Cache: reports under a key made of everything that decides them; an entry that cannot be trusted is checked again."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from enum import Enum
from hashlib import sha256
from pathlib import Path, PurePath
from typing import Any

from copycheck import identity
from copycheck.findings import Claim, Finding, Paragraph, Profile, Report, Section, Severity, Suppressed
from copycheck.settings import Item, Settings
from copycheck.source import Notice, Span, Unreadable, read_bytes

LIMIT = 2_000_000  # bytes in each of the 256 folders of entries; the least recently used go first
_PROFILE_SETS = {"guessed": frozenset, "signals": tuple, "states": tuple, "named": tuple}  # fields of a profile that JSON holds as lists
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
        body = json.dumps(_plain(report), separators=(",", ":")).encode("ascii")
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
        for name, text in (("CACHEDIR.TAG", _TAG), (".gitignore", "*\n")):
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                if not (self.folder / name).exists():
                    (self.folder / name).write_text(text, encoding="ascii")
            except OSError:
                return


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


def _plain(report: Report) -> dict[str, Any]:
    """A report as JSON holds it; tuples become lists. Path and text are the item's."""
    values = {f.name: getattr(report, f.name) for f in fields(Report) if f.name not in ("path", "text", "tags", "error", "known")}
    profile = {f.name: getattr(report.profile, f.name) for f in fields(Profile)}
    return values | {"profile": profile | {"guessed": sorted(report.profile.guessed)}}


def _report(item: Item, plain: dict[str, Any]) -> Report:
    """The report of its plain form. Raises TypeError, ValueError or KeyError where that is of another form."""
    assert item.source is not None
    profile = plain["profile"]
    return Report(
        path=item.path,
        text=item.source.text,
        tags=item.source.tags,
        profile=Profile(**profile | {key: kind(profile[key]) for key, kind in _PROFILE_SETS.items()}),
        findings=_each(_finding, plain["findings"]),
        suppressed=_each(_suppressed, plain["suppressed"]),
        lapsed=_each(_suppressed, plain["lapsed"]),
        claims=_each(lambda row: Claim(row[0], row[1], Span(*row[2]), *row[3:]), plain["claims"]),
        metrics=None if plain["metrics"] is None else dict(plain["metrics"]),
        notices=_each(lambda row: Notice(*row), plain["notices"]),
        paragraphs=_each(lambda row: Paragraph(row[0], _finding(row[1]), *row[2:]), plain["paragraphs"]),
        sections=_each(_section, plain["sections"]),
        unapplied=str(plain["unapplied"]),
    )


def _finding(row: list[Any]) -> Finding:
    rule, severity, span, message, suggestions, related, confidence, sentence, *rest, evidence, fix = row
    spans = tuple(Span(*one) for one in related)
    made = Finding(rule, Severity(severity), Span(*span), message, tuple(suggestions), spans, confidence, Span(*sentence), *rest)
    return made._replace(evidence=None if evidence is None else Span(*evidence), fix=fix)


def _suppressed(row: list[Any]) -> Suppressed:
    return Suppressed(_finding(row[0]), *row[1:])


def _section(row: list[Any]) -> Section:
    heading, span, sentences, words, grades = row
    return Section(heading, Span(*span), sentences, words, None if grades is None else (grades[0], grades[1]))


def _each(make: Callable[[list[Any]], Any], rows: list[Any]) -> tuple[Any, ...]:
    if not isinstance(rows, list):
        raise TypeError("no list")
    return tuple(map(make, rows))


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
