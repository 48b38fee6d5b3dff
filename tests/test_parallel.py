"""Parallel: the same reports as one process gives, in order; a process that dies fails only what it had."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from copycheck import parallel, ruleset
from copycheck.engine import Ended, Engine
from copycheck.findings import Profile, Report
from copycheck.modelfiles import NoModel
from copycheck.settings import Item, Settings
from copycheck.source import Source

ONLY_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux only")
TEXTS = ["A bad word.", "A good word.", "", "Bad word. " * 500]


def load_nothing(needs: frozenset[str]) -> Any:
    raise AssertionError("no rule of this test needs the model")


def load_none(needs: frozenset[str]) -> Any:
    raise NoModel("there is no model")


def load_badly(needs: frozenset[str]) -> Any:
    raise ValueError("kaputt")


def load_and_die(needs: frozenset[str]) -> Any:
    """Dies where the model would be loaded, as a process does that runs out of memory."""
    os.kill(os.getpid(), signal.SIGKILL)


TOKENS = """kind: tokens
severity: warning
confidence: high
title: A word
message: "{match}"
why: A test says so.
patterns: [[{LOWER: dies}]]
examples:
  flag: ["It [|dies|]."]
  pass: ["It lives."]
"""


METRIC = """kind: metric
metric: words
level: sentence
severity: info
confidence: medium
title: A long sentence
message: "{value} words."
why: A test says so.
limits: {patient: 4, blog: 4}
examples:
  flag: ["[|Here are more than four words.|]"]
  pass: ["Here are four words."]
"""


@pytest.fixture
def rules(rule_folder):
    folder = rule_folder("language/bad", "bad word")
    (folder / "language" / "dies.yaml").write_text(TOKENS, encoding="utf-8")
    (folder / "language" / "long.yaml").write_text(METRIC, encoding="utf-8")
    return ruleset.load([folder])


@pytest.fixture(params=["copies", "new processes"])
def started(request, monkeypatch):
    """Processes are started in one way and the other."""
    if request.param == "copies" and sys.platform != "linux":
        pytest.skip("processes are copied on Linux only")
    monkeypatch.setattr(parallel, "copies", lambda: request.param == "copies")


def items(texts: list[str]) -> list[Item]:
    return [Item(f"{number:03}.md", Source(f"{number:03}.md", text), Settings()) for number, text in enumerate(texts)]


def test_reports_are_the_same_and_in_order(rules, started, monkeypatch):
    monkeypatch.setattr(parallel, "BATCH", 100)
    given = [*items(TEXTS * 8), Item("gone.md", None, Settings(), "it is a folder")]
    serial = list(Engine(rules, load_nothing).run(given))
    for jobs in (1, 2, 3):
        assert list(parallel.run(rules, load_nothing, given, jobs)) == serial
    assert [report.path for report in serial] == [item.path for item in given]


def test_batches_hold_all_in_order(monkeypatch):
    monkeypatch.setattr(parallel, "BATCH", 100)
    made = list(parallel.batches(items(["x" * 40] * 7)))
    assert [len(batch) for batch in made] == [3, 3, 1]
    assert [item.path for batch in made for item in batch] == [f"{n:03}.md" for n in range(7)]
    assert list(parallel.batches([])) == []


def test_batches_are_small_at_first():
    sizes = [sum(len(item.source.text) for item in batch) for batch in parallel.batches(items(["x" * 3_000] * 200))]
    assert sizes[:5] == [6_000] * 5 and sizes[-2] == parallel.BATCH and sizes[:-1] == sorted(sizes[:-1])


def test_this_process_is_copied_only_while_it_is_alone():
    """A copy of a process with other threads may hang on a lock that one of them held."""
    alone = "from copycheck import parallel; import threading, time; print(parallel.copies())"
    later = "threading.Thread(target=time.sleep, args=(1,)).start(); print(parallel.copies())"
    done = subprocess.run([sys.executable, "-c", f"{alone}; {later}"], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(sys.platform == "linux"), "False"]


@ONLY_LINUX
def test_copies_end_with_the_process_that_started_them(tmp_path):
    """Each holds the pipes of those before it; were they left open, none would notice."""
    script = tmp_path / "dies.py"
    script.write_text(DIES, encoding="utf-8")
    done = subprocess.run([sys.executable, script], stdout=subprocess.PIPE, text=True, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    started = done.stdout.split()
    assert len(started) == 2
    deadline = time.monotonic() + 20
    while any(Path("/proc", number).exists() and not _is_zombie(number) for number in started):
        assert time.monotonic() < deadline, "a copy outlives the process that started it"
        time.sleep(0.05)


@ONLY_LINUX
def test_a_process_that_does_not_end_by_itself_is_ended(rules, monkeypatch):
    def stays(pipe, *_):
        pipe.send([Report(item.path, Profile()) for item in pipe.recv()])
        time.sleep(600)

    monkeypatch.setattr(parallel, "copies", lambda: True)
    monkeypatch.setattr(parallel, "_work", stays)
    monkeypatch.setattr(parallel, "_PATIENCE", 0.2)
    started = time.monotonic()
    assert [report.path for report in parallel.run(rules, load_nothing, items(["A word."]), 2)] == ["000.md"]
    assert time.monotonic() - started < 60


@ONLY_LINUX
def test_aside_gives_what_the_work_gives():
    with parallel.aside(lambda receive: (os.getpid(), receive(), receive())) as other:
        other.send("one")
        other.send([2])
        number, *received = other.outcome()
    assert received == ["one", [2]] and number not in (os.getpid(), None)


@ONLY_LINUX
def test_what_is_raised_aside_is_raised_here():
    with parallel.aside(lambda receive: load_none(frozenset())) as other, pytest.raises(NoModel, match="no model"):
        other.outcome()
    with parallel.aside(lambda receive: load_badly(frozenset())) as other, pytest.raises(RuntimeError, match="kaputt"):
        other.outcome()


@ONLY_LINUX
def test_a_death_aside_is_told():
    with parallel.aside(lambda receive: load_and_die(frozenset())) as other, pytest.raises(Ended, match=r"exit code -9\); try it alone"):
        other.process.join()
        other.send("x" * 1_000_000)
        other.outcome()


@ONLY_LINUX
def test_what_nobody_waits_for_is_ended():
    with pytest.raises(ZeroDivisionError), parallel.aside(lambda receive: time.sleep(600)) as other:
        1 / 0  # noqa: B018
    assert not other.process.is_alive()


def few(engine: Engine, given: list[Item], meanwhile: Callable[[], None] = lambda: None) -> list[Report]:
    """The reports, with half of the checks in another process."""
    with engine.helped(given[0].settings if given else Settings(), parallel.aside) as other:
        return list(engine.run_few(given, other, meanwhile))


@ONLY_LINUX
def test_a_few_reports_are_the_same_with_half_of_the_checks_aside(rules):
    texts = [*TEXTS, "---\ncopycheck: [no]\n---\n\nA bad word.\n", "It heals us. This is a bad word."]
    given = [*items(texts), Item("gone.md", None, Settings(), "it is a folder")]
    given[1] = replace(given[1], settings=Settings(severity={"language/dies": "off"}))
    given[2] = replace(given[2], settings=Settings(severity={"language/bad": "off", "language/long": "off"}))
    short = replace(given[0], settings=Settings(severity={"language/bad": "off"}))
    done: list[str] = []
    for some in (given, given[::-1], [given[2], given[3]], [short, *given], given[2:3], []):
        alone = list(Engine(rules, load_nothing).run(some))
        assert few(Engine(rules, load_nothing), some, lambda: done.append("x")) == alone
    assert len(done) == 4  # for a page on which all rules of one half are off, no other process is started


@ONLY_LINUX
def test_a_death_aside_is_an_error_of_all_files(rules):
    reports = few(Engine(rules, load_and_die), items(["A bad word.", "It dies."]))
    assert [report.path for report in reports] == ["000.md", "001.md"]
    assert all(report.error and "exit code -9" in report.error and not report.findings for report in reports)


@ONLY_LINUX
def test_where_no_process_can_be_started_all_is_done_here(rules, monkeypatch):
    def refuse(process):
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr("multiprocessing.context.ForkProcess.start", refuse)
    given = items(["A bad word.", "It rests for a while and for another."])
    assert few(Engine(rules, load_nothing), given) == list(Engine(rules, load_nothing).run(given))


@ONLY_LINUX
def test_a_missing_model_is_told_from_aside(rules):
    with pytest.raises(NoModel):
        few(Engine(rules, load_none), items(["It dies."]))


def _is_zombie(number: str) -> bool:
    try:
        return Path("/proc", number, "stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


DIES = """
import multiprocessing, os, signal
from copycheck import parallel, ruleset
from copycheck.ruleset.location import rules_dir
from copycheck.settings import Item, Settings
from copycheck.source import Source

