"""Paragraphs: a Word document as lines of text, a paragraph each, and its structure as tags at their places in it.

Names of elements are those of ECMA-376 part 1, chapter 17.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from copycheck.readers.events import Close, Event, Note, Open, Value, clean
from copycheck.source import Unreadable

if TYPE_CHECKING:
    from docx.document import Document

_LEFT_OUT = frozenset({"del", "moveFrom", "Fallback", "pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "trPr", "tcPr", "sectPr"})
_SAME_TEXT = {"tab": "\t", "ptab": "\t", "cr": " ", "noBreakHyphen": "-"}
_LINK = re.compile(r'\s*+HYPERLINK\s++(?:"([^"]*+)")?+(?:.*?\\l\s++"([^"]*+)")?', re.DOTALL)
_HEADING = re.compile(r"heading ([1-9])")
_LIST = re.compile(r"list (?:bullet|number)(?: ([2-5]))?")
_TAGS = {"title": "h1", "quote": "blockquote", "intense quote": "blockquote", "caption": "figcaption"}


def name_of(element: Any) -> str:
    """The name of an element without its namespace; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def texts(run: Any, labels: dict[tuple[str, str], str]) -> Iterator[tuple[Any, str]]:
    """The children of a run, each with what it shows in the line of its paragraph."""
    for child in run:
        name = name_of(inner := shown(child))
        text = _SAME_TEXT.get(name, "")
        if name == "t":
            text = clean(re.sub(r"[\r\n]", " ", child.text or ""))
        elif name == "ruby":  # the text, without its reading above
            text = clean("".join(part.text or "" for base in child.iterchildren("{*}rubyBase") for part in base.iter("{*}t")))
        elif name == "br" and _value(child, "type") not in ("page", "column"):
            text = " "
        elif name in ("footnoteReference", "endnoteReference"):
            key = name[: -len("Reference")], _value(child, "id")
            text = f"[{labels.setdefault(key, str(len(labels) + 1))}]"
        elif name in ("drawing", "pict", "object") and next(inner.iter("{*}txbxContent"), None) is None:
            alt = next((found for one in inner.iter("{*}docPr", "{*}shape") if (found := one.get("descr") or one.get("alt"))), "")
            text = f"[image: {clean(' '.join(alt.split()))}]" if alt.strip() else "[image]"
        yield child, text


def shown(child: Any) -> Any:
    """What Word shows of a child of a run: of alternatives the first."""
    return next(child.iter("{*}drawing", "{*}pict"), child) if name_of(child) == "AlternateContent" else child


