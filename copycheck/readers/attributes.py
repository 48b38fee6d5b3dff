"""Attributes: which attributes of a tag are copy, as blocks of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copycheck.document import PLACEHOLDER, Block, Link, Segment
from copycheck.readers.events import Open, Value, decode, spell
from copycheck.readers.prose import Prose

_META = re.compile(r"description|(?:og|twitter):(?:title|description)|abstract|dc\.description", re.IGNORECASE)
_LABELS = ("title", "aria-label", "caption", "description")
_PROPERTIES = tuple(
    "subtitle heading headline subheading tagline eyebrow blurb question answer quote label text buttontext button-text ctatext "
    "cta-text defaultmessage".split()
)
"""Attributes that hold copy in components, by usual names; elements of HTML use of them only `label` and `text`."""
_READ = frozenset({"alt", "class", "style", *_LABELS, *_PROPERTIES})
_ABOUT = re.compile(r"date|publish|author|writ|review|byline|credential")
_CODE = re.compile(r"[{}<>=;]")


def copy_of(event: Open) -> Iterator[tuple[Block, str]]:
    """The blocks that a tag's attributes make, each with its region ("": that of its surroundings)."""
    name, attributes = event.name, event.attributes
    if name == "meta":
        key = decode(attributes.get("name") or attributes.get("property")).strip().lower()
        if _META.fullmatch(key):
            yield from _block(attributes.get("content"), f"meta.{key}")
        return
    if name == "input":
        kind = decode(attributes.get("type")).lower()
        if kind in ("submit", "button") and "value" in attributes:
            yield from _block(attributes["value"], "cta")
        else:
            yield from _block(attributes.get("placeholder"), "alt", region="form")
            yield from _block(attributes.get("title"), "alt", region="form")
        return
    alt = attributes.get("alt")
    if name == "img":
        link = Link(0, 1, decode(attributes.get("src")), "image")
        if alt is None:
            yield Block("alt", PLACEHOLDER, (Segment(0, event.start, 1, event.end - event.start),), links=(link,)), ""
        else:
            yield from _block(alt, "alt", link)
    elif alt is not None:  # of a component that shows an image
        yield from _block(alt, "alt")
    for key in _LABELS:
        value = attributes.get(key)
        if value and value.raw.strip() and (alt is None or value.raw != alt.raw):
            yield from _block(value, "alt")
    for key in _PROPERTIES:
        value = attributes.get(key)
        if value and " " in value.raw.strip() and "{" not in value.raw:
            yield from _block(value, "alt")
    if name == "component" or "-" in name:
        for key, value in attributes.items():
            if key not in _READ and is_sentence(value.raw):
                yield from _block(value, "alt")


def about(event: Open) -> dict[str, str]:
    """What a component's properties say of who wrote an article, and when: as front matter does."""
    return {key: decode(value) for key, value in event.attributes.items() if _ABOUT.search(key)}


def is_sentence(value: str) -> bool:
    """Whether a value is copy whatever a component calls it."""
    return value.rstrip().endswith((".", "!", "?")) and len(value.split(maxsplit=3)) > 3 and not _CODE.search(value)


def _block(value: Value | None, scope: str, link: Link | None = None, region: str = "") -> Iterator[tuple[Block, str]]:
    if value is None:
        return
    prose = Prose()
    for piece in spell(value.raw, value.start):
        prose.add(piece.text, piece.start, piece.length)
    if link:
        prose.links.append(link._replace(end=prose.length))
    for text, segments, links in prose.finish():
        yield Block(scope, text, segments, links=links), region
