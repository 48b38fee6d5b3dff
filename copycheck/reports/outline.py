"""Outline: the headings that a place in a Word document stands under, where numbers of lines tell its writer little."""

from __future__ import annotations

from bisect import bisect_right

from copycheck.findings import Report
from copycheck.readers.events import Close, Open
from copycheck.reports.printable import one_line


class Outline:
    """The headings of a report's text; none unless it is a Word document. The title that stands over all of it is left out."""

    def __init__(self, report: Report) -> None:
        found = [tag for tag in report.tags if isinstance(tag, Open | Close) and tag.name in ("h1", "h2", "h3", "h4", "h5", "h6")]
        titled = sum(tag.name == "h1" for tag in found) == 2
        self._starts: list[int] = [-1]
        self._paths: list[tuple[str, ...]] = [()]
        above: list[tuple[str, str]] = []
        for opened, closed in zip(found[::2], found[1::2], strict=True):
            above = [head for head in above if head[0] < opened.name]
            self._add(opened.start, above)
            if not (titled and opened.name == "h1"):
                above.append((opened.name, one_line(report.text[opened.start : closed.start])))
            self._add(closed.start, above)

    def _add(self, start: int, above: list[tuple[str, str]]) -> None:
        self._starts.append(start)
        self._paths.append(tuple(text for _, text in above))

    def at(self, offset: int) -> tuple[str, ...]:
        """The headings above an offset into the text, the outermost first."""
        return self._paths[bisect_right(self._starts, offset) - 1]
