"""Shards: the parts that sources are checked in, each of which is done or not; told without reading what the pages say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import IO, Any, NamedTuple
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pyarrow as pa
from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem
from pyarrow import parquet
from warcio.archiveiterator import ArchiveIterator

from copycheck.readers import is_article
from copycheck.source import Unreadable

PAGES = 200
"""Pages of a shard: what each worker may lose where a run is killed."""
BYTES = 1_000_000  # of JSON Lines in a shard
_KINDS = {".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".warc": "warc", ".warc.gz": "warc", ".xml": "sitemap"}
_WEB = re.compile(r"(?:^|::)(?:https?|ftp)://", re.IGNORECASE)
_SPACES = ("", "{http://www.sitemaps.org/schemas/sitemap/0.9}")
_ENDINGS = ("", ".html", ".htm", ".md", "/index.html", "/index.htm", "/index.md")
_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown")

Name = tuple[str, str | None]
"""The address or path of a page, and its file, if it has one."""


class Shard(NamedTuple):
    """Some pages of a source.

    kind: `file`, those that `names` lists; `jsonl`, the lines that begin within `length` bytes from `start`; `parquet`, `length` rows
    from `start` of the row group `part`; `warc`, `length` records from byte `start`; `broken`, none, for the reason in `names`.
    """

    kind: str
    source: str
    start: int = 0
    length: int = 0
    part: int = 0
    names: tuple[Name, ...] = ()


def plan(source: str, listing: Callable[[str], Iterable[str]], columns: tuple[str, ...] = ()) -> Iterator[Shard]:
    """The shards of a source, the same in every run over the same files.

    Args:
        listing: gives the articles of a folder on this machine, or the one file that is named.
        columns: those that a Parquet file must have.

    Raises Unreadable where nothing can be told of the source.
    """
    fs, path = place(source)
    kind = next((kind for ending, kind in _KINDS.items() if path.lower().endswith(ending)), None)
    is_local = isinstance(fs, LocalFileSystem)
    try:
        if is_local and (fs.isdir(path) or kind is None):
            yield from _listed(source, ((name, name) for name in listing(path if "://" in source else source)))
        elif not is_local and ("*" in path or fs.isdir(path)):
            names = [name for name in sorted(fs.glob(path) if "*" in path else fs.find(path)) if is_article(name) or "*" in path]
            every = [fs.unstrip_protocol(name) for name in names]
            yield from _listed(source, ((name, name) for name in every if is_article(name)))
            for name in every:
                if not is_article(name):
                    yield from plan(name, listing, columns)
        elif not fs.isfile(path):
            raise Unreadable("there is no such file or folder")
        elif kind is None:
            yield from _listed(source, [(source, source)])
        else:
            with fs.open(path) as file:
                yield from _PLANS[kind](source, file, columns)
    except (OSError, pa.ArrowException, ElementTree.ParseError) as error:
        raise Unreadable(f"it cannot be read: {error}") from None


def place(source: str) -> tuple[Any, str]:
    """The file system of a source and its path there. Raises Unreadable; nothing is fetched from the web."""
    if _WEB.search(source):
        raise Unreadable("pages are not fetched: name what lies on a disk or in an object store")
    try:
        fs, path = url_to_fs(source)
    except (ImportError, ValueError) as error:
        raise Unreadable(f"it cannot be opened: {error}") from None
    return fs, str(path)


def _listed(source: str, names: Iterable[Name]) -> Iterator[Shard]:
    every = iter(names)
    while some := tuple(islice(every, PAGES)):
        yield Shard("file", source, names=some)


def _lines(source: str, file: IO[bytes], _: object) -> Iterator[Shard]:
    for start in range(0, file.seek(0, 2), BYTES):
        yield Shard("jsonl", source, start, BYTES)


def _row_groups(source: str, file: IO[bytes], columns: tuple[str, ...]) -> Iterator[Shard]:
    whole = parquet.ParquetFile(file)
    if missing := [name for name in columns if name not in whole.schema_arrow.names]:
        raise Unreadable(f"it has no column {' or '.join(missing)}; it has {', '.join(whole.schema_arrow.names)}")
    for group in range(whole.num_row_groups):
        rows = whole.metadata.row_group(group).num_rows
        for start in range(0, rows, PAGES):
            yield Shard("parquet", source, start, min(PAGES, rows - start), group)


def _records(source: str, file: IO[bytes], _: object) -> Iterator[Shard]:
    """Shards of records; what follows one that is broken is named as not read."""
    start = records = pages = 0
    wrong, size = "", file.seek(0, 2)
    file.seek(0)
    try:
        every = ArchiveIterator(file)
        for record in every:
            if pages == PAGES:
                yield Shard("warc", source, start, records)
                start, records, pages = every.offset, 0, 0
            pages += is_page(record)
            records += 1
            every.read_to_end()
            if not (record.rec_headers.get_header("Content-Length") or "").isdigit() or record.raw_stream.limit:
                wrong = "it ends within a record"
        if every.offset < size:
            wrong = "no record begins there"
    except Exception as error:  # of whatever kind: the archive's reader names none
        wrong = " ".join(f"{error!r}".split())[:200]
    if records:
        yield Shard("warc", source, start, records)
    if wrong:
        yield Shard("broken", source, names=((f"after record {records} from byte {start:,} it cannot be read: {wrong}", None),))


def is_page(record: Any) -> bool:
    """A record of a WARC that holds a page: the answer to a request that went well, or a file, of text."""
    if record.rec_type == "response" and record.http_headers:
        told = record.http_headers.get_header("Content-Type") if record.http_headers.get_statuscode() == "200" else "none"
    else:
        told = record.content_type if record.rec_type == "resource" else "none"
    return (told or "text/html").split(";")[0].strip().lower() in _TYPES


def _addresses(source: str, file: IO[bytes], _: object) -> Iterator[Shard]:
    """The addresses of a sitemap, or of the sitemaps that an index of them names, each with its file in the sitemap's folder."""
    fs, path = place(source)
    folder = path.rpartition("/")[0]
    names: list[Name] = []
    for tag, address in _locations(file):
        inner = _beside(fs, folder, address)
        if tag == "sitemap" and inner:
            with fs.open(inner) as below:
                names += [(name, _beside(fs, folder, name)) for tag, name in _locations(below) if tag == "url"]
        else:
            names.append((address, inner))
    yield from _listed(source, names)


