"""Printable: what untrusted text may look like on a terminal or in a build log, and how many cells it takes there."""

from __future__ import annotations

import re
import unicodedata

REPLACEMENT = "\ufffd"

_SPACE = re.compile(r"[\t\n\r \xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")  # with all of Unicode's category Zs
_EMOJI = r"[\p{Extended_Pictographic}\ufe0f\U0001f3fb-\U0001f3ff]"
_HOSTILE = (  # what does not belong on a terminal or in a log
    r"(?V1)[[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]--[\u200d]]"
    rf"|(?<!{_EMOJI})\u200d|\u200d(?!\p{{Extended_Pictographic}})"  # a joiner has a use inside an emoji only
    r"|\#(?=\#(?:\[|[a-zA-Z]+\[))"  # GitHub and Azure act on ##[command] and ##vso[…] anywhere in a line
)
_COMMAND = re.compile(r"(?m)^([^\S\n]*):(?=:)")


def printable(text: str) -> str:
    """The text with control, format and surrogate characters as U+FFFD, character for character, so that offsets hold."""
    if text.isprintable() and "##" not in text:
        return text  # most text, most of the time
    import regex  # seldom asked for

    return str(regex.sub(_HOSTILE, REPLACEMENT, text))


def one_line(text: str) -> str:
    """The text on one line: runs of white space are one space, the rest is printable."""
    return printable(_SPACE.sub(" ", text).strip())


def path_label(path: str) -> str:
    """A path as it may begin a line: printable, and never the start of a build-log command or of an option."""
    label = printable(path)
    return label if label[:1].isalnum() or label[:1] in tuple("./_<") or label == "-" else f"./{label}"


def guarded(output: str) -> str:
    """The whole output with no line that starts like a GitHub workflow command, wherever wrapping may have broken the text."""
    return str(_COMMAND.sub(rf"\1{REPLACEMENT}", output))


def cells(text: str) -> list[int]:
    """The terminal cells that each character takes: 0 for what combines with the one before, 2 for wide ones."""
    if text.isascii():
        return [1] * len(text)
    widths: list[int] = []
    before = ""
    for character in text:
        width = _cell(character)
        if before == "\u200d" or (width and "\U0001f3fb" <= character <= "\U0001f3ff" and unicodedata.category(before or "a") == "So"):
            width = 0
        if character == "\ufe0f" and widths and widths[-1] == 1 and unicodedata.category(before) == "So":
            widths[-1] = 2  # a text symbol asked to be shown as an emoji
        widths.append(width)
        before = character
    return widths


def _cell(character: str) -> int:
    if character < "\u0300":
        return 1
    if unicodedata.category(character) in ("Mn", "Me") or character == "\u200d" or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrap(text: str, room: int, widths: list[int] | None = None) -> list[tuple[int, int]]:
    """Ranges of `text` that fit `room` cells each: broken at spaces, which are dropped, or inside a word that is longer than a line."""
    widths = cells(text) if widths is None else widths
    ranges: list[tuple[int, int]] = []
    start = used = 0
    space = -1
    for at, character in enumerate(text):
        used += widths[at]
        if used > room and at > start and widths[at]:
            end = at if character == " " else space if space > start else at
            ranges.append((start, end))
            start = end + 1 if text[end] == " " else end
            used = sum(widths[start : at + 1])
        if character == " ":
            space = at
    if start < len(text):
        ranges.append((start, len(text)))
    return ranges


def wrapped(text: str, room: int) -> list[str]:
    """The lines of `text`, already on one line, in `room` cells."""
    return [text[start:end].strip(" ") for start, end in wrap(text, room)]
