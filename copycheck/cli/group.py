"""Group: `copycheck` itself, and the options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from copycheck import __version__
from copycheck.cli.streams import stopped
from copycheck.cli.trouble import stop
from copycheck.source import Refused


class Defaulting(click.Group):
    """Paths alone are for one of its commands; a command's name wins over a path of that name."""

    default = "check"

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and not set(args) & {"--help", "-h", "--version"}:
            args = [self.default, *args]
        return super().parse_args(ctx, args)


class Main(Defaulting):
    """`copycheck` itself; `copycheck PATH…` is the check command."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command. One that is broken off at a question has not done what it was to do: exit 2, where click would say 1.

        What cannot be taken, such as a configuration with a mistake, ends it with a line a problem.
        """
        try:
            return super().invoke(ctx)
        except Refused as error:
            stop(str(error))
        except (KeyboardInterrupt, click.Abort):
            stop(stopped())

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage("copycheck", "[OPTIONS] PATH…\n       copycheck COMMAND …")
        check = self.commands["check"]
        self.format_help_text(ctx, formatter)
        check.format_options(click.Context(check, info_name="copycheck"), formatter)
        self.format_commands(ctx, formatter)


def _joined(context: click.Context, option: click.Parameter, values: tuple[str, ...]) -> list[str] | None:
    """What an option that may be repeated named in all, by comma; None where it was not given."""
    return [part.strip() for value in values for part in value.split(",") if part.strip()] if values else None


class Jobs(click.ParamType[Any]):
    """A number of processes, or `auto` for None."""

    name = "jobs"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "auto":
            return None
        if not (str(value).isdecimal() and 1 <= int(value) <= 256):
            self.fail(f"{value!r} is neither a number from 1 to 256 nor auto", param, ctx)
        return int(value)


@click.group(cls=Main, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="copycheck")
def cli() -> None:
    """Check health marketing copy for unsourced claims, missing disclaimers, stigmatizing wording, readability and slips.

    Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 something could not be checked. Guidance, not legal advice.
    """


policy_option = click.option(
    "--locked-policy",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The configuration of a gate, which nothing in the checked files' own repository weakens.",
)


def profile_options(command: Any) -> Any:
    """The options that decide which rules apply, shared by the commands that read articles or list rules."""
    for option in reversed(
        [
            click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="Use this configuration file only."),
            click.option("--select", multiple=True, callback=_joined, metavar="RULES", help="Only these rules or families, by comma."),
            click.option("--ignore", multiple=True, callback=_joined, metavar="RULES", help="Leave these rules or families out, by comma."),
            click.option("--preset", type=click.Choice(["clinic", "publisher"]), help="Who publishes: clinic or publisher."),
            click.option("--jurisdiction", metavar="CODE", help="Whose rules apply (us, uk)."),
            click.option("--vertical", metavar="NAME", help="What the site is, such as dental; detected in the copy otherwise."),
            click.option("--promotional/--not-promotional", default=None, help="Whether the copy sells something; detected otherwise."),
            click.option("--audience", type=click.Choice(["patient", "blog", "professional"]), help="For whom it must be readable."),
        ]
    ):
        command = option(command)
    return command
