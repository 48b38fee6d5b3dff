"""The HTML reader: whole pages and fragments, with the template code of their generators masked."""

from __future__ import annotations

from collections.abc import Iterator

from copycheck.readers.events import Event
from copycheck.readers.scanner import scan


def events(masked: str) -> Iterator[Event]:
    """Events of a cleaned and masked HTML text."""
    return scan(masked)
