"""Assembly: events into blocks; the tree of open elements gives each block its scope, list, heading and region."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from copycheck.document import PLACEHOLDER, Block, Link
from copycheck.readers.attributes import about, copy_of
from copycheck.readers.elements import CLOSES, HEADINGS, INLINE, VOID, Element, Tree, is_folded, is_hidden
from copycheck.readers.events import ABOUT, Close, Event, Note, Open, Remark, Text, Unread, decode
from copycheck.readers.page import Page
from copycheck.readers.prose import Prose
from copycheck.readers.regions import region_of

_MAX_DEPTH = 400
_CTA = re.compile(r"(?:^|[\s_-])(?:btn|button|cta)(?:$|[\s_-])", re.IGNORECASE)
_REFERENCE_MARK = re.compile(r"[\[(]?\d{1,3}(?:\s?[,–-]\s?\d{1,3})*[\])]?|[\[(]?[*†‡§]{1,3}[\])]?")


class Assembly:
    """The blocks made so far and the elements open now. Feed it events, then call `finish`."""

    def __init__(self, length: int) -> None:
        self.meta: dict[str, str] = {}  # properties of the components that head the article
        self.beside: list[Remark | Unread] = []  # what is no part of the text
        self.tree = Tree()
        self.page = Page(self.tree, length)
        self.prose = Prose()
        self.aside: list[tuple[Block, int]] = []  # alternative texts, kept back until the running block is done
        self.outer: Prose | None = None  # the running block while alternative text is read
        self.link: tuple[str, int, str] | None = None
        self.lists = self.roots = 0
        self.breaks = 0  # line breaks in a row
        self.cta_end: int | None = None
        self.touching = ""  # name of the element that ended just before

    def feed(self, events: Iterable[Event]) -> None:
        """Take in events in the order of the text."""
        for event in events:
            if type(event) is Text:
                self._text(event)
            elif type(event) is Open:
                self._open(event)
            elif type(event) is Close:
                self._close(event)
            elif type(event) is Note:
                self._note(event)
            elif isinstance(event, Remark | Unread):
                self.beside.append(event)

    # text

    def _text(self, event: Text) -> None:
        if self.tree.top.hidden:
            return
        text = event.text
        if self.cta_end is not None or self.breaks or self.touching:
            if text.isspace():
                self.touching = ""
            else:
                self._before_text(text)
        self.prose.add(text, event.start, event.length)

    def _before_text(self, text: str) -> None:
        """Settle what the white space and tags before a text mean."""
        if self.touching == "img" and self.prose.last.isalnum() and text[:1].isalnum():  # a picture for a bullet
            self.prose.blank()
        elif self.touching in ("a", "span") and self.prose.part(text) and self.link and self.link[1] == self.prose.length - 1:
            self.link = (self.link[0], self.prose.length, self.link[2])
        if self.cta_end is not None and self.prose is not self.outer:
            if self.tree.top.name not in ("p", "li") or self.tree.top.cta:
                self._flush()
            self.cta_end = None
        if self.breaks > 1:
            self._flush()
        self.breaks, self.touching = 0, ""

    # tags

    def _open(self, event: Open) -> None:
        name, top = event.name, self.tree.top
        if name == "br":
            if not top.hidden:
                self.breaks += 1
                self.prose.hard_break(event.start, event.end - event.start)
            return
        block = name not in INLINE
        if block and not top.hidden:
            self._flush()
            if name not in ("body", "html", "head"):
                self._close_open("p")
                if self.tree.top.name in HEADINGS:
                    self._pop()
        for closed in CLOSES.get(name, ()):
            self._close_open(closed, within=("ul", "ol", "menu", "dl", "select", "table"))
        if name in ("td", "th"):
            self._close_cell()
        top = self.tree.top
        if name in VOID:
            if name in ("img", "meta", "input"):
                self._attributes(event)
                self.touching = name
            elif name == "hr" and not top.hidden:
                self.page.rule()
            return
        if event.empty and (name in ("svg", "path", "span", "i") or name.startswith(("x-", "component"))):
            self._attributes(event)
            return
        if len(self.tree.stack) >= _MAX_DEPTH:
            return
        element = self._element(event, top)
        self.tree.push(element)
        if element.hidden:
            return
        identity = event.attributes.get("id") or (event.attributes.get("name") if name == "a" else None)
        if identity and identity.raw:
            self.page.waiting_ids.append(identity.raw)
        if name == "a" and "href" in event.attributes:
            self._end_link()
            if self.touching == "a":
                self.prose.blank()
            kind = "bare" if "bare" in event.attributes else "link"
            self.link = (decode(event.attributes["href"]).strip(), self.prose.length, kind)
        elif name == "#alt":
            self.outer, self.prose = self.prose, Prose()
            return
        self._attributes(event)
        self.touching = name if name in ("a", "span") else self.touching

    def _element(self, event: Open, top: Element) -> Element:
        """The element an opening tag opens inside `top`."""
        name, attributes = event.name, event.attributes
        element = Element(name, top.scope, top.level, top.region, top.root, top.hidden, top.list_id, top.lead_in, top.depth, event.start)
        element.at = self.prose.length
        element.hidden = top.hidden or is_hidden(name, attributes)
        if element.hidden:
            return element
        element.folded = top.folded or is_folded(name, attributes)
        region = region_of(name, attributes, self.tree.names)
        if region and (region != top.region or region == "main"):
            self.roots += 1
            element.region, element.root = region, self.roots
        if name in HEADINGS:
            element.scope, element.level = "heading", int(name[1])
        elif name == "li":
            element.level = max(top.depth, 1)
            element.scope = "quote" if top.scope == "quote" else "list"
        elif name in ("ul", "ol", "menu"):
            self.lists += 1
            element.list_id, element.depth, element.lead_in = self.lists, top.depth + 1, self.page.lead_in(top)
        elif name == "blockquote":
            element.scope, element.level = "quote", 0
        elif name in ("td", "th"):
            element.scope, element.level, element.list_id, element.lead_in, element.depth = "table", 0, None, None, 0
        elif name in ("figcaption", "caption"):
            element.scope, element.level = "caption", 0
        elif name in ("title", "#title"):
            element.scope, element.level = "title", 1 if name == "#title" else 0
        elif name == "#alt":
            element.label = decode(attributes.get("src"))
        elif name == "#note":
            element.label = decode(attributes.get("label"))
        elif name == "button" or name == "#cta" or (name == "a" and _CTA.search(decode(attributes.get("class")))):
            element.cta = True
            if self.cta_end is not None or top.cta:
                self._flush()
                self.cta_end = None
            element.at = self.prose.length
        return element

    def _close(self, event: Close) -> None:
        name = event.name
        if name in ("br", "p") and not self.tree.holds(name):
            if name == "br":
                self._open(Open("br", {}, event.start, event.end))
            else:
                self._flush()
            return
        if self.tree.holds(name):
            while self.tree.top.name != name:
                self._pop(event.start)
            self._pop(event.end)
        self.touching = name if name in ("a", "span", "button", "label") and self.prose.length else ""

    def _close_open(self, name: str, within: tuple[str, ...] = ("li", "dd", "blockquote")) -> None:
        """Close an element that the next tag ends, unless one of `within` was opened inside it."""
        if self.tree.is_ended(name, within):
            while self.tree.top.name != name:
                self._pop()
            self._pop()

    def _close_cell(self) -> None:
        cell = self.tree.open_cell()
        if cell:
            while self.tree.top is not cell:
                self._pop()
            self._pop()

    def _pop(self, end: int = -1) -> None:
        element = self.tree.top
        name = element.name
        if not name:
            return
        if not element.hidden:
            if name not in INLINE and name != "#alt":
                self._flush()
            elif name == "a":
                self._end_link()
            elif name == "sup":
                self._mark(element)
            elif name == "#alt" and self.outer is not None:
                self._alternative(element)
            if element.cta and name in INLINE and self.prose.length:
                self.cta_end = self.prose.length if element.at == 0 else None
        self.tree.pop()
        if name == "code" and not self.tree.top.hidden:  # one noun for the whole element
            self._text(Text(PLACEHOLDER, element.start, max(end - element.start, 2)))

    def _attributes(self, event: Open) -> None:
        """Keep the copy in a tag's attributes until the running block is done, and what a component says of the article."""
        self.meta = about(event) | self.meta if ABOUT in event.attributes else self.meta
        if (event.attributes or event.name == "img") and not self.tree.top.hidden:
            for block, region in copy_of(event):
                self._beside(block, region)

    def _beside(self, block: Block, region: str = "") -> None:
        top = self.tree.top
        self.aside.append((replace(block, region=region or self.page.region(top.region)), top.root))

    def _alternative(self, element: Element) -> None:
        prose, self.prose = self.prose, self.outer or Prose()
        self.outer = None
        prose.links = [Link(0, prose.length, element.label, "image")] if element.label else []
        for text, segments, links in prose.finish():
            self._beside(Block("alt", text, segments, links=links))

    # links

    def _end_link(self) -> None:
        if self.link:
            url, at, kind = self.link
            if self.prose.length > at:
                self.prose.links.append(Link(at, self.prose.length, url, kind))
            self.link = None

    def _mark(self, element: Element) -> None:
        """A superscript number is a reference, unless it is a power or a unit."""
        text = self.prose.tail(element.at).strip()
        if not _REFERENCE_MARK.fullmatch(text):
            return
        if self.prose.length and self.prose.last == " ":
            self.prose.cut(self.prose.length - 1)
        before = self.prose.tail(max(element.at - 4, 0))[: min(element.at, 4)]
        link = self.prose.links[-1] if self.prose.links and self.prose.links[-1].start >= element.at else None
        fragment = link is not None and link.url.startswith("#")
        if not fragment and not re.search(r"[a-z]{3}[.,;:”\"’)]?\s?$|[.,;:!?”\"’)]\s?$", before):
            return
        self.prose.fold(element.at, "[" + text.strip("[]() ") + "]")
        if link:
            url, kind = (link.url[1:], "footnote") if fragment else (link.url, "link")
            self.prose.links[-1] = Link(element.at, self.prose.length, url, kind)

    def _note(self, note: Note) -> None:
        """A footnote reference stands in the text as `[label]`."""
        if not self.tree.top.hidden:
            self._text(Text(f"[{note.label}]", note.start, note.length))
            self.prose.links.append(Link(self.prose.length - len(note.label) - 2, self.prose.length, note.label, "footnote"))

    # blocks

    def _flush(self) -> None:
        """End the running block."""
        if self.outer is not None:
            return
        self.breaks, self.touching = 0, ""
        if self.prose.length:
            link = self.link
            self._end_link()
            prose, self.prose = self.prose, Prose()
            if link:
                self.link = (link[0], 0, link[2])
            cta = self.cta_end is not None and self.cta_end >= prose.length - (prose.last in " \n")
            cta = cta or any(element.cta for element in self.tree.stack[-3:])
            for element in self.tree.stack[-8:]:
                element.at = 0
            for content in prose.finish():
                self.page.add(*content, cta=cta)
        self.cta_end = None
        for block, root in self.aside:
            self.page.append(block, root)
        self.aside = []

    def finish(self) -> tuple[Block, ...]:
        """Close everything and return the blocks in reading order."""
        while len(self.tree.stack) > 1:
            self._pop()
        self._flush()
        return self.page.finish()
