"""Streams and signals, through the real command: every end is a right exit code and no traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from copycheck.cli import streams

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="these devices and signals are Linux'")
COMMAND = [sys.executable, "-m", "copycheck", "--select", "language", "--fail-on", "warning"]  # what is checked is the same, and cached


@pytest.fixture(scope="module")
def bad(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("pages") / "bad.md"
    path.write_text("# Help\n\nTreatment for substance abuse. Treatment for “drug addicts”.\n", encoding="utf-8")
    return path


def run(*arguments: object, **options: object) -> subprocess.CompletedProcess[bytes]:
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL, "timeout": 300, "check": False, **options}
    done = subprocess.run([*COMMAND, *map(str, arguments)], **given)  # type: ignore[call-overload]
    assert b"Traceback" not in (done.stderr or b"") and b"Exception ignored" not in (done.stderr or b""), done.stderr
    assert b"internal error" not in (done.stderr or b"")
    return done  # type: ignore[no-any-return]


def test_a_reader_that_goes_away_changes_nothing_of_the_result(bad):
    reading, writing = os.pipe()
    os.close(reading)
    try:
        assert run(bad, stdout=writing).returncode == 1
        assert run("--fail-on", "never", bad, stdout=writing).returncode == 0
    finally:
        os.close(writing)


def test_a_reader_that_goes_away_takes_no_other_report_along(bad, tmp_path):
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = run("--format", "github", "--format", "json", "-o", tmp_path / "report.json", bad, stdout=writing)
    finally:
        os.close(writing)
    assert done.returncode == 1 and b"substance-abuse" in (tmp_path / "report.json").read_bytes()


def test_a_report_that_cannot_be_written_is_said(bad):
    with Path("/dev/full").open("wb") as full:
        done = run(bad, stdout=full)
        assert done.returncode == 2 and b"the report cannot be written: No space left" in done.stderr
    with Path("/dev/null").open("rb") as readonly:
        assert run(bad, stdout=readonly).returncode == 2
    assert run("-o", "/dev/full", bad).returncode == 2


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_stream_that_is_closed(number):
    given = {0: {"stdin": None}, 1: {"stdout": None}, 2: {"stderr": None}}[number]
    done = run("-", "--fail-on", "never", preexec_fn=lambda: os.close(number), **given)
    assert done.returncode == (0 if number == 2 else 2)
    if number == 1:
        assert b"standard output is closed" in done.stderr
    if number == 0:
        assert b"standard input is closed" in done.stdout + done.stderr


def test_standard_input_without_end_is_refused():
    with Path("/dev/zero").open("rb") as endless:
        assert run("-", stdin=endless).returncode == 2


ANSWERS = (["--help"], ["“gone”.md"])


def answer(arguments: list[str], **variables: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "copycheck", *arguments]
    return subprocess.run(command, env=os.environ | variables, capture_output=True, check=False)


@pytest.fixture(scope="module")
def plain() -> list[subprocess.CompletedProcess[bytes]]:
    return [answer(arguments, PYTHONUTF8="1") for arguments in ANSWERS]


@pytest.mark.parametrize("locale", [{"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "ascii:strict"}])
def test_any_locale_prints_the_same(locale, plain):
    for arguments, expected in zip(ANSWERS, plain, strict=True):
        done = answer(arguments, **locale)
        assert b"Traceback" not in done.stderr and b"internal error" not in done.stderr
        assert done.returncode == expected.returncode
        if arguments[0] == "--help":
            assert done.stdout == expected.stdout and "PATH…".encode() in done.stdout


@pytest.mark.parametrize("number", streams.ENDING)
def test_a_signal_ends_the_run_at_once(number):
    pipe = subprocess.PIPE
    default = partial(signal.signal, number, signal.SIG_DFL)  # a shell has its background jobs ignore SIGINT
    process = subprocess.Popen([*COMMAND, "-"], stdin=pipe, stdout=pipe, stderr=pipe, preexec_fn=default)
    while not _catches(process.pid, number) and process.poll() is None:
        time.sleep(0.05)  # until it has set its handler; it then waits for its input
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 128 + number and out == b""
    assert b"stopped before the end" in err and b"Traceback" not in err


def test_a_signal_at_a_question_says_what_was_written(tmp_path):
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("# Help\n\nWe recieve you.\n", encoding="utf-8")
    command = [sys.executable, "-m", "copycheck", "fix", "--interactive", "--select", "typos", "a.md", "b.md"]
    pipe = subprocess.PIPE
    default = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    process = subprocess.Popen(command, cwd=tmp_path, stdin=pipe, stdout=pipe, stderr=pipe, preexec_fn=default)
    assert process.stdin and process.stdout
    process.stdin.write(b"1\n")
    process.stdin.flush()
    seen = b""
    while b"b.md:" not in seen and (part := process.stdout.read1()):
        seen += part
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 128 + signal.SIGINT
    assert err == b"copycheck: stopped before the end: 1 fixed in 1 file of 2; nothing else was written.\n"
    assert [(tmp_path / name).read_bytes().count(b"receive") for name in ("a.md", "b.md")] == [1, 0]


def _catches(process: int, number: int) -> bool:
    """Whether copycheck has set its handler; Python has one for SIGINT from its start, so that of SIGTERM must be there too."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    caught = int(status.partition("SigCgt:")[2].split()[0], 16)
    return all(caught >> (one - 1) & 1 for one in (number, signal.SIGTERM))
