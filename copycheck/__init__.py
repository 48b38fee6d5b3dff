"""copycheck: a content-quality and compliance linter for health marketing copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language

__version__ = "0.1.0"


def load(model: str | None = None, folders: Sequence[str] = (), pipeline: Sequence[str] = ()) -> Language:
    """The spaCy pipeline that copycheck reads articles with; see docs/notebook.md.

    Args:
        model: a package or folder with an English pipeline that has a tagger; else the model copycheck was tested with.
        folders: rule folders whose term lists and context cues are added to those that ship.
        pipeline: factories of installed packages, added at the end.

    Raises:
        copycheck.modelfiles.NoModel: if the model, or a component, is missing or damaged.
    """
    from copycheck.nlp import pipeline as pipelines

    return pipelines.load(model, folders, extra=pipeline)
