"""Doctor: what is wrong with an installation is told, each thing by itself, and ends with 2."""

from __future__ import annotations

import base64
import hashlib
import importlib
import importlib.metadata
from pathlib import Path

import pytest

from tests.command import run

doctor = importlib.import_module("copycheck.cli.doctor")  # the package has the command by this name


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COPYCHECK_CACHE_DIR", str(tmp_path / "kept"))
    return tmp_path


def rows(code: int) -> dict[str, str]:
    """What is said of each thing; of what is wrong it begins with `WRONG`."""
    done = run("doctor")
    assert done.exit_code == code, done.output
    return {line[7:20].strip(): (line[:5].strip() + " " + line[22:]).removeprefix("ok ") for line in done.stdout.splitlines()[:-1]}


def test_a_sound_installation(folder: Path) -> None:
    (folder / ".copycheck.yaml").write_text("preset: publisher\n", encoding="utf-8")
    said = rows(0)
    assert list(said) == ["program", "files", "configuration", "rules", "model", "judge", "cache"]
    assert not [name for name, line in said.items() if line.startswith("WRONG")]
    assert said["configuration"] == str(folder / ".copycheck.yaml") and "en_core_web_sm" in said["model"]
    assert (folder / "kept").is_dir() and not list((folder / "kept").iterdir())


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without what needs the model."""
    monkeypatch.setattr(doctor, "_model", lambda own: "")
    monkeypatch.setattr(doctor, "_judge", lambda: "")


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("prest: clinic\n", "configuration", "did you mean `preset`?"),
        ("vertical: cars\n", "configuration", "vertical 'cars': unknown"),
        ("rules: {claims/none: off}\n", "rules", "there is no such rule"),
        ("rule_folders: [gone]\n", "rules", "there is no rule folder of this name"),
    ],
)
def test_a_wrong_configuration_is_told_and_the_rest_is_looked_at(folder: Path, text: str, name: str, said: str) -> None:
    (folder / ".copycheck.yaml").write_text(text, encoding="utf-8")
    found = rows(2)
    assert found[name].startswith("WRONG") and said in found[name]
    assert [key for key, line in found.items() if line.startswith("WRONG")] == [name]


def test_a_model_that_is_not_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_judge", lambda: "")
    (folder / ".copycheck.yaml").write_text("model: no_such_model\n", encoding="utf-8")
    assert "no_such_model" in rows(2)["model"]


def test_a_damaged_judge(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_model", lambda own: "")
    from copycheck.nlp import judge

    broken = folder / "judge"
    broken.mkdir()
    for name in ("card.json", "tokenizer.json"):
        (broken / name).write_bytes((judge.FOLDER / name).read_bytes())
    (broken / "model.onnx").write_bytes(b"not a network")
    monkeypatch.setattr(judge.Judge.__init__, "__defaults__", (broken,))
    assert rows(2)["judge"].startswith("WRONG")


@pytest.mark.usefixtures("quick")
def test_a_cache_that_cannot_be_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("COPYCHECK_CACHE_DIR", str(folder / "file" / "inner"))
    assert "COPYCHECK_CACHE_DIR names another folder" in rows(2)["cache"]


@pytest.mark.usefixtures("quick")
def test_no_place_for_a_cache_is_not_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.given, "cache_folder", lambda options: None)
    assert "results are not kept" in rows(0)["cache"]


@pytest.fixture
def installed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package as an installer leaves it, in place of this checkout: one file, and its line in RECORD."""
    package, info = folder / "copycheck", folder / "copycheck_health-1.dist-info"
    package.mkdir()
    info.mkdir()
    (package / "a.py").write_bytes(b"one\n")
    digest = base64.urlsafe_b64encode(hashlib.sha256(b"one\n").digest()).rstrip(b"=").decode()
    (info / "RECORD").write_text(f"copycheck/a.py,sha256={digest},4\ncopycheck_health-1.dist-info/RECORD,,\n", encoding="utf-8")
    monkeypatch.setattr(importlib.metadata, "distribution", lambda name: importlib.metadata.PathDistribution(info))
    monkeypatch.setattr(doctor, "_PACKAGE", package.resolve())
    return package / "a.py"


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("damage", [None, "changed", "gone"])
def test_files_are_those_that_were_installed(installed: Path, damage: str | None) -> None:
    if damage == "changed":
        installed.write_bytes(b"two\n")
    elif damage == "gone":
        installed.unlink()
    said = rows(2 if damage else 0)["files"]
    assert "1 differ from what was installed, copycheck/a.py first" in said if damage else "1 files as they were installed" in said
