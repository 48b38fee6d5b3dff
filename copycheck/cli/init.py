"""Init: writes a configuration of what the repository shows and, at a terminal, of what the user answers."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from copycheck.cli import given
from copycheck.cli.streams import is_terminal
from copycheck.cli.trouble import stop


@click.command()
@click.option("--force", is_flag=True, help="Write over an existing file.")
@click.option("--yes", "-y", is_flag=True, help="Ask nothing; take what the repository shows.")
def init(force: bool, yes: bool) -> None:
    """Write a `.copycheck.yaml` of what this folder shows: generator, languages, domains, footer. Asks at a terminal only."""
    from copycheck import proposal, starter
    from copycheck.reports.printable import printable

    path = Path(".copycheck.yaml")
    if os.path.lexists(path) and not force:  # a link to nothing too: it may lead anywhere
        stop(f"{path} exists already; --force writes over it")
    shown = proposal.look(Path.cwd())
    found = _carried(shown.footers)
    for what, value in (
        ("generator", shown.generator),
        ("content", ", ".join(shown.content)),
        ("own domains", ", ".join(shown.domains)),
        ("left out", ", ".join(shown.exclude)),
        *((f"footer carries {code}", _near(file)) for code, file in found.items()),
    ):
        if value:
            click.echo(printable(f"found {what}: {value}"))
    ask = not yes and is_terminal(sys.stdin)
    preset = click.prompt("Preset", default="clinic", type=click.Choice(["clinic", "publisher"])) if ask else "clinic"
    audience = click.prompt("Audience", default="blog", type=click.Choice(["patient", "blog", "professional"])) if ask else "blog"
    states = click.prompt("States that license you, as codes by comma", default="", show_default=False) if ask else ""
    domains = ", ".join(shown.domains)
    domains = click.prompt("The site's own domains, by comma", default=domains, show_default=bool(domains)) if ask else domains
    carries = [
        code
        for code, meaning in starter.QUESTIONS
        if (click.confirm(f"Does every page's footer carry {meaning}?", default=code in found) if ask else code in found)
    ]
    require = not ask or click.confirm("Must a page of health claims link a source (our policy, not law)?", default=True)
    listed = [[name.strip() for name in answer.split(",") if name.strip()] for answer in (states, domains)]
    path.write_text(starter.render(preset, listed[0], audience, carries, listed[1], require, shown.exclude), encoding="utf-8")
    click.echo(f"wrote {path}; look it over")
    click.echo(printable(f"Next: copycheck {' '.join(shown.content) or '.'}"))


def _carried(footers: Sequence[Path]) -> dict[str, Path]:
    """What the files of a layout say on every page, by the rules that would miss it: codes, each with the first file that has it."""
    if not footers:
        return {}
    from copycheck.article import Article
    from copycheck.config import Config
    from copycheck.engine import Engine, Item, Settings
    from copycheck.modelfiles import NoModel
    from copycheck.source import Unreadable, decode, read_bytes
    from copycheck.starter import QUESTIONS

    ruleset = given.ruleset(Config())
    engine = Engine(ruleset, given.loader(None, ruleset.folders))
    found: dict[str, Path] = {}
    for file in footers:
        try:
            article = engine.parsed(Item(str(file), decode(read_bytes(file), str(file)), Settings()))
        except (Unreadable, NoModel):
            continue
        if not isinstance(article, Article):
            continue
        carried = engine.checks(Settings())["duty"].carried(article)  # type: ignore[attr-defined]
        for code in [code for code, _ in QUESTIONS if code in carried]:
            found.setdefault(code, file)
    return found


def _near(file: Path) -> str:
    return file.relative_to(Path.cwd()).as_posix()
