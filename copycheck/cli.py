"""Cli: the command line; the only place that prints, exits, and reads the environment and the clock."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from copycheck import __version__

if TYPE_CHECKING:
    from copycheck.config import Config
    from copycheck.engine import Item, Settings
    from copycheck.findings import Report
    from copycheck.ruleset import Ruleset

FINDINGS, TROUBLE = 1, 2  # exit codes


class Main(click.Group):
    """`copycheck PATH…` is the check command; a sub-command's name wins over a path of that name."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and not set(args) & {"--help", "-h", "--version"}:
            args = ["check", *args]
        return super().parse_args(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage("copycheck", "[OPTIONS] PATH…\n       copycheck COMMAND …")
        check = self.commands["check"]
        self.format_help_text(ctx, formatter)
        check.format_options(click.Context(check, info_name="copycheck"), formatter)
        self.format_commands(ctx, formatter)


class _Rules(click.ParamType[Any]):
    name = "rules"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


@click.group(cls=Main, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="copycheck")
def cli() -> None:
    """Check health marketing copy for unsourced claims, missing disclaimers, stigmatizing wording, readability and slips.

    Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 something could not be checked. Guidance, not legal advice.
    """


def profile_options(command: Any) -> Any:
    """The options that decide which rules apply, shared by `check` and `rules`."""
    for option in reversed(
        [
            click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="Use this configuration file only."),
            click.option("--select", type=_Rules(), metavar="RULES", help="Only these rules or families, by comma."),
            click.option("--ignore", type=_Rules(), metavar="RULES", help="Leave these rules or families out, by comma."),
            click.option("--preset", type=click.Choice(["clinic", "publisher"]), help="How strict on references, reviewer and date."),
            click.option("--jurisdiction", metavar="CODE", help="Whose rules apply (us)."),
            click.option("--vertical", metavar="NAME", help="What the site is, such as dental; told from the copy otherwise."),
            click.option("--promotional/--not-promotional", default=None, help="Whether the copy sells something; told otherwise."),
            click.option("--audience", type=click.Choice(["patient", "blog", "professional"]), help="For whom it must be readable."),
        ]
    ):
        command = option(command)
    return command


@cli.command(hidden=True)
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

    overriding = _overriding(options)
    folder = _start_folder(paths, options["stdin_filename"])
    main = _config(options["config"], folder, overriding)
    ruleset = _ruleset(main, options.get("model"))
    today = options["today"].date() if options["today"] else date.today()
    nearest: dict[Path, Config] = {}

    def settings_of(path: Path) -> Settings:
        near = path.parent
        if options["config"] is None and near not in nearest:
            nearest[near] = _config(None, near, overriding)
            configs.check_rules(nearest[near], ruleset.ids)
        return _settings(nearest.get(near, main), path, today)

    try:
        configs.check_rules(main, ruleset.ids)
        items = list(_items(paths, main, options, settings_of))
    except configs.BadConfig as error:
        _stop("\n".join(error.problems))
    reports = _run(ruleset, items, options["model"] or main.get("model"))
    _show(reports, options)
    fail_on = options["fail_on"] or main.get("fail_on", "error")
    sys.exit(_exit_code(reports, fail_on))


@cli.command("rules")
@click.option("--format", "format_", type=click.Choice(["text", "json", "markdown"]), default="text", help="How to list them.")
@profile_options
def rules_command(format_: str, **options: Any) -> None:
    """List the rules, and which are on for a profile."""
    from copycheck import reference
    from copycheck.engine import is_on, standing
    from copycheck.ruleset import choose

    main = _config(options["config"], Path.cwd(), _overriding(options))
    ruleset = _ruleset(main, None)
    settings = _settings(main, Path("article.md"), None)
    choice = choose(ruleset.rules, standing(settings))
    off = {
        rule.id: choice.off.get(rule.id, "switched off") for rule in ruleset.rules if rule.id in choice.off or not is_on(rule.id, settings)
    }
    if format_ == "markdown":
        click.echo(reference.as_markdown(ruleset.rules), nl=False)
    else:
        render = reference.as_json if format_ == "json" else reference.as_text
        click.echo(render(ruleset.rules, off, choice.lowered), nl=False)


@cli.command()
@click.argument("rule")
@click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="Use this configuration file only.")
def explain(rule: str, config: Path | None) -> None:
    """Say what a rule flags, why, who says so, and what clears it."""
    from difflib import get_close_matches

    from copycheck import reference

    ruleset = _ruleset(_config(config, Path.cwd(), {}), None)
    try:
        found = ruleset[rule]
    except KeyError:
        near = get_close_matches(rule, ruleset.ids, 3, 0.4)
        _stop(f"there is no rule {rule!r}" + (f"; did you mean {' or '.join(near)}?" if near else "; `copycheck rules` lists them"))
    click.echo(reference.explain(found, min(shutil.get_terminal_size().columns, 100)), nl=False)


