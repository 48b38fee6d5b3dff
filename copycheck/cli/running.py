"""Running: reports from the cache where they stand there, the others from the engine, in this process or in several."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from copycheck.cli import given
from copycheck.cli.progress import Progress

if TYPE_CHECKING:
    from copycheck.cache import Cache, Place
    from copycheck.findings import Report
    from copycheck.ruleset import Ruleset
    from copycheck.settings import Item

PAYS = 150_000  # characters of articles to be checked from which each process takes some of them; of fewer, each takes half of the checks


def run(
    ruleset: Ruleset, items: Iterable[Item], model: str | None, kept: Path | None, jobs: int | None, progress: Progress
) -> list[Report]:
    """One Report an item, in order; the same whatever the cache holds and however many processes run. Raises NoModel."""
    run = _Run(_cache(ruleset, model, kept), progress)
    for report in _checked(ruleset, run.missing(items), model, jobs, run):
        run.take(report)
    run.read()
    for report in _checked(ruleset, run.unreadable(), model, jobs, run):
        run.take(report)
    progress.end()
    if run.cache:
        run.cache.prune()
    return [run.reports[number] for number in sorted(run.reports)]


@dataclass
class _Run:
    """What becomes of the items, by their numbers. What is kept is read last, or while another process works."""

    cache: Cache | None
    progress: Progress
    reports: dict[int, Report] = field(default_factory=dict)
    eager: bool = False  # read what is kept as it is met
    _waiting: deque[tuple[int, Item]] = field(default_factory=deque)
    _found: deque[tuple[int, Item, Place]] = field(default_factory=deque)
    _damaged: list[tuple[int, Item]] = field(default_factory=list)

    def missing(self, items: Iterable[Item]) -> Iterator[Item]:
        """Those that must be checked."""
        for number, item in enumerate(items):
            if unread := _unread(item):
                self._tell(number, unread)
            elif self.cache and (place := self.cache.find(item)):
                self._found.append((number, item, place))
                if self.eager:
                    self.read()
            else:
                self._waiting.append((number, item))
                yield item

    def read(self) -> None:
        """Read the reports that were found."""
        while self._found:
            number, item, place = self._found.popleft()
            if self.cache and (report := self.cache.get(item, place)):
                self._tell(number, report)
            else:
                self._damaged.append((number, item))

    def unreadable(self) -> Iterator[Item]:
        """Those whose reports were found, but could not be read."""
        self._waiting.extend(self._damaged)
        yield from [item for _, item in self._damaged]

    def take(self, report: Report) -> None:
        """The report of the next item that had to be checked."""
        number, item = self._waiting.popleft()
        self._tell(number, self.cache.put(item, report) if self.cache else report)

    def _tell(self, number: int, report: Report) -> None:
        self.reports[number] = report
        self.progress.step()


def _unread(item: Item) -> Report | None:
    from copycheck.findings import Report
    from copycheck.settings import settled

    return None if item.source else Report(item.path, settled(item.settings), error=item.error or "it could not be read")


def _cache(ruleset: Ruleset, model: str | None, kept: Path | None) -> Cache | None:
    from copycheck.cache import Cache
    from copycheck.modelfiles import NoModel, name_of

    try:
        name = name_of(model)
    except NoModel:
        if model is not None:
            raise
        name = "none"  # told where a sentence needs it
    return Cache(kept, ruleset.name, name) if kept else None


def _checked(ruleset: Ruleset, items: Iterator[Item], model: str | None, jobs: int | None, run: _Run) -> Iterator[Report]:
    """What the engine says. It is not even imported where there is nothing for it to do."""
    first = next(items, None)
    if first is None:
        return
    from copycheck.engine import Engine

    engine, items = Engine(ruleset, given.loader(model)), chain([first], items)
    wanted = _processors() if jobs is None else jobs
    if wanted == 1:
        yield from engine.run(items)
        return
    from copycheck import parallel

    ahead: list[Item] = []
    copies = parallel.copies()
    if copies and not _many([first]):
        with engine.helped(first.settings, parallel.aside) as other:  # it begins while the next are looked for
            if not _many(ahead := _first(items)):
                yield from engine.run_few(ahead, other, run.read)
                return
    ahead = ahead or _first(items)
    if len(ahead) > 1 and (_many(ahead) or (jobs is not None and not copies)):
        run.eager = True
        yield from parallel.run(ruleset, given.loader(model), chain(ahead, items), wanted)
    else:
        yield from engine.run(chain(ahead, items))


def _first(items: Iterator[Item]) -> list[Item]:
    """The first items, until they are many, and at least two if there are so many."""
    ahead: list[Item] = []
    size = 0
    for item in items:
        ahead.append(item)
        size += _size(item)
        if len(ahead) > 1 and size > PAYS:
            break
    return ahead


def _many(items: Sequence[Item]) -> bool:
    """Together they are so long that it pays to share them out."""
    return sum(map(_size, items)) > PAYS


def _size(item: Item) -> int:
    return len(item.source.text) if item.source else 0


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
