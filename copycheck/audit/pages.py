"""Pages: reads the pages of a shard, each with its name, or with the reason why it cannot be read."""

from __future__ import annotations

import io
import json
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from pyarrow import parquet
from warcio.archiveiterator import ArchiveIterator

from copycheck.audit.shards import PAGES, Shard, is_page, place
from copycheck.cli.session import SETTING, Session
from copycheck.settings import Item
from copycheck.source import Unreadable, read_bytes, read_stream

_LINE = 50_000_000  # bytes of a line of JSON that are read
_ADDRESS = re.compile(r"\w+://([^/?#]*)([^?#]*)")
_UNUSUAL = re.compile(r"[^\w./-]")

Read = Callable[[int], bytes]
"""Gives at most so many bytes. Raises Unreadable."""


class Columns(NamedTuple):
    """The columns, or keys of JSON, that hold a page's text and its address or path."""

    text: str = "text"
    page: str = "url"


class Page(NamedTuple):
    """A page by its address or path. `file` is a name in place of an address, which tells the format as the command would tell it."""

    name: str
    read: Read
    file: str
    format: str | None = None

    def item(self, session: Session) -> Item:
        """What the command would check, were the page a file."""
        return replace(session.item(self.file, self.read, self.format), path=plain(self.name))


def pages(shard: Shard, session: Session, columns: Columns) -> Iterator[Page]:
    """The pages of a shard in order. What `read` gives has to be asked for before the next page."""
    if shard.kind == "broken":
        yield refused(shard.source, shard.names[0][0])
    elif shard.kind == "file":
        for name, file in shard.names:
            missing = f"the sitemap {shard.source} names it, and it does not lie beside that"
            yield Page(name, partial(_opened, file), file) if file else refused(name, missing)
    else:
        fs, path = place(shard.source)
        with fs.open(path) as stream:
            for name, read, format_ in _READERS[shard.kind](shard, stream, columns):
                yield page(session, name, read, format_)


def page(session: Session, name: str, read: Read, format: str | None = None) -> Page:
    """A page by its address or path, whatever holds it."""
    return Page(name, read, str(session.main.folder / _file(name)), format)


def held(text: str | bytes) -> Read:
    """What gives a text that is in memory."""
    return partial(_given, text if isinstance(text, bytes) else plain(text).encode())


def refused(name: str, reason: str) -> Page:
    """A page in place of one that cannot be read."""
    return Page(name, partial(_refuse, reason), "page")


def plain(text: str) -> str:
    """The text without what UTF-8 has no place for: the bytes of odd file names, halves of letters."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _file(name: str) -> str:
    """A path for an address: host and path, without what asks a question."""
    found = _ADDRESS.match(name)
    path = _UNUSUAL.sub("-", f"{found[1]}{found[2] or '/'}" if found else name).lstrip("/")
    return f"{path}index" if path.endswith("/") else path or "page"


def _refuse(reason: str, limit: int) -> NoReturn:
    raise Unreadable(reason)


def _given(data: bytes, limit: int) -> bytes:
    return read_stream(io.BytesIO(data), limit, SETTING)


def _opened(file: str, limit: int) -> bytes:
    if "://" not in file:
        return read_bytes(Path(file), limit, SETTING)
    fs, path = place(file)
    try:
        with fs.open(path) as stream:
            return read_stream(stream, limit, SETTING)
    except OSError as error:
        raise Unreadable(f"it cannot be opened: {error.strerror or error}") from None


def _lines(shard: Shard, file: Any, columns: Columns) -> Iterator[tuple[str, Read, None]]:
    stream = io.BufferedReader(file)
    if shard.start:  # a line belongs to the shard that it begins in
        stream.seek(shard.start - 1)
        _skip_line(stream)
    while (at := stream.tell()) < shard.start + shard.length:
        line = stream.readline(_LINE)
        if not line:
            return
        if len(line) == _LINE and not line.endswith(b"\n"):
            _skip_line(stream)
        if line.strip():
            yield _row(_object(line), f"{shard.source}#byte={at}", columns)


def _skip_line(stream: io.BufferedReader) -> None:
    while (part := stream.readline(_LINE)) and not part.endswith(b"\n"):
        pass


def _object(line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        value = None
    return value if isinstance(value, dict) else {}


def _rows(shard: Shard, file: Any, columns: Columns) -> Iterator[tuple[str, Read, None]]:
    whole = parquet.ParquetFile(file)
    at = 0
    for batch in whole.iter_batches(PAGES, [shard.part], list(columns)):
        first, last = max(shard.start - at, 0), shard.start + shard.length - at
        if last <= 0:
            return
        if first < batch.num_rows:
            for number, row in enumerate(batch.slice(first, last - first).to_pylist(), at + first):
                yield _row(row, f"{shard.source}#group={shard.part},row={number}", columns)
        at += batch.num_rows


def _row(row: dict[str, Any], place: str, columns: Columns) -> tuple[str, Read, None]:
    text, name = row.get(columns.text), row.get(columns.page)
    if not (isinstance(name, str) and name):
        return place, partial(_refuse, f"no object or row with {columns.page} stands there"), None
    if not isinstance(text, str | bytes):
        return name, partial(_refuse, f"it has no {columns.text}"), None
    return name, held(text), None


def _records(shard: Shard, file: Any, columns: Columns) -> Iterator[tuple[str, Read, str | None]]:
    file.seek(shard.start)
    for record in islice(ArchiveIterator(file), shard.length):
        if is_page(record):
            told = record.http_headers.get_header("Content-Type") if record.http_headers else record.content_type
            html = "html" in (told or "html")
            yield record.rec_headers.get_header("WARC-Target-URI") or shard.source, partial(_content, record), "html" if html else None


def _content(record: Any, limit: int) -> bytes:
    if cut := record.rec_headers.get_header("WARC-Truncated"):
        raise Unreadable(f"the crawler cut it short ({cut})")
    try:
        data = read_stream(record.content_stream(), limit, SETTING)
    except (zlib.error, EOFError) as error:
        raise Unreadable(f"its record in the archive is damaged: {error}") from None
    if getattr(record.raw_stream, "limit", 0):  # bytes that its length promises and the file lacks
        raise Unreadable("its record in the archive ends early")
    return data


_READERS: dict[str, Callable[[Shard, Any, Columns], Iterator[tuple[str, Read, str | None]]]] = {
    "jsonl": _lines,
    "parquet": _rows,
    "warc": _records,
}
