"""Model: the spaCy pipeline that runs, with the components that are needed, from files that are the ones we know."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import spacy
from spacy.tokenizer import Tokenizer

from copycheck.modelfiles import ALWAYS, OFFICIAL, PINNED, REMEDY, TAGGING, NoModel, find, identity, verify

__all__ = ["OFFICIAL", "PINNED", "REMEDY", "NoModel", "find", "identity", "load"]

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

_STANDARD = {"@tokenizers": "spacy.Tokenizer.v1"}
_EMPTY = {"@tokenizers": "copycheck.Empty.v1"}


def _empty() -> Callable[[Any], Tokenizer]:
    """A tokenizer that takes all it knows from the model's files. spaCy's own takes those of English first, a fifth of the loading."""
    return lambda nlp: Tokenizer(nlp.vocab)


spacy.registry.tokenizers(_EMPTY["@tokenizers"], func=_empty)


def load(name: str | None = None, components: Collection[str] = ()) -> Any:
    """The spaCy pipeline with its tagger, and with those of `components` (`parser`, `lemmatizer` …) that rules need.

    `name` is a package or a folder that the user chose; else the official package if installed, else the pinned one from the index.
    Raises NoModel.
    """
    model = find(name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about versions and components, which are judged here
            config = spacy.util.load_config(model.folder / "config.cfg")["nlp"]
            pipeline, tokenizer = config["pipeline"], config.get("tokenizer", _STANDARD)
            wanted = [component for component in pipeline if component in TAGGING or component in components]
            if not {"tagger", "morphologizer"} & set(wanted):
                raise NoModel(f"The model {model.name} {model.version} has no tagger: name another one or {REMEDY}.")
            for component in sorted(components):
                if component not in wanted:
                    raise NoModel(f"The model {model.name} {model.version} has no {component}, which a rule needs: name another one.")
            verify(model, (*ALWAYS, *wanted))
            unwanted = [component for component in pipeline if component not in wanted]
            changed = {"nlp": {"tokenizer": _EMPTY if tokenizer == _STANDARD else tokenizer}}
            nlp = spacy.load(model.folder, exclude=unwanted, config=changed)
            nlp.config["nlp"]["tokenizer"] = tokenizer  # as it is written where somebody saves the pipeline
            return nlp
    except NoModel:
        raise
    except Exception as error:  # whatever spaCy, its parts or a damaged file raise, the remedy is the same
        reason = " ".join(str(error).split())[:200]
        raise NoModel(f"The model {model.name} {model.version} could not be loaded ({reason}): name another one or {REMEDY}.") from error
