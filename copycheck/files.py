"""Files: which files a run checks; folders are walked with .gitignore respected, named files are always checked."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from copycheck.source import Unreadable

MAX_FILE_SIZE = 5_000_000  # bytes
SKIPPED = frozenset(
    {".git", ".hg", ".svn", "node_modules", "vendor", "bower_components", "_site", "dist", ".venv", "__pycache__", ".cache"}
)


class Found(NamedTuple):
    """A file to check, or (`error`) why a named path gives none."""

    path: Path
    error: str | None = None


def discover(paths: Iterable[Path], excluded: Callable[[Path], bool], force_exclude: bool = False) -> Iterator[Found]:
    """The files of some paths, each once, folders in the order of their names.

    A folder leaves out what `.gitignore` files, `excluded` and SKIPPED name, and does not follow links; a named file only what
    `excluded` names under `force_exclude`. A path that does not exist and a folder without articles give an error.
    """
    seen: set[Path] = set()
    for path in paths:
        if not path.exists() and not path.is_symlink():
            yield Found(path, "there is no such file or folder")
        elif path.is_dir():
            found = False
            for inner in _walk(path, excluded, []):
                found = True
                if inner not in seen:
                    seen.add(inner)
                    yield Found(inner)
            if not found:
                yield Found(path, "the folder holds no articles (Markdown, MDX, HTML, text or template files)")
        elif not (force_exclude and excluded(path)) and path not in seen:
            seen.add(path)
            yield Found(path)


def _walk(folder: Path, excluded: Callable[[Path], bool], ignores: list[tuple[Path, Any]]) -> Iterator[Path]:
    from copycheck.readers import is_article

    rules = folder / ".gitignore"
    if rules.is_file():
        import pathspec

        lines = rules.read_text(encoding="utf-8", errors="replace").splitlines()
        ignores = [*ignores, (folder, pathspec.GitIgnoreSpec.from_lines(lines))]
    with os.scandir(folder) as entries:  # it tells folders from files without asking for each
        listed = sorted(entries, key=lambda entry: entry.name)
    for entry in listed:
        is_dir = entry.is_dir(follow_symlinks=False)
        if entry.name in SKIPPED or not (is_dir or (entry.is_file(follow_symlinks=False) and is_article(entry.name))):
            continue
        path = folder / entry.name
        if excluded(path) or any(spec.match_file(path.relative_to(base).as_posix() + "/" * is_dir) for base, spec in ignores):
            continue
        if is_dir:
            yield from _walk(path, excluded, ignores)
        else:
            yield path


def read_bytes(path: Path, limit: int = MAX_FILE_SIZE) -> bytes:
    """The bytes of a regular file. Raises Unreadable for anything else, without blocking, and for more than `limit` bytes."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise Unreadable(f"it cannot be opened: {error.strerror}") from None
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise Unreadable("it is no regular file (a pipe, device or folder)")
    with os.fdopen(descriptor, "rb") as file:
        if status.st_size > limit:
            raise Unreadable(f"it is {status.st_size:,} bytes, over the limit of {limit:,}; the setting max_file_size raises it")
        data = file.read(limit + 1)
    if len(data) > limit:
        raise Unreadable(f"it is over the limit of {limit:,} bytes; the setting max_file_size raises it")
    return data


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: beside it, then in its place, with the mode that it had. A link is followed. Raises OSError."""
    path = path.resolve()
    fresh = path.with_name(f".copycheck-{os.getpid()}.new")
    try:
        with fresh.open("xb") as file:
            file.write(data)
        if path.exists():
            shutil.copymode(path, fresh)
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
