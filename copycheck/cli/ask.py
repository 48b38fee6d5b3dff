"""Ask: the questions of `copycheck fix --interactive`: take a replacement, skip it, or put the word into the vocabulary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from copycheck.cli.session import Session
from copycheck.cli.trouble import say, stop
from copycheck.config import WORDS
from copycheck.fixes import Fix, Outcome, applied, keeping
from copycheck.reports import Options
from copycheck.reports.entries import Entry, entries, replacements
from copycheck.reports.printable import one_line, path_label
from copycheck.ruleset.models import Spelling
from copycheck.settings import Item


def outcomes(session: Session, items: Sequence[Item]) -> Iterator[Outcome]:
    """What becomes of each file by the answers; the next file is asked about once this one was taken."""
    options = Options(rules=lambda: session.ruleset.by_id)
    words: set[str] = set()
    for item, report in zip(items, session.check(items), strict=True):
        if report.error is not None or item.source is None:
            yield Outcome(item, error=report.error)
            continue
        fixes: list[Fix] = []
        for entry in entries(report, options):
            offered = replacements(entry, options)
            if offered and entry.span and entry.span.start >= (fixes[-1].span.end if fixes else 0) and _wording(entry) not in words:
                answer = _answer(entry, offered, isinstance(session.ruleset.by_id.get(entry.rule), Spelling))
                if answer == "v":
                    words.add(_wording(entry))
                    _learn(session, Path(item.path), _wording(entry))
                elif answer.isdecimal():
                    fixes.append(Fix(entry.rule, entry.span, _wording(entry), offered[int(answer) - 1]))
        taken = keeping(item, fixes)
        for fix in fixes:
            if fix not in taken:
                say(f"{path_label(item.path)}: “{fix.right}” would change how the page is read, and was not taken")
        yield Outcome(item, applied(item.source.text, taken), tuple(fix.rule for fix in taken))


def _wording(entry: Entry) -> str:
    return entry.source.text[slice(*entry.span)] if entry.span else ""


def _answer(entry: Entry, offered: Sequence[str], spelt: bool) -> str:
    """The number of a replacement, `v` for the vocabulary, or `s` to skip."""
    line, column = entry.start
    click.echo(f"\n{path_label(entry.path)}:{line}:{column}: {one_line(entry.rule)} {entry.message}")
    if entry.finding and entry.finding.context:
        click.echo(f"  {one_line(entry.finding.context)}")
    choices = {str(number): f"write “{one_line(text)}”" for number, text in enumerate(offered, 1)} | {"s": "skip"}
    if spelt and _wording(entry).isalpha():
        choices["v"] = f"“{one_line(_wording(entry))}” is right: add it to the vocabulary"
    click.echo("".join(f"  {key}: {meaning}\n" for key, meaning in choices.items()), nl=False)
    return str(click.prompt("Take", type=click.Choice([*choices]), default="s"))


def _learn(session: Session, path: Path, word: str) -> None:
    """Add a word to the first vocabulary file that is configured for a page, or to the one that lies beside the configuration."""
    from copycheck.files import write_bytes
    from copycheck.source import Unreadable, read_bytes

    config = session.config_of(path)
    file = config.folder / next(iter(config.get("vocabulary_files", ())), WORDS)
    try:
        before = read_bytes(file) if file.exists() else b""
        write_bytes(file, before + (b"\n" if before and not before.endswith(b"\n") else b"") + f"{word}\n".encode())
    except (Unreadable, OSError) as error:
        stop(f"{file}: the word cannot be added: {error}")
    click.echo(f"  added to {path_label(file.as_posix())}")
