"""Data: the files of words and expressions for recognizing claims."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from copycheck import strictyaml

_FOLDER = Path(__file__).resolve().parent.parent / "data" / "claims"


@cache
def read_yaml(name: str) -> Any:
    """A file of the data; not to be changed."""
    return strictyaml.load((_FOLDER / name).read_text(encoding="utf-8")).data
