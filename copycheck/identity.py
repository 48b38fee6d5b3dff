"""Identity: a name for the program as it stands, and for what it is built on; results of another one are not reused."""

from __future__ import annotations

import os
import sys
from functools import cache
from hashlib import sha256
from pathlib import Path

from copycheck import __version__

_PACKAGE = Path(__file__).resolve().parent
_OTHERS = frozenset({"__pycache__", "rules"})  # rules are named by their own contents
_PART = 1_000_000  # bytes read at a time: the judge has ten times as many, and memory that is new costs more than the reading
_DEPENDENCIES = frozenset(
    "spacy textstat regex rapidfuzz markdown-it-py mdit-py-plugins pyyaml pydantic numpy onnxruntime tokenizers".split()
)


@cache
def program() -> str:
    """By the contents of the package's files, so that a change in a checkout is noticed as well as a new version."""
    digest = sha256(__version__.encode(), usedforsecurity=False)
    root = str(_PACKAGE)
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in _OTHERS)
        for name in sorted(names):
            digest.update(f"\0{folder.removeprefix(root)}/{name}\0".encode())
            with Path(folder, name).open("rb", buffering=0) as file:
                while part := file.read(_PART):
                    digest.update(part)
    return digest.hexdigest()


@cache
def surroundings() -> str:
    """The versions of Python and of the libraries that decide what is found, told from the names of what is installed."""
    versions: dict[str, str] = {}
    for folder in sys.path:
        try:
            names = [entry.name for entry in os.scandir(folder or ".")]
        except OSError:
            continue
        for name in names:
            if name.endswith(".dist-info"):
                project, _, version = name.removesuffix(".dist-info").partition("-")
                project = project.lower().replace("_", "-").replace(".", "-")
                if project in _DEPENDENCIES:
                    versions.setdefault(project, version)
    listed = " ".join(f"{project}={version}" for project, version in sorted(versions.items()))
    return f"python={'.'.join(map(str, sys.version_info[:3]))} {listed}"
