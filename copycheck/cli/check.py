"""Check: the command that checks files: what is given, run, shown, and how it ended."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from copycheck.cli import given, inputs, output
from copycheck.cli.group import profile_options
from copycheck.cli.trouble import exit_code, stop

if TYPE_CHECKING:
    from copycheck.config import Config
    from copycheck.engine import Item, Settings
    from copycheck.findings import Report
    from copycheck.ruleset import Ruleset


@click.command(hidden=True)
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path())
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="How to report.")
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Write the report to this file.")
@profile_options
@click.option("--fail-on", type=click.Choice(["error", "warning", "info", "never"]), help="Severity from which to exit 1 (error).")
@click.option("--framed/--lines", default=False, help="Frame findings by sentence even where the output is no terminal.")
@click.option("--notes", is_flag=True, help="Show notes too.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The date that rules on age judge by.")
@click.option("--stdin-filename", metavar="NAME", help="The name of what comes on standard input (`-`).")
@click.option("--force-exclude", is_flag=True, help="Leave out excluded files even where they are named (for pre-commit).")
@click.option("--model", metavar="NAME", help="Another spaCy pipeline: a package or a folder.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colour in the text report.")
@click.option("--quiet", "-q", is_flag=True, help="Findings and failures only.")
@click.option("--verbose", "-v", is_flag=True, help="Say what told the profile, what is off, what was silenced.")
def check(paths: tuple[str, ...], **options: Any) -> None:
    """Check files and folders; `-` is standard input."""
    from copycheck import config as configs

    overriding = given.overriding(options)
    folder = given.start_folder(paths, options["stdin_filename"])
    main = given.config(options["config"], folder, overriding)
    ruleset = given.ruleset(main)
    today = options["today"].date() if options["today"] else date.today()
    nearest: dict[Path, Config] = {}

    def settings_of(path: Path) -> Settings:
        near = path.parent
        if options["config"] is None and near not in nearest:
            nearest[near] = given.config(None, near, overriding)
            configs.check_rules(nearest[near], ruleset.ids)
        return given.settings(nearest.get(near, main), path, today)

    try:
        configs.check_rules(main, ruleset.ids)
        items = list(inputs.items(paths, main, options, settings_of))
    except configs.BadConfig as error:
        stop("\n".join(error.problems))
    reports = _run(ruleset, items, options["model"] or main.get("model"))
    output.show(reports, options)
    fail_on = options["fail_on"] or main.get("fail_on", "error")
    sys.exit(exit_code(reports, fail_on))


def _run(ruleset: Ruleset, items: list[Item], model: str | None) -> list[Report]:
    from copycheck.engine import Engine

    reports: list[Report] = given.with_model(lambda: list(Engine(ruleset, given.loader(model)).run(items)))
    return reports
