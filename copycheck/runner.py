"""Runner: runs checks over any number of files, using cached reports when valid, on several processes where that pays."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import zip_longest
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from copycheck.cache import Cache
from copycheck.findings import Report
from copycheck.settings import Item, batches, default_profile

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

    from copycheck.engine import Engine, LoadPipeline
    from copycheck.ruleset import Ruleset

MIN_CHARS_FOR_WORKERS = 150_000
"""Characters of articles from which a second process pays for starting it."""
BATCH = 60_000
"""Characters that a worker takes at a time."""


def run(
    ruleset: Ruleset,
    load_pipeline: LoadPipeline,
    items: Iterable[Item],
    cache: Cache | None = None,
    jobs: int | None = None,
    step: Callable[[], None] = lambda: None,
) -> list[Report]:
    """Reports on all items, in order.

    Args:
        jobs: processes; None for one a processor where the articles are long enough.
        step: called for each report that is done.
    """
    reports: dict[int, Report] = {}
    missing: list[tuple[int, Item]] = []
    for number, item in enumerate(items):
        report = _known(item, cache)
        if report is None:
            missing.append((number, item))
        else:
            reports[number] = report
            step()
    if not reports:
        ruleset.rules  # noqa: B018  a rule that does not load is reported even where there is nothing to check
    if missing:  # a run that finds everything in the cache never imports spaCy
        checked = _check([item for _, item in missing], ruleset, load_pipeline, jobs)
        for (number, item), report in zip(missing, checked, strict=True):
            reports[number] = report
            if cache:
                cache.put(item, report)
            step()
    if cache:
        cache.prune()
    return [reports[number] for number in sorted(reports)]


def _known(item: Item, cache: Cache | None) -> Report | None:
    if item.source is None:
        return Report(item.path, default_profile(item.settings), error=item.error or "it could not be read")
    return cache.get(item) if cache else None


def _check(items: Sequence[Item], ruleset: Ruleset, load_pipeline: LoadPipeline, jobs: int | None) -> Iterator[Report]:
    from copycheck.engine import Engine

    engine = Engine(ruleset, load_pipeline)
    workers = processors() if jobs is None else jobs
    if workers == 1 or len(items) == 1 or sum(item.size for item in items) < MIN_CHARS_FOR_WORKERS:
        yield from engine.run(items)
        return
    yield from _in_parallel(list(batches(items, BATCH)), engine, workers)


def _in_parallel(batches: Sequence[Sequence[Item]], engine: Engine, workers: int) -> Iterator[Report]:
    from concurrent.futures.process import BrokenProcessPool

    if _copied():
        engine.prepare()  # the workers are copies of this process and share what it has loaded
    executor = None
    try:
        try:
            executor = _pool(engine, min(workers, len(batches)))
            first = executor.submit(_run_batch, batches[0])  # it starts them all
        except (OSError, ImportError, RuntimeError):  # the machine gives no shared memory, process or thread: this one does it all
            _end_workers()
            for batch in batches:
                yield from engine.run(batch)
            return
        futures = [first]
        with suppress(BrokenProcessPool):  # a worker ended before all were handed out
            for batch in batches[1:]:
                futures.append(executor.submit(_run_batch, batch))
        for batch, future in zip_longest(batches, futures):
            try:
                yield from future.result() if future else _alone(batch, engine)
            except BrokenProcessPool:  # with one worker all that was not done yet is lost
                yield from _alone(batch, engine)
    except BaseException:
        _end_workers()
        raise
    finally:
        if executor:
            executor.shutdown(wait=True, cancel_futures=True)


def _end_workers() -> None:
    import multiprocessing

    for process in multiprocessing.active_children():
        process.kill()


def _alone(batch: Sequence[Item], engine: Engine) -> list[Report]:
    """The reports on a batch from a worker of its own; errors if that ends too."""
    from concurrent.futures.process import BrokenProcessPool

    try:
        with _pool(engine, 1) as executor:
            return executor.submit(_run_batch, batch).result()
    except (BrokenProcessPool, OSError):
        reason = "a process that was checking files ended before it was done"
        return [Report(item.path, default_profile(item.settings), error=reason) for item in batch]


def _copied() -> bool:
    """Workers are copies of this process, which is quick; elsewhere than on Linux they are started anew."""
    return sys.platform == "linux"


def _pool(engine: Engine, workers: int) -> ProcessPoolExecutor:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("fork" if _copied() else "spawn")
    return ProcessPoolExecutor(workers, context, _start, (engine,))


_engine: Any = None  # of a worker


def _start(engine: Engine) -> None:
    global _engine
    _engine = engine
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the main process ends the workers
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    with suppress(RuntimeError):  # the machine gives no further thread
        Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    """End this worker where the main process was killed, which could not end it."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    if parent := parent_process():
        wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)


def _run_batch(items: Sequence[Item]) -> list[Report]:
    return list(_engine.run(items))


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def open_cache(folder: Path | None, ruleset: Ruleset, model: str | None) -> Cache | None:
    """The cache in a folder, for these rules and this model. Raises NoModel where the model that was named does not exist."""
    from copycheck.modelfiles import NoModel, name_of

    try:
        name = name_of(model)
    except NoModel:
        if model is not None:
            raise
        name = "none"  # reported when an article has to be read
    return Cache(folder, ruleset.fingerprint, name) if folder else None
