"""Places: where in the source the characters of a Markdown block's content stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from markdown_it.token import Token


class Places:
    """Source offsets of the characters of a block token's content."""

    def __init__(self, token: Token, text: str, starts: list[int], cells: Cells | None) -> None:
        first, end = token.map or (0, 0)
        self.lines: list[int | list[int]] = []
        self.begins = [0]
        lines = token.content.split("\n")
        opening = lines[0].strip()
        while first + len(lines) < end and opening not in text[starts[first] : starts[first + 1]]:
            first += 1  # a line of blanks that are none to CommonMark, such as U+00A0, is stripped from a paragraph's content
        for index, line in enumerate(lines):
            number = min(first + index, len(starts) - 2)
            start = starts[number]
            if cells is not None:
                self.lines.append(cells.find(line, text, start, starts[number + 1] - 1))
            else:
                self.lines.append(start + _column(line, text[start : starts[number + 1] - 1]))
            self.begins.append(self.begins[-1] + len(line) + 1)
        self.last = min(starts[number + 1], len(text)) - 1  # a tab that was split may make a line of blanks longer than it is

    def __call__(self, offset: int) -> int:
        index = min(bisect_right(self.begins, offset) - 1, len(self.lines) - 1)
        line, into = self.lines[index], offset - self.begins[index]
        if isinstance(line, int):
            return min(max(line + into, 0), self.last)
        return line[min(into, len(line) - 1)]

    def pieces(self, offset: int, length: int) -> Iterator[tuple[int, int, int]]:
        """(content offset, source offset, length) of stretches of content that are contiguous in the source."""
        while length:
            index = min(bisect_right(self.begins, offset) - 1, len(self.lines) - 1)
            line, into = self.lines[index], offset - self.begins[index]
            count = min(length, self.begins[index + 1] - offset)
            if isinstance(line, int):
                begin = max(line + into, 0)
            else:
                begin = line[min(into, len(line) - 1)]
                run = 1
                while run < count and into + run < len(line) and line[into + run] == begin + run:
                    run += 1
                count = run
            yield offset, begin, count
            offset, length = offset + count, length - count


def _column(line: str, body: str) -> int:
    """Where a content line, a suffix of its source line but for trailing marks, starts."""
    kept, source = line.rstrip(), body.rstrip()
    if source.endswith(kept):
        return len(source) - len(kept)
    bare = kept.lstrip()
    if source.endswith(bare):  # a tab that was split into blanks, maybe more of them than stand before it
        return len(source) - len(kept)
    return max(body.find(bare), 0)


class Cells:
    """Finds the cells of table rows from left to right."""

    def __init__(self) -> None:
        self.row, self.cursor = -1, 0

    def find(self, line: str, text: str, start: int, end: int) -> int | list[int]:
        """Where the content of the next cell of the row text[start:end] begins; a map by character where `\\|` was unescaped."""
        kept = line.rstrip()
        if start != self.row:
            self.row, self.cursor = start, start
        if "|" not in kept:
            found = text.find(kept, self.cursor, end)
            found = self.cursor if found < 0 else found
            self.cursor = found + len(kept)
            return found
        at = self.cursor
        for _ in range(_TRIES):
            at = text.find(kept[: kept.index("|")] or "\\|", at, end)
            if at < 0:
                break
            if places := _unescaped(kept, text, at):
                self.cursor = places[-1]
                return places
            at += 1
        return self.cursor


_TRIES = 8  # places where a cell may begin; the next cell of a row is never far


def _unescaped(kept: str, text: str, at: int) -> list[int] | None:
    """The place of each character of a cell that may begin at `at`, and of its end; None where it does not."""
    places = []
    for char in kept:
        at += char == "|" and text.startswith("\\", at)
        if not text.startswith(char, at):
            return None
        places.append(at)
        at += 1
    return [*places, at]