@cli.command("test")
@click.argument("folder", required=False, type=click.Path(file_okay=False, exists=True, path_type=Path))
@click.option("--model", metavar="NAME", help="Another spaCy pipeline: a package or a folder.")
def test_command(folder: Path | None, model: str | None) -> None:
    """Run the examples of all rules, or of the rules in a folder of your own."""
    from copycheck import examples, ruleset
    from copycheck.ruleset.location import rules_dir

    try:
        built_in = ruleset.load([rules_dir()])
        chosen = ruleset.load([rules_dir(), folder]) if folder and folder.resolve() != rules_dir().resolve() else built_in
    except ruleset.BadRules as error:
        _stop("\n".join(error.problems))
    own = [rule.id for rule in chosen.rules if folder is None or chosen is built_in or rule.id not in built_in.ids]
    failures = list(_with_model(lambda: list(examples.run(chosen, _loader(model), own))))
    for failure in failures:
        click.echo(f"{failure.path}: examples.{failure.group}.{failure.number}: {failure.reason}")
    count = sum(len(r.examples.flag) + len(r.examples.pass_) for r in chosen.rules if r.id in set(own))
    click.echo(f"{len(own)} rules, {count} examples, {len(failures)} failed")
    sys.exit(FINDINGS if failures else 0)


@cli.command()
@click.option("--force", is_flag=True, help="Write over an existing file.")
@click.option("--yes", "-y", is_flag=True, help="Ask nothing; take the defaults.")
def init(force: bool, yes: bool) -> None:
    """Write a `.copycheck.yaml`; asks once what the site's footer carries."""
    from copycheck import starter

    path = Path(".copycheck.yaml")
    if path.exists() and not force:
        _stop(f"{path} exists already; --force writes over it")
    ask = not yes and sys.stdin.isatty()
    preset = click.prompt("Preset", default="clinic", type=click.Choice(["clinic", "publisher"])) if ask else "clinic"
    audience = click.prompt("Audience", default="blog", type=click.Choice(["patient", "blog", "professional"])) if ask else "blog"
    domains = click.prompt("The site's own domains, by comma", default="", show_default=False) if ask else ""
    carries = [code for code, meaning in starter.QUESTIONS if ask and click.confirm(f"Does every page's footer carry {meaning}?")]
    names = [name.strip() for name in domains.split(",") if name.strip()]
    path.write_text(starter.render(preset, None, audience, carries, names), encoding="utf-8")
    click.echo(f"wrote {path}")


@cli.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print a completion script for a shell."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(cli, {}, "copycheck", "_COPYCHECK_COMPLETE").source())


def _overriding(options: dict[str, Any]) -> dict[str, Any]:
    keys = ("select", "ignore", "preset", "jurisdiction", "vertical", "promotional", "audience")
    return {key: options[key] for key in keys if options.get(key) is not None}


def _start_folder(paths: Sequence[str], stdin_filename: str | None) -> Path:
    first = Path(paths[0]) if paths[0] != "-" else Path(stdin_filename or "-")
    folder = first if first.is_dir() else first.parent
    return folder.resolve() if folder.exists() else Path.cwd()


def _config(path: Path | None, start: Path, overriding: dict[str, Any]) -> Config:
    from copycheck import config as configs
    from copycheck.findings import JURISDICTIONS, VERTICALS

    path = path or configs.find(start.resolve())
    try:
        config = configs.with_options(configs.load(path) if path else configs.Config(), overriding)
    except configs.BadConfig as error:
        _stop("\n".join(error.problems))
    for values in (config.values, *(values for _, values in config.overrides)):
        if (code := values.get("jurisdiction", "us")) not in JURISDICTIONS:
            _stop(f"jurisdiction {code!r}: not covered yet; rules ship for {', '.join(JURISDICTIONS)}")
        if (name := values.get("vertical", "other")) not in VERTICALS:
            _stop(f"vertical {name!r}: unknown; known are {', '.join(VERTICALS)}")
    return config


def _ruleset(config: Config, model: str | None) -> Ruleset:
    from copycheck import ruleset
    from copycheck.ruleset.location import rules_dir

    try:
        return ruleset.load([rules_dir(), *(config.folder / name for name in config.get("rule_folders", ()))])
    except ruleset.BadRules as error:
        _stop("\n".join(error.problems))


