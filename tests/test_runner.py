"""The runner: the same reports on one process and on several, in order; a process that dies fails only what it had."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from copycheck import ruleset, runner
from copycheck.cache import Cache
from copycheck.engine import Engine
from copycheck.modelfiles import NoModel
from copycheck.ruleset import BadRules
from copycheck.settings import Item, Settings, batches
from copycheck.source import Source
from tests.rulekit import load_pipeline

ONLY_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux only")
TEXTS = ["A bad word.", "A good word.", "", "Bad word. " * 50]


class Deadly:
    """Stands for the pipeline: ends its process, as running out of memory does, on a text that says so."""

    def __init__(self, parent: int) -> None:
        self._parent = parent

    def pipe(self, texts: Any) -> Any:
        given = list(texts)
        if any("dies" in text for text in given) and os.getpid() != self._parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return load_pipeline().pipe(given)


def load_deadly(parent: int, components: Collection[str]) -> Any:
    return Deadly(parent)


def load_none(components: Collection[str]) -> Any:
    raise NoModel("there is no model")


@pytest.fixture
def rules(rule_folder):
    return ruleset.load([rule_folder("language/bad", "bad word")])


@pytest.fixture
def small(monkeypatch):
    """Batches of about one file, and processes for any number of them."""
    monkeypatch.setattr(runner, "MIN_CHARS_FOR_WORKERS", 1)
    monkeypatch.setattr(runner, "BATCH", 1)


def items(texts: list[str]) -> list[Item]:
    return [Item(f"{number:03}.md", Source(f"{number:03}.md", text), Settings()) for number, text in enumerate(texts)]


@pytest.mark.parametrize("copied", [pytest.param(True, marks=ONLY_LINUX), False])
def test_reports_are_the_same_and_in_order(rules, small, monkeypatch, copied):
    given = [*items(TEXTS), Item("gone.md", None, Settings(), "it is a folder")]
    alone = runner.run(rules, load_pipeline, given, jobs=1)
    assert [report.path for report in alone] == [item.path for item in given]
    assert [len(report.findings) for report in alone[:4]] == [1, 0, 0, 50] and alone[-1].error == "it is a folder"
    monkeypatch.setattr(runner, "_copied", lambda: copied)
    assert runner.run(rules, load_pipeline, given, jobs=2) == alone
    assert not multiprocessing.active_children()


@ONLY_LINUX
@pytest.mark.parametrize("jobs", [2, 3])
def test_a_process_that_dies_is_an_error_of_its_files(rules, small, jobs):
    given = items(["A bad word.", "It dies.", "A bad word.", "It dies again.", *["A bad word."] * 4])
    reports = runner.run(rules, partial(load_deadly, os.getpid()), given, jobs=jobs)
    assert [report.path for report in reports] == [item.path for item in given]
    assert {report.path for report in reports if report.error} == {"001.md", "003.md"}
    assert all("ended before it was done" in report.error for report in reports if report.error)
    assert all(len(report.findings) == 1 for report in reports if not report.error)
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("refused", [OSError(28, "No space left on device"), ImportError("no semaphores"), RuntimeError("no thread")])
def test_a_machine_that_gives_no_process_checks_all_in_this_one(rules, small, monkeypatch, refused):
    def refuse(*_):
        raise refused

    expected = runner.run(rules, load_pipeline, items(TEXTS), jobs=1)
    monkeypatch.setattr(runner, "_pool", refuse)
    assert runner.run(rules, load_pipeline, items(TEXTS), jobs=2) == expected


@ONLY_LINUX
def test_workers_end_with_a_main_process_that_is_killed(rule_folder, tmp_path):
    done = stopped(STOPPED.replace("signal.SIGINT", "signal.SIGKILL"), rule_folder, tmp_path)
    assert len(done.stdout.split()) == 2
    for number in done.stdout.split():
        for _ in range(200):
            if not Path("/proc", number).exists() or "zombie" in Path("/proc", number, "status").read_text():
                break
            time.sleep(0.05)
        else:
            raise AssertionError(f"{number} is still there")


def test_a_missing_model_is_raised(rules, small):
    for jobs in (1, 2):
        with pytest.raises(NoModel, match="there is no model"):
            runner.run(rules, load_none, items(["A word.", "A bad word."]), jobs=jobs)
    assert not multiprocessing.active_children()


def test_rules_that_do_not_load_are_raised_even_with_nothing_to_check(rule_folder):
    folder = rule_folder("language/bad", "...9 word")
    for given in ([], items(["A word."])):
        with pytest.raises(BadRules, match="a gap is"):
            runner.run(ruleset.load([folder]), load_pipeline, given)


@pytest.mark.parametrize(
    ("sizes", "jobs", "processes"),
    [([100], 8, 1), ([100] * 3, None, 1), ([90_000] * 2, 1, 1), ([90_000] * 2, 2, 2), ([160_000], 2, 1)],
)
def test_a_second_process_is_started_where_it_pays(rules, monkeypatch, sizes, jobs, processes):
    """One article is never handed to another process, nor are a few short ones."""
    started = []
    monkeypatch.setattr(runner, "_in_parallel", lambda batches, engine, workers: started.append(workers) or iter(()))
    monkeypatch.setattr(Engine, "run", lambda self, given: iter(()))
    list(runner._check(items(["x" * size for size in sizes]), rules, load_none, jobs))
    assert (started or [1]) == [processes]


def test_batches_hold_all_in_order():
    made = list(batches(items(["x" * 40] * 7), 100))
    assert [len(batch) for batch in made] == [3, 3, 1]
    assert [item.path for batch in made for item in batch] == [f"{n:03}.md" for n in range(7)]
    assert list(batches([], 100)) == []


def test_each_report_that_is_done_is_counted(rules, small, tmp_path):
    done: list[int] = []
    cache = Cache(tmp_path / "kept", "rules", "model")
    given = [*items(TEXTS), Item("gone.md", None, Settings(), "gone")]
    for _ in range(2):
        done.clear()
        runner.run(rules, load_pipeline, given, cache, 2, lambda: done.append(1))
        assert len(done) == len(given)


def test_only_what_is_not_cached_is_checked(rules, tmp_path, monkeypatch):
    cache = Cache(tmp_path / "kept", "rules", "model")
    given = items(TEXTS)
    first = runner.run(rules, load_pipeline, given, cache)
    checked: list[str] = []
    real = Engine.run
    monkeypatch.setattr(Engine, "run", lambda self, some: checked.extend(item.path for item in some) or real(self, some))
    again = runner.run(rules, load_pipeline, [*given[:2], *items(["", "", "A bad word again."])[2:], given[3]], cache)
    assert checked == ["002.md"]
    assert [report.findings for report in again[:2]] == [report.findings for report in first[:2]]


STOPPED = """
import os, pathlib, signal, sys, threading, time
from copycheck import ruleset, runner
from copycheck.settings import batches, Item, Settings
from copycheck.source import Source

