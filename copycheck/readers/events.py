"""Events: what every format is turned into before blocks are made of it: text, opening and closing tags, comments."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from copycheck.document import PLACEHOLDER

# Template code is masked, before any parser sees it, by as many of these private-use characters; parsers take them for
# letters. A run of VALUE becomes one placeholder, a run of CONTROL nothing, TAG an opening or closing tag.
VALUE, CONTROL, TAG = "\ue000", "\ue001", "\ue002"
ABOUT = "about it"  # an attribute of components that show who wrote the article, and when: no name that the source can have
_RESERVED = re.compile("[\x00\ud800-\udfff\ue000-\ue002]")
_MASKED = re.compile(f"{VALUE}+|{CONTROL}+|{TAG}+|<!X{CONTROL}*>")  # the last: a tag on its own lines, in an attribute never closed
_SPECIAL = re.compile(f"&(?:#[0-9]{{1,7}}|#[xX][0-9a-fA-F]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}});?|{_MASKED.pattern}")


class Text(NamedTuple):
    """Decoded text of `length` source characters at `start`; equal lengths map character by character."""

    text: str
    start: int
    length: int


class Value(NamedTuple):
    """An attribute's value as it stands (not decoded), from offset `start`."""

    raw: str
    start: int


class Open(NamedTuple):
    """An opening tag; names that start with `#` are the readers' own and never come from the source."""

    name: str
    attributes: Mapping[str, Value] = {}
    start: int = -1
    end: int = -1
    empty: bool = False  # written as <name/>


class Close(NamedTuple):
    """A closing tag."""

    name: str
    start: int = -1
    end: int = -1


class Note(NamedTuple):
    """A reference to the footnote `label` in the running text."""

    label: str
    start: int
    length: int


class Remark(NamedTuple):
    """A comment of the host format, delimiters included."""

    start: int
    end: int


class Unread(NamedTuple):
    """A part of the source that may hold copy and was not read."""

    start: int
    end: int


Event = Text | Open | Close | Note | Remark | Unread


def clean(text: str) -> str:
    """The text with characters that no parser should meet replaced one for one: NUL, lone surrogates, our masks."""
    return _RESERVED.sub("\ufffd", text)


def spell(text: str, start: int, entities: bool = True) -> Iterator[Text]:
    """Text events of a piece of cleaned and masked source that starts at `start`: entities and masks decoded."""
    at = 0
    for match in (_SPECIAL if entities else _MASKED).finditer(text):
        raw = match.group()
        decoded: str | None = ""
        if raw[0] == VALUE:
            decoded = PLACEHOLDER
        elif raw[0] == TAG:
            decoded = None
        elif raw[0] == "&":
            decoded = html.unescape(raw)
            if decoded == raw:
                continue
        if match.start() > at:
            yield Text(text[at : match.start()], start + at, match.start() - at)
        if decoded is None:
            yield Text("", start + match.start(), len(raw))  # its tags are put back by the reader that masked them
        elif decoded:
            yield Text(decoded, start + match.start(), len(raw))
        at = match.end()
    if at < len(text):
        yield Text(text[at:], start + at, len(text) - at)


def decode(value: Value | None) -> str:
    """The decoded text of an attribute; "" for none."""
    return "".join(piece.text for piece in spell(value.raw, value.start)) if value else ""
