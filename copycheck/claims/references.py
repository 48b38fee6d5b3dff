"""References: the entries of an article's list of sources, by number, and what each points to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from copycheck.article import Article
from copycheck.claims import domains
from copycheck.document import Block
from copycheck.readers.regions import is_statement

_ADDRESS = re.compile(r"https?://[^\s<>\")\]]+[^\s<>\")\].,;:]")
_NUMBER = re.compile(r"\s*(?:\[(\d{1,3})\]|\((\d{1,3})\)|(\d{1,3})[.)](?=\s)|\^(\d{1,3})\^|([¹²³⁴⁵⁶⁷⁸⁹⁰]+))\s*")
_RUN_ON = re.compile(r"(?<=\s)(?=(?:\[\d{1,3}\]|\d{1,3}[.)])\s)")  # "1. Field T. 2005. 2. Lee J. 2011."
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_LEAST_ALIKE = 0.6  # of the items of a closing list that is taken for references though nothing says so


@dataclass(frozen=True)
class Entry:
    """One source of the list: its number, its text, the addresses in it or behind its words."""

    number: int
    text: str
    addresses: tuple[str, ...] = ()


def read(article: Article) -> dict[int, Entry]:
    """The entries of the reference list by number; an entry that shows no number has that of its place."""
    entries: dict[int, Entry] = {}
    for text, addresses in _texts(article):
        match = _NUMBER.match(text)
        told = next((group for group in match.groups() if group), None) if match else None
        number = int(told.translate(_SUPERSCRIPTS)) if told else len(entries) + 1
        body = text[match.end() :] if match else text
        entries.setdefault(number, Entry(number, body.strip(), addresses))
    return entries


def number_in(mark: str) -> int:
    """The first number of a reference mark such as `[3, 4]`, `(2)` or `¹²`; 0 where there is none."""
    found = re.search(r"\d+", mark.translate(_SUPERSCRIPTS))
    return int(found.group()) if found else 0


def _texts(article: Article) -> Iterator[tuple[str, tuple[str, ...]]]:
    blocks = article.document.blocks
    found = [part for block in _listed(blocks) for part in _parts(block, block.text)]
    yield from found or _opened(blocks) or _closing(blocks)


def _listed(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """The blocks under a heading, or a line of its own, that says “References”, and those that the reader told."""
    opener = domains.rules().patterns["references"]
    under = False
    for block in blocks:
        heads = block.scope in ("heading", "title")
        if block.scope in ("heading", "title", "body") and opener.fullmatch(block.text):
            under = True
        elif heads:
            under = False
        elif block.region == "references" or (under and block.region == "main"):
            yield block


def _parts(block: Block, text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The entries of a block: one a line, or several numbered ones that run on."""
    lines = [line for line in text.split("\n") if line.strip()]
    pieces = [piece for line in lines for piece in (_RUN_ON.split(line) if _NUMBER.match(line) else [line]) if piece.strip()]
    linked = tuple(link.url for link in block.links if link.kind in ("link", "bare"))
    for piece in pieces:
        shown = tuple(_ADDRESS.findall(piece))
        behind = tuple(
            link.url for link in block.links if link.kind in ("link", "bare") and block.text[link.start : link.end].strip() in piece
        )
        yield piece, tuple(dict.fromkeys((*shown, *(behind if len(pieces) > 1 else linked))))


def _opened(blocks: tuple[Block, ...]) -> list[tuple[str, tuple[str, ...]]]:
    """Entries of a paragraph that opens with “Sources:” and goes on."""
    found = []
    for block in blocks:
        match = domains.rules().patterns["references-opening"].match(block.text) if block.scope in ("body", "list") else None
        if match:
            found += [part for part in _parts(block, block.text[match.end() :].lstrip()) if part[1] or _names_source(part[0])]
    return found


def _closing(blocks: tuple[Block, ...]) -> list[tuple[str, tuple[str, ...]]]:
    """Numbered entries, or a list of publications, that close an article without a heading of their own."""
    main = [block for block in blocks if block.region == "main" and block.scope in ("body", "list")]
    while main and main[-1].scope == "body" and is_statement(main[-1].text, bool(main[-1].links)):
        main.pop()
    tail: list[Block] = []
    for block in reversed(main):
        if not (block.list_id is not None and tail and block.list_id == tail[-1].list_id) and not _is_entry(block):
            break
        tail.append(block)
    alike = sum(_is_entry(block) for block in tail)
    if not tail or alike < _LEAST_ALIKE * len(tail):
        return []
    return [part for block in reversed(tail) for part in _parts(block, block.text)]


def _is_entry(block: Block) -> bool:
    """A numbered source, or an item of a list that reads like a publication."""
    numbered = _NUMBER.match(block.text) is not None and block.scope != "list"
    publication = domains.rules().patterns["publication"].search(block.text) is not None
    return publication if block.scope == "list" else numbered and (publication or _names_source(block.text))


def _names_source(text: str) -> bool:
    return domains.rules().patterns["entry"].search(text) is not None
