"""Audit: the commands that check the pages of whole estates, and report on what was found there."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from typing import Any

import click

from copycheck.cli import output
from copycheck.cli.group import Defaulting, Jobs, policy_option, profile_options
from copycheck.cli.session import Session
from copycheck.cli.terminal import Progress
from copycheck.cli.trouble import TROUBLE, needing

_PARTS = ("ray", "duckdb", "pyarrow", "fsspec", "warcio", "pandas")
_QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_BACKEND_LOG_LEVEL": "fatal"}  # nothing is sent to anybody
_ALONE = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0", "RAY_AUTH_MODE": "token"}  # it listens on loopback alone, and to this run
_FOLDER = click.Path(file_okay=False, path_type=Path)


class _Audit(Defaulting):
    default = "run"


@click.group(cls=_Audit)
def audit() -> None:
    """Check an estate of pages: `audit SOURCE… --out FOLDER`, then `audit report FOLDER`. See docs/estate.md."""


@audit.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option("--out", type=_FOLDER, required=True, metavar="FOLDER", help="Where the Parquet goes; one that was begun goes on.")
@click.option("--text-column", default="text", metavar="NAME", help="What holds the text in Parquet and JSON Lines (text).")
@click.option("--page-column", default="url", metavar="NAME", help="What holds the address or path there (url).")
@click.option("--jobs", "-j", type=Jobs(), metavar="N", help="How many workers check; one a processor, if not set.")
@click.option("--ray", "address", metavar="ADDRESS", help="Use this Ray cluster instead of this machine alone.")
@profile_options
@policy_option
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The date that rules on age judge by.")
@click.option("--quiet", "-q", is_flag=True, help="Failures only.")
def run(sources: tuple[str, ...], out: Path, address: str | None, **options: Any) -> None:
    """Check folders, JSON Lines, Parquet, WARC and sitemaps with their pages, on disk or in an object store.

    Exit codes: 0 all pages were checked, 2 one was not.
    """
    os.environ |= _QUIET if address else _QUIET | _ALONE | {"RAY_AUTH_TOKEN": secrets.token_hex(32)}
    with needing("audit", _PARTS, "an audit needs {name}"):
        from copycheck.audit import run as audits
        from copycheck.audit.pages import Columns
        from copycheck.audit.worker import Job
    from copycheck import config as configs
    from copycheck.reports.wording import closing
    from copycheck.runner import processors

    session = Session(sources, options, configs.find)  # by its whole path: nodes of a cluster start elsewhere
    progress = Progress(not options["quiet"])
    job = Job(session, out.absolute(), Columns(options["text_column"], options["page_column"]))
    configs.check_rules(session.main, session.ruleset.ids)
    session.ruleset.rules  # noqa: B018  one that does not load is told now
    try:
        counts = audits.run(job, sources, options["jobs"] or processors(), address, progress.begin, progress.step)
    finally:
        progress.end()
    if not options["quiet"]:
        output.echo(f"{closing(counts)}\ncopycheck audit report {out} says more.")
    sys.exit(TROUBLE if counts.failed else 0)


@audit.command()
@click.argument("folder", type=_FOLDER)
@click.option("--since", type=_FOLDER, metavar="FOLDER", help="An earlier audit, for the trend.")
@click.option("--top", type=click.IntRange(1), default=10, metavar="N", help="How many rows of each table the text shows (10).")
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="The page to write; FOLDER/report.html if not set.")
def report(folder: Path, since: Path | None, top: int, **options: Any) -> None:
    """Show an audit by host, template, rule and risk, and what its pages have in common; write it as a page too.

    Exit codes: 0 all pages were checked, 2 one was not, or the audit has not ended.
    """
    with needing("audit", _PARTS, "an audit needs {name}"):
        from copycheck.audit import report as reports

    shown = reports.answers(folder, since)
    output.write(reports.as_html(shown), options["output"] or folder / "report.html")
    output.write(reports.as_text(shown, top), None)
    sys.exit(0 if shown.complete else TROUBLE)
