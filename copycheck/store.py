"""Store: plain values kept in files of a cache folder, written whole or not at all, refused where a byte is wrong."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

_LENGTH = 40  # hexadecimal digits of a name: 160 bits
_HEAD = 100  # bytes of a file that hold its key
_MARK = "Signature: 8a477f597d28d172789f06886806bc55\n# Made by copycheck; it may be deleted at any time.\n"  # bford.info/cachedir


def digest(*parts: bytes | memoryview) -> str:
    """A name for some bytes; where they are cut into parts counts."""
    made = sha256(usedforsecurity=False)  # processors have instructions for it
    for part in parts:
        made.update(len(part).to_bytes(8, "big"))
        made.update(part)
    return made.hexdigest()[:_LENGTH]


def place(folder: Path, key: str) -> Path:
    """Where the value of a key stands: in one of 256 folders."""
    return folder / key[:2] / f"{key[2:]}.json"


def name(path: Path) -> str:
    """The key that a file says it was written under; empty where there is none. Whether it is whole, `lines` says."""
    try:
        with path.open("rb", buffering=0) as file:
            return file.read(_HEAD).partition(b" ")[0].decode("ascii")
    except (OSError, ValueError):
        return ""


def lines(path: Path, key: str) -> list[memoryview]:
    """The values that were written under a key, each as JSON in a line, not copied; none where they are damaged or another's."""
    try:
        data = path.read_bytes()
    except OSError:
        return []
    first = data.find(b"\n") + 1
    whole = memoryview(data)
    if data[: max(first - 1, 0)] != f"{key} {digest(whole[first:])}".encode():
        return []
    starts = [first]
    while start := data.find(b"\n", starts[-1]) + 1:  # lines are long: this is much quicker than `split`
        starts.append(start)
    return [whole[start : end - 1] for start, end in zip(starts, [*starts[1:], len(data) + 1], strict=True)]


def value(line: bytes | memoryview, of_map: Callable[[dict[str, Any]], Any] | None = None) -> Any:
    """The value of one of `lines`; `of_map` makes something else of each map in it.

    Raises ValueError or RecursionError where it is no JSON.
    """
    return json.loads(str(line, "utf-8"), object_hook=of_map)


def read(path: Path, key: str, of_map: Callable[[dict[str, Any]], Any] | None = None) -> Any:
    """The value that was written under a key, see `value`; None where there is none, or it is damaged or another's."""
    try:
        return value(lines(path, key)[0], of_map)
    except (IndexError, ValueError, RecursionError):
        return None


def write(path: Path, key: str, *values: Any) -> bool:
    """Keep values, each in a line; False where the folder cannot be written to. Bytes and `lines` are JSON already, without line ends.

    Another process sees the old file or the new one, never a part.
    """
    import tempfile  # it brings much that a run which only reads can spare

    body = b"\n".join([value if isinstance(value, bytes | memoryview) else _json(value) for value in values])
    try:
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    except OSError:
        return False
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(f"{key} {digest(body)}\n".encode("ascii") + body)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        return False
    return True


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def prepare(folder: Path) -> None:
    """Mark a folder as a cache, which backups and version control leave out."""
    for name, text in (("CACHEDIR.TAG", _MARK), (".gitignore", "*\n")):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not (folder / name).exists():
                (folder / name).write_text(text, encoding="ascii")
        except OSError:
            return


def prune(folder: Path, limit: int) -> None:
    """Delete the files of a folder that were used longest ago, until at most `limit` bytes are left."""
    try:
        entries = [(entry.stat(), entry.path) for entry in os.scandir(folder) if entry.is_file(follow_symlinks=False)]
    except OSError:
        return
    left = sum(status.st_size for status, _ in entries)
    for status, path in sorted(entries, key=lambda entry: (entry[0].st_mtime_ns, entry[1])):
        if left <= limit:
            return
        left -= status.st_size
        Path(path).unlink(missing_ok=True)
