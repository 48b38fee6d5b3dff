"""Check: the command that checks files: what is given, run, shown, and how it ended."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from copycheck import runner
from copycheck.cli import given, inputs, output
from copycheck.cli.group import Jobs, profile_options
from copycheck.cli.progress import Progress
from copycheck.cli.trouble import exit_code, stop

if TYPE_CHECKING:
    from collections.abc import Callable

    from copycheck.config import Config
    from copycheck.findings import Report
    from copycheck.settings import Settings


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
@click.option("--jobs", "-j", type=Jobs(), metavar="N", help="How many processes check; as many as pay, if not set.")
@click.option("--cache-dir", type=click.Path(file_okay=False, path_type=Path), help="Keep results in this folder.")
@click.option("--no-cache", is_flag=True, help="Neither read nor keep results.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colour in the text report.")
@click.option("--quiet", "-q", is_flag=True, help="Findings and failures only.")
@click.option("--verbose", "-v", is_flag=True, help="Say what told the profile, what is off, what was silenced.")
def check(paths: tuple[str, ...], **options: Any) -> None:
    """Check files and folders; `-` is standard input."""
    reports, config_of = checked(paths, options)
    code = exit_code((report, options["fail_on"] or config_of(Path(report.path)).get("fail_on", "error")) for report in reports)
    output.show(reports, options, code)
    sys.exit(code)


def checked(paths: tuple[str, ...], options: dict[str, Any]) -> tuple[list[Report], Callable[[Path], Config]]:
    """The reports on all that the paths name, in order, and what tells the configuration of each; stops where one is wrong."""
    from copycheck import config as configs
    from copycheck.across import conclude
    from copycheck.modelfiles import NoModel
    from copycheck.ruleset import BadRules

    kept = given.cache_folder(options)
    overriding = given.overriding(options)
    folder = given.start_folder(paths, options["stdin_filename"])
    main = given.config(options["config"], folder, overriding)
    ruleset = given.ruleset(main, check=False)
    today = options["today"].date() if options["today"] else date.today()
    config_of = given.nearest(main, overriding, options["config"] is not None, ruleset.ids)
    known: dict[tuple[int, tuple[int, ...]], Settings] = {}  # files under the same configuration and overrides share theirs
    progress = Progress(not options["quiet"])

    def settings_of(path: Path) -> Settings:
        config = config_of(path)
        key = (id(config), config.overriding(path))
        if key not in known:
            known[key] = given.settings(config, path, today)
        return known[key]

    try:
        configs.check_rules(main, ruleset.ids)
        items = inputs.items(paths, config_of, options, settings_of, progress)
        model = options["model"] or main.get("model")
        load = given.loader(model, ruleset.folders, main.get("pipeline", ()))
        reports = runner.run(ruleset, load, items, runner.open_cache(kept, ruleset, model), options["jobs"], progress.step)
    except configs.BadConfig as error:
        stop("\n".join(error.problems))
    except BadRules as error:
        stop("\n".join(error.problems))
    except NoModel as error:
        stop(str(error))
    finally:
        progress.end()
    return conclude(reports), config_of
