"""Running: reports from the cache where they stand there, the others from the engine, in this process or in several."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from copycheck.cli import given
from copycheck.cli.progress import Progress

if TYPE_CHECKING:
    from copycheck.cache import Cache
    from copycheck.findings import Report
    from copycheck.ruleset import Ruleset
    from copycheck.settings import Item

PAYS = 150_000  # characters of articles to be checked from which more processes are quicker than one
COPY_PAYS = 15_000  # the same where they are copies of this one


def run(
    ruleset: Ruleset, items: Iterable[Item], model: str | None, kept: Path | None, jobs: int | None, progress: Progress
) -> list[Report]:
    """One Report an item, in order; the same whatever the cache holds and however many processes run. Raises NoModel."""
    cache = _cache(ruleset, model, kept)
    reports: dict[int, Report] = {}
    waiting: deque[tuple[int, Item]] = deque()

    def missing() -> Iterator[Item]:
        for number, item in enumerate(items):
            report = _unread(item) or (cache.get(item) if cache else None)
            if report is None:
                waiting.append((number, item))
                yield item
            else:
                reports[number] = report
                progress.step()

    for report in _checked(ruleset, missing(), model, jobs):
        number, item = waiting.popleft()
        reports[number] = cache.put(item, report) if cache else report
        progress.step()
    progress.end()
    if cache:
        cache.prune()
    return [reports[number] for number in sorted(reports)]


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


def _checked(ruleset: Ruleset, items: Iterator[Item], model: str | None, jobs: int | None) -> Iterator[Report]:
    """What the engine says. It is not even imported where there is nothing for it to do."""
    ahead: list[Item] = []
    size = 0
    wanted = _processors() if jobs is None else jobs
    for item in items:
        ahead.append(item)
        size += len(item.source.text) if item.source else 0
        if wanted == 1:
            break
        if len(ahead) > 1 and (jobs is not None or size > COPY_PAYS):
            from copycheck import parallel

            if jobs is not None or size > PAYS or parallel.copies():
                yield from parallel.run(ruleset, given.loader(model), chain(ahead, items), wanted)
                return
    if ahead:
        from copycheck.engine import Engine

        yield from Engine(ruleset, given.loader(model)).run(chain(ahead, items))


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
