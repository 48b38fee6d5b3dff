"""Location: where rules lie: the bundled folder, the families below it, the file of word lists."""

from __future__ import annotations

from pathlib import Path

FAMILIES = ("claims", "compliance", "disclaimers", "language", "readability", "typos", "content")
CONTEXT_FILE = "context.yaml"
AUTHORITIES_FILE = "authorities.yaml"
PROFILE_FILE = "profile.yaml"
TERMS_FOLDER = "terms"
_PACKAGE = Path(__file__).resolve().parent.parent


PACKAGED = _PACKAGE / "rules"
"""Where the bundled rules are in an installed package; in a checkout there is no such folder."""


def rules_dir() -> Path:
    """The folder of the bundled rules: inside the package in a wheel, beside it in a checkout, an sdist or an editable install."""
    return PACKAGED if PACKAGED.is_dir() else _PACKAGE.parent / "rules"