def _settings(config: Config, path: Path, today: date | None) -> Settings:
    from copycheck import config as configs
    from copycheck.checks import Site
    from copycheck.engine import Settings

    values = config.for_path(path)
    site = values.get("site", {})
    return Settings(
        jurisdiction=values.get("jurisdiction", "us"),
        vertical=values.get("vertical"),
        promotional=values.get("promotional"),
        page=values.get("page"),
        preset=values.get("preset", "clinic"),
        audience=values.get("audience", "blog"),
        site=Site(
            carries=frozenset(site.get("carries", ())),
            domains=frozenset(site.get("domains", ())),
            trusted=frozenset(values.get("trusted_sources", ())),
            distrusted=frozenset(values.get("distrusted_sources", ())),
            vocabulary=configs.vocabulary(config, values),
            spelling=values.get("spelling", "us"),
            today=today,
        ),
        severity=dict(values.get("rules", {})),
        select=frozenset(values.get("select", ())),
        ignore=frozenset(values.get("ignore", ())),
    )


def _items(paths: Sequence[str], main: Config, options: dict[str, Any], settings_of: Callable[[Path], Settings]) -> Iterator[Item]:
    """The files to check, each read; those that cannot be read as items with an error."""
    from copycheck import config as configs
    from copycheck import files
    from copycheck.engine import Item
    from copycheck.source import Unreadable

    limit = main.get("max_file_size", files.MAX_FILE_SIZE)

    def excluded(path: Path) -> bool:
        relative = configs.relative_to(path, main.folder)
        return any(configs.matches(relative, glob) for glob in main.get("exclude", ()))

    if "-" in paths:
        name = options["stdin_filename"] or "-"
        if not (options["force_exclude"] and name != "-" and excluded(Path(name))):
            data = sys.stdin.buffer.read(limit + 1)
            yield _item(name, data, limit, settings_of(Path(name)), "markdown" if name == "-" else None)
    named = [Path(path) for path in paths if path != "-"]
    for found in files.discover(named, excluded, options["force_exclude"]):
        settings = settings_of(found.path)
        if found.error:
            yield Item(str(found.path), None, settings, found.error)
            continue
        try:
            data = files.read_bytes(found.path, limit)
        except Unreadable as error:
            yield Item(str(found.path), None, settings, str(error))
            continue
        yield _item(str(found.path), data, limit, settings, None)


def _item(name: str, data: bytes, limit: int, settings: Settings, format_: str | None) -> Item:
    from copycheck.engine import Item
    from copycheck.source import Unreadable, decode

    if len(data) > limit:
        return Item(name, None, settings, f"it is over the limit of {limit:,} bytes; the setting max_file_size raises it")
    try:
        return Item(name, decode(data, name), settings, format=format_)
    except Unreadable as error:
        return Item(name, None, settings, str(error))


def _show(reports: Sequence[Report], options: dict[str, Any]) -> None:
    from copycheck.reports import Options, render

    to_terminal = options["output"] is None and sys.stdout.isatty()
    colour = options["color"] == "always" or (options["color"] == "auto" and to_terminal and _wants_colour())
    shown = Options(
        colour=colour,
        width=min(max(shutil.get_terminal_size().columns, 20), 120) if to_terminal else 100,
        notes=options["notes"],
        grouped=to_terminal or options["output"] is not None or options["framed"],
        quiet=options["quiet"],
        verbose=options["verbose"],
    )
    text = render(reports, options["format_"], shown)
    if options["output"] is not None:
        try:
            options["output"].write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            _stop(f"{options['output']}: the report cannot be written: {error.strerror}")
        return
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def _wants_colour() -> bool:
    """`NO_COLOR` (no-color.org) and a dumb terminal switch colour off."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _loader(model: str | None) -> Any:
    from copycheck.analysis.model import load

    return lambda needs: load(needs, model)


def _with_model(action: Any) -> Any:
    from copycheck.analysis.model import NoModel

    try:
        return action()
    except NoModel as error:
        _stop(str(error))


def _run(ruleset: Ruleset, items: list[Item], model: str | None) -> list[Report]:
    from copycheck.engine import Engine

    reports: list[Report] = _with_model(lambda: list(Engine(ruleset, _loader(model)).run(items)))
    return reports


def _exit_code(reports: Sequence[Report], fail_on: str) -> int:
    from copycheck.findings import Severity

    if any(report.error for report in reports):
        return TROUBLE
    if fail_on == "never":
        return 0
    return FINDINGS if any(f.severity >= Severity[fail_on] for report in reports for f in report.findings) else 0


def _stop(message: str) -> NoReturn:
    """Say on standard error why nothing was checked, and exit 2."""
    from copycheck.reports.printable import printable

    for line in message.splitlines():
        click.echo(f"copycheck: {printable(line)}", err=True)
    sys.exit(TROUBLE)
