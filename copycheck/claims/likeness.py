"""Likeness: by what two sentences are seen to speak of the same thing."""

from __future__ import annotations

import re

_CONTENT = re.compile(r"[a-z][a-z-]{3,}")
_COMMON = frozenset(
    (
        "this that these those with from your have been their they them also more most many some such when where which "
        "while than then into about over other each very what will would could should does because there here only even "
        "just like help helps people patients treatment"
    ).split()
)


def terms(folded: str) -> set[str]:
    """The content words of a folded sentence, by their first six letters."""
    return {word[:6] for word in _CONTENT.findall(folded.lower()) if word not in _COMMON}


def figures(folded: str) -> set[str]:
    """The numbers of a folded sentence."""
    return set(re.findall(r"\d+(?:[.,]\d+)*", folded))
