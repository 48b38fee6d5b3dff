"""Model: the spaCy pipeline that runs, with the components that are needed, from files that are the ones we know."""

from __future__ import annotations

import importlib
import sys
import warnings
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING, Any

from copycheck.analysis import PARSE, TAGS, TOKENS
from copycheck.modelfiles import ALWAYS, MEND, OFFICIAL, PINNED, TAGGING, NoModel, find, identity, verify

__all__ = ["MEND", "OFFICIAL", "PINNED", "NoModel", "find", "identity", "load"]

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMPONENTS = {TOKENS: (), TAGS: TAGGING, PARSE: (*TAGGING, "parser")}


def load(needs: frozenset[str], name: str | None = None) -> Any:
    """The spaCy pipeline with only the components that `needs` (see copycheck.analysis) call for.

    `name` is a package or a folder that the user chose; else the official package if installed, else the pinned one from the index.
    Raises NoModel.
    """
    model = find(name)
    level = PARSE if PARSE in needs else TAGS if TAGS in needs else TOKENS
    try:
        with _quiet_import():
            import spacy
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about versions and components, which are judged here
            pipeline = spacy.util.load_config(model.folder / "config.cfg")["nlp"]["pipeline"]
            wanted = [component for component in pipeline if component in _COMPONENTS[level]]
            if level != TOKENS and not {"tagger", "morphologizer"} & set(wanted):
                raise NoModel(f"The model {model.name} {model.version} has no tagger: name another one or {MEND}.")
            if level == PARSE and "parser" not in wanted:
                raise NoModel(f"The model {model.name} {model.version} has no parser: name another one or {MEND}.")
            verify(model, (*ALWAYS, *wanted))
            return spacy.load(model.folder, exclude=[component for component in pipeline if component not in wanted])
    except NoModel:
        raise
    except Exception as error:  # whatever spaCy, its parts or a damaged file raise, the mend is the same
        reason = " ".join(str(error).split())[:200]
        raise NoModel(f"The model {model.name} {model.version} could not be loaded ({reason}): name another one or {MEND}.") from error


@contextmanager
def _quiet_import() -> Iterator[None]:
    """Spares `import spacy` its command-line tools, which bring an HTTP client and cost a third of the time.

    They stay importable: the stand-ins are gone when the block ends, and spaCy is left as it would be.
    """
    if "spacy" in sys.modules:
        yield
        return
    tools, info = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    vars(tools)["__path__"] = []
    vars(info)["info"] = _info
    sys.modules |= {"spacy.cli": tools, "spacy.cli.info": info}
    try:
        yield
    finally:
        for stand_in in (tools, info):
            sys.modules.pop(stand_in.__name__, None)


def _info(*args: Any, **options: Any) -> Any:
    """`spacy.info`, imported when it is called."""
    return importlib.import_module("spacy.cli.info").info(*args, **options)