def _value(element: Any, name: str) -> str:
    """An attribute of Word's own namespace."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


@dataclass
class _Line:
    """A paragraph while it is read."""

    at: int
    text: str = ""
    tags: list[Event] = field(default_factory=list)
    runs: list[tuple[int, Any]] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)  # the instructions of the open fields; of a link that has begun, "a"
    boxes: list[tuple[Any, Any]] = field(default_factory=list)  # text boxes, each with the run that holds it

    @property
    def end(self) -> int:
        return self.at + len(self.text)


class Conversion:
    """A Word document as text with tags. `runs` are where each run's text begins, for who marks something there."""

    def __init__(self, document: Document) -> None:
        self.lines: list[str] = []
        self.at = 0
        self.tags: list[Event] = []
        self.runs: list[tuple[int, Any]] = []
        self.labels: dict[tuple[str, str], str] = {}  # of footnotes and endnotes
        self._levels: list[int] = []  # of the open lists
        self._anchor: Any = None  # the run that stands for text outside the body
        self._styles = {_value(style, "styleId"): style for style in document.styles.element if name_of(style) == "style"}
        defaults = (key for key, one in self._styles.items() if _value(one, "default") and _value(one, "type") == "paragraph")
        self._default = next(defaults, "")
        self._rels: Any = document.part.rels
        body = document.element.body
        kinds = Counter(self._kind(paragraph) for paragraph in body.iter("{*}p") if paragraph.tag.endswith("main}p"))
        self._shift = bool(kinds["title"] and kinds["heading 1"])
        self._blocks(body)
        self._notes(document)
        properties = [rel.target_part for rel in document.part.package.rels.values() if rel.reltype.endswith("/core-properties")]
        if properties and not (kinds["title"] or kinds["heading 1"]) and (title := document.core_properties.title.strip()):
            self._write(_Line(self.at, clean(" ".join(title.split()))), "title")
        self.text = "\n".join(self.lines)

    # blocks

    def _blocks(self, container: Any) -> None:
        for child in container:
            name = name_of(child)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self._table(child)
            elif name in ("altChunk", "subDoc"):
                raise Unreadable("it embeds another document, which is not read; put its text into this one")
            elif name not in _LEFT_OUT:
                self._blocks(child)

    def _paragraph(self, paragraph: Any) -> None:
        line = _Line(self.at)
        self._walk(paragraph, line)
        if line.text.strip():
            kind = self._kind(paragraph)
            if kind.startswith("list "):
                self._list(int(kind[5:]))
                self._write(line, "")
            else:
                self._list(None)
                level = _HEADING.fullmatch(kind)
                self._write(line, f"h{min(int(level[1]) + self._shift, 6)}" if level else _TAGS.get(kind) or kind)
        for box, run in line.boxes:
            self._apart([box], run)

    def _write(self, line: _Line, tag: str) -> None:
        around: list[Event] = [Open(tag, {}, line.at, line.at), Close(tag, line.end, line.end)] if tag else []
        self.tags += [*around[:1], *line.tags, *around[1:]]
        self.lines.append(line.text)
        self.runs += line.runs
        self.at = line.end + 1

    def _apart(self, containers: Sequence[Any], anchor: Any = None, tag: Open | None = None) -> None:
        """What is within some containers, no list going on into them or out of them."""
        outer, self._levels, held = self._levels, [], self._anchor
        if self._anchor is None:
            self._anchor = anchor
        if tag:
            self.tags.append(tag)
        for container in containers:
            self._blocks(container)
        self._list(None)
        if tag:
            self.tags.append(Close(tag.name, self.at, self.at))
        self._levels, self._anchor = outer, held

    def _list(self, level: int | None) -> None:
        """Open an item of a list of this level, from 0; None ends all lists."""
        here = self.at
        while self._levels and (level is None or self._levels[-1] > level):
            self._levels.pop()
            self.tags += [Close("li", here, here), Close("ul", here, here)]
        if level is not None:
            if self._levels and self._levels[-1] == level:
                self.tags.append(Close("li", here, here))
            else:
                self._levels.append(level)
                self.tags.append(Open("ul", {}, here, here))
            self.tags.append(Open("li", {}, here, here))

    def _table(self, table: Any) -> None:
        self._list(None)
        rows = [list(_within(row, "tc")) for row in _within(table, "tr")]
        if sum(map(len, rows)) == 1:  # a box around text
            self._apart(rows[0])
            return
        self.tags.append(Open("table", {}, self.at, self.at))
        for row in rows:
            self.tags.append(Open("tr", {}, self.at, self.at))
            for cell in row:
                self._apart([cell], tag=Open("td", {}, self.at, self.at))
            self.tags.append(Close("tr", self.at, self.at))
        self.tags.append(Close("table", self.at, self.at))

    def _notes(self, document: Document) -> None:
        """Footnotes and endnotes, in the order of what refers to them in the body."""
        from docx.oxml.parser import parse_xml

        notes = document.element.body.iter("{*}footnoteReference", "{*}endnoteReference")
        runs = {(name_of(one).removesuffix("Reference"), _value(one, "id")): one.getparent() for one in notes}
        for relation in document.part.rels.values():
            kind = relation.reltype.rpartition("/")[2].removesuffix("s")
            if kind in ("footnote", "endnote") and not relation.is_external:
                self._rels = relation.target_part.rels
                found = {(kind, _value(note, "id")): note for note in parse_xml(relation.target_part.blob)}
                for key, label in [(key, label) for key, label in self.labels.items() if key in found]:
                    self._apart([found[key]], runs.get(key), Open("#note", {"label": Value(label, self.at)}, self.at, self.at))

    def _kind(self, paragraph: Any) -> str:
        """`title`, `heading N`, `list LEVEL`, another style that has a tag of its own, `nav` in a table of contents, else `p`."""
        properties = list(paragraph.iterchildren("{*}pPr"))[:1]
        named: re.Match[str] | None = None
        style = next((_child_value(own, "pStyle") for own in properties), "") or self._default
        for _ in range(12):  # a chain of styles may be a loop
            if style not in self._styles:
                break
            element = self._styles[style]
            name = _child_value(element, "name").lower()
            if name in _TAGS or _HEADING.fullmatch(name):
                return name
            if name.startswith("toc "):
                return "nav"
            named = named or _LIST.fullmatch(name)
            properties += element.iterchildren("{*}pPr")
            style = _child_value(element, "basedOn")
        outline = next((value for one in properties if (value := _child_value(one, "outlineLvl"))), "9")
        if outline.isdecimal() and int(outline) < 9:
            return f"heading {int(outline) + 1}"
        for one in properties:
            for numbering in one.iterchildren("{*}numPr"):
                if number := _child_value(numbering, "numId"):
                    level = _child_value(numbering, "ilvl")
                    deep = int(level) if level.isdecimal() else int(named[1] or 1) - 1 if named else 0
                    return "p" if number == "0" else f"list {deep}"
        return "p"

    # within a paragraph

    def _walk(self, element: Any, line: _Line) -> None:
        for child in element:
            name = name_of(child)
            if name == "r":
                self._run(child, line)
            elif name in ("hyperlink", "fldSimple"):
                url = self._address(child) if name == "hyperlink" else _linked(_value(child, "instr"))
                line.tags += [Open("a", {"href": Value(url, line.end)}, line.end, line.end)] * bool(url)
                self._walk(child, line)
                line.tags += [Close("a", line.end, line.end)] * bool(url)
            elif name not in _LEFT_OUT:
                self._walk(child, line)

    def _address(self, link: Any) -> str:
        relation = self._rels.get(_value(link, "id"))
        anchor = _value(link, "anchor")
        return (relation.target_ref if relation is not None else "") + (f"#{anchor}" if anchor else "")

    def _run(self, run: Any, line: _Line) -> None:
        properties = next(run.iterchildren("{*}rPr"), ())
        look = {name_of(one): _value(one, "val") for one in properties}
        if look.get("vanish", "0") not in ("0", "false", "off"):
            return
        line.runs += [(line.end, self._anchor if self._anchor is not None else run)] * run.tag.endswith("wordprocessingml/2006/main}r")
        raised = look.get("vertAlign") == "superscript" and next(run.iterchildren("{*}t"), None) is not None
        line.tags += [Open("sup", {}, line.end, line.end)] * raised
        for child, text in texts(run, self.labels):
            start, end, inner = line.end, line.end + len(text), shown(child)
            name = name_of(inner)
            if name in ("br", "cr") and text:
                line.tags.append(Open("br", {}, start, end))
            elif name in ("footnoteReference", "endnoteReference"):
                line.tags.append(Note(text[1:-1], start, len(text)))
            elif text.startswith("[image") and name not in ("t", "ruby"):
                alt = {"alt": Value(text[8:-1], start + 8)} if text != "[image]" else {}
                line.tags.append(Open("img", {"src": Value("", start), **alt}, start, end))
            elif name in ("drawing", "pict"):
                line.boxes += [(box, run) for box in inner.iter("{*}txbxContent")]
            elif name in ("fldChar", "instrText"):
                _field(child, line)
            line.text += text
        line.tags += [Close("sup", line.end, line.end)] * raised


