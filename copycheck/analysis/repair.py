"""Repair: the text that the tagger sees instead of a fragment that it would get wrong, offsets kept."""

from __future__ import annotations

from typing import NamedTuple

from copycheck import lazy
from copycheck.analysis.context import fold
from copycheck.document import PLACEHOLDER

_LONG_RUN = lazy.pattern(r"\S{257,}")  # spaCy's tokenizer is quadratic on runs of brackets or quotes


class Repair(NamedTuple):
    """`text` is what the model reads: `shift` characters put before the unit's own text, which keeps its length."""

    text: str
    shift: int


def repair(text: str, kind: str) -> Repair:
    """The unit's text for the tagger. See `Repair`."""
    plain = fold(text).replace(PLACEHOLDER, "X").encode("utf-8", "replace").decode("utf-8")
    if len(plain) > 256:
        plain = _LONG_RUN.sub(lambda match: "x" * len(match.group()), plain)
    return Repair(plain, 0)
