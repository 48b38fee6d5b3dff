"""Edits: what an editor may change for a finding: take its replacement, or silence it with a directive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from copycheck import fixes, suppress
from copycheck.document import Document
from copycheck.findings import Finding
from copycheck.lsp.checker import Checked
from copycheck.readers import frontmatter, read
from copycheck.reports.entries import Entry, replacements
from copycheck.reports.summary import MISSING
from copycheck.settings import Settings
from copycheck.source import Source, Span


class Edit(NamedTuple):
    """`text` instead of what stands at `span`. `preferred`: it may be taken unasked."""

    title: str
    span: Span
    text: str
    preferred: bool = False


def corrections(checked: Checked, entry: Entry) -> list[Edit]:
    """The replacements that a finding offers, each of which leaves all else on the page as it reads."""
    finding, report, item = entry.finding, checked.report, checked.item
    if finding is None or report is None or item is None:
        return []
    if finding.fix:
        taken = fixes.keeping(item, fixes.fixes_of(replace(report, findings=(finding,)), unsafe=True))
        return [Edit(_titled(fix.right), fix.span, fix.right, finding.fix == "safe") for fix in taken]
    return [Edit(_titled(text), finding.span, text) for text in replacements(entry, checked.options)]


def all_safe(checked: Checked) -> list[Edit]:
    """The replacements of a page that may be taken unasked."""
    if checked.item is None or checked.report is None:
        return []
    return [Edit(fix.rule, fix.span, fix.right, True) for fix in fixes.keeping(checked.item, fixes.fixes_of(checked.report, unsafe=False))]


def silencing(checked: Checked, finding: Finding, person: str, day: str) -> Edit | None:
    """A directive, its reason to be filled in, where it covers the finding: before its block or list, else for the whole file."""
    item = checked.item
    if item is None or item.source is None or checked.ruleset is None:
        return None
    source, document = item.source, read(item.source, item.format)
    starts = [block.span().start for block in document.blocks if block.text]
    front = frontmatter.read(source.text).end
    places = [("ignore-file", min((start for start in starts if start >= front), default=len(source.text)))]
    if finding.span != MISSING:
        places.insert(0, ("ignore", _block_start(document, finding)))
    for verb, place in places:
        at = source.line_span(source.location(place)[0]).start
        comment = suppress.directive(document.format, verb, finding.rule, person, day)
        if comment is None:
            return None
        made = _line(source, at, comment, 2 if document.format == "mdx" else 1)
        if _covers(source, item.format, at, made, finding, checked.ruleset.ids):
            return Edit(f"Silence {finding.rule} {'here' if verb == 'ignore' else 'in this file'}, with a reason", Span(at, at), made)
    return None


def _titled(text: str) -> str:
    return f"Change to “{text}”" if text.strip() else "Take it out"


def _block_start(document: Document, finding: Finding) -> int:
    """Where the block of a finding begins in the source; of an item of a list where the list does."""
    block = next((b for b in document.blocks if b.text and b.span().start <= finding.span.start < b.span().end), None)
    if block is None:
        return finding.span.start
    return min(b.span().start for b in document.blocks if b is block or (b.text and b.list_id is not None and b.list_id == block.list_id))


def _line(source: Source, at: int, comment: str, ends: int) -> str:
    """The comment as a line of its own, indented as the line that it stands before."""
    line = source.text[at : source.line_span(source.location(at)[0]).end]
    end = "\r\n" if "\r\n" in source.text else "\n"
    return line[: len(line) - len(line.lstrip())] + comment + end * ends


def _covers(source: Source, format: str | None, at: int, made: str, finding: Finding, known: Sequence[str]) -> bool:
    """With the comment, its reason filled in, the page reads as it did and the finding is silenced."""
    filled = made.replace("reason,", "shown by J. Doe,", 1)
    before, after = read(source, format), read(replace(source, text=source.text[:at] + filled + source.text[at:]), format)
    by = len(filled) if finding.span != MISSING and finding.span.start >= at else 0
    moved = finding._replace(span=Span(finding.span.start + by, finding.span.end + by))
    same = [block.text for block in before.blocks] == [block.text for block in after.blocks]
    return same and bool(suppress.apply(after, [moved], known, Settings()).suppressed)
