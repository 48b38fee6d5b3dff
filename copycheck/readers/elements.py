"""Elements: the open elements of a page, which tags end which, and what an element hands down to its content."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from copycheck.readers.events import Value

INLINE = frozenset(
    "a abbr acronym area audio b bdi bdo big br button canvas cite code data datalist del dfn em embed font i iframe img"
    " input ins kbd label link map mark meta meter nobr noscript object output picture progress q rp rt ruby s samp"
    " script select small source span strike strong style sub sup svg template textarea time track tt u var video wbr"
    " #alt #ref".split()
)
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
BOUNDARY = frozenset({"table", "td", "th", "caption"})
CLOSES = {  # an opening tag closes these where they are still open
    "li": ("li",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "option": ("option",),
    "tr": ("tr",),
    "a": ("a",),
}
_HIDDEN = frozenset("script style textarea iframe noembed xmp svg math template noscript pre canvas code".split())
_ICONS = frozenset({"i", "span", "svg", "a", "img", "sup"})
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())


@dataclass(slots=True)
class Element:
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
    folded: bool = False  # its content is there but not seen yet


class Tree:
    """The open elements, the outermost first; a cell or table is a scope of its own that no end tag inside it reaches beyond."""

    def __init__(self) -> None:
        self.stack = [Element("")]
        self.names: dict[str, int] = defaultdict(int)  # of all open elements
        self._scopes: list[dict[str, int]] = [defaultdict(int)]

    @property
    def top(self) -> Element:
        return self.stack[-1]

    def push(self, element: Element) -> None:
        self.stack.append(element)
        self.names[element.name] += 1
        self._scopes[-1][element.name] += 1
        if element.name in BOUNDARY:
            self._scopes.append(defaultdict(int))

    def pop(self) -> Element:
        element = self.stack.pop()
        if element.name in BOUNDARY:
            self._scopes.pop()
        self._scopes[-1][element.name] -= 1
        self.names[element.name] -= 1
        return element

    def holds(self, name: str) -> bool:
        """Whether an end tag of this name ends something."""
        return bool(self.names[name] if name in BOUNDARY else self._scopes[-1][name])

    def is_ended(self, name: str, within: tuple[str, ...]) -> bool:
        """Whether the next tag ends an open element of this name: unless one of `within` was opened inside it."""
        if not self._scopes[-1][name]:
            return False
        for element in reversed(self.stack):
            if element.name == name:
                return True
            if element.name in within or element.name in BOUNDARY:
                return False
        return False

    def open_cell(self) -> Element | None:
        """The table cell that another cell would end."""
        for element in reversed(self.stack):
            if element.name in ("table", ""):
                return None
            if element.name in ("td", "th"):
                return element
        return None


def is_folded(name: str, attributes: Mapping[str, Value]) -> bool:
    """Whether an element is not seen yet; a block of that kind is the answer of a folded question, a tab, a step."""
    if "hidden" in attributes and attributes["hidden"].raw != "until-found":
        return True
    style = attributes.get("style")
    return style is not None and _UNSEEN.search(style.raw) is not None


def is_hidden(name: str, attributes: Mapping[str, Value]) -> bool:
    """Whether a reader does not see the content of an element, or sees code."""
    if name in _HIDDEN or not attributes:
        return name in _HIDDEN
    if name in INLINE and is_folded(name, attributes):
        return True
    return name in _ICONS and "aria-hidden" in attributes and attributes["aria-hidden"].raw.lower() == "true"
