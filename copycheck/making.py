"""Making: works out for a build what else the first article of every run would wait for."""

from __future__ import annotations

from typing import Any

from copycheck import needs, profile, screen
from copycheck.claims import data, domains, evidence, lexicon, strength
from copycheck.readability import prose, words
from copycheck.screen import Pattern, Screen
from copycheck.spelling import agreement, number

_FILES = ("cues.yaml", "sources.yaml", "strength.yaml", "wording.yaml")  # the lexicon is handed over as its terms and their forms


def make() -> dict[str, tuple[str, dict[str, Any]]]:
    """By the name of a file, its key and its value (see `store.write`)."""
    known = {pattern: needs.needed(pattern) for pattern in sorted({found.pattern for found in patterns()})}
    return {
        data.SHIPPED.name: (data.key(), {"files": {name: data.read_yaml(name) for name in _FILES}, **lexicon.plain()}),
        screen.SHIPPED.name: (screen.key(), needs.plain(known)),
    }


def patterns() -> list[Pattern]:
    """All patterns of the program's own that are tried where they may match."""
    holders = [vars(holder).values() for holder in (evidence.cues(), domains.rules(), prose, words, agreement, number)]
    found = [value for values in holders for value in values]
    screens = [strength.patterns(), *(value for value in found if isinstance(value, Screen))]
    alone = [*profile.patterns(), *(value for value in found if isinstance(value, Pattern))]
    return [*(pattern for each in screens for pattern in each.values()), *alone]
