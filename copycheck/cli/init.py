"""Init: writes a configuration of what the repository shows and, at a terminal, of what the user answers."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from copycheck.cli import given
from copycheck.cli.streams import is_terminal
from copycheck.cli.trouble import stop
from copycheck.findings import JURISDICTIONS

if TYPE_CHECKING:
    from copycheck.proposal import Proposal


@click.command()
@click.option("--force", is_flag=True, help="Write over an existing file.")
@click.option("--yes", "-y", is_flag=True, help="Ask nothing; take what the repository shows.")
def init(force: bool, yes: bool) -> None:
    """Write a `.copycheck.yaml` of what this folder shows: generator, languages, domains, footer. Asks at a terminal only."""
    from copycheck import proposal
    from copycheck.reports.printable import printable

    path = Path(".copycheck.yaml")
    if os.path.lexists(path) and not force:  # a link to nothing too: it may lead anywhere
        stop(f"{path} exists already; --force writes over it")
    shown = proposal.look(Path.cwd())
    carried, jurisdiction = _read(shown)
    found = {code: carried[code] for code in proposal.questions(jurisdiction) if code in carried}
    for what, value in (
        ("generator", shown.generator),
        ("content", ", ".join(shown.content)),
        ("own domains", ", ".join(shown.domains)),
        ("left out", ", ".join(shown.exclude)),
        ("readers in the United Kingdom: jurisdiction", jurisdiction if jurisdiction == "uk" else ""),
        *((f"footer carries {code}", file.relative_to(Path.cwd()).as_posix()) for code, file in found.items()),
    ):
        if value:
            click.echo(printable(f"found {what}: {value}"))
    ask = not yes and is_terminal(sys.stdin)
    answer, confirmed = (click.prompt, click.confirm) if ask else (_unasked, _unasked)
    preset = answer("Preset", default="clinic", type=click.Choice(["clinic", "publisher"]))
    audience = answer("Audience", default="blog", type=click.Choice(["patient", "blog", "professional"]))
    jurisdiction = answer("Jurisdiction", default=jurisdiction, type=click.Choice(JURISDICTIONS))
    is_us = jurisdiction == "us"
    states = answer("States that license you, as codes by comma", default="", show_default=False) if is_us else ""
    domains = answer("The site's own domains, by comma", default=", ".join(shown.domains), show_default=bool(shown.domains))
    asked = proposal.questions(jurisdiction).items()
    carries = [code for code, meaning in asked if confirmed(f"Does every page's footer carry {meaning}?", default=code in carried)]
    require = confirmed("Must a page of health claims link a source (our policy, not law)?", default=True)
    listed = [[name.strip() for name in said.split(",") if name.strip()] for said in (states, domains)]
    path.write_text(
        proposal.render(jurisdiction, preset, listed[0], audience, carries, listed[1], require, shown.exclude), encoding="utf-8"
    )
    click.echo(f"wrote {path}; look it over")
    click.echo(printable(f"Next: copycheck {' '.join(shown.content) or '.'}"))


def _unasked(text: str, default: Any, **options: Any) -> Any:
    """The answer that stands where nobody is asked."""
    return default


def _read(shown: Proposal) -> tuple[dict[str, Path], str]:
    """What the files of a layout say on every page, by the rules that would miss it: codes, each with the first file that has it.

    And for whose readers layout and pages are written: `uk` where one shows that and most of the spelling too, else `us`.
    """
    if not (shown.footers or shown.pages):
        return {}, "us"
    from copycheck.article import Article
    from copycheck.config import Config
    from copycheck.engine import Engine, Item, Settings
    from copycheck.modelfiles import NoModel
    from copycheck.profile import detect
    from copycheck.source import Unreadable, decode, read_bytes
    from copycheck.spelling.lexicon import load
    from copycheck.spelling.variants import is_british

    ruleset = given.ruleset(Config())
    engine = Engine(ruleset, given.loader(None, ruleset.folders))
    found: dict[str, Path] = {}
    places: Counter[str | None] = Counter()
    texts: list[str] = []
    for file in (*shown.footers, *shown.pages):
        try:
            article = engine.parsed(Item(str(file), decode(read_bytes(file), str(file)), Settings()))
        except (Unreadable, NoModel):
            continue
        if not isinstance(article, Article):
            continue
        places[detect(article).foreign] += 1
        texts += [sentence.text for sentence in article.sentences]
        if file in shown.footers:
            for code in engine.checks(Settings())["duty"].carried(article):  # type: ignore[attr-defined]
                found.setdefault(code, file)
    abroad = places["uk"] and places["uk"] == max(count for name, count in places.items() if name)
    return found, "uk" if abroad and is_british(texts, load()) else "us"
