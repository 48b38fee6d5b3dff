"""Nlp: the spaCy pipeline, its components, and the matcher of patterns; knows no finding and no YAML."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any


@contextmanager
def _quiet_import() -> Iterator[None]:
    """Spares `import spacy` its command-line tools, which bring an HTTP client and cost a third of the time.

    They stay importable: the stand-ins are gone when the block ends, and spaCy is left as it would be.
    """
    if "spacy" in sys.modules:
        yield
        return
    tools, info = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    vars(tools)["__path__"] = []
    vars(info)["info"] = _info
    sys.modules |= {"spacy.cli": tools, "spacy.cli.info": info}
    try:
        yield
    finally:
        for stand_in in (tools, info):
            sys.modules.pop(stand_in.__name__, None)


def _info(*args: Any, **options: Any) -> Any:
    """`spacy.info`, imported when it is called."""
    return importlib.import_module("spacy.cli.info").info(*args, **options)


with _quiet_import():
    import spacy  # noqa: F401  before any module of this package
