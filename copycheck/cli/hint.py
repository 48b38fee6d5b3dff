"""Hint: the one command that a person may want after a report."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from copycheck.cli.session import Session
    from copycheck.findings import Report


def show(reports: Sequence[Report], session: Session, options: dict[str, Any]) -> None:
    """Say the next command on standard error, where a person reads both it and the report."""
    plain = options["reports"] == [("text", None)] and not options["quiet"]
    if plain and sys.stdout.isatty() and sys.stderr.isatty():
        from copycheck.reports.printable import printable

        if command := following(reports, session.paths, session.main.path is not None):
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
