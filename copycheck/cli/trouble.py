"""Trouble: exit codes, and how a run that cannot go on ends."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from copycheck.findings import Report

FINDINGS, TROUBLE = 1, 2  # exit codes


def stop(message: str) -> NoReturn:
    """Say on standard error why nothing was checked, and exit 2."""
    from copycheck.reports.printable import printable

    for line in message.splitlines():
        click.echo(f"copycheck: {printable(line)}", err=True)
    sys.exit(TROUBLE)


def exit_code(reports: Sequence[Report], fail_on: str, max_warnings: int | None = None) -> int:
    """How a run ends. More warnings than `max_warnings` fail it whatever `fail_on` says."""
    from copycheck.findings import Severity

    if any(report.error for report in reports):
        return TROUBLE
    warnings = sum(finding.severity is Severity.warning for report in reports for finding in report.findings)
    if max_warnings is not None and warnings > max_warnings:
        click.echo(f"copycheck: {warnings:,} warnings are more than the {max_warnings:,} of --max-warnings", err=True)
        return FINDINGS
    if fail_on == "never":
        return 0
    return FINDINGS if any(finding.severity >= Severity[fail_on] for report in reports for finding in report.findings) else 0
