"""Assembly: events into blocks; the tree of open elements gives each block its scope, list, heading and region."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from copycheck.document import PLACEHOLDER, Block, Link, Segment
from copycheck.readers.events import Close, Event, Note, Open, Remark, Text, Value, decode, spell
from copycheck.readers.prose import Prose, portions
from copycheck.readers.regions import COMMENTS_CLOSED, is_reference, region_of, section_of

INLINE = frozenset(
    "a abbr acronym area audio b bdi bdo big br button canvas cite code data datalist del dfn em embed font i iframe img"
    " input ins kbd label link map mark meta meter nobr noscript object output picture progress q rp rt ruby s samp"
    " script select small source span strike strong style sub sup svg template textarea time track tt u var video wbr"
    " #alt #ref".split()
)
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_HIDDEN = frozenset("script style textarea iframe noembed xmp svg math template noscript pre canvas".split())
_ICONS = frozenset({"i", "span", "svg", "a", "img", "sup"})
_BOUNDARY = frozenset({"table", "td", "th", "caption"})
_CLOSES = {  # an opening tag closes these where they are still open
    "li": ("li",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "option": ("option",),
    "tr": ("tr",),
    "a": ("a",),
}
_MAX_DEPTH = 400
_CTA = re.compile(r"(?:^|[\s_-])(?:btn|button|cta)(?:$|[\s_-])", re.IGNORECASE)
_HEADING = re.compile(r"h[1-6]")
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_META = re.compile(r"description|(?:og|twitter):(?:title|description)|abstract|dc\.description", re.IGNORECASE)
_REFERENCE_MARK = re.compile(r"[\[(]?\d{1,3}(?:\s?[,–-]\s?\d{1,3})*[\])]?|[\[(]?[*†‡§]{1,3}[\])]?")
_INTRODUCES = re.compile(r"[:…–—-]\s*$|[^.!?:”\"’')\]]\s*$|\b(?:following|below|these|includes?|including|such as)\b[^.!?]*[.!?]?\s*$")
_MAX_CELL = 240  # characters; a longer table cell is running text in a table used for layout


@dataclass(slots=True)
class _Element:
    """An open element with what its content inherits."""

    name: str
    scope: str = "body"
    level: int = 0
    region: str = "main"
    root: int = 0  # which opening tag gave the region
    hidden: bool = False
    list_id: int | None = None
    lead_in: int | None = None
    depth: int = 0  # lists around it
    start: int = -1  # of the opening tag
    at: int = 0  # length of the prose at the opening tag
    cta: bool = False
    label: str = ""  # of a footnote definition; the address of an image


@dataclass(slots=True)
class _Draft:
    """A block before its region is settled."""

    block: Block
    root: int
    outside: bool = False  # outside <main> where there is one


@dataclass
class Assembly:
    """The blocks made so far and the elements open now. Feed it events, then call `finish`."""

    drafts: list[_Draft] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    footnotes: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.stack = [_Element("")]
        self.scopes: list[Counter[str]] = [Counter()]
        self.open_names: Counter[str] = Counter()
        self.prose = Prose()
        self.aside: list[tuple[Block, int]] = []  # alternative texts, kept back until the running block is done
        self.outer: Prose | None = None  # the running block while alternative text is read
        self.link: tuple[str, int, str] | None = None
        self.headings: dict[str, list[tuple[int, int]]] = {}
        self.section: tuple[str, int] | None = None  # region begun by a heading, with its level
        self.lists = self.roots = 0
        self.breaks = 0  # line breaks in a row
        self.cta_end: int | None = None
        self.touching = ""  # name of the element that ended just before
        self.has_main = False
        self.ids: dict[str, int] = {}
        self.waiting_ids: list[str] = []

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
            elif type(event) is Remark:
                self.remarks.append(event)

    # text

    def _text(self, event: Text) -> None:
        if self.stack[-1].hidden:
            return
        text = event.text
        if self.cta_end is not None or self.breaks or self.touching:
            if text.isspace():
                self.touching = ""
            else:
                self._before_text()
        self.prose.add(text, event.start, event.length)

    def _before_text(self) -> None:
        """Settle what the white space and tags before a text mean."""
        if self.cta_end is not None and self.prose is not self.outer:
            if self.stack[-1].name not in ("p", "li") or self.stack[-1].cta:
                self._flush()
            self.cta_end = None
        if self.breaks > 1:
            self._flush()
        self.breaks = 0
        self.touching = ""

    # tags

    def _open(self, event: Open) -> None:
        name, top = event.name, self.stack[-1]
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
                if _HEADING.fullmatch(self.stack[-1].name):
                    self._pop()
        for closed in _CLOSES.get(name, ()):
            self._close_open(closed, within=("ul", "ol", "menu", "dl", "select", "table"))
        if name in ("td", "th"):
            self._close_cell()
        top = self.stack[-1]
        if name in VOID:
            if not top.hidden:
                self._void(event)
            return
        if event.empty and (name in ("svg", "path", "span", "i") or name.startswith(("x-", "component"))):
            self._attributes(event)
            return
        if len(self.stack) >= _MAX_DEPTH:
            return
        element = self._element(event, top)
        self.stack.append(element)
        self.open_names[name] += 1
        self.scopes[-1][name] += 1
        if name in _BOUNDARY:
            self.scopes.append(Counter())
        if element.hidden:
            return
        identity = event.attributes.get("id") or (event.attributes.get("name") if name == "a" else None)
        if identity and identity.raw:
            self.waiting_ids.append(identity.raw)
        if name == "a" and "href" in event.attributes:
            self._end_link()
            if self.touching == "a":
                self.prose.blank()
            kind = "bare" if "bare" in event.attributes else "link"
            self.link = (decode(event.attributes["href"]).strip(), self.prose.length, kind)
        elif name == "#alt":
            self.outer, self.prose = self.prose, Prose()
            return
        elif name == "main":
            self.has_main = True
        self._attributes(event)

    def _element(self, event: Open, top: _Element) -> _Element:
        """The element an opening tag opens inside `top`."""
        name, attributes = event.name, event.attributes
        element = _Element(name, top.scope, top.level, top.region, top.root, top.hidden, top.list_id, top.lead_in, top.depth, event.start)
        element.at = self.prose.length
        if element.hidden:
            return element
        if name in _HIDDEN or name == "code" or (attributes and _is_hidden(name, attributes)):
            element.hidden = True
            return element
        region = region_of(name, attributes, self.open_names)
        if region and (region != top.region or region == "main"):
            self.roots += 1
            element.region, element.root = region, self.roots
        if _HEADING.fullmatch(name):
            element.scope, element.level = "heading", int(name[1])
        elif name == "li":
            element.level = max(top.depth, 1)
            element.scope = "quote" if top.scope == "quote" else "list"
        elif name in ("ul", "ol", "menu"):
            self.lists += 1
            element.list_id, element.depth, element.lead_in = self.lists, top.depth + 1, self._lead_in(top)
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
        if name in ("br", "p") and not self.scopes[-1][name]:
            if name == "br":
                self._open(Open("br", {}, event.start, event.end))
            else:
                self._flush()
            return
        if name in _BOUNDARY:
            if not self.open_names[name]:
                return
            while self.stack[-1].name != name:
                self._pop(event.start)
            self._pop(event.end)
        elif self.scopes[-1][name]:
            while self.stack[-1].name != name:
                self._pop(event.start)
            self._pop(event.end)
        self.touching = name if name in ("a", "button", "label") and self.prose.length else ""

    def _close_open(self, name: str, within: tuple[str, ...] = ("li", "dd", "blockquote")) -> None:
        """Close an element that the next tag ends, unless one of `within` was opened inside it."""
        if not self.scopes[-1][name]:
            return
        for element in reversed(self.stack):
            if element.name == name:
                break
            if element.name in within or element.name in _BOUNDARY:
                return
        while self.stack[-1].name != name:
            self._pop()
        self._pop()

    def _close_cell(self) -> None:
        for element in reversed(self.stack):
            if element.name in ("table", ""):
                return
            if element.name in ("td", "th"):
                while self.stack[-1] is not element:
                    self._pop()
                self._pop()
                return

    def _pop(self, end: int = -1) -> None:
        element = self.stack[-1]
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
        self.stack.pop()
        if name in _BOUNDARY:
            self.scopes.pop()
        self.scopes[-1][name] -= 1
        self.open_names[name] -= 1
        if name == "code" and not self.stack[-1].hidden:  # one noun for the whole element
            self._text(Text(PLACEHOLDER, element.start, max(end - element.start, 2)))

    def _void(self, event: Open) -> None:
        if event.name == "img":
            self._attributes(event)
        elif event.name == "meta":
            key = decode(event.attributes.get("name") or event.attributes.get("property")).strip().lower()
            if _META.fullmatch(key) and "content" in event.attributes:
                self._attribute(event, event.attributes["content"], f"meta.{key}")
        elif event.name == "input":
            kind = decode(event.attributes.get("type")).lower()
            if kind in ("submit", "button") and "value" in event.attributes:
                self._attribute(event, event.attributes["value"], "cta")
            elif "placeholder" in event.attributes:
                self._attribute(event, event.attributes["placeholder"], "alt", region="form")
        elif event.name == "hr":
            self.section = None if self.section and self.section[1] > 6 else self.section

    # attributes that are copy

    def _attributes(self, event: Open) -> None:
        attributes = event.attributes
        if event.name == "img":
            alt = attributes.get("alt")
            link = Link(0, 1, decode(attributes.get("src")), "image")
            if alt is None:
                segment = Segment(0, event.start, 1, event.end - event.start)
                self._beside(Block("alt", PLACEHOLDER, (segment,), links=(link,)))
            else:
                self._attribute(event, alt, "alt", link)
        for key in ("title", "aria-label", "caption", "description"):
            value = attributes.get(key)
            if value and value.raw.strip() and value.raw != (attributes["alt"].raw if "alt" in attributes else ""):
                self._attribute(event, value, "alt")

    def _attribute(self, event: Open, value: Value, scope: str, link: Link | None = None, region: str = "") -> None:
        prose = Prose()
        for piece in spell(value.raw, value.start):
            prose.add(piece.text, piece.start, piece.length)
        if link:
            prose.links.append(link._replace(end=prose.length))
        self._beside_prose(prose, scope, region)

    def _beside_prose(self, prose: Prose, scope: str, region: str = "") -> None:
        done = prose.finish()
        if done:
            self._beside(Block(scope, done[0], done[1], links=done[2]), region)

    def _beside(self, block: Block, region: str = "") -> None:
        top = self.stack[-1]
        place = region or (self.section[0] if self.section and top.region == "main" else top.region)
        self.aside.append((_replace(block, region=place), top.root))

    def _alternative(self, element: _Element) -> None:
        prose, self.prose = self.prose, self.outer or Prose()
        self.outer = None
        prose.links = [Link(0, prose.length, element.label, "image")]
        self._beside_prose(prose, "alt")

    # links

    def _end_link(self) -> None:
        if self.link:
            url, at, kind = self.link
            if self.prose.length > at:
                self.prose.links.append(Link(at, self.prose.length, url, kind))
            self.link = None

    def _mark(self, element: _Element) -> None:
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
            self.prose.links.pop()
        if link and not fragment:
            self.prose.links.append(Link(element.at, self.prose.length, link.url))
        elif link:
            self.prose.links.append(Link(element.at, self.prose.length, link.url[1:], "footnote"))

    def _note(self, note: Note) -> None:
        """A footnote reference stands in the text as `[label]`."""
        if not self.stack[-1].hidden:
            self._text(Text(f"[{note.label}]", note.start, note.length))
            self.prose.links.append(Link(self.prose.length - len(note.label) - 2, self.prose.length, note.label, "footnote"))

    # blocks

    def _lead_in(self, top: _Element) -> int | None:
        """The block that introduces a list opened inside `top`."""
        for index in range(len(self.drafts) - 1, max(len(self.drafts) - 4, -1), -1):
            block = self.drafts[index].block
            if block.scope == "alt" or block.scope.startswith("meta"):
                continue
            if block.scope == "list" and top.depth == 0:
                return block.lead_in
            if block.region != (self.section[0] if self.section and top.region == "main" else top.region):
                return None
            if block.scope in ("heading", "title") or top.depth or _INTRODUCES.search(block.text[-200:]):
                return index
            return None
        return None

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
            cta = self.cta_end is not None and self.cta_end >= prose.length
            cta = cta or any(element.cta for element in self.stack[-3:])
            for element in self.stack[-8:]:
                element.at = 0
            done = prose.finish()
            for portion in portions(done) if done else ():
                self._add(*portion, cta=cta)
        self.cta_end = None
        if self.aside:
            for block, root in self.aside:
                self._append(block, root)
            self.aside = []

    def _add(self, text: str, segments: tuple[Segment, ...], links: tuple[Link, ...], cta: bool) -> None:
        top = self.stack[-1]
        scope, level, region = top.scope, top.level, top.region
        if cta and scope in ("body", "list", "table", "quote"):
            scope = "cta"
        elif scope == "table" and len(text) > _MAX_CELL:
            scope = "body"
        elif scope == "body" and _is_call_link(text, links):
            scope = "cta"
        if scope in ("body", "quote", "caption", "table", "cta", "title"):
            level = 1 if scope == "title" and level else 0
        index = len(self.drafts)
        in_list = scope in ("list", "quote") and top.list_id is not None
        region = self._in_section(scope, level, region, text, bool(links))
        above = self.headings.setdefault(region if region in ("main", "references", "comments") else "furniture", [])
        if scope == "heading" or (scope == "title" and level):
            while above and above[-1][0] >= level:
                above.pop()
        heading = above[-1][1] if above and scope != "title" else None
        if scope == "heading" or (scope == "title" and level):
            above.append((level, index))
        block = Block(
            scope, text, segments, region, level, heading, top.lead_in if in_list else None, top.list_id if in_list else None, links
        )
        self._append(block, top.root)

    def _in_section(self, scope: str, level: int, region: str, text: str, linked: bool) -> str:
        """The region of a block, with references and readers' comments that only a heading tells."""
        if region not in ("main", "aside", "footer"):
            return region
        begun = section_of(text) if scope in ("heading", "body") and (scope == "heading" or len(text) < 60) else None
        if begun:
            self.section = (begun, level or 7)
        elif (self.section and scope == "heading" and level <= self.section[1]) or (
            self.section and self.section[0] == "references" and scope == "body" and not is_reference(text, linked)
        ):
            self.section = None
        if self.section:
            return self.section[0]
        return "comments" if COMMENTS_CLOSED.fullmatch(text.strip()) else region

    def _append(self, block: Block, root: int) -> None:
        index = len(self.drafts)
        for identity in self.waiting_ids:
            self.ids.setdefault(identity, index)
        self.waiting_ids = []
        for element in self.stack if self.open_names["#note"] else ():
            if element.name == "#note":
                self.footnotes.setdefault(element.label, []).append(index)
        self.drafts.append(_Draft(block, root, not self.open_names["main"]))

    def finish(self) -> tuple[Block, ...]:
        """Close everything and return the blocks in reading order."""
        while len(self.stack) > 1:
            self._pop()
        self._flush()
        blocks = tuple(draft.block for draft in _settled(self.drafts))
        for block in blocks:
            for link in block.links:
                if link.kind == "footnote" and link.url not in self.footnotes and link.url in self.ids:
                    self.footnotes[link.url] = [self.ids[link.url]]
        return blocks


