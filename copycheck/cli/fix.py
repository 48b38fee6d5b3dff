"""Fix: the command that takes the replacements which findings offer into the files themselves, or shows what it would take."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from copycheck.cli import output
from copycheck.cli.group import profile_options
from copycheck.cli.session import Session
from copycheck.cli.streams import accounting
from copycheck.cli.trouble import FINDINGS, TROUBLE, say, stop
from copycheck.config import WORDS
from copycheck.readers import is_word

if TYPE_CHECKING:
    from copycheck.findings import Finding
    from copycheck.fixes import Outcome
    from copycheck.reports.entries import Entry
    from copycheck.settings import Item


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path())
@click.option("--diff", is_flag=True, help="Show what would change as a unified diff, and change nothing.")
@click.option("--unsafe", is_flag=True, help="Take single replacements that may change more; read what came of it.")
@click.option("--interactive", "-i", is_flag=True, help="Ask about every replacement: take it, skip it, or add the word to the vocabulary.")
@profile_options
def fix(paths: tuple[str, ...], diff: bool, unsafe: bool, interactive: bool, **options: Any) -> None:
    """Mend what has one sure correction: misspellings, doubled words, wordings that put a condition before the person.

    Exit codes: 0 done, or nothing to do; 1 --diff shows a change; 2 a file could not be checked or written, and is as it was.
    """
    from copycheck import fixes
    from copycheck.reports.printable import guarded, path_label
    from copycheck.reports.summary import posix_path
    from copycheck.reports.wording import number

    if "-" in paths:
        stop("standard input cannot be fixed in place; name files or folders")
    if interactive and (diff or unsafe):
        stop("--interactive asks about every replacement; it takes neither --diff nor --unsafe")
    session = Session(paths, options)
    named, found = {str(Path(path)) for path in paths}, list(session.items())
    items = [_text_only(item) for item in found if item.path in named or not is_word(item.path)]
    if left := len(found) - len(items):
        say(f"{number(left, 'Word document')} left out: `copycheck review` writes the findings on one into a copy of it")
    failed, changed, count, words = False, 0, 0, set[str]()

    def done() -> str:
        added = f", {number(len(words), 'word')} added to the vocabulary" if words else ""
        return f"{count} {'to fix' if diff else 'fixed'} in {number(changed, 'file')} of {len(items):,}{added}"

    with accounting(lambda: f"{done()}; nothing{' else' * (not diff)} was written"):
        for outcome in _answered(session, items, words) if interactive else fixes.settle(items, session.check, unsafe):
            label = path_label(posix_path(outcome.item.path))
            error = outcome.error
            if outcome.rules and not diff:
                error = _write(outcome, session.limit(Path(outcome.item.path)))
            if error is not None:
                failed = True
                say(f"{label}: not fixed: {error}")
            elif outcome.rules:
                changed, count = changed + 1, count + len(outcome.rules)
                if diff:
                    output.write(guarded("".join(_diff(label, outcome))), None)
                else:
                    listed = ", ".join(f"{rule} {times}" for rule, times in sorted(Counter(outcome.rules).items()))
                    output.echo(f"{label}: {len(outcome.rules)} fixed ({listed})")
    say(done())
    sys.exit(TROUBLE if failed else FINDINGS if diff and changed else 0)


def _text_only(item: Item) -> Item:
    """The item; of a Word document none, since there text alone cannot be written back."""
    if not is_word(item.path):
        return item
    return replace(item, source=None, error="a Word document is not fixed in place; `copycheck review` puts the findings into it")


def _write(outcome: Outcome, limit: int) -> str | None:
    """Write a file in its own encoding; why not, where it is no longer what was read or cannot be written back byte for byte."""
    from copycheck.files import write_bytes
    from copycheck.source import Unreadable, decode, encoded, read_bytes

    path = Path(outcome.item.path)
    before = outcome.item.source
    assert before is not None
    try:
        data = read_bytes(path, limit)
        if decode(data, outcome.item.path).text != before.text:
            return "it changed since it was read; run again"
        if encoded(before.text, data) != data:
            return "some of its bytes stand for no letter; save it as UTF-8 first"
        write_bytes(path, encoded(outcome.text, data))
    except ValueError:
        return "its encoding lacks a letter of the replacement; save it as UTF-8 first"
    except Unreadable as error:
        return str(error)
    except OSError as error:
        return f"it cannot be written: {error.strerror}"
    return None


def _diff(label: str, outcome: Outcome) -> Iterator[str]:
    """A unified diff, with no character in it that would steer a terminal."""
    from difflib import unified_diff
    from io import StringIO

    from copycheck.reports.printable import printable

    assert outcome.item.source is not None
    before, after = (StringIO(text, newline="").readlines() for text in (outcome.item.source.text, outcome.text))
    label += "\t" * (" " in label)  # it ends a name with blanks, for git and patch
    for line in unified_diff(before, after, label, label):
        text = line.rstrip("\r\n")
        shown = "\t".join(map(printable, text.split("\t")))
        yield shown + ("\r\n" if line.endswith("\r\n") else "\n")
        if line == text:
            yield "\\ No newline at end of file\n"


def _answered(session: Session, items: Sequence[Item], words: set[str]) -> Iterator[Outcome]:
    """What becomes of each file by the answers; the next file is asked about once this one was taken.

    `words` takes up those that go into the vocabulary.
    """
    from copycheck.fixes import Fix, Outcome, applied, keeping
    from copycheck.reports import Options
    from copycheck.reports.entries import entries, replacements
    from copycheck.reports.printable import path_label
    from copycheck.ruleset.models import Spelling

    options = Options(rules=lambda: session.ruleset.by_id)
    for item, report in zip(items, session.check(items), strict=True):
        if report.error is not None or item.source is None:
            yield Outcome(item, error=report.error)
            continue
        fixes: list[Fix] = []
        for entry in entries(report, options):
            offered, found = replacements(entry, options), entry.finding
            if offered and found and found.span.start >= (fixes[-1].span.end if fixes else 0) and found.excerpt not in words:
                answer = _answer(entry, found, offered, isinstance(session.ruleset.by_id.get(entry.rule), Spelling))
                if answer == "v":
                    words.add(found.excerpt)
                    _learn(session, Path(item.path), found.excerpt)
                elif answer.isdecimal():
                    fixes.append(Fix(entry.rule, found.span, found.excerpt, offered[int(answer) - 1]))
        taken = keeping(item, fixes)
        for fix in fixes:
            if fix not in taken:
                say(f"{path_label(item.path)}: “{fix.right}” would change how the page is read, and was not taken")
        yield Outcome(item, applied(item.source.text, taken), tuple(fix.rule for fix in taken))


def _answer(entry: Entry, found: Finding, offered: Sequence[str], spelt: bool) -> str:
    """The number of a replacement, `v` for the vocabulary, or `s` to skip."""
    from copycheck.reports.printable import one_line, path_label

    line, column = entry.start
    click.echo(f"\n{path_label(entry.path)}:{line}:{column}: {one_line(entry.rule)} {entry.message}")
    if found.context:
        click.echo(f"  {one_line(found.context)}")
    choices = {str(number): f"write “{one_line(text)}”" for number, text in enumerate(offered, 1)} | {"s": "skip"}
    if spelt and found.excerpt.isalpha():
        choices["v"] = f"“{one_line(found.excerpt)}” is right: add it to the vocabulary"
    click.echo("".join(f"  {key}: {meaning}\n" for key, meaning in choices.items()), nl=False)
    return str(click.prompt("Take", type=click.Choice([*choices]), default="s"))


def _learn(session: Session, path: Path, word: str) -> None:
    """Add a word to the first vocabulary file that is configured for a page, or to the one that lies beside the configuration."""
    from copycheck.files import write_bytes
    from copycheck.reports.printable import path_label
    from copycheck.source import Unreadable, read_bytes

    config = session.config_of(path)
    file = config.folder / next(iter(config.get("vocabulary_files", ())), WORDS)
    try:
        before = read_bytes(file) if file.exists() else b""
        write_bytes(file, before + (b"\n" if before and not before.endswith(b"\n") else b"") + f"{word}\n".encode())
    except (Unreadable, OSError) as error:
        stop(f"{file}: the word cannot be added: {error}")
    click.echo(f"  added to {path_label(file.as_posix())}")
