"""Hint: the one next command, for a person at a terminal only."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from copycheck.cli.terminal import following
from copycheck.findings import Finding, Profile, Report, Severity
from copycheck.source import Span
from tests import checkout
from tests.command import run

GRAVE = Finding("claims/a", Severity.error, Span(0, 1), "m")
SLIGHT = Finding("typos/b", Severity.info, Span(0, 1), "m")


def report(*findings: Finding, error: str | None = None) -> Report:
    return Report("a.md", Profile(), findings=findings, error=error)


@pytest.mark.parametrize(
    ("reports", "paths", "configured", "command"),
    [
        ([report(SLIGHT), report(GRAVE)], ["."], False, "copycheck explain claims/a"),
        ([report(GRAVE, SLIGHT._replace(fix="safe"))], ["my pages", "b.md"], True, "copycheck fix --diff 'my pages' b.md"),
        ([report(SLIGHT._replace(fix="safe"))], ["-"], True, "copycheck explain typos/b"),
        ([report(SLIGHT._replace(fix="unsafe"))], ["."], True, "copycheck explain typos/b"),
        ([report()], ["."], False, "copycheck init"),
        ([report()], ["."], True, None),
        ([report(GRAVE), report(error="gone")], ["."], False, None),
    ],
)
def test_the_next_command(reports: list[Report], paths: list[str], configured: bool, command: str | None) -> None:
    assert following(reports, paths, configured) == command


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such terminals")
def test_it_is_shown_at_a_terminal_and_nowhere_else(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("We offer treatment for substance abuse.\n", encoding="utf-8")
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "copycheck", "--select", "language", "--no-cache", str(page)]
    done = subprocess.run(command, stdout=theirs, stderr=theirs, stdin=subprocess.DEVNULL, cwd=checkout.ROOT, timeout=300, check=False)
    os.close(theirs)
    said = os.read(ours, 60_000).decode()
    os.close(ours)
    assert done.returncode == 0 and said.rstrip().endswith("Next: copycheck explain language/substance-abuse")
    assert "Next:" not in run("--select", "language", "--no-cache", str(page)).output
