"""The extension for VS Code: its manifest fits its code, the project and what the package is made of; where npm is, it is built."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import warnings
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import pytest

from copycheck import __version__
from tests.checkout import ROOT

HERE = ROOT / "editors" / "vscode"
MANIFEST = json.loads((HERE / "package.json").read_text("utf-8"))
CODE = (HERE / "extension.js").read_text("utf-8")
MISSING = "NOT TESTED: that the extension for VS Code can be built, for there is no npm here"

_spec = importlib.util.spec_from_file_location("build_vscode", HERE / "build.py")
assert _spec and _spec.loader
builder = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(builder)


def test_the_manifest_is_that_of_this_version() -> None:
    lock = json.loads((HERE / "package-lock.json").read_text("utf-8"))
    assert MANIFEST["version"] == lock["version"] == lock["packages"][""]["version"] == __version__
    assert lock["packages"][""]["dependencies"] == MANIFEST["dependencies"]
    assert {"name", "displayName", "description", "publisher", "license", "engines", "main", "activationEvents"} <= MANIFEST.keys()
    assert re.fullmatch(r"\^\d+\.\d+\.0", MANIFEST["engines"]["vscode"])


def test_settings_and_commands_are_those_that_the_code_uses() -> None:
    declared = {name.removeprefix("copycheck.") for name in MANIFEST["contributes"]["configuration"]["properties"]}
    assert set(re.findall(r'settings\.get\("(\w+)"\)', CODE)) == declared
    commands = {command["command"] for command in MANIFEST["contributes"]["commands"]}
    assert set(re.findall(r'registerCommand\("([\w.]+)"', CODE)) == commands
    assert set(re.findall(r'require\("([\w-]+)', CODE)) == {"vscode", *MANIFEST["dependencies"]}


@pytest.mark.parametrize("path", ["site/.copycheck.yaml", ".copycheck.yml", "rules/compliance/tea.yaml"])
def test_configuration_and_rule_files_are_given_to_the_server(path: str) -> None:
    globs = dict(re.findall(r'^const (RULES|SETTINGS) = "\*\*/([^"]+)";$', CODE, re.M))
    selected = re.search(r"documentSelector = \[(.*)\];", CODE)
    assert selected and all(name in selected[1] for name in globs) and len(globs) == 2
    families, names = (part.strip("{}").split(",") for part in globs["RULES"].replace("*.", "").split("/"))
    name = Path(path).name
    assert fnmatch(name, globs["SETTINGS"]) or (Path(path).parent.name in families and name.rsplit(".", 1)[1] in names)
    assert "yamlValidation" not in MANIFEST["contributes"]  # or each would be offered twice


def test_no_folder_can_choose_what_is_started() -> None:
    properties = MANIFEST["contributes"]["configuration"]["properties"]
    assert properties["copycheck.command"]["scope"] == "machine"
    assert MANIFEST["capabilities"]["untrustedWorkspaces"]["supported"] is False


def test_the_parts_of_the_package_are_there(tmp_path: Path) -> None:
    builder.gather(tmp_path)
    assert all((tmp_path / name).is_file() for name in builder.PARTS)


@pytest.mark.slow
def test_the_package_is_built(tmp_path: Path) -> None:
    if shutil.which("npm") is None:
        warnings.warn(MISSING, stacklevel=1)
        pytest.skip(MISSING)
    made = builder.build(tmp_path)
    with zipfile.ZipFile(made) as archive:
        names = set(archive.namelist())
        manifest = json.loads(archive.read("extension/package.json"))
        bundle = archive.read("extension/out/extension.js").decode()
    assert made.name == f"copycheck-{__version__}.vsix" and manifest["version"] == __version__
    assert {"extension/LICENSE.txt", "extension/NOTICE.txt"} <= names
    assert not [name for name in names if "node_modules" in name]
    assert "textDocument/publishDiagnostics" in bundle and "could not be started" in bundle
