"""Frame: the lines of a source that show where a finding is, its exact spans marked, in a given width."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from copycheck.reports.printable import cells, printable, wrap
from copycheck.source import Span

MOST_CHARACTERS = 1500  # of a source shown in one frame; a sentence can be a whole file long
MOST_LINES = 5  # of them
WHOLE_LINES = 3  # up to here a frame is shown whole; beyond, only the lines with marks
NARROW = 40  # below this a line of markers is hard to follow, and the marks stand in the text


@dataclass(frozen=True)
class Line:
    """A line of the frame and the line of markers under it, which may be empty."""

    text: str
    marks: str = ""


def frame(text: str, sentence: Span, spans: Sequence[Span], width: int, reading: Mapping[int, str] | None = None) -> list[Line]:
    """The sentence wrapped to `width` cells with `spans` (offsets into `text`) marked; lines without a mark left out if it is long.

    `reading`: what a reader sees of the text by offset, where that is not the text itself. A span that is the whole sentence
    needs no marks: what is shown is what is meant.
    """
    parts = [span for span in spans if span.start > sentence.start or span.end < sentence.end]
    window = _window(text, sentence, parts or spans)
    shown, places = _flat(text if reading is None else reading, window)
    marked = [False] * len(shown)
    for span in parts or spans:
        start, end = bisect_left(places, span.start), bisect_left(places, span.end)
        for at in range(start, min(max(end, start + 1), len(shown))):
            marked[at] = True
    clipped = window.start > sentence.start, window.end < sentence.end
    if width < NARROW:
        return _picked([(Line(piece), "«" in piece or "»" in piece) for piece in _bracketed(shown, marked, width - 2)], clipped)
    widths = cells(shown)
    lines = []
    for start, end in wrap(shown, width - 2, widths):
        marks = "".join(("^" if marked[at] else " ") * widths[at] for at in range(start, end)).rstrip()
        lines.append((Line(shown[start:end], marks), bool(marks)))
    if all(marked) and len(lines) > WHOLE_LINES:  # a paragraph or section as such: its beginning says which
        return [Line(lines[0][0].text + "…", lines[0][0].marks)]
    if not parts and len(lines) <= WHOLE_LINES and not any(clipped):
        return [Line(line.text) for line, _ in lines]
    return _picked(lines, clipped)


def _window(text: str, sentence: Span, spans: Sequence[Span]) -> Span:
    """The part of the sentence that is shown: all of it, or what stands around the first span."""
    start, end = max(0, sentence.start), min(sentence.end, len(text))
    if end - start > MOST_CHARACTERS:
        first = min((span.start for span in spans), default=start)
        start = max(start, min(first - MOST_CHARACTERS // 5, end - MOST_CHARACTERS))
        end = min(end, start + MOST_CHARACTERS)
    return Span(start, max(start, end))


def _flat(text: str | Mapping[int, str], window: Span) -> tuple[str, list[int]]:
    """The text at `window` on one line, and the offset in the source that each of its characters has."""
    kept: list[str] = []
    places: list[int] = []
    wanted = range(window.start, window.end)
    for place, character in ((at, one) for at in wanted for one in (text[at] if isinstance(text, str) else text.get(at, ""))):
        if character in "\t\n\r" or (character.isspace() and printable(character) == character):
            if not kept or kept[-1] == " ":
                continue
            character = " "
        kept.append(character)
        places.append(place)
    return printable("".join(kept)), places


def _bracketed(shown: str, marked: Sequence[bool], width: int) -> list[str]:
    parts: list[str] = []
    before = False
    for character, now in zip(shown, marked, strict=True):
        if now != before:
            parts.append("«" if now else "»")
        parts.append(character)
        before = now
    text = "".join(parts) + ("»" if before else "")
    return [text[start:end] for start, end in wrap(text, width)]


def _picked(lines: Sequence[tuple[Line, bool]], clipped: tuple[bool, bool]) -> list[Line]:
    """All lines of a short frame; of a long one the lines with marks. What is left out shows as an ellipsis."""
    numbers = list(range(len(lines)))
    if len(lines) > WHOLE_LINES:
        numbers = [number for number in numbers if lines[number][1]] or numbers
        numbers = numbers[:MOST_LINES]
    picked = []
    for number in numbers:
        line = lines[number][0]
        before = number - 1 not in numbers and (number > 0 or clipped[0])
        after = number + 1 not in numbers and (number < len(lines) - 1 or clipped[1])
        if before:
            line = Line("…" + line.text, " " + line.marks if line.marks else "")
        picked.append(Line(line.text + "…", line.marks) if after else line)
    return picked
