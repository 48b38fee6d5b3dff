"""Terminal: what only a person at a terminal sees: a bar while many files are checked, and the command that may come next."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from typing import Any

import click

from copycheck.cli.streams import is_terminal
from copycheck.findings import Report

FEW = 10  # files from which there is a bar


class Progress:
    """A bar that counts what is checked; shown only to a person, never in a pipe."""

    def __init__(self, shown: bool) -> None:
        self._shown = shown and is_terminal(sys.stderr)
        self._bar: Any = None

    def begin(self, total: int) -> None:
        """So many files are to be checked."""
        if self._shown and total >= FEW:
            self._bar = click.progressbar(length=total, label="copycheck", show_pos=True, file=sys.stderr)

    def step(self) -> None:
        """One more file is done."""
        if self._bar is not None:
            self._bar.update(1)

    def end(self) -> None:
        """Leave the bar as it stands, and the line after it."""
        if self._bar is not None:
            self._bar.render_finish()


def show_next(reports: Sequence[Report], paths: Sequence[str], configured: bool, options: dict[str, Any]) -> None:
    """Say the next command on standard error, where a person reads both it and the report."""
    plain = options["reports"] == [("text", None)] and not options["quiet"]
    if plain and is_terminal(sys.stdout, sys.stderr):
        from copycheck.reports.printable import printable

        if command := following(reports, paths, configured):
            click.echo(f"Next: {printable(command)}", err=True)


def following(reports: Sequence[Report], paths: Sequence[str], configured: bool) -> str | None:
    """The next command: to mend what mends itself, to explain the gravest finding, to write a configuration; None where none helps."""
    found = [finding for report in reports for finding in report.findings]
    if any(report.error for report in reports):
        return None  # the report says what is to be done first
    if "-" not in paths and any(finding.is_fixable() for finding in found):
        return shlex.join(["copycheck", "fix", "--diff", *paths])
    if gravest := max(found, key=lambda finding: finding.severity, default=None):
        return f"copycheck explain {gravest.rule}"
    return None if configured else "copycheck init"
