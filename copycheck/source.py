"""Source: the text of one file as read, and the positions in it."""

from __future__ import annotations

import codecs
import io
import os
import re
import stat
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

_LINE_END = re.compile(r"\r\n|\r|\n")
MAX_FILE_SIZE = 5_000_000  # bytes
_CHUNK = 1 << 20  # bytes
_BINARY_PROBE = 8192  # bytes looked at for NUL; what git and grep look at


class Span(NamedTuple):
    """Half-open code-point offsets into a source text. `Span(0, 0)` stands for a thing that is missing."""

    start: int
    end: int


class Notice(NamedTuple):
    """Something about a file that is no finding: `rule` is `copycheck/<name>`."""

    rule: str
    message: str


def to_install(extra: str) -> str:
    """What brings an extra, as long as no index has the package."""
    return f"in your clone of copycheck, pip install '.[{extra}]', or uv tool install '.[{extra}]' where uv installed it"


class Refused(Exception):
    """What a user gave that cannot be taken: `problems` are sentences, `file:line: key: reason` where they have a place; all of them."""

    def __init__(self, problems: str | Sequence[str]) -> None:
        self.problems = (problems,) if isinstance(problems, str) else tuple(problems)
        super().__init__("\n".join(self.problems))


class Unreadable(Exception):
    """A file that cannot be read as text. The message is one sentence that names the mend."""


class Malformed(Exception):
    """A text that is not of the format it should have; `line` counts from 1."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


@dataclass(frozen=True)
class Source:
    """The decoded text of a file: byte order mark dropped, newlines as they stand.

    Of a Word document it is its paragraphs, a line each, and `tags` are its structure at places in the text, as its reader sets them.
    """

    path: str
    text: str
    notices: tuple[Notice, ...] = field(default=())
    tags: tuple[Any, ...] = ()

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def location(self, offset: int) -> tuple[int, int]:
        """Line and column (both from 1, columns in code points) of an offset into the text."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def place(self, offset: int) -> str:
        """The same as text, `line:column`."""
        return "{}:{}".format(*self.location(offset))

    def line_span(self, line: int) -> Span:
        """The span of a line (from 1) without its line end."""
        start = self._line_starts[line - 1]
        end = self._line_starts[line] if line < len(self._line_starts) else len(self.text)
        return Span(start, start + len(self.text[start:end].rstrip("\r\n")))


_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def encoded(text: str, data: bytes) -> bytes:
    """A text in the encoding in which `decode` reads some data, byte order mark included.

    Raises ValueError where the encoding lacks a letter.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return mark + text.encode(encoding)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return text.encode("cp1252")
    return text.encode("utf-8")


def decode(data: bytes, path: str) -> Source:
    """Decode bytes: a byte order mark decides, else strict UTF-8, else cp1252 with a notice.

    Detectors guess cp1252 copy worse than this order does. Raises Unreadable for binary data.
    """
    for mark, encoding in () if data.startswith(codecs.BOM_UTF32_LE) else _MARKS:  # it begins as UTF-16's mark does
        if data.startswith(mark):
            try:
                return Source(path, data[len(mark) :].decode(encoding))
            except UnicodeDecodeError as error:
                raise Unreadable(
                    f"its byte order mark says {encoding} but byte {error.start + len(mark)} is not; save it as UTF-8"
                ) from None
    if b"\0" in data[:_BINARY_PROBE]:
        raise Unreadable("it is a binary file, or text as UTF-32 or UTF-16 without a mark; leave it out, or save the text as UTF-8")
    try:
        return Source(path, data.decode("utf-8"))
    except UnicodeDecodeError as error:
        notice = Notice(
            "copycheck/encoding",
            f"Byte {error.start} is not valid UTF-8; the file was read as Windows-1252. Save it as UTF-8 to be sure of every letter.",
        )
        return Source(path, data.decode("cp1252", errors="replace"), (notice,))


def read_bytes(path: Path, limit: int = MAX_FILE_SIZE, raised_by: str = "") -> bytes:
    """The bytes of a regular file. Whatever a user, a configuration or an article names is read here and nowhere else.

    `raised_by` is the setting that raises the limit, if one does. Raises Unreadable, without blocking, for a pipe, a device, a folder,
    a link to nothing, a name that no file can have, and for more than `limit` bytes.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise Unreadable(f"it cannot be opened: {error.strerror}") from None
    except ValueError:
        raise Unreadable("it cannot be opened: no file has such a name") from None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable("it is no regular file (a pipe, device or folder)")
        if status.st_size > limit:
            raise Unreadable(f"it is {status.st_size:,} bytes, over the limit of {limit:,}" + _remedy(raised_by))
        with open(descriptor, "rb", buffering=0, closefd=False) as file:
            return read_stream(file, limit, raised_by)
    finally:
        os.close(descriptor)


def _remedy(raised_by: str) -> str:
    return f"; the setting {raised_by} raises it" if raised_by else ""


def read_stream(stream: BinaryIO | io.RawIOBase, limit: int, raised_by: str = "") -> bytes:
    """All bytes of a stream. Raises Unreadable where there are more than `limit`, of which no more are read, or reading fails."""
    parts, size = [], 0
    try:
        while part := stream.read(min(_CHUNK, limit + 1 - size)):  # `limit` may be more than memory holds
            parts.append(part)
            size += len(part)
            if size > limit:
                raise Unreadable(f"it is over the limit of {limit:,} bytes" + _remedy(raised_by))
    except (OSError, ValueError) as error:
        raise Unreadable(f"it cannot be read: {getattr(error, 'strerror', None) or error}") from None
    return b"".join(parts)
