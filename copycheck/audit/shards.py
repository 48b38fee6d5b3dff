"""Shards: the parts that sources are checked in, each of which is done or not; told without reading what the pages say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any, NamedTuple
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pyarrow as pa
from fsspec.core import url_to_fs
from pyarrow import parquet
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from copycheck.readers import is_article
from copycheck.source import Unreadable

PAGES = 200
"""Pages of a shard: what each worker may lose where a run is killed."""
BYTES = 2_000_000  # of JSON Lines in a shard
_WEB = re.compile(r"(?:^|::)(?:https?|ftp)://", re.IGNORECASE)
_NAMESPACES = ("", "{http://www.sitemaps.org/schemas/sitemap/0.9}")
_ENDINGS = ("", ".html", ".htm", ".md", "/index.html", "/index.htm", "/index.md")
_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown")


class Shard(NamedTuple):
    """Some pages of a source.

    kind: `file` and `sitemap`, the files or addresses that `names` lists; `jsonl`, the lines that begin within `length` bytes from
    `start`; `parquet`, `length` rows from `start` of the row group `part`; `warc`, `length` records from byte `start`; `broken`, none,
    for the reason that `names` holds.
    """

    kind: str
    source: str
    start: int = 0
    length: int = 0
    part: int = 0
    names: tuple[str, ...] = ()


def plan(source: str, listing: Callable[[str], Iterable[str]], columns: tuple[str, ...] = ()) -> Iterator[Shard]:
    """The shards of a source, the same in every run over the same files.

    Args:
        listing: gives the articles of a folder on this machine, or the one file that is named.
        columns: those that a Parquet file must have.

    Raises Unreadable where nothing can be told of the source.
    """
    fs, path = place(source)
    kind = _kind(path)
    try:
        if is_local(fs) and (fs.isdir(path) or kind is None):
            yield from _listed("file", source, listing(source))
        elif fs.isdir(path):
            names = [fs.unstrip_protocol(name) for name in sorted(fs.find(path)) if is_article(name)]
            if not names:
                raise Unreadable("the folder holds no articles")
            yield from _listed("file", source, names)
        elif not fs.isfile(path):
            raise Unreadable("there is no such file or folder")
        elif kind is None:
            yield from _listed("file", source, [source])
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


def is_local(fs: Any) -> bool:
    return "file" in ((fs.protocol,) if isinstance(fs.protocol, str) else fs.protocol)


def _kind(path: str) -> str | None:
    """How a file that holds many pages is read; None for what is a page itself."""
    name = path.lower().removesuffix(".gz")
    endings = {"jsonl": ".jsonl .ndjson", "parquet": ".parquet", "warc": ".warc", "sitemap": ".xml"}
    kind = next((kind for kind, listed in endings.items() if name.endswith(tuple(listed.split()))), None)
    if kind in ("jsonl", "parquet", "sitemap") and path.lower().endswith(".gz"):
        raise Unreadable("it is compressed as a whole, so that no part can be read by itself; unpack it")
    return kind


def _listed(kind: str, source: str, names: Iterable[str]) -> Iterator[Shard]:
    every = iter(names)
    while some := tuple(islice(every, PAGES)):
        yield Shard(kind, source, names=some)


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
    """Shards of records; what follows a record that is broken is named as not read."""
    start = records = pages = 0
    try:
        every = ArchiveIterator(file)
        for record in every:
            if pages == PAGES:
                yield Shard("warc", source, start, records)
                start, records, pages = every.offset, 0, 0
            pages += is_page(record)
            records += 1
            every.read_to_end()
    except (ArchiveLoadFailed, OSError, EOFError, ValueError) as error:
        told = " ".join(str(error).split())
        yield Shard("broken", source, names=(f"after {start:,} bytes and {records:,} records it cannot be read: {told[:200]}",))
    if records:
        yield Shard("warc", source, start, records)


def is_page(record: Any) -> bool:
    """A record of a WARC that holds a page: the answer to a request that went well, or a file, of text."""
    if record.rec_type == "response":
        if record.http_headers is None or record.http_headers.get_statuscode() != "200":
            return False
        told = record.http_headers.get_header("Content-Type")
    elif record.rec_type == "resource":
        told = record.content_type
    else:
        return False
    return (told or "text/html").split(";")[0].strip().lower() in _TYPES


def _addresses(source: str, file: IO[bytes], _: object) -> Iterator[Shard]:
    """The addresses of a sitemap, or of the sitemaps beside it that an index of them names."""
    fs, path = place(source)
    names: list[str] = []
    for tag, address in _locations(file):
        if tag == "url":
            names.append(address)
            continue
        if (inner := beside(fs, path, address)) is None:
            yield Shard("broken", source, names=(f"the sitemap {address} that it names does not lie beside it",))
            continue
        with fs.open(inner) as below:
            names += [address for tag, address in _locations(below) if tag == "url"]
    yield from _listed("sitemap", source, names)


def _locations(file: IO[bytes]) -> Iterator[tuple[str, str]]:
    """What a sitemap lists, each with the name of its element: `url` or, in an index, `sitemap`."""
    for _, element in ElementTree.iterparse(file):
        for space in _NAMESPACES:
            tag = element.tag.removeprefix(space)
            if tag in ("url", "sitemap"):
                yield tag, (element.findtext(f"{space}loc") or "").strip()
                element.clear()


def beside(fs: Any, sitemap: str, address: str) -> str | None:
    """The file that a mirror of the site has for an address, in the sitemap's folder or in one of the host's name there."""
    try:
        parts = urlsplit(address)
        below = unquote(parts.path).strip("/") + (f"?{parts.query}" if parts.query else "")
        if ".." in below.split("/") or not parts.hostname:
            return None
        tops = [f"{parts.hostname}/{below}".rstrip("/"), below]
        folder = sitemap.rpartition("/")[0]
        wanted = (f"{folder}/{top}{ending}" for top in tops for ending in _ENDINGS)
        return next((path for path in wanted if fs.isfile(path)), None)
    except ValueError:
        return None


_PLANS: dict[str, Callable[[str, IO[bytes], tuple[str, ...]], Iterator[Shard]]] = {
    "jsonl": _lines,
    "parquet": _row_groups,
    "warc": _records,
    "sitemap": _addresses,
}


def expanded(sources: Iterable[str]) -> list[str]:
    """The sources with the patterns for object stores filled in; those for this machine's files are the shell's."""
    found: list[str] = []
    for source in sources:
        fs, path = place(source)
        if is_local(fs) or not set(path) & set("*?["):
            found.append(str(Path(path).absolute()) if is_local(fs) and "://" in source else source)
        else:
            found += [fs.unstrip_protocol(name) for name in sorted(fs.glob(path))]
    return found
