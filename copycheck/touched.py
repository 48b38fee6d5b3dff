"""Touched: which findings stand on text that changed since an earlier version of their file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable

from copycheck.document import Block
from copycheck.findings import Finding, Report
from copycheck.readers import read
from copycheck.source import Source, Span

_SAME, _CHANGED = b"\1", b"\2"


def split(report: Report, before: str | None) -> Report:
    """The report with those findings among `known` that stand on blocks which the file's earlier text has too.

    A block is the same where its words, links and kind are; how its lines are broken and where it stands do not matter. What stands at
    no place, such as a disclaimer that the page lacks, counts on every page that changed. `before` is None for a new file: all counts.
    """
    if before is None:
        return report
    if before.replace("\r\n", "\n") == report.text.replace("\r\n", "\n"):  # git may write other line ends than it keeps
        return report.knowing(frozenset(report.findings))
    marks = _marks(report, before)
    return report.knowing({finding for finding in report.findings if _is_old(finding, marks)})


def _marks(report: Report, before: str) -> bytearray:
    """For each character of the text whether it stands in a block that is the same, in one that changed, or in none (0)."""
    marks = bytearray(len(report.text))
    try:
        blocks, earlier = (read(Source(report.path, text)).blocks for text in (report.text, before))
    except Exception:  # a version that no reader takes tells nothing: all that is found in the other counts
        return marks
    left = Counter(map(_likeness, earlier))
    changed = []
    for block in blocks:
        likeness = _likeness(block)
        if left[likeness]:
            left[likeness] -= 1
            _mark(marks, block, _SAME)
        else:
            changed.append(block)
    for block in changed:  # last: where blocks share text, the change counts
        _mark(marks, block, _CHANGED)
    return marks


def _likeness(block: Block) -> Hashable:
    return block.scope, block.region, block.level, block.text, block.links


def _mark(marks: bytearray, block: Block, mark: bytes) -> None:
    if block.text:
        start, end = block.span()
        marks[start:end] = mark * (end - start)


def _is_old(finding: Finding, marks: bytearray) -> bool:
    """All that the finding points at stands in blocks that are the same."""
    spans = [span for span in (finding.span, *finding.related) if span != Span(0, 0)]
    parts = [marks[span.start : span.end] for span in spans]
    return finding.span != Span(0, 0) and all(_SAME in part and _CHANGED not in part for part in parts)
