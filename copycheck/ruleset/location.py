"""Location: where rules lie: the bundled folder, the families below it, the files that are no rules; and that some do not load."""

from __future__ import annotations

from pathlib import Path

from copycheck.source import Refused

FAMILIES = ("claims", "compliance", "disclaimers", "language", "readability", "typos", "content")
CONTEXT_FILE = "context.yaml"
AUTHORITIES_FILE = "authorities.yaml"
PROFILE_FILE = "profile.yaml"
TERMS_FOLDER = "terms"
_PACKAGE = Path(__file__).resolve().parent.parent

PACKAGED = _PACKAGE / "rules"
"""Where the bundled rules are in an installed package; in a checkout there is no such folder."""


class BadRules(Refused):
    """Rule files that do not load."""


def rules_dir() -> Path:
    """The folder of the bundled rules: inside the package in a wheel, beside it in a checkout, an sdist or an editable install."""
    return PACKAGED if PACKAGED.is_dir() else _PACKAGE.parent / "rules"


def is_rule(name: str) -> bool:
    """A file of a rule folder, by its path in it, holds a rule."""
    return name.rsplit("/", 1)[-1] not in (CONTEXT_FILE, AUTHORITIES_FILE, PROFILE_FILE) and not name.startswith(f"{TERMS_FOLDER}/")
