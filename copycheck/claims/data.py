"""Data: the files of words and expressions for recognizing claims."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from copycheck import strictyaml

Expressions = Mapping[str, re.Pattern[str]]
"""Regular expressions by name, in their order."""

_FOLDER = Path(__file__).resolve().parent.parent / "data" / "claims"


@cache
def read_yaml(name: str) -> Any:
    """A file of the data; not to be changed."""
    return strictyaml.load((_FOLDER / name).read_text(encoding="utf-8")).data


def compiled(patterns: Mapping[str, str]) -> Expressions:
    """Named expressions of the data, ignoring case."""
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in patterns.items()}