rules, at_work = map(pathlib.Path, sys.argv[1:])

class Slow:
    def pipe(self, texts):
        (at_work / str(os.getpid())).touch()
        time.sleep(600)

runner.MIN_CHARS_FOR_WORKERS = runner.BATCH = 1
items = [Item(f"{n}.md", Source(f"{n}.md", "A word."), Settings()) for n in range(4)]
import multiprocessing

def interrupt():
    while len(os.listdir(at_work)) < 2:  # not while the pool is being started: Python can lose an interrupt there
        time.sleep(0.05)
    print(*os.listdir(at_work), flush=True)
    os.kill(os.getpid(), signal.SIGINT)

threading.Thread(target=interrupt, daemon=True).start()
try:
    runner.run(ruleset.load([rules]), lambda components: Slow(), items, jobs=2)
except KeyboardInterrupt:
    print("stopped", len(multiprocessing.active_children()))
"""


def stopped(script: str, rule_folder, folder: Path) -> subprocess.CompletedProcess:
    at_work = folder / "at-work"
    at_work.mkdir()
    arguments = [sys.executable, "-c", script, str(rule_folder("language/bad", "bad word")), str(at_work)]
    default = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # a shell has its background jobs ignore it
    return subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=120, preexec_fn=default)


@ONLY_LINUX
def test_ctrl_c_ends_all_processes(rule_folder, tmp_path):
    done = stopped(STOPPED, rule_folder, tmp_path)
    started, said = done.stdout.splitlines()
    assert said == "stopped 0", done.stderr
    assert not any(Path("/proc", number).exists() for number in started.split())
