"""Worker: checks the pages of a shard with a pipeline that it holds, and knows from its notes what ended a worker before it."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from copycheck.audit import tables
from copycheck.audit.pages import Columns, Page, pages, refused
from copycheck.audit.shards import Shard
from copycheck.engine import Engine
from copycheck.findings import Report
from copycheck.lsp.memory import Memory
from copycheck.runner import BATCH
from copycheck.settings import Item

if TYPE_CHECKING:
    from copycheck.cli.session import Session

DEATHS = 3
"""Times that a page may end its worker before it is set aside."""
RUNNING = "running"  # the folder of what is under way
_COLLECT = 20_000  # objects made before unreachable ones are looked for
_POISON = f"set aside: {DEATHS} processes ended while they had it in hand"
_NO_PAGE = (-1, -1)  # in place of numbers, where no single page is in hand


class Job(NamedTuple):
    """What is the same for all shards of an audit."""

    session: Session
    folder: Path
    columns: Columns


class Notes:
    """What the workers of a shard in turn had in hand, a line each: the numbers of the first and last page."""

    def __init__(self, path: Path) -> None:
        lines = path.read_text(encoding="ascii").splitlines() if path.exists() else []
        self._file = path.open("a", encoding="ascii", buffering=1)  # a line is in the file before the work on it begins
        if lines:
            self._file.write("died\n")
        last = [before for before, line in pairwise([*lines, "died"]) if line == "died" and before != "died"]
        self._died = [(int(first), int(second)) for first, second in map(str.split, last)]

    def write(self, first: int, last: int) -> None:
        self._file.write(f"{first} {last}\n")

    def deaths(self, number: int) -> int:
        """How many workers ended with a page in hand, alone or with others."""
        return sum(first <= number <= last for first, last in self._died)

    def __enter__(self) -> Notes:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


@dataclass
class Checker:
    """Ray makes one in each worker, and gives it shards."""

    job: Job

    def __post_init__(self) -> None:
        gc.set_threshold(_COLLECT)
        session = self.job.session
        self._engine = Engine(session.ruleset, lambda components: Memory(session.load_pipeline(components)))
        self._engine.prepare()

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        """Check a shard and put its rows in place; `error` says why they cannot be written."""
        running, name = self.job.folder / RUNNING, row["name"]
        error, notes = "", running / f"{name}.notes"
        try:
            if not tables.marker(self.job.folder, name).exists():  # else its worker ended after that
                with Notes(notes) as taken:
                    rows = self._rows(Shard(*json.loads(row["shard"])), taken)
                    tables.write(self.job.folder, running, name, rows)
            notes.unlink(missing_ok=True)
        except OSError as failed:
            error = failed.strerror or str(failed)
        return {"name": name, "error": error}

    def _rows(self, shard: Shard, notes: Notes) -> tables.Rows:
        rows: tables.Rows = {table: [] for table in tables.SCHEMAS}
        for report in self._reports(shard, notes):
            for table, members in tables.rows_of(report, self.job.session.ruleset.fingerprint).items():
                rows[table] += members
        return rows

    def _reports(self, shard: Shard, notes: Notes) -> Iterator[Report]:
        """The reports on the pages of a shard, in order. A page that ended a worker is checked alone."""
        batch: list[Item] = []
        size = first = 0
        notes.write(*_NO_PAGE)
        for number, page in enumerate(self._pages(shard, notes)):
            deaths = notes.deaths(number)
            if batch and (deaths or size >= BATCH):
                yield from self._checked(batch, first, notes)
                batch, size = [], 0
            first = first if batch else number
            notes.write(number, number)
            item = self._item(page if deaths < DEATHS else refused(page.name, _POISON))
            notes.write(*_NO_PAGE)
            batch.append(item)
            size += BATCH if deaths else item.size
        yield from self._checked(batch, first, notes)

    def _pages(self, shard: Shard, notes: Notes) -> Iterator[Page]:
        """The pages of a shard; one for all that cannot be read, where that which holds them is damaged."""
        name = f"{shard.source}#{shard.kind}={shard.part},{shard.start}"
        if notes.deaths(-1) >= DEATHS:
            yield refused(name, _POISON)
            return
        try:
            yield from pages(shard, self.job.session, self.job.columns)
        except Exception as error:
            yield refused(name, f"what follows cannot be read: {error!r}")

    def _checked(self, batch: list[Item], first: int, notes: Notes) -> Iterator[Report]:
        notes.write(first, first + len(batch) - 1)
        yield from map(self.job.session.conclude_one, self._engine.run(batch))
        notes.write(*_NO_PAGE)

    def _item(self, page: Page) -> Item:
        try:
            return page.item(self.job.session)
        except Exception as error:  # what nobody expected of one page fails that page
            return refused(page.name, f"it could not be read: internal error, please report it: {error!r}").item(self.job.session)
