"""Policy: the configuration that a gate holds, laid over that of the repository whose copy it checks, which cannot weaken it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from copycheck.config import WORDS, BadConfig, Config
from copycheck.config import load as load_config

ALLOW = "allow"
LENDABLE = (
    *("site", "states", "vertical", "promotional", "page", "audience", "spelling", "vocabulary", "vocabulary_files"),
    *("approved_claims", "trusted_sources", "distrusted_sources", "baseline"),
)
"""What a policy may allow the repository to say: facts of its site, and what was accepted there. Never which rules count, and how much."""
_FILES = ("approved_claims", "vocabulary_files", "rule_folders")


def load(path: Path) -> Config:
    """Read a policy: a configuration that may also have `allow`. Raises BadConfig."""
    policy = load_config(path, (ALLOW,))
    unknown = [key for key in policy.get(ALLOW, ()) if key not in LENDABLE]
    if unknown:
        raise BadConfig([f"{path}:{policy.lines.get((ALLOW,), 1)}: {ALLOW}: {unknown[0]!r} is none of {', '.join(LENDABLE)}"])
    return policy


def over(policy: Config, own: Config) -> tuple[Config, list[str]]:
    """The policy with what it allows a repository to say, and the keys of the repository's that do not count.

    Paths are those of the file that says them; patterns start where the run does, so that no folder below moves them.
    """
    allowed = policy.get(ALLOW, [])
    lent = {key: value for key, value in own.values.items() if key in allowed}
    if "vocabulary_files" in allowed and os.path.lexists(own.folder / WORDS):
        lent["vocabulary_files"] = [*lent.get("vocabulary_files", ()), WORDS]
    values = _rooted(lent, own) | _rooted(policy.values, policy)
    if "site" in lent and "site" in policy.values:
        values["site"] = lent["site"] | policy.values["site"]
    place = str(own.path or WORDS)
    places = {key: f"{place}:{own.lines[key,]}" if (key,) in own.lines else place for key in lent if key not in policy.values}
    left = {key for key in own.values if key not in places and (key, key in lent) != ("site", True)}
    return replace(policy, values=values, lent=places), sorted(left | ({"overrides"} if own.overrides else set()))


def _rooted(values: dict[str, Any], config: Config) -> dict[str, Any]:
    """Values whose paths start from their own configuration's folder."""
    rooted = dict(values)
    for key in _FILES:
        if isinstance(value := values.get(key), str):
            rooted[key] = str(config.folder / value)
        elif value:
            rooted[key] = [str(config.folder / name) for name in value]
    return rooted
