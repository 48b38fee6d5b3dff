"""Overview: the commands that look over many pages: by risk, what was accepted there, their claims, and their unknown words."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from copycheck.cli import known, output
from copycheck.cli.group import policy_option, profile_options
from copycheck.cli.session import Session
from copycheck.cli.trouble import FINDINGS, TROUBLE, say, stop

_PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path())
_OUTPUT = click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Write it to this file.")
_FORMAT = click.option("--format", "format_", type=click.Choice(["text", "json", "csv"]), default="text", help="How to list them.")
_TODAY = click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The date that rules on age, and acceptances, are judged by.")


@click.command()
@_PATHS
@_FORMAT
@_OUTPUT
@click.option("--since", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="An earlier JSON report, for the trend.")
@click.option("--top", type=click.IntRange(1), default=20, metavar="N", help="How many pages the text shows (20).")
@profile_options
@policy_option
@_TODAY
def triage(paths: tuple[str, ...], format_: str, since: Path | None, top: int, **options: Any) -> None:
    """Rank pages by risk, and say what to fix first. What a baseline knows counts too.

    Exit codes: 0 all files were checked, 2 one was not.
    """
    from copycheck.reports import triage as triages
    from copycheck.source import Unreadable

    try:
        earlier = triages.load(since) if since else None
    except Unreadable as error:
        stop(f"{since}: {error}")
    reports = Session(paths, options).check()
    output.write(triages.render(reports, earlier, format_, top), options["output"], reports)
    sys.exit(TROUBLE if any(report.error for report in reports) else 0)


@click.command()
@_PATHS
@_FORMAT
@_OUTPUT
@profile_options
@policy_option
@known.baseline_options
@_TODAY
def accepted(paths: tuple[str, ...], format_: str, **options: Any) -> None:
    """List who accepted what, until when and why: findings that directives silence, and approved claims.

    Exit codes: 0 all of it holds, 1 something has lapsed, 2 a file was not checked.
    """
    from copycheck.reports import accepted as acceptances

    session = Session(paths, options)
    reports = session.check()
    if baseline := known.taken(session.main, options):
        reports = [baseline.split(report) for report in reports]
    approvals, approvers = {}, set()
    for path in (Path(report.path) for report in reports):
        settings, config = session.settings_of(path), session.config_of(path)
        approvers |= {*settings.approvers}
        if settings.site.approved:
            approvals[(config.folder / config.get("approved_claims")).as_posix()] = settings.site.approved
    rows = acceptances.rows_of(reports, approvals, sorted(approvers), session.today)
    output.write(acceptances.render(rows, reports, format_), options["output"], reports)
    lapsed = any(row.state == acceptances.LAPSED for row in rows)
    sys.exit(TROUBLE if any(report.error for report in reports) else FINDINGS if lapsed else 0)


@click.command()
@_PATHS
@click.option("--format", "format_", type=click.Choice(["text", "json", "csv", "markdown"]), default="text", help="How to list them.")
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Write the ledger to this file.")
@profile_options
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The date by which approvals hold.")
def claims(paths: tuple[str, ...], format_: str, **options: Any) -> None:
    """List every health claim with its place, strength and source, for a medical reviewer to sign.

    Exit codes: 0 all files were read, 2 one was not.
    """
    from copycheck.reports import ledger

    if chosen := next((key for key in ("select", "ignore") if options[key] is not None), None):
        stop(f"--{chosen}: every claim is listed, whichever rules are on; choose by kind or status in the ledger")
    reports = Session(paths, {**options, "select": ["claims"]}).check()
    output.write(ledger.render(reports, format_), options["output"], reports)
    sys.exit(TROUBLE if any(report.error for report in reports) else 0)


@click.command()
@_PATHS
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
