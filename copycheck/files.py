"""Files: which files a run checks; folders are walked with .gitignore respected, named files are always checked."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from copycheck.readers import is_article
from copycheck.source import Unreadable, read_bytes

SKIPPED = frozenset(
    {".git", ".hg", ".svn", "node_modules", "vendor", "bower_components", "_site", "dist", ".venv", "__pycache__", ".cache"}
)


class Found(NamedTuple):
    """A file to check, or (`error`) why a named path gives none."""

    path: Path
    error: str | None = None


def discover(paths: Iterable[Path], excluded: Callable[[Path], bool], force_exclude: bool = False, strict: bool = False) -> Iterator[Found]:
    """The files of some paths, each once, folders in the order of their names.

    A folder leaves out what `.gitignore` files, `excluded` and SKIPPED name, and does not follow links; a named file only what
    `excluded` names under `force_exclude`. A path that does not exist and a folder without articles give an error.
    `strict`: `.gitignore` hides nothing, and a link in a folder is an error.
    """
    seen: set[str] = set()
    paths = list(paths)
    name = os.path.realpath if len(paths) > 1 else str  # asked of the system only where two paths may lead to one file
    for path in paths:
        if missing := _missing(path):
            yield Found(path, missing)
        elif os.path.isdir(path):  # noqa: PTH112  Path.is_dir raises where a folder above may not be searched
            found = False
            for inner in _walk(path, excluded, strict):
                found = True
                if (real := name(inner.path)) not in seen:
                    seen.add(real)
                    yield inner
            if not found:
                yield Found(path, "the folder holds no articles (Markdown, MDX, HTML, text, Word or template files)")
        elif not (force_exclude and excluded(path)) and (real := name(path)) not in seen:
            seen.add(real)
            yield Found(path)


def _missing(path: Path) -> str | None:
    """Why there is nothing of this name, None where there is something."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return "there is no such file or folder"
    except OSError as error:
        return f"it cannot be opened: {error.strerror}"
    return None


def _walk(top: Path, excluded: Callable[[Path], bool], strict: bool) -> Iterator[Found]:
    """The articles at or below a folder in order, and what in it cannot be read."""
    waiting: list[tuple[Path, bool, tuple[tuple[Path, Any], ...]]] = [(top, True, ())]  # not by recursion: folders may lie deep
    while waiting:
        path, is_dir, ignores = waiting.pop()
        if not is_dir:
            yield Found(path)
            continue
        rules = path / ".gitignore"
        try:
            if not strict and rules.is_file():
                import pathspec

                lines = read_bytes(rules).decode("utf-8", "replace").splitlines()
                ignores = (*ignores, (path, pathspec.GitIgnoreSpec.from_lines(lines)))
        except (Unreadable, ValueError, OSError) as error:
            yield Found(rules, str(error))
        try:
            with os.scandir(path) as entries:  # it tells folders from files without asking for each
                listed = sorted(entries, key=lambda entry: entry.name, reverse=True)
        except OSError as error:
            yield Found(path, f"the folder cannot be read: {error.strerror}")
            continue
        for entry in listed:
            inner_dir = entry.is_dir(follow_symlinks=False)
            if strict and entry.is_symlink() and (is_article(entry.name) or entry.is_dir()) and not excluded(path / entry.name):
                yield Found(path / entry.name, "it is a link, which folders do not follow: name it by itself, or leave it out by `exclude`")
            if entry.name in SKIPPED or not (inner_dir or (entry.is_file(follow_symlinks=False) and is_article(entry.name))):
                continue
            inner = path / entry.name
            ignored = (spec.match_file(inner.relative_to(base).as_posix() + "/" * inner_dir) for base, spec in ignores)
            if not (excluded(inner) or any(ignored)):
                waiting.append((inner, inner_dir, ignores))


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: beside it, then in its place, with the mode that it had. A link is followed. Raises OSError."""
    path = Path(os.path.realpath(path))  # Path.resolve raises in a loop
    fresh = path.with_name(f".copycheck-{os.getpid()}.new")
    try:
        with fresh.open("xb") as file:
            file.write(data)
        if path.exists():
            import shutil  # it brings much that a run can spare

            shutil.copymode(path, fresh)
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
