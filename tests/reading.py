"""Reading: how the tests of the readers ask for documents and look at their blocks."""

from __future__ import annotations

from copycheck.document import PLACEHOLDER, Block, Document
from copycheck.readers import read
from copycheck.source import Source


def document(text: str, format: str = "markdown", path: str = "page.x") -> Document:
    """The document of a text, every block's place in it checked."""
    made = read(Source(path, text), format)
    for block in made.blocks:
        check_places(block, text)
    return made


def shown(text: str, format: str = "markdown", path: str = "page.x") -> list[tuple[str, str]]:
    """Scope and text of every block."""
    return [(block.scope, block.text) for block in document(text, format, path).blocks]


def regions(text: str, format: str = "html") -> dict[str, list[str]]:
    """The texts of the blocks by region."""
    found: dict[str, list[str]] = {}
    for block in document(text, format).blocks:
        found.setdefault(block.region, []).append(block.text)
    return found


def check_places(block: Block, text: str) -> None:
    """The contract of a block's map: in order, in range; a character either is its source's or a blank for white space."""
    assert block.text and block.segments and block.segments[0].at == 0
    covered = 0
    for segment in block.segments:
        assert segment.at >= covered and segment.length > 0 and segment.source_length > 0
        assert 0 <= segment.source <= segment.source + segment.source_length <= len(text)
        covered = segment.at + segment.length
        if segment.length == segment.source_length:
            here = block.text[segment.at : covered]
            there = text[segment.source : segment.source + segment.length]
            for mine, theirs in zip(here, there, strict=True):
                assert mine == theirs or (mine in " \n" and (theirs.isspace() or theirs == "\\")) or mine in (PLACEHOLDER, "\ufffd"), (
                    here,
                    there,
                )
    assert covered <= len(block.text)
    for link in block.links:
        assert 0 <= link.start < link.end <= len(block.text)
    for start in range(0, len(block.text), max(len(block.text) // 7, 1)):
        span = block.span(start, start + 1)
        assert 0 <= span.start <= span.end <= len(text)  # empty for a blank that only parts two elements
