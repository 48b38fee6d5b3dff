"""Data: the files of words and patterns for telling claims, and what a build worked out of them beforehand."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from copycheck import identity, store, strictyaml

_PACKAGE = Path(__file__).resolve().parent.parent
_FOLDER = _PACKAGE / "data" / "claims"
_MAKERS = ("inflection.py", "strictyaml.py", "claims/lexicon.py", "data/irregular.txt")  # what a form is made by
SHIPPED = _PACKAGE / identity.MADE / "claims.json"
"""Where a build leaves what `making.make` gave: `files`, and the lexicon's `trie` and its words' `forms`."""


@cache
def key() -> str:
    """Names the data as it stands with all that a form of it is made by, so that none is read that was made of another."""
    paths = [*sorted(_FOLDER.glob("*.yaml")), *(_PACKAGE / name for name in _MAKERS)]
    return store.digest(*(part for path in paths for part in (path.name.encode(), path.read_bytes())))


@cache
def made() -> dict[str, Any]:
    """What the build left; empty where there was none or the data changed since."""
    return store.read(SHIPPED, key()) or {}


def read_yaml(name: str) -> Any:
    """A file of the data; not to be changed."""
    files = made().get("files", {})
    return files[name] if name in files else strictyaml.load((_FOLDER / name).read_text(encoding="utf-8")).data
