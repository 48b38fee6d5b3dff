"""Fixes: replacements that findings offer, taken into the text of a file where nothing else changes for its reader."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from copycheck.document import Block, Document
from copycheck.findings import Report
from copycheck.readers import read
from copycheck.reports.summary import in_order
from copycheck.settings import Item
from copycheck.source import Source, Span

ROUNDS = 8
"""How often a file is fixed and checked again: one fix may make room for another. What has not come to rest by then is left alone."""


class Fix(NamedTuple):
    """`wrong`, which is the text at `span`, becomes `right`."""

    rule: str
    span: Span
    wrong: str
    right: str


@dataclass(frozen=True)
class Outcome:
    """What became of a file: its text, the rules of the fixes that were taken, one entry each, or why it was left as it was."""

    item: Item
    text: str = ""
    rules: tuple[str, ...] = ()
    error: str | None = None


def settle(items: Sequence[Item], check: Callable[[Sequence[Item]], Sequence[Report]], unsafe: bool = False) -> list[Outcome]:
    """Fix files, check them again, and so on until nothing is left to take. A file that cannot be checked, or not wholly, is left alone."""
    outcomes = [Outcome(item, item.source.text if item.source else "") for item in items]
    left = dict(enumerate(items))
    for _ in range(ROUNDS):
        checked = zip(left.items(), check(list(left.values())) if left else (), strict=True)
        left = {}
        for (number, item), report in checked:
            before = outcomes[number]
            if report.error is not None or item.source is None:
                outcomes[number] = Outcome(before.item, error=report.error)
            elif taken := keeping(item, fixes_of(report, unsafe)):
                text = applied(item.source.text, taken)
                outcomes[number] = replace(before, text=text, rules=(*before.rules, *(fix.rule for fix in taken)))
                left[number] = replace(item, source=replace(item.source, text=text))
    for number in left:
        outcomes[number] = Outcome(items[number], error=f"its fixes do not come to rest in {ROUNDS} rounds")
    return outcomes


def fixes_of(report: Report, unsafe: bool) -> list[Fix]:
    """The fixes that the findings of a file offer, in order of place; of those that overlap the first. None joins two words."""
    text, fixes, end = report.text, [], 0
    for finding in in_order(report.findings):
        span = finding.span
        if not finding.is_fixable(unsafe) or span.start < end or span.end <= span.start:
            continue
        fix = Fix(finding.rule, span, text[span.start : span.end], finding.suggestions[0])
        if not (_joins(text[span.start - 1 : span.start] + fix.right[:1]) or _joins(fix.right[-1:] + text[span.end : span.end + 1])):
            fixes.append(fix)
            end = span.end
    return fixes


def _joins(characters: str) -> bool:
    """Two characters that would make one word, as “I” and “have” would where “’m” goes."""
    return len(characters) == 2 and characters.isalnum()


def applied(text: str, fixes: Sequence[Fix]) -> str:
    """The text with fixes in it, which are in order and do not overlap. Every character outside their spans stays."""
    parts, at = [], 0
    for fix in fixes:
        parts += [text[at : fix.span.start], fix.right]
        at = fix.span.end
    return "".join([*parts, text[at:]])


def keeping(item: Item, fixes: Sequence[Fix]) -> list[Fix]:
    """Those fixes after which the file reads as it did, but for their words.

    An apostrophe ends a quoted value of front matter, a new line may begin a list: that is seen by reading the file again.
    """
    assert item.source is not None
    source = item.source
    document = read(source, item.format)

    def good(some: Sequence[Fix]) -> list[Fix]:
        if not some or _reads(replace(source, text=applied(source.text, some)), item.format, _expected(document, some)):
            return list(some)
        if len(some) == 1:
            return []
        half = len(some) // 2
        return [*good(some[:half]), *good(some[half:])]

    kept = good(fixes)
    return kept if len(kept) == len(fixes) or good(kept) == kept else []


def _reads(source: Source, format: str | None, expected: Hashable) -> bool:
    """A reader sees in a text what is expected."""
    try:
        document = read(source, format)
    except Exception:  # no reader takes it now
        return False
    return expected is not None and _seen(document, [block.text for block in document.blocks]) == expected


def _seen(document: Document, texts: Sequence[str]) -> Hashable:
    """What a reader sees of a file, without its places, with these texts in its blocks."""
    links = (tuple((link.url, link.kind) for link in block.links) for block in document.blocks)
    kinds = ((block.scope, block.region, block.level) for block in document.blocks)
    return document.problem, tuple(comment.text for comment in document.comments), tuple(zip(kinds, links, texts, strict=True))


def _expected(document: Document, fixes: Sequence[Fix]) -> Hashable:
    """What a reader is to see of the file with the fixes in it; None where one is in no block."""
    starts = [fix.span.start for fix in fixes]
    seen: set[Fix] = set()
    texts = []
    for block in document.blocks:
        text = block.text
        span = block.span() if text else Span(0, 0)
        for fix in reversed(fixes[bisect_left(starts, span.start) : bisect_left(starts, span.end)]):
            at = _at(block, fix)
            if at >= 0:
                seen.add(fix)
                text = text[:at] + fix.right + text[at + len(fix.wrong) :]
        texts.append(text)
    return _seen(document, texts) if len(seen) == len(fixes) else None


def _at(block: Block, fix: Fix) -> int:
    """Where in a block's text the wording stands that a fix replaces; -1 if it does not stand there."""
    at = block.text.find(fix.wrong)
    while at >= 0 and block.span(at, at + len(fix.wrong)) != fix.span:
        at = block.text.find(fix.wrong, at + 1)
    return at