def _within(element: Any, name: str) -> Iterator[Any]:
    """The rows of a table, or the cells of a row, however they are wrapped. A cell that goes on from the row above holds nothing."""
    for child in element:
        if name_of(child) == name:
            yield child
        elif name_of(child) not in _LEFT_OUT:
            yield from _within(child, name)


def _child_value(element: Any, name: str) -> str:
    return next((_value(child, "val") for child in element.iterchildren(f"{{*}}{name}")), "")


def _linked(instruction: str) -> str:
    """The address in a field's instruction, if it is a link."""
    found = _LINK.match(instruction)
    return (found[1] or "") + (f"#{found[2]}" if found[2] else "") if found else ""


def _field(child: Any, line: _Line) -> None:
    """A mark of a field, which begins, has an instruction, shows a result and ends, over several runs."""
    step, here = _value(child, "fldCharType"), line.end
    if name_of(child) == "instrText":
        line.fields[-1:] = [one + (child.text or "") for one in line.fields[-1:]]
    elif step == "begin":
        line.fields.append("")
    elif step == "separate" and line.fields and (url := _linked(line.fields[-1])):
        line.fields[-1] = "a"
        line.tags.append(Open("a", {"href": Value(url, here)}, here, here))
    elif step == "end" and line.fields and line.fields.pop() == "a":
        line.tags.append(Close("a", here, here))
