"""Baseline: the findings that a project had when it began, kept in a file, so that only new ones count."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from copycheck.config import relative_to
from copycheck.findings import Report
from copycheck.reports.summary import named
from copycheck.source import Refused, Unreadable, read_bytes

NAME = ".copycheck-baseline.json"
SCHEMA = "copycheck-baseline/1"
_LIMIT = 100_000_000  # bytes
_ENTRY = re.compile(r"[a-z0-9_-]+/[a-z0-9_-]+ [0-9a-f]{16}")

Entries = Mapping[str, AbstractSet[str]]
"""By a file's path as seen from the baseline's folder, its findings, each as rule and fingerprint with a space between."""


class BadBaseline(Refused):
    """A file that is no baseline."""


@dataclass(frozen=True)
class Baseline:
    """What a baseline file says; `path` need not exist yet."""

    path: Path
    entries: Entries = field(default_factory=dict)

    def split(self, report: Report) -> Report:
        """The report with those of its findings that the baseline has among `known`."""
        entries = self.entries.get(self._key(report), frozenset())
        return report.knowing({finding for finding, name in named(report) if f"{finding.rule} {name}" in entries} if entries else ())

    def found(self, reports: Iterable[Report]) -> dict[str, set[str]]:
        """The entries that the findings of some files make; a file without findings has none."""
        entries: dict[str, set[str]] = {}
        for report in reports:
            entries.setdefault(self._key(report), set()).update(f"{finding.rule} {name}" for finding, name in named(report))
        return entries

    def written(self, reports: Sequence[Report], ran: Callable[[str], bool] = lambda rule: True) -> Baseline:
        """The baseline with what the reports say of their files; what it says of other files and of rules that did not run stays."""
        found = self.found(reports)
        for path, entries in found.items():
            entries |= {entry for entry in self.entries.get(path, ()) if not ran(entry.split()[0])}
        return replace(self, entries={**self.entries, **found})

    def pruned(self, reports: Sequence[Report], ran: Callable[[str], bool] = lambda rule: True) -> Baseline:
        """The baseline without the entries that the reports no longer have, and without files that are no more."""
        after, checked = self.written(reports, ran).entries, {self._key(report) for report in reports}
        left = (path for path in self.entries if path in checked or (self.path.parent / path).exists())
        return replace(self, entries={path: self.entries[path] & after[path] for path in left})

    def render(self) -> bytes:
        """The file: sorted, a finding a line, so that it merges as other lists do."""
        files = {path: sorted(entries) for path, entries in self.entries.items() if entries}
        text = json.dumps({"schema": SCHEMA, "files": files}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        return text.encode("utf-8", "backslashreplace")  # of a name that is not UTF-8, which is how JSON escapes it too

    def _key(self, report: Report) -> str:
        return str(relative_to(Path(report.path), self.path.parent))


def load(path: Path) -> Baseline:
    """Read a baseline. Raises BadBaseline where it cannot be read or anything in it is not as `render` writes it."""
    try:
        data = json.loads(read_bytes(path, _LIMIT).decode("utf-8-sig"), object_pairs_hook=_once)
    except Unreadable as error:
        raise BadBaseline(f"{path}: the baseline cannot be read: {error}") from None
    except (ValueError, RecursionError) as error:
        raise BadBaseline(f"{path}: the baseline is damaged: {error}") from None
    files = data.get("files") if isinstance(data, dict) and data.get("schema") == SCHEMA else None
    if not isinstance(files, dict) or data.keys() != {"schema", "files"}:
        raise BadBaseline(f"{path}: the baseline is damaged: it is no mapping of `schema` {SCHEMA} and `files`")
    for name, entries in files.items():
        if not isinstance(entries, list) or not all(isinstance(entry, str) and _ENTRY.fullmatch(entry) for entry in entries):
            raise BadBaseline(f"{path}: the baseline is damaged: the entries of {name!r} are not rules with fingerprints")
    return Baseline(path, {name: frozenset(entries) for name, entries in files.items()})


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys differ: of two the last would hide the first, as after a merge that went wrong."""
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("a key stands twice in it")
    return made
