"""Doctor: whether this installation can check articles: its files, configuration, rules, model, judge and cache."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from copycheck import __version__, identity, modelfiles
from copycheck import config as configs
from copycheck.cli import given, output
from copycheck.cli.trouble import TROUBLE
from copycheck.config import Config

if TYPE_CHECKING:
    from importlib.metadata import PackagePath

DISTRIBUTION = "copycheck-health"  # its name on the index; another project has the short one
_AGAIN = "in your clone of copycheck, pip install --force-reinstall --no-deps ."
_PACKAGE = Path(__file__).resolve().parent.parent


@click.command()
@click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="Use this configuration file only.")
def doctor(config: Path | None) -> None:
    """Look whether this installation can check articles.

    Exit codes: 0 it can, 2 something is wrong, and what to do about it.
    """
    own = Config()

    def read() -> str:
        nonlocal own
        path = config or configs.find(Path.cwd())
        own = given.read_config(path, {})
        return str(path) if path else "none at or above this folder, so the defaults hold; `copycheck init` writes one"

    checks: dict[str, Callable[[], str]] = {
        "program": lambda: f"copycheck {__version__}, {sys.platform}, {identity.surroundings()}",
        "files": _files,
        "configuration": read,
        "rules": lambda: _rules(own),
        "model": lambda: _model(own),
        "judge": _judge,
        "cache": _cache,
    }
    failed = 0
    for name, check in checks.items():
        try:
            mark, said = "ok", check()
        except Exception as error:  # of whatever library: it is what the user wants to know
            mark, said = "WRONG", "\n".join(getattr(error, "problems", ())) or str(error) or repr(error)
            failed += 1
        for line in said.splitlines():
            output.echo(f"{mark:<5}  {name:<13}  {line}")
    output.echo(f"{failed} of {len(checks)} wrong" if failed else "nothing is wrong")
    sys.exit(TROUBLE if failed else 0)


def _files() -> str:
    """The package's files against the list of them that its installer keeps, with a hash of each (packaging.python.org, RECORD)."""
    from importlib import metadata

    try:
        listed = metadata.distribution(DISTRIBUTION).files or ()
    except metadata.PackageNotFoundError:
        listed = ()
    own = [file for file in listed if file.hash and _PACKAGE in Path(str(file.locate())).resolve().parents]
    if not own:
        return f"{_PACKAGE}, a checkout: there is no list to compare them with"
    changed = [str(file) for file in own if not _as_recorded(file)]
    if changed:
        raise ValueError(f"{len(changed)} differ from what was installed, {changed[0]} first: {_AGAIN}")
    return f"{_PACKAGE}, {len(own):,} files as they were installed"


def _as_recorded(file: PackagePath) -> bool:
    import base64
    import hashlib

    assert file.hash is not None
    try:
        digest = hashlib.new(file.hash.mode, file.read_binary()).digest()
    except OSError:
        return False
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == file.hash.value


def _rules(own: Config) -> str:
    found = given.ruleset(own)
    configs.check_rules(own, found.ids)
    return f"{len(found.rules)} rules" + (f", also of {', '.join(found.folders)}" if found.folders else "")


def _model(own: Config) -> str:
    """Loaded as a check loads it, which compares a known model's files with their recorded hashes."""
    name = own.get("model")
    given.loader(name, (), own.get("pipeline", ()))(frozenset())("Acupuncture may ease pain.")
    found = modelfiles.find(name)
    return f"{found.name} {found.version} in {found.folder}"


def _judge() -> str:
    from copycheck.nlp.judge import FOLDER, Judge

    chance = Judge()("Acupuncture cures addiction.").claim
    if not 0 <= chance <= 1:
        raise ValueError(f"its answer is {chance}, no chance: {_AGAIN}")
    return f"it answers, from {FOLDER}"


def _cache() -> str:
    from tempfile import TemporaryFile

    folder = given.cache_folder({})
    if folder is None:
        return "this system names no folder, so results are not kept; COPYCHECK_CACHE_DIR names one"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            return str(folder)
    except OSError as error:
        raise ValueError(f"{folder} cannot be written ({error.strerror}): COPYCHECK_CACHE_DIR names another folder") from None
