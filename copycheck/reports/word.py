"""Word report: a Word document with a comment on the words of each finding; nothing else in it changes."""

from __future__ import annotations

import copy
import io
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from copycheck.findings import Report
from copycheck.readers.paragraphs import name_of, texts
from copycheck.readers.word import convert
from copycheck.reports import Options
from copycheck.reports.entries import Entry, entries, is_shown
from copycheck.reports.printable import one_line
from copycheck.reports.wording import ADDRESS
from copycheck.source import Unreadable

if TYPE_CHECKING:
    from copycheck.ruleset.models import Rule

AUTHOR = "copycheck"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def render(data: bytes, report: Report, options: Options) -> tuple[bytes, int]:
    """The document with comments, and how many they are. A finding on the page as a whole stands at its first words. Raises Unreadable."""
    document, conversion = convert(data)
    from docx.text.run import Run

    if not conversion.runs:
        raise Unreadable("it holds no words to put a comment on")
    told = [entry for entry in entries(report, options) if entry.kind == "finding" and is_shown(entry, options)]
    spans = [entry.finding.pointed if entry.finding and entry.span else None for entry in told]
    runs = _cut(conversion.runs, sorted({at for span in spans if span for at in span}), conversion.labels)
    starts = [start for start, _ in runs]
    for entry, span in zip(told, spans, strict=True):
        first, last = (bisect_right(starts, at) - 1 for at in (span.start, max(span.start, span.end - 1))) if span else (0, 0)
        marked = [Run(runs[at][1], document) for at in (max(first, 0), max(last, 0))]
        document.add_comment(marked, "\n".join(_said(entry, options, report.profile.jurisdiction)), AUTHOR, "cc")
    held = io.BytesIO()
    document.save(held)
    return held.getvalue(), len(told)


def _said(entry: Entry, options: Options, jurisdiction: str) -> Iterator[str]:
    """The paragraphs of a comment: how bad, what, why, who says so, and the ways out."""
    finding = entry.finding
    assert finding is not None
    rule: Rule | None = options.rules().get(entry.rule)
    message = one_line(finding.message)
    yield f"{entry.label}: {message}"
    for text in map(one_line, finding.suggestions):
        if f"“{text}”" not in message:
            yield f"Where to look: {text}" if text.startswith(ADDRESS) else f"Suggested: {text}"
    if finding.related and entry.span:  # a finding on a list, or one that occurs again
        yield "See: " + "; ".join(f"“{one_line(entry.source.text[slice(*span)])}”" for span in finding.related)
    if rule and rule.fix:
        yield f"What clears it: {one_line(rule.fix)}"
    if rule:
        yield f"Why: {one_line(rule.why)}"
        for cited in rule.cited_in(jurisdiction):
            yield f"Who says so: {one_line(cited.text)} {one_line(cited.authority.url or '')}".rstrip()
    yield one_line(entry.rule)


def _cut(runs: list[tuple[int, Any]], places: list[int], labels: dict[tuple[str, str], str]) -> list[tuple[int, Any]]:
    """The runs of a text cut in two at each of these places; one that stands for other text, a footnote's, stays whole for it."""
    cut: list[tuple[int, Any]] = []
    met: set[int] = set()
    for start, run in runs:
        cut.append((start, run))
        if id(run) not in met:
            met.add(id(run))
            end = start + sum(len(text) for _, text in texts(run, labels))
            for at in places[bisect_right(places, start) : bisect_left(places, end)]:
                begun, before = cut[-1]
                if (after := _after(before, at - begun, labels)) is not None:
                    cut.append((at, after))
    return cut


def _after(run: Any, count: int, labels: dict[tuple[str, str], str]) -> Any:
    """What of a run stands behind so many characters, cut off as a run of the same look; None within what cannot be cut."""
    rest, at = copy.deepcopy(run), 0
    parts = [(child, twin, len(text)) for (child, text), twin in zip(texts(run, labels), rest, strict=True)]
    for child, twin, size in parts:
        start, at = at, at + size
        if start < count < at:
            if name_of(child) != "t":
                return None
            child.text, twin.text = child.text[: count - start], child.text[count - start :]
            child.set(_SPACE, "preserve")
            twin.set(_SPACE, "preserve")
        elif name_of(child) != "rPr":
            (rest.remove(twin) if at <= count else run.remove(child))
    run.addnext(rest)
    return rest
