"""Release: the notes of a tagged version, out of the changelog; refuses a tag that is not the version, and a version without notes.

Use: python tools/release.py v1.2.3 > notes.md
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))


def notes(tag: str, version: str, changelog: str) -> str:
    """The section of the version, without its heading. Raises ValueError."""
    if tag != f"v{version}":
        raise ValueError(f"the tag {tag} is not v{version}, which copycheck/__init__.py says")
    found = re.search(rf"^## \[{re.escape(version)}\][^\n]*\n(.*?)(?=^## |\Z)", changelog, re.M | re.S)
    if not found or not found[1].strip():
        raise ValueError(f"CHANGELOG.md has no notes on {version}: give [Unreleased] its number and date")
    return found[1].strip() + "\n"


if __name__ == "__main__":
    from copycheck import __version__

    try:
        print(notes(sys.argv[1], __version__, (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")), end="")
    except ValueError as error:
        sys.exit(f"release: {error}")
