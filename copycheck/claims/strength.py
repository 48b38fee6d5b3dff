"""Strength: whether a claim says that things go together, may act, or do act; and whether it is hedged."""

from __future__ import annotations

import re
from functools import cache

from copycheck.claims.lexicon import read_yaml

STRENGTHS = ("none", "correlational", "conditional", "causal")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern, re.I) for name, pattern in read_yaml("strength.yaml").items()}


def strength_of(folded: str) -> str:
    """`causal` (it does), `conditional` (it may), `correlational` (they go together) or `none`."""
    patterns = _patterns()
    acts = patterns["causal"].search(folded) is not None
    together = patterns["correlational"].search(folded) is not None
    if together and not patterns["causal-beside"].search(folded):
        return "correlational"
    if acts:
        return "conditional" if is_hedged(folded) else "causal"
    return "correlational" if together or patterns["comparative"].search(folded) else "none"


def is_hedged(folded: str) -> bool:
    """The claim is softened: may, can, suggests, in some cases."""
    return _patterns()["hedge"].search(folded) is not None
