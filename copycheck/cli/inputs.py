"""Inputs: the files and the standard input that a run checks, each read, or with the reason why not."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copycheck.settings import Item
from copycheck.source import MAX_FILE_SIZE, Unreadable, decode, read_bytes, read_stream

if TYPE_CHECKING:
    from copycheck.cli.progress import Progress
    from copycheck.config import Config
    from copycheck.settings import Settings

_SETTING = "max_file_size"


def items(
    paths: Sequence[str],
    config_of: Callable[[Path], Config],
    options: dict[str, Any],
    settings_of: Callable[[Path], Settings],
    progress: Progress,
) -> Iterator[Item]:
    """The files to check, each read; those that cannot be read as items with an error. What a configuration says holds below it alone."""
    from copycheck import config as configs
    from copycheck import files

    def excluded(path: Path) -> bool:
        config = config_of(path)
        globs = config.get("exclude", ())
        if not globs:  # where the path lies is asked of the system
            return False
        relative = configs.relative_to(path, config.folder)
        return any(configs.matches(relative, glob) for glob in globs)

    if "-" in paths:
        name = options["stdin_filename"] or "-"
        if not (options["force_exclude"] and name != "-" and excluded(Path(name))):
            yield _item(Path(name), name, config_of, settings_of, True, "markdown" if name == "-" else None)
    named = [Path(path) for path in paths if path != "-"]
    listed = list(files.discover(named, excluded, options["force_exclude"]))
    progress.total = len(listed) + ("-" in paths)
    for found in listed:
        if found.error:
            yield Item(str(found.path), None, settings_of(found.path), found.error)
        else:
            yield _item(found.path, str(found.path), config_of, settings_of)


def _item(
    path: Path,
    name: str,
    config_of: Callable[[Path], Config],
    settings_of: Callable[[Path], Settings],
    piped: bool = False,
    format_: str | None = None,
) -> Item:
    limit = config_of(path).get("max_file_size", MAX_FILE_SIZE)
    try:
        data = _standard_input(limit) if piped else read_bytes(path, limit, _SETTING)
        return Item(name, decode(data, name), settings_of(path), format=format_)
    except Unreadable as error:
        return Item(name, None, settings_of(path), str(error))


def _standard_input(limit: int) -> bytes:
    if sys.stdin is None:
        raise Unreadable("standard input is closed")
    return read_stream(sys.stdin.buffer, limit, _SETTING)
