"""The reader of Word documents, which it unpacks by python-docx, an extra; what stands in them is told by `paragraphs`."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from copycheck.readers.archive import look_over
from copycheck.readers.events import Close, Event, Note, Open, spell
from copycheck.readers.paragraphs import Conversion, name_of
from copycheck.source import MAX_FILE_SIZE, Notice, Source, Unreadable, to_install

if TYPE_CHECKING:
    from docx.document import Document

MISSING = f"Word documents need python-docx, which is not installed: {to_install('word')}"
_CHANGES = ("ins", "del", "moveFrom", "moveTo")


def convert(data: bytes) -> tuple[Document, Conversion]:
    """The document of a .docx, and its text. Raises Unreadable where it is damaged or hostile, or python-docx is not there."""
    try:
        import docx
    except ImportError:
        raise Unreadable(MISSING) from None
    try:
        look_over(data)
        document = docx.Document(io.BytesIO(data))
        conversion = Conversion(document)
    except Unreadable:
        raise
    except Exception as error:  # of zipfile, expat, lxml or python-docx: there is no end of ways in which an archive can be broken
        raise Unreadable(f"it is damaged, or no Word document ({type(error).__name__}); open it in Word and save it again") from None
    if len(conversion.text) > MAX_FILE_SIZE:
        raise Unreadable(f"it holds more than {MAX_FILE_SIZE:,} characters of text; cut it into several")
    return document, conversion


def source(data: bytes, path: str) -> Source:
    """The source of a .docx: a paragraph a line, and a notice of what was left out. Raises Unreadable."""
    document, conversion = convert(data)
    names = Counter(name_of(element) for element in document.element.body.iter())
    remarks = [part for part in document.part.related_parts.values() if part.partname.endswith("/comments.xml")]
    comments = sum(part.blob.count(b"<w:comment ") for part in remarks)
    margins = [part for part in document.part.related_parts.values() if re.search(r"/(?:header|footer)\d*\.xml$", part.partname)]
    told = []
    if comments:
        told.append(f"comments ({comments})")
    if changes := sum(names[name] for name in _CHANGES):
        told.append(f"deletions among the tracked changes ({changes}; insertions were read)")
    if any(re.search(rb"<w:t[ >][^<]*[A-Za-z]{3}", part.blob) for part in margins):
        told.append("page headers and footers")
    if any(re.search(r"/(?:charts/chart|diagrams/data)\d*\.xml$", part.partname) for part in document.part.related_parts.values()):
        told.append("text in charts and diagrams")
    notices = (Notice("copycheck/word", f"Left out of what was read: {', '.join(told)}."),) if told else ()
    return Source(path, conversion.text, notices, tuple(conversion.tags))


def events(masked: str, tags: Sequence[Any]) -> Iterator[Event]:
    """The tags of a source and the cleaned and masked text between them; what a tag itself spans is none."""
    if not tags:  # of an earlier version only the text is known
        lines = [found.span() for found in re.finditer(r".+", masked)]
        tags = [tag for start, end in lines for tag in (Open("p", {}, start, start), Close("p", end, end))]
    at = 0
    for tag in tags:
        yield from spell(masked[at : tag.start], at, entities=False)
        yield tag
        at = max(at, tag.start, tag.start + tag.length if isinstance(tag, Note) else tag.end)
    yield from spell(masked[at:], at, entities=False)
