"""Commands: those that answer a question about rules or print a file, and those that serve a browser or an editor."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from copycheck.cli import given, output
from copycheck.cli.group import cli, profile_options
from copycheck.cli.session import Session
from copycheck.cli.trouble import FINDINGS, needing, stop


@click.command("rules")
@click.option(
    "--format", "format_", type=click.Choice(["text", "json", "markdown", "authorities"]), default="text", help="How to list them."
)
@profile_options
def rules(format_: str, **options: Any) -> None:
    """List the rules, and which are on for a profile."""
    from copycheck import reference
    from copycheck.ruleset import choose
    from copycheck.settings import configured_profile, is_on

    session = Session((".",), options)
    ruleset, settings = session.ruleset, session.settings_of(Path("article.md"))
    choice = choose(ruleset.rules, configured_profile(settings))
    off = {
        rule.id: choice.off.get(rule.id, "switched off") for rule in ruleset.rules if rule.id in choice.off or not is_on(rule.id, settings)
    }
    if format_ == "authorities":
        output.echo(reference.authorities_as_markdown(ruleset.authorities, ruleset.rules))
    elif format_ == "markdown":
        output.echo(reference.as_markdown(ruleset.rules))
    else:
        render = reference.as_json if format_ == "json" else reference.as_text
        output.echo(render(ruleset.rules, off, choice.lowered, choice.noted))


@click.command()
@click.argument("rule")
@click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="Use this configuration file only.")
@click.option("--sentence", metavar="TEXT", help="Show what each pattern of the rule makes of a sentence.")
def explain(rule: str, config: Path | None, sentence: str | None) -> None:
    """Say what a rule flags, why, who says so, and what clears it."""
    from difflib import get_close_matches

    from copycheck import reference

    session = Session((".",), {"config": config})
    ruleset = session.ruleset
    try:
        found = ruleset[rule]
    except KeyError:
        near = get_close_matches(rule, ruleset.ids, 3, 0.4)
        stop(
            f"there is no rule {rule!r}"
            + (f"; did you mean {' or '.join(near)}?" if near else "; `copycheck rules` lists them")
            + "; rules of your own are known where `rule_folders` of the configuration names their folder"
        )
    if sentence is not None:
        from copycheck.trace import trace

        output.echo(trace(found, sentence, session.load_pipeline(ruleset.components), ruleset.lists))
        return
    import shutil

    jurisdiction = session.settings_of(Path("article.md")).jurisdiction
    output.echo(reference.explain(found, min(shutil.get_terminal_size().columns, 100), jurisdiction))


@click.command("test")
@click.argument("folder", required=False, type=click.Path(file_okay=False, exists=True, path_type=Path))
@click.option("--model", metavar="NAME", help="Another spaCy pipeline: a package or a folder.")
def test(folder: Path | None, model: str | None) -> None:
    """Run the examples of all rules, or of the rules in a folder of your own."""
    from copycheck import examples, ruleset
    from copycheck.reports.printable import one_line
    from copycheck.reports.wording import number
    from copycheck.ruleset.location import rules_dir

    built_in = ruleset.load([rules_dir()])
    chosen = ruleset.load([rules_dir(), folder]) if folder and folder.resolve() != rules_dir().resolve() else built_in
    own = [rule for rule in chosen.rules if folder is None or chosen is built_in or rule.id not in built_in.ids]
    if not own:
        stop(f"there are no rules in {folder}")
    failures = list(examples.run(chosen, given.loader(model, chosen.folders), [rule.id for rule in own]))
    for failure in failures:
        output.echo(one_line(f"{failure.path}: examples.{failure.group}.{failure.number}: {failure.reason}"))
    count = sum(len(rule.examples.flag) + len(rule.examples.pass_) for rule in own)
    output.echo(f"{number(len(own), 'rule')}, {number(count, 'example')}, {len(failures)} failed")
    sys.exit(FINDINGS if failures else 0)


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print a completion script for a shell."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(cli, {}, "copycheck", "_COPYCHECK_COMPLETE").source())


@click.command()
@click.argument("name", type=click.Choice(["config", "rules", "report"]))
def schema(name: str) -> None:
    """Print the JSON Schema of the configuration, of rule files or of the JSON report, for editors and programs."""
    from importlib.resources import files

    click.echo(files("copycheck").joinpath(f"data/schema/{name}-1.json").read_text(encoding="utf-8"), nl=False)


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="A port of 127.0.0.1; a free one, if not set.")
@profile_options
def serve(port: int, **options: Any) -> None:
    """Show a page on this machine where an article is dropped or pasted and its report read. Nothing is kept, nothing sent."""
    import signal
    from contextlib import suppress

    from copycheck.cli.serve import HOST, Desk, Server

    desk = Desk(Session((".",), options))
    try:
        server = Server(desk, port)
    except OSError as error:
        stop(f"port {port} of {HOST} cannot be had: {error.strerror}")
    signal.signal(signal.SIGINT, signal.default_int_handler)  # it is how this ends
    output.echo(f"Open {server.address} in a browser of this machine. Nothing is kept or sent. Ctrl-C ends it.")
    with server, suppress(KeyboardInterrupt):
        server.serve_forever()


@click.command()
@click.option("--stdio", is_flag=True, help="As always; some editors add it.")
def lsp(stdio: bool) -> None:
    """Serve an editor: findings while you type, what they rest on, corrections. See docs/editors.md."""
    with needing("lsp", ("pygls", "lsprotocol"), "the server for editors needs pygls"):
        from copycheck.lsp import server
    import gc
    from datetime import date

    gc.set_threshold(20_000)  # it runs for days, where other commands end before there is much to free
    server.make(date.today).start_io()
    os._exit(0)  # a page that is still being checked is nobody's any more