def _replace(block: Block, region: str) -> Block:
    return Block(block.scope, block.text, block.segments, region, block.level, block.heading, block.lead_in, block.list_id, block.links)


def _is_hidden(name: str, attributes: dict[str, Value] | object) -> bool:
    assert isinstance(attributes, dict)
    if "hidden" in attributes and attributes["hidden"].raw != "until-found":
        return True
    style = attributes.get("style")
    if style and _UNSEEN.search(style.raw):
        return True
    return name in _ICONS and "aria-hidden" in attributes and attributes["aria-hidden"].raw.lower() == "true"


def _is_call_link(text: str, links: tuple[Link, ...]) -> bool:
    """Whether a block is nothing but a telephone or mail link."""
    return len(links) == 1 and links[0].url.startswith(("tel:", "mailto:")) and links[0].end - links[0].start == len(text)


def _is_prose(text: str) -> bool:
    """Whether a sentence of some length stands in the text."""
    return any(len(part) > 40 for part in _SENTENCE_END.split(text)[:-1])


_SENTENCE_END = re.compile(r"[.!?]")


def _settled(drafts: list[_Draft]) -> list[_Draft]:
    """Take back what only looked like furniture: a region with most of the page's prose, prose in a page header."""
    weight: Counter[int] = Counter()
    regions: dict[int, str] = {}
    for draft in drafts:
        regions[draft.root] = draft.block.region
        if _is_prose(draft.block.text):
            weight[draft.root] += len(draft.block.text)
    total = sum(weight.values())
    wrong = {root for root, own in weight.items() if own > 0.5 * total and regions[root] in ("nav", "header", "footer", "aside", "form")}
    settled = []
    for draft in drafts:
        block = draft.block
        prose = block.region in ("nav", "header", "form") and block.scope in ("body", "heading", "list") and _is_prose(block.text)
        if (prose or draft.root in wrong) and block.region not in ("main", "references", "comments"):
            draft = _Draft(_replace(block, "main"), draft.root, draft.outside)
        settled.append(draft)
    return settled
