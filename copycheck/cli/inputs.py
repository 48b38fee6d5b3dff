"""Inputs: the files and the standard input that a run checks, each read, or with the reason why not."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from copycheck.cli.progress import Progress
    from copycheck.config import Config
    from copycheck.files import Found
    from copycheck.settings import Item, Settings


def listing(paths: Sequence[str], main: Config, options: dict[str, Any]) -> tuple[str | None, list[Found]]:
    """The name of the standard input, if it is to be read, and the files that the paths stand for."""
    from copycheck import files

    def excluded(path: Path) -> bool:
        return excluding(path, main) is not None

    name = (options["stdin_filename"] or "-") if "-" in paths else None
    if name not in (None, "-") and options["force_exclude"] and excluded(Path(name or "")):
        name = None
    return name, list(files.discover([Path(path) for path in paths if path != "-"], excluded, options["force_exclude"]))


def excluding(path: Path, main: Config) -> str | None:
    """The pattern of the run's configuration that leaves a file out, if one does."""
    from copycheck import config as configs

    globs = main.get("exclude", ())
    if not globs:  # where the path lies is asked of the system
        return None
    relative = configs.relative_to(path, main.folder)
    return next((glob for glob in globs if configs.matches(relative, glob)), None)


def items(
    paths: Sequence[str], main: Config, options: dict[str, Any], settings_of: Callable[[Path], Settings], progress: Progress
) -> Iterator[Item]:
    """The files to check, each read; those that cannot be read as items with an error."""
    from copycheck import files
    from copycheck.settings import Item
    from copycheck.source import Unreadable

    limit = main.get("max_file_size", files.MAX_FILE_SIZE)
    name, listed = listing(paths, main, options)
    if name is not None:
        data = sys.stdin.buffer.read(limit + 1)
        yield _item(name, data, limit, settings_of(Path(name)), "markdown" if name == "-" else None)
    progress.total = len(listed) + (name is not None)
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
