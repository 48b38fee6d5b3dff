"""Output: where the report goes, and how it is shown there."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copycheck.cli.streams import drop, is_terminal
from copycheck.cli.trouble import stop

if TYPE_CHECKING:
    from copycheck.findings import Report
    from copycheck.ruleset.models import Rule

_LINKING = ("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby")
_LINKING_BY = ("VTE_VERSION", "WT_SESSION", "KONSOLE_VERSION", "KITTY_WINDOW_ID", "DOMTERM")


def show(reports: Sequence[Report], options: dict[str, Any], rules: Callable[[], Mapping[str, Rule]]) -> None:
    """Every report that was asked for: framed for a terminal, a line a finding for a pipe."""
    from copycheck.reports import FOLDER, Options, render

    for format_, path in options["reports"]:
        to_terminal = path is None and is_terminal(sys.stdout)
        colour = options["color"] == "always" or (options["color"] == "auto" and path is None and _wants_colour(to_terminal))
        shown = Options(
            colour=colour,
            links=options["color"] != "never" and path is None and _wants_links(to_terminal),
            width=_width() if to_terminal else 100,
            notes=options["notes"],
            grouped=to_terminal or path is not None or options["framed"],
            quiet=options["quiet"],
            verbose=options["verbose"],
            rules=rules,
        )
        if format_ == FOLDER:
            from copycheck.reports import html

            assert path is not None  # `check` refuses it
            with _stopping(path):  # what else the folder holds stays
                path.mkdir(parents=True, exist_ok=True)
                files = {path / name: content for name, content in html.render(reports, shown)}
                _refuse(files, reports)
                for file, content in files.items():
                    _save(content, file)
        else:
            write(render(reports, format_, shown), path, reports)


def show_statistics(reports: Sequence[Report], options: dict[str, Any]) -> None:
    """How often each rule fires, in place of the report; stops where the report was to be one for programs."""
    from copycheck.reports.triage import statistics

    if any(format_ != "text" for format_, _ in options["reports"]):
        stop("--statistics is text; --format json lists every finding with its rule")
    for _, path in options["reports"]:
        write(statistics(reports, options["quiet"]), path)


def echo(text: str) -> None:
    """Print lines that hold what the user's rules say, with nothing in them that would steer a terminal or a build log."""
    from copycheck.reports.printable import guarded, printable

    write(guarded("\n".join(map(printable, text.removesuffix("\n").split("\n")))) + "\n", None)


def write(report: str | bytes, path: Path | None, reports: Sequence[Report] = ()) -> None:
    """The report, in UTF-8, to a file or to standard output; stops where it can't be written, but not for a reader that went away.

    `reports` are of the pages that were read: none of them is overwritten.
    """
    if isinstance(report, str):
        report = report.encode("utf-8", "replace")
    if path is not None:
        with _stopping(path):
            _refuse([path], reports)
            _save(report, path)
        return
    if sys.stdout is None:
        stop("the report cannot be written: standard output is closed")
    try:
        sys.stdout.buffer.write(report)
        sys.stdout.buffer.flush()
    except OSError as error:
        drop(sys.stdout)
        if error.errno != errno.EPIPE:
            stop(f"the report cannot be written: {error.strerror}")


def _refuse(paths: Iterable[Path], reports: Sequence[Report]) -> None:
    """Stop before a report would stand in the place of a page that was read, or of a configuration."""
    pages = {page.stat()[1:3] for page in map(Path, {one.path for one in reports}) if page.exists()}  # inode and device
    for path in paths:
        if path.exists() and path.stat()[1:3] in pages:
            stop(f"{path}: this page was checked, and the report would stand in its place; name another file")
        if path.name == "pyproject.toml" or path.name.startswith(".copycheck"):
            stop(f"{path}: this is a configuration; name another file for the report")


def _save(content: bytes, path: Path) -> None:
    """Write a file whole or not at all; a device or pipe as it takes it."""
    from copycheck.files import write_bytes

    if path.exists() and not path.is_file():
        path.write_bytes(content)
    else:
        write_bytes(path, content)


@contextmanager
def _stopping(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        stop(f"{path}: the report cannot be written: {error.strerror}")


def _width() -> int:
    import shutil  # it brings much that a pipe can spare

    return min(max(shutil.get_terminal_size().columns, 20), 120)


def _wants_colour(to_terminal: bool) -> bool:
    """`NO_COLOR` (no-color.org) switches colour off, else `FORCE_COLOR` (force-color.org) on; a dumb terminal has none."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (to_terminal and os.environ.get("TERM") != "dumb")


def _wants_links(to_terminal: bool) -> bool:
    """`FORCE_HYPERLINK` switches links on, or off by 0; else they are for terminals that name themselves as one that shows them."""
    if forced := os.environ.get("FORCE_HYPERLINK"):
        return forced != "0"
    return to_terminal and (os.environ.get("TERM_PROGRAM") in _LINKING or any(map(os.environ.get, _LINKING_BY)))
