"""Location: where rules lie: the bundled folder, the families below it, the file of word lists."""

from __future__ import annotations

from pathlib import Path

FAMILIES = ("claims", "compliance", "disclaimers", "language", "readability", "typos", "content")
TERMS_FILE = "_terms.yaml"
_PACKAGE = Path(__file__).resolve().parent.parent


def rules_dir() -> Path:
    """The folder of the bundled rules: inside the package in a wheel, beside it in a checkout, an sdist or an editable install."""
    inside = _PACKAGE / "rules"
    return inside if inside.is_dir() else _PACKAGE.parent / "rules"