def items():
    for number in range(3):
        if number == 2:
            print(*(child.pid for child in multiprocessing.active_children()), flush=True)
            os.kill(os.getpid(), signal.SIGKILL)
        yield Item("a.md", Source("a.md", "A word. " * 1_000), Settings())

parallel.Engine.checks = lambda self, settings: []
list(parallel.run(ruleset.load([rules_dir()]), None, items(), 3))
"""


def test_a_process_that_dies_is_an_error_of_its_files(rules, started, monkeypatch):
    monkeypatch.setattr(parallel, "batches", lambda items: ([item] for item in items))
    given = items(["A bad word.", "It dies.", "A bad word.", "It dies again.", *["A bad word."] * 4])
    reports = list(parallel.run(rules, load_and_die, given, 2))
    assert [report.path for report in reports] == [item.path for item in given]
    errors = {report.path: report.error for report in reports if report.error}
    assert set(errors) == {"001.md", "003.md"}
    assert all("ended unexpectedly" in error and "-9" in error for error in errors.values())
    assert all(len(report.findings) == 1 for report in reports if not report.error)


def test_what_the_engine_raises_is_raised(rules, started):
    with pytest.raises(NoModel, match="there is no model"):
        list(parallel.run(rules, load_none, items(["It dies."]), 2))
    with pytest.raises(RuntimeError, match="kaputt"):
        list(parallel.run(rules, load_badly, items(["It dies."]), 2))


def test_items_are_taken_as_they_are_needed(rules, started, monkeypatch):
    monkeypatch.setattr(parallel, "batches", lambda items: ([item] for item in items))
    taken = 0

    def endless():
        nonlocal taken
        (item,) = items(["A bad word."])
        while True:
            taken += 1
            yield replace(item, path=f"{taken}.md")

    reports = parallel.run(rules, load_nothing, endless(), 2)
    assert [next(reports).path for _ in range(20)] == [f"{n}.md" for n in range(1, 21)]
    assert taken < 40
    reports.close()
