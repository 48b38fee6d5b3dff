"""Trouble: exit codes, and how a run that cannot go on ends."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import NoReturn

import click

from copycheck.findings import Report, Severity
from copycheck.source import to_install

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


@contextmanager
def needing(extra: str, parts: Collection[str], what: str) -> Iterator[None]:
    """Imports of libraries that an extra brings: where one of `parts` is missing, stop with what to install. `what` says who needs it."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in parts:
            raise
        stop(f"{what.replace('{name}', str(error.name))}, which is not installed: {to_install(extra)}")


def exit_code(reports: Sequence[tuple[Report, str]], max_warnings: int | None = None) -> int:
    """How a run ends by its reports, each with the severity from which its findings count, or `never`.

    More warnings than `max_warnings` fail it whatever counts.
    """
    if any(report.error for report, _ in reports):
        return TROUBLE
    warnings = sum(finding.severity is Severity.warning for report, _ in reports for finding in report.findings)
    if max_warnings is not None and warnings > max_warnings:
        say(f"{warnings:,} warnings are more than the {max_warnings:,} of --max-warnings")
        return FINDINGS
    counting = ((report, Severity[fail_on]) for report, fail_on in reports if fail_on != "never")
    return FINDINGS if any(finding.severity >= least for report, least in counting for finding in report.findings) else 0
