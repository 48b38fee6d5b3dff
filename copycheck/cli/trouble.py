"""Trouble: exit codes, and how a run that cannot go on ends."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from copycheck.findings import Report

FINDINGS, TROUBLE = 1, 2  # exit codes


def say(message: str) -> None:
    """Tell on standard error, where there is one that takes it."""
    from copycheck.reports.printable import printable

    with suppress(OSError):
        for line in message.splitlines():
            click.echo(f"copycheck: {printable(line)}", err=True)


def stop(message: str) -> NoReturn:
    """Say on standard error why nothing was checked, and exit 2."""
    say(message)
    sys.exit(TROUBLE)


def exit_code(reports: Iterable[tuple[Report, str]]) -> int:
    """What reports call for, each with the severity from which its findings count, or `never`."""
    from copycheck.findings import Severity

    code = 0
    for report, fail_on in reports:
        if report.error:
            return TROUBLE
        if fail_on != "never" and any(finding.severity >= Severity[fail_on] for finding in report.findings):
            code = FINDINGS
    return code
