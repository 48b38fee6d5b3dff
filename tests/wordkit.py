"""Word documents for tests: an article in a little Markdown as a .docx, and changes to the parts of one."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement, parse_xml

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
_INLINE = re.compile(r"!\[([^\]]*)\]\([^)]*\)|\[\^(\w+)\](?!:)|\[([^\]]*)\]\(([^)]*)\)|\*\*([^*]+)\*\*")


def docx_of(markdown: str) -> bytes:
    """The article as a writer would make it in Word: styles for headings and lists, real links, footnotes, tables and pictures."""
    document = docx.Document()
    notes: dict[str, str] = dict(re.findall(r"(?m)^\[\^(\w+)\]: (.*)$", markdown))
    labels = list(notes)
    for block in re.split(r"\n\n+", re.sub(r"(?m)^\[\^\w+\]:.*$", "", markdown).strip()):
        lines = block.split("\n")
        if lines[0].startswith("|"):
            rows = [line.strip("|").split("|") for line in lines if not re.fullmatch(r"[|\s:-]+", line)]
            table = document.add_table(len(rows), len(rows[0]))
            for at, row in enumerate(rows):
                for cell, text in zip(table.rows[at].cells, row, strict=True):
                    _fill(cell.paragraphs[0], text.strip(), labels)
        elif re.match(r"\s*(?:-|\d+\.) ", lines[0]):
            for line in lines:
                indent, mark, text = re.match(r"(\s*)(-|\d+\.) (.*)", line).groups()  # type: ignore[union-attr]
                style = ("List Bullet" if mark == "-" else "List Number") + (f" {len(indent) // 2 + 1}" if indent else "")
                _fill(document.add_paragraph(style=style), text, labels)
        elif heading := re.match(r"(#+) (.*)", block):
            _fill(document.add_heading(level=len(heading[1])), heading[2], labels)
        elif block.startswith("> "):
            _fill(document.add_paragraph(style="Quote"), block[2:], labels)
        else:
            _fill(document.add_paragraph(), " ".join(lines), labels)
    if notes:
        inner = "".join(
            f'<w:footnote w:id="{labels.index(label) + 1}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r></w:p></w:footnote>'
            for label in labels
        )
        root = parse_xml(
            f'<w:footnotes xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">{inner}</w:footnotes>'
        )
        part = Part(PackURI("/word/footnotes.xml"), NOTES, b"", document.part.package)
        for note, text in zip(root, notes.values(), strict=True):
            _fill(docx.text.paragraph.Paragraph(note[0], _Holder(part)), text, labels)  # type: ignore[arg-type]
        part._blob = docx.oxml.parser.etree.tostring(root)
        document.part.relate_to(part, RT.FOOTNOTES)
    return saved(document)


class _Holder:
    def __init__(self, part: Any) -> None:
        self.part = part


def _fill(paragraph: Any, text: str, labels: list[str]) -> None:
    at = 0
    for found in _INLINE.finditer(text):
        if found.start() > at:
            paragraph.add_run(text[at : found.start()])
        alt, note, words, url, bold = found.groups()
        if bold:
            paragraph.add_run(bold).bold = True
        elif note:
            reference = OxmlElement("w:footnoteReference")
            reference.set(qn("w:id"), str(labels.index(note) + 1))
            paragraph.add_run()._r.append(reference)
        elif words is not None:
            link = OxmlElement("w:hyperlink")
            link.set(qn("r:id"), paragraph.part.relate_to(url, RT.HYPERLINK, is_external=True))
            run = paragraph.add_run(words)
            link.append(run._r)
            paragraph._p.append(link)
        else:
            picture = paragraph.add_run().add_picture(io.BytesIO(PIXEL))
            picture._inline.docPr.set("descr", alt)
        at = found.end()
    if text[at:]:
        paragraph.add_run(text[at:])


def saved(document: Any) -> bytes:
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def changed(data: bytes, change: Callable[[str, bytes], bytes | None], *extra: tuple[str, bytes]) -> bytes:
    """The archive with each part as `change` makes it, None for none, and further parts."""
    held = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as after:
        warnings.simplefilter("ignore")  # of two parts of one name
        for name in before.namelist():
            if (content := change(name, before.read(name))) is not None:
                after.writestr(name, content)
        for name, content in extra:
            after.writestr(name, content)
    return held.getvalue()


def body(*paragraphs: str) -> bytes:
    """A document of paragraphs in Word's own XML."""
    data = saved(docx.Document())
    document = f'<w:document xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><w:body>{"".join(paragraphs)}<w:sectPr/></w:body></w:document>'
    return changed(data, lambda name, content: document.encode() if name == "word/document.xml" else content)
