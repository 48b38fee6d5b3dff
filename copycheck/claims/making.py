"""Making: works out for a build what else the first article of every run would wait for."""

from __future__ import annotations

from typing import Any

from copycheck.claims import data, domains, evidence, lexicon, strength
from copycheck.needs import needed
from copycheck.screen import Screen

_FILES = ("cues.yaml", "sources.yaml", "strength.yaml", "wording.yaml")  # the lexicon is handed over as its terms and their forms


def make() -> dict[str, Any]:
    """The data as JSON can hold it; see `data.made`."""
    cues, sources = evidence.cues(), domains.rules()
    patterns = [found.pattern for screen in (*_screens(cues), *_screens(sources), strength.patterns()) for found in screen.values()]
    return {
        "files": {name: data.read_yaml(name) for name in _FILES},
        "needs": {pattern: [[sorted(part) for part in way] for way in needed(pattern)] for pattern in patterns},
        **lexicon.plain(),
    }


def _screens(holder: object) -> list[Screen]:
    return [value for value in vars(holder).values() if isinstance(value, Screen)]
