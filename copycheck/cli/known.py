"""Known: the file of known findings, how a check takes it, and the commands that write, check and prune it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from copycheck.baseline import NAME, Baseline, load
from copycheck.cli import output
from copycheck.cli.group import policy_option, profile_options
from copycheck.cli.session import Session
from copycheck.cli.trouble import FINDINGS, stop
from copycheck.config import Config
from copycheck.files import write_bytes
from copycheck.findings import Report
from copycheck.reports.wording import number
from copycheck.settings import Settings, is_on

_FILE = click.option(
    "--baseline",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help=f"The file of known findings; {NAME} beside the configuration, if not set.",
)


def baseline_options(command: Any) -> Any:
    """The options of a check that takes a baseline."""
    return _FILE(click.option("--no-baseline", is_flag=True, help="Count known findings too.")(command))


def taken(main: Config, options: dict[str, Any]) -> Baseline | None:
    """The baseline of a check, if there is one; raises BadBaseline where it was named and is not there, or is damaged.

    Under a locked policy that of the repository counts only where the policy allows it.
    """
    path = _place(main, options)
    if main.locked and not options["baseline"] and "baseline" not in main.get("allow", ()):
        return None
    if options["no_baseline"] or not (options["baseline"] or path.exists() or path.is_symlink()):
        return None
    return load(path)


def _place(main: Config, options: dict[str, Any]) -> Path:
    """The file that was named, else the one beside the configuration."""
    return options["baseline"] or main.folder / NAME


@click.group()
def baseline() -> None:
    """Keep the findings of old content in a file, so that only new ones count."""


def _command(function: Any) -> Any:
    paths = click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path())
    return baseline.command(function.__name__)(paths(_FILE(profile_options(policy_option(function)))))


@_command
def write(paths: tuple[str, ...], **options: Any) -> None:
    """Take the present findings of these files into the baseline.

    What it holds of other files stays, and of rules that --select and --ignore leave out.
    Exit codes: 0 written, 2 a file could not be checked, and nothing is written.
    """
    before, reports, ran = _read(paths, options)
    after = before.written(reports, ran)
    _save(after)
    output.echo(f"{after.path}: {number(_size(after), 'finding')} in {number(sum(map(bool, after.entries.values())), 'file')}")


@_command
def check(paths: tuple[str, ...], **options: Any) -> None:
    """Say where the baseline and these files differ.

    Exit codes: 0 nowhere, 1 there are findings that it lacks, or entries whose finding is gone, 2 a file could not be checked.
    """
    from copycheck.reports.printable import printable

    before, reports, ran = _read(paths, options)
    after, pruned = before.written(reports, ran), before.pruned(reports, ran)
    gone, new = _lines(before, pruned), _lines(after, before)
    for word, lines in (("gone", gone), ("new", new)):
        for line in lines:
            output.echo(printable(f"{word}: {line}"))
    output.echo(f"{before.path}: {_size(pruned)} known, {len(gone)} gone, {len(new)} new")
    sys.exit(FINDINGS if gone or new else 0)


@_command
def prune(paths: tuple[str, ...], **options: Any) -> None:
    """Drop what is gone from the baseline: findings of these files, and files that are no more.

    Exit codes: 0 done, 2 a file could not be checked, and nothing is written.
    """
    before, reports, ran = _read(paths, options)
    after = before.pruned(reports, ran)
    if _size(after) < _size(before):
        _save(after)
    output.echo(f"{after.path}: {_size(before) - _size(after)} dropped, {_size(after)} left")


def _read(paths: tuple[str, ...], options: dict[str, Any]) -> tuple[Baseline, list[Report], Callable[[str], bool]]:
    """The baseline as it stands, empty if there is none, the reports on the files, and which rules the options ask for.

    Stops where a file could not be checked.
    """
    if "-" in paths:
        stop("standard input has no place in a baseline; name files or folders")
    session = Session(paths, options)
    path = _place(session.main, options)
    before = load(path) if path.exists() or path.is_symlink() else Baseline(path)
    reports = session.check()
    failed = [f"{report.path}: not checked: {report.error}" for report in reports if report.error]
    if failed:
        stop("\n".join([*failed, "the baseline is as it was; mend these files, or leave them out with `exclude`"]))
    asked = Settings(select=frozenset(options["select"] or ()), ignore=frozenset(options["ignore"] or ()))
    return before, reports, lambda rule: is_on(rule, asked)


def _save(after: Baseline) -> None:
    try:
        write_bytes(after.path, after.render())
    except OSError as error:
        stop(f"{after.path}: the baseline cannot be written: {error.strerror}")


def _size(of: Baseline) -> int:
    return sum(map(len, of.entries.values()))


def _lines(more: Baseline, less: Baseline) -> Sequence[str]:
    """The entries of one baseline that another lacks, each with its file."""
    return [
        f"{path}: {entry}"
        for path, entries in sorted(more.entries.items())
        for entry in sorted(entries - less.entries.get(path, frozenset()))
    ]
