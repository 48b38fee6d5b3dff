"""Making: works out for a build what else the first article of every run would wait for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Any, cast

import copycheck
from copycheck import lazy, needs, profile, screen
from copycheck.claims import data, domains, evidence, lexicon, strength
from copycheck.readability import prose, words
from copycheck.ruleset import Ruleset
from copycheck.ruleset.patterns import fill
from copycheck.screen import Pattern, Screen
from copycheck.spelling import agreement, number

if TYPE_CHECKING:
    from copycheck.ruleset.models import Phrase

_FILES = ("cues.yaml", "sources.yaml", "strength.yaml", "wording.yaml")  # the lexicon is handed over as its trie and its words' forms


def import_all() -> None:
    """Import every module of the program, so that all of its patterns are there."""
    for found in walk_packages(copycheck.__path__, "copycheck."):
        if not found.name.endswith("__main__"):
            import_module(found.name)


def expressions(rules: Ruleset) -> Iterator[tuple[str, int]]:
    """All that a run may compile, each with its flags: of the rules, and of the program's own modules."""
    import_all()
    yield from lazy.GIVEN
    yield from ((pattern.pattern, int(pattern.flags)) for pattern in patterns())
    phrases = [cast("Phrase", rule) for rule in rules.rules if rule.kind == "phrase"]
    cased = {pattern for rule in phrases if rule.case for pattern in rule.patterns}
    yield from ((fill(pattern, rules.terms), 0 if pattern in cased else int(re.IGNORECASE)) for pattern in rules.terms.needed)


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
