"""Archive: the zip of a Word document, looked over before anything in it is unpacked: its size, its parts, its XML."""

from __future__ import annotations

import io
import zipfile
from xml.parsers import expat

from copycheck.source import Unreadable

_MAX_PARTS = 2_000
_MAX_UNPACKED = 200_000_000  # bytes of all parts
_MAX_XML = 40_000_000  # bytes of those that are parsed
_MAX_RATIO = 200  # of an XML part above a megabyte to what it is packed into; Word's own stay below 50
_TYPES, _XML = "[Content_Types].xml", (".xml", ".rels")
_STRICT = b"http://purl.oclc.org/ooxml/"  # begins the names of ISO/IEC 29500 strict, which python-docx does not know
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # begins an OLE file (MS-CFB): an encrypted .docx, or a .doc


def look_over(data: bytes) -> None:
    """Raises Unreadable for an archive that would unpack to more than an article is; for what is no sound one what its library raises.

    zipfile never unpacks more of a part than the directory says, so that the sizes there can be counted on.
    """
    if data.startswith(_COMPOUND):
        raise Unreadable("it has a password or is an old .doc; save it as .docx without a password")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise Unreadable("parts of it are encrypted; save it without a password")
        if len(parts) > _MAX_PARTS or len({part.filename for part in parts}) < len(parts):
            raise Unreadable(f"it has more than {_MAX_PARTS:,} parts, or two of one name: no document is made so")
        xml = [part for part in parts if part.filename.lower().endswith(_XML)]
        if sum(part.file_size for part in parts) > _MAX_UNPACKED or sum(part.file_size for part in xml) > _MAX_XML:
            raise Unreadable(f"it would unpack to more than {_MAX_UNPACKED:,} bytes, or {_MAX_XML:,} of text; make it smaller")
        if any(part.file_size > 1_000_000 and part.file_size > _MAX_RATIO * part.compress_size for part in xml):
            raise Unreadable(f"a part of it is packed to less than 1/{_MAX_RATIO} of its size: no document is packed so")
        if any(_STRICT in archive.read(part) for part in xml if part.filename == "_rels/.rels"):
            raise Unreadable("it is a Strict Open XML document; in Word, save it as “Word Document (*.docx)”")
        for part in xml:
            parser = expat.ParserCreate()
            parser.StartDoctypeDeclHandler = _refuse
            if part.filename == _TYPES:
                parser.StartElementHandler = _look_at_type
            parser.Parse(archive.read(part), True)


def _refuse(*_: object) -> None:
    """A document type is the one place where entities can be declared; ECMA-376 part 2 forbids it."""
    raise Unreadable("its XML declares a document type, which no Word document has")


def _look_at_type(_: str, attributes: dict[str, str]) -> None:
    """What is parsed as XML must have a name by which it was looked over."""
    kind, name = attributes.get("ContentType", ""), attributes.get("PartName") or "." + attributes.get("Extension", "")
    if kind.startswith("application/vnd.openxml") and kind.endswith("+xml") and not name.lower().endswith(_XML):
        raise Unreadable("a part of it is XML under another name; open it in Word and save it again")
