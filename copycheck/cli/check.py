"""Check: the command that checks files: what is given, run, shown, and how it ended."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from copycheck.cli import given, known, output, preview, terminal
from copycheck.cli.group import Jobs, policy_option, profile_options
from copycheck.cli.history import History
from copycheck.cli.session import Session
from copycheck.cli.trouble import exit_code
from copycheck.reports import FOLDER, FORMATS


class _Check(click.Command):
    """A command that pairs each `--output` with the `--format` before it; click by itself forgets the order of different options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        _, _, order = self.make_parser(ctx).parse_args(args=list(args))
        rest = super().parse_args(ctx, args)
        if not ctx.resilient_parsing:
            pairs = _paired([param.name for param in order], ctx.params.pop("format_"), ctx.params.pop("output"))
            ctx.params["reports"] = [(format_, _fitting(format_, path)) for format_, path in pairs]
        return rest


def _paired(order: Sequence[str | None], formats: Sequence[str], outputs: Sequence[Path]) -> list[tuple[str, Path | None]]:
    """The reports to make, each with its file, None for standard output; `order` names the options as they were given."""
    if len(formats) < 2 and len(outputs) < 2:  # these two belong together in whatever order
        return [(formats[0] if formats else "text", outputs[0] if outputs else None)]
    given = iter(outputs)
    pairs: list[tuple[str, Path | None]] = []
    names = iter(formats)
    for name in order:
        if name == "format_":
            pairs.append((next(names), None))
        elif name == "output":
            path = next(given)
            if not pairs or pairs[-1][1] is not None:
                raise click.UsageError(f"--output {path} has no --format of its own before it.")
            pairs[-1] = (pairs[-1][0], path)
    if len([format_ for format_, path in pairs if path is None]) > 1:
        raise click.UsageError("Only one report can go to standard output; give each other --format an --output after it.")
    if len(set(outputs)) < len(outputs):
        raise click.UsageError("Two reports cannot go to the same file.")
    return pairs


def _fitting(format_: str, path: Path | None) -> Path | None:
    """The output of a format: a file, but for the one that is a folder of files, which cannot go to standard output."""
    if format_ == FOLDER and path is None:
        raise click.UsageError(f"--format {format_} writes a folder of pages: name it with --output.")
    if path and path.exists() and path.is_dir() != (format_ == FOLDER):
        raise click.UsageError(
            f"--output {path} is {'a folder' if path.is_dir() else 'no folder'}, which --format {format_} cannot be written to."
        )
    return path


@click.command(cls=_Check, hidden=True)
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path())
@click.option("--format", "format_", multiple=True, type=click.Choice([*FORMATS, FOLDER]), help="How to report (text). May be repeated.")
@click.option(
    "--output",
    "-o",
    multiple=True,
    type=click.Path(path_type=Path),
    help="File for the report of the --format before it; for html a folder.",
)
@profile_options
@policy_option
@click.option("--fail-on", type=click.Choice(["error", "warning", "info", "never"]), help="Severity from which to exit 1 (error).")
@known.baseline_options
@click.option("--diff", metavar="BASE", help="Count only findings on text that changed since this git revision.")
@click.option("--max-warnings", type=click.IntRange(0), metavar="N", help="Exit 1 where there are more warnings than this.")
@click.option("--statistics", is_flag=True, help="Show how often each rule fires instead of the findings.")
@click.option("--list-files", is_flag=True, help="List the files that would be checked, and check none.")
@click.option("--show-config", is_flag=True, help="Show what is configured for each path, and where; check none.")
@click.option("--framed/--lines", default=False, help="Frame findings by sentence even where the output is no terminal.")
@click.option("--notes", is_flag=True, help="Show notes too.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The date that rules on age judge by.")
@click.option("--stdin-filename", metavar="NAME", help="The name of what comes on standard input (`-`).")
@click.option("--force-exclude", is_flag=True, help="Leave out excluded files even where they are named (for pre-commit).")
@click.option("--model", metavar="NAME", help="Another spaCy pipeline: a package or a folder.")
@click.option("--jobs", "-j", type=Jobs(), metavar="N", help="How many processes check; as many as pay, if not set.")
@click.option("--cache-dir", type=click.Path(file_okay=False, path_type=Path), help="Keep results in this folder.")
@click.option("--no-cache", is_flag=True, help="Neither read nor keep results.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colour in the text report.")
@click.option("--quiet", "-q", is_flag=True, help="Findings and failures only.")
@click.option("--verbose", "-v", is_flag=True, help="Say what told the profile, what is off, what was silenced.")
def check(paths: tuple[str, ...], **options: Any) -> None:
    """Check files and folders; `-` is standard input."""
    session = Session(paths, options)
    if options["list_files"] or options["show_config"]:
        sys.exit((preview.list_files if options["list_files"] else preview.show_config)(session))
    baseline = known.taken(session.main, options)
    starts = [given.start_folder(some, options["stdin_filename"]) for some in (paths, paths[:1])]  # of all, if one repository holds them
    history = History(options["diff"], *starts) if options["diff"] is not None else None
    reports = session.check()
    if baseline:
        reports = [baseline.split(report) for report in reports]
    if history:
        reports = history.split(reports)
    if options["statistics"]:
        output.show_statistics(reports, options)
    else:
        output.show(reports, options, lambda: session.ruleset.by_id)
        terminal.show_next(reports, paths, session.main.path is not None, options)
    sys.exit(exit_code([(report, session.fail_on(report)) for report in reports], options["max_warnings"]))
