"""Parallel: an engine in each of several processes, or half of the checks in another; a process that dies fails only its files."""

from __future__ import annotations

import gc
import multiprocessing
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from copycheck.engine import Ended, Engine, Other, Receive
from copycheck.findings import Report
from copycheck.modelfiles import NoModel
from copycheck.ruleset import Ruleset
from copycheck.settings import Item, settled

BATCH = 60_000  # characters that a process is given at a time: enough to fill the model's batches, few enough to share out evenly
_FIRST = 6_000  # and at first, so that few articles are shared out too
_PATIENCE = 5.0  # seconds in which a process that has nothing to do ends by itself
Loader = Callable[[frozenset[str]], Any]


@dataclass
class _Worker:
    """A process and the batch that it has."""

    process: BaseProcess
    pipe: Connection
    number: int = 0
    items: list[Item] = field(default_factory=list)

    def give(self, number: int, items: list[Item]) -> None:
        self.number, self.items = number, items
        with suppress(OSError):  # it has ended; `take` says so
            self.pipe.send(items)

    def take(self) -> list[Report]:
        """The reports of its batch; where it has ended, errors. Raises what the engine raised."""
        items, self.items = self.items, []
        try:
            return _answer(self.pipe, self.process)  # type: ignore[no-any-return]
        except Ended as error:
            return [Report(item.path, settled(item.settings), error=str(error)) for item in items]


def _answer(pipe: Connection, process: BaseProcess) -> Any:
    """What a process says next. Raises what was raised there, or Ended."""
    try:
        answer = pipe.recv()
    except (EOFError, OSError):
        process.join()
        raise Ended(f"the process that checked it ended unexpectedly (exit code {process.exitcode}); try it alone with --jobs 1") from None
    if isinstance(answer, Exception):
        raise answer
    return answer


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items in order, in lists of a few thousand characters at first, of about BATCH where there are many."""
    batch: list[Item] = []
    length = before = 0
    for item in items:
        batch.append(item)
        length += len(item.source.text) if item.source else 0
        if length >= min(max(_FIRST, before // 4), BATCH):
            yield batch
            batch, length, before = [], 0, before + length
    if batch:
        yield batch


def run(ruleset: Ruleset, load_model: Loader, items: Iterable[Item], jobs: int) -> Iterator[Report]:
    """One Report an item, in order, from `jobs` processes. Raises NoModel.

    `load_model` must be something that another process can import. Few batches are held at a time, however many items there are.
    """
    engine, copied = Engine(ruleset, load_model), copies()
    left = enumerate(batches(items))
    done: dict[int, list[Report]] = {}
    workers: list[_Worker] = []
    following = 0  # the number of the batch whose reports come next
    try:
        while True:
            while len(done) < 2 * jobs and (worker := _idle(workers) or (len(workers) < jobs)) and (batch := next(left, None)):
                if worker is True:
                    if copied:
                        engine.prepare(batch[1][0].settings)
                        gc.freeze()  # what is compiled stays shared: no copy looks through it for garbage
                    worker = _start(engine, [other.pipe for other in workers] if copied else None)
                    workers.append(worker)
                worker.give(*batch)
            busy = {worker.pipe: worker for worker in workers if worker.items}
            told = following
            while following in done:  # after all have something to do: what is made of the reports takes its time
                yield from done.pop(following)
                following += 1
            if not busy and told == following:
                return
            for pipe in wait(list(busy)) if busy else ():
                worker = busy[pipe]  # type: ignore[index]
                done[worker.number] = worker.take()
                if not worker.process.is_alive():
                    workers.remove(worker)
    finally:
        for worker in workers:
            worker.pipe.close()  # it ends by itself
            if worker.items:
                worker.process.terminate()
        for worker in workers:
            _end(worker.process)


def _end(process: BaseProcess) -> None:
    """Wait for a process that ends by itself, but not for ever."""
    process.join(_PATIENCE)
    process.kill()
    process.join()


def _idle(workers: list[_Worker]) -> _Worker | None:
    return next((worker for worker in workers if not worker.items), None)


def copies() -> bool:
    """Whether a process can be started as a copy of this one, with all that it has read and compiled: on Linux, while one thread runs."""
    try:
        return sys.platform == "linux" and len(list(Path("/proc/self/task").iterdir())) == 1
    except OSError:
        return False


def _start(engine: Engine, others: list[Connection] | None) -> _Worker:
    """A process with the engine: a new one, or where `others` are given, this one's ends of the pipes of others, a copy of this one."""
    context: Any = multiprocessing.get_context("spawn" if others is None else "fork")
    here, there = context.Pipe()
    inherited = [] if others is None else [*others, here]
    process = context.Process(target=_work, args=(there, inherited, engine, gc.get_threshold()), daemon=True)
    process.start()
    there.close()  # so that this end tells when the process is gone
    return _Worker(process, here)


def _work(pipe: Connection, inherited: list[Connection], engine: Engine, collect: tuple[int, int, int]) -> None:
    """What a process does: check what it is given until nothing more comes. `collect` as in `gc.set_threshold`."""
    gc.set_threshold(*collect)
    for other in inherited:  # so that the pipes end with the process that started this one
        other.close()
    try:
        while True:
            items = pipe.recv()
            pipe.send(_outcome(lambda: list(engine.run(items))))  # noqa: B023 - done at once
    except (EOFError, OSError, KeyboardInterrupt):
        return


def _outcome(work: Callable[[], Any]) -> Any:
    """What a work gives, or the exception that is raised again where the run was started."""
    try:
        return work()
    except NoModel as error:
        return error
    except Exception as error:
        return RuntimeError(repr(error))


@dataclass
class _Assistant:
    """A copy of this process that does one work. See `engine.Other`."""

    process: BaseProcess
    pipe: Connection
    told: bool = False

    def send(self, value: Any) -> None:
        with suppress(OSError):  # it has ended; `outcome` says so
            self.pipe.send(value)

    def outcome(self) -> Any:
        self.pipe.poll(None)
        self.told = True  # or it has ended
        return _answer(self.pipe, self.process)


@dataclass
class _Here:
    """Does the work in this process, where no other can be started."""

    work: Callable[[Receive], Any]
    sent: deque[Any] = field(default_factory=deque)

    def send(self, value: Any) -> None:
        self.sent.append(value)

    def outcome(self) -> Any:
        return self.work(self.sent.popleft)


@contextmanager
def aside(work: Callable[[Receive], Any]) -> Iterator[Other]:
    """Do a work in a copy of this process (see `copies`); it is ended where nobody waits for the outcome. See `engine.Aside`."""
    context: Any = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    gc.freeze()  # what is there already stays shared: the copy does not look through it for garbage
    assistant = _Assistant(context.Process(target=_assist, args=(here, there, work), daemon=True), here)
    try:
        assistant.process.start()
    except OSError:  # the system has no more
        yield _Here(work)
        return
    there.close()
    try:
        yield assistant
    finally:
        here.close()
        if not assistant.told:
            assistant.process.terminate()
        _end(assistant.process)


def _assist(here: Connection, there: Connection, work: Callable[[Receive], Any]) -> None:
    here.close()
    with suppress(OSError, KeyboardInterrupt):
        there.send(_outcome(lambda: work(there.recv)))
