"""Inputs: the files and the standard input that a run checks, each read, or with the reason why not."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from copycheck.readers import source_of
from copycheck.settings import Item
from copycheck.source import Unreadable, read_bytes, read_stream

if TYPE_CHECKING:
    from copycheck.cli.session import Session
    from copycheck.cli.terminal import Progress
    from copycheck.config import Config
    from copycheck.files import Found

SETTING = "max_file_size"


def listing(session: Session) -> tuple[str | None, list[Found]]:
    """The name of the standard input, if it is to be read, and the files that the paths stand for. Raises BadConfig."""
    options, paths = session.options, [Path(path) for path in session.paths if path != "-"]
    name = (options["stdin_filename"] or "-") if "-" in session.paths else None
    if name not in (None, "-") and options["force_exclude"] and _excluded(session, Path(name or "")):
        name = None
    return name, list(found(session, paths))


def found(session: Session, paths: Iterable[Path]) -> Iterator[Found]:
    """The files that some paths stand for. Raises BadConfig."""
    from copycheck import files

    return files.discover(paths, partial(_excluded, session), session.options["force_exclude"], strict=session.policy is not None)


def _excluded(session: Session, path: Path) -> bool:
    return excluding(path, session.config_of(path)) is not None


def excluding(path: Path, config: Config) -> str | None:
    """The pattern of a file's configuration that leaves it out, if one does."""
    from copycheck import config as configs

    globs = config.get("exclude", ())
    if not globs:  # where the path lies is asked of the system
        return None
    relative = configs.relative_to(path, config.folder)
    return next((glob for glob in globs if configs.matches(relative, glob)), None)


def item(session: Session, name: str, read: Callable[[int], bytes], format_: str | None = None) -> Item:
    """What `read` gives for a limit, under a name and its settings; with an error where it cannot be read. Raises BadConfig."""
    own = session.settings_of(Path(name))
    try:
        return Item(name, source_of(read(session.limit(Path(name))), name), own, format=format_)
    except Unreadable as error:
        return Item(name, None, own, str(error))


def items(session: Session, progress: Progress) -> Iterator[Item]:
    """The files to check, each read; those that cannot be read as items with an error. Raises BadConfig."""
    name, listed = listing(session)
    if name is not None:
        yield item(session, name, _standard_input, "markdown" if name == "-" else None)
    progress.total = len(listed) + (name is not None)
    for one in listed:
        if one.error:
            yield Item(str(one.path), None, session.settings_of(one.path), one.error)
        else:
            yield item(session, str(one.path), partial(read_bytes, one.path, raised_by=SETTING))


def _standard_input(limit: int) -> bytes:
    if sys.stdin is None:
        raise Unreadable("standard input is closed")
    return read_stream(sys.stdin.buffer, limit, SETTING)
