"""Inputs: the files and the standard input that a run checks, each read, or with the reason why not."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from copycheck.cli.progress import Progress
    from copycheck.config import Config
    from copycheck.settings import Item, Settings


def items(
    paths: Sequence[str], main: Config, options: dict[str, Any], settings_of: Callable[[Path], Settings], progress: Progress
) -> Iterator[Item]:
    """The files to check, each read; those that cannot be read as items with an error."""
    from copycheck import config as configs
    from copycheck import files
    from copycheck.settings import Item
    from copycheck.source import Unreadable

    limit = main.get("max_file_size", files.MAX_FILE_SIZE)

    globs = main.get("exclude", ())

    def excluded(path: Path) -> bool:
        if not globs:  # where the path lies is asked of the system
            return False
        relative = configs.relative_to(path, main.folder)
        return any(configs.matches(relative, glob) for glob in globs)

    if "-" in paths:
        name = options["stdin_filename"] or "-"
        if not (options["force_exclude"] and name != "-" and excluded(Path(name))):
            data = sys.stdin.buffer.read(limit + 1)
            yield _item(name, data, limit, settings_of(Path(name)), "markdown" if name == "-" else None)
    named = [Path(path) for path in paths if path != "-"]
    listed = list(files.discover(named, excluded, options["force_exclude"]))
    progress.total = len(listed) + ("-" in paths)
    for found in listed:
        own = settings_of(found.path)
        if found.error:
            yield Item(str(found.path), None, own, found.error)
            continue
        try:
            data = files.read_bytes(found.path, limit)
        except Unreadable as error:
            yield Item(str(found.path), None, own, str(error))
            continue
        yield _item(str(found.path), data, limit, own, None)


def _item(name: str, data: bytes, limit: int, own: Settings, format_: str | None) -> Item:
    from copycheck.settings import Item
    from copycheck.source import Unreadable, decode

    if len(data) > limit:
        return Item(name, None, own, f"it is over the limit of {limit:,} bytes; the setting max_file_size raises it")
    try:
        return Item(name, decode(data, name), own, format=format_)
    except Unreadable as error:
        return Item(name, None, own, str(error))