def _locations(file: IO[bytes]) -> Iterator[tuple[str, str]]:
    """What a sitemap lists, each with the name of its element: `url` or, in an index, `sitemap`."""
    for _, element in ElementTree.iterparse(file):
        for space in _SPACES:
            if (tag := element.tag.removeprefix(space)) in ("url", "sitemap"):
                yield tag, (element.findtext(f"{space}loc") or "").strip()
                element.clear()


def _beside(fs: Any, folder: str, address: str) -> str | None:
    """The file that a mirror of a site has for an address, in a folder or in one of the host's name there."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    below = unquote(parts.path).strip("/") + (f"?{parts.query}" if parts.query else "")
    if ".." in below.split("/") or "\0" in below:
        return None
    wanted = (f"{folder}/{top}{ending}" for top in (f"{parts.hostname}/{below}".rstrip("/"), below) for ending in _ENDINGS)
    found = next((path for path in wanted if fs.isfile(path)), None)
    return found if found is None or isinstance(fs, LocalFileSystem) else str(fs.unstrip_protocol(found))


_PLANS: dict[str, Callable[[str, IO[bytes], tuple[str, ...]], Iterator[Shard]]] = {
    "jsonl": _lines,
    "parquet": _row_groups,
    "warc": _records,
    "sitemap": _addresses,
}
