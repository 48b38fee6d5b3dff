"""Ledger: the commands that list what pages hold rather than judge it: their claims, and their unknown words."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from copycheck.cli import output
from copycheck.cli.group import profile_options
from copycheck.cli.session import Session
from copycheck.cli.trouble import TROUBLE, say


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path())
@click.option("--format", "format_", type=click.Choice(["text", "json", "csv", "markdown"]), default="text", help="How to list them.")
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Write the ledger to this file.")
@profile_options
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The date by which approvals hold.")
def claims(paths: tuple[str, ...], format_: str, **options: Any) -> None:
    """List every health claim with its place, strength and source, for a medical reviewer to sign.

    Exit codes: 0 all files were read, 2 one was not.
    """
    from copycheck.reports import ledger

    reports = Session(paths, {**options, "select": ["claims"]}).check()
    output.write(ledger.render(reports, format_), options["output"])
    sys.exit(TROUBLE if any(report.error for report in reports) else 0)


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path())
@click.option("--format", "format_", type=click.Choice(["text", "vocabulary", "json"]), default="text", help="How to list them.")
@click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="Use this configuration file only.")
def words(paths: tuple[str, ...], format_: Any, config: Path | None) -> None:
    """List the words that the lexicon does not know, for the project's vocabulary.

    Exit codes: 0 all files were read, 2 one was not.
    """
    from copycheck.article import Article
    from copycheck.checks.spelling import unknown_words
    from copycheck.engine import Engine
    from copycheck.spelling.lexicon import load
    from copycheck.spelling.report import words_report

    session = Session(paths, {"config": config})
    pages, failed = [], False
    engine = Engine(session.ruleset, session.load_pipeline)
    for item in session.items():
        article = engine.parsed(item)
        if isinstance(article, Article):
            pages.append((item.path, unknown_words(article, item.settings.site)))
        else:
            say(f"{item.path}: not checked: {article}")
            failed = True
    output.write(words_report(pages, load(), format_), None)
    sys.exit(TROUBLE if failed else 0)
