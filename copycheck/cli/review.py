"""Review: the command that writes findings into a copy of a Word document as comments."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from copycheck.cli.group import profile_options
from copycheck.cli.session import Session
from copycheck.cli.trouble import exit_code, say, stop


@click.command()
@click.argument("article", metavar="ARTICLE.docx", type=click.Path(path_type=Path))
@click.option(
    "--output", "-o", required=True, type=click.Path(path_type=Path), help="The Word document to write; never the article itself."
)
@click.option("--force", is_flag=True, help="Write over an output that is there.")
@click.option("--notes", is_flag=True, help="Comment on notes too.")
@click.option("--fail-on", type=click.Choice(["error", "warning", "info", "never"]), help="Severity from which to exit 1 (error).")
@profile_options
def review(article: Path, output: Path, force: bool, notes: bool, **options: Any) -> None:
    """Check a Word document, and write a copy of it with each finding as a comment at its words.

    Exit codes are those of a check: 0 nothing at or above --fail-on, 1 findings, 2 the document could not be checked or written.
    """
    from copycheck.files import write_bytes
    from copycheck.reports import Options, word
    from copycheck.reports.wording import number
    from copycheck.source import Unreadable, read_bytes

    if article.suffix.lower() != ".docx" or output.suffix.lower() != ".docx":
        stop("review takes a .docx and writes a .docx; `copycheck --format html` shows findings in articles of other kinds")
    if article.is_dir():
        stop(f"{article}: this is a folder; review takes one document")
    if output.exists() and article.exists() and output.samefile(article):
        stop(f"{output}: this is the article itself; name another file")
    if output.exists() and not force:
        stop(f"{output}: there is such a file; --force writes over it")
    session = Session((str(article),), options)
    (report,) = session.check()
    if report.error is not None:
        stop(f"{article}: not checked: {report.error}")
    try:
        data = read_bytes(article, session.limit(article))
        written, count = word.render(data, report, Options(notes=notes, rules=lambda: session.ruleset.by_id))
        write_bytes(output, written)
    except Unreadable as error:
        stop(f"{article}: {error}")
    except OSError as error:
        stop(f"{output}: it cannot be written: {error.strerror}")
    say(f"{output}: {number(count, 'comment')}")
    sys.exit(exit_code([(report, session.fail_on(report))]))
