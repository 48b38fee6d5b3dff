"""Releases: one version, the name on the index, and notes that are there before a tag is published."""

from __future__ import annotations

import importlib
import re
import sys
import tomllib
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement

from copycheck import __version__, strictyaml
from tests import checkout

ROOT = checkout.ROOT
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CHANGELOG = "# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2026-12-01\n\n### Added\n\n- A thing.\n\n## [0.1.0] - 2026-11-30\n\nFirst.\n"


@pytest.fixture(scope="module")
def release() -> ModuleType:
    spec = spec_from_file_location("release", ROOT / "tools" / "release.py")
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_notes_are_the_section_of_the_version(release: ModuleType) -> None:
    assert release.notes("v0.2.0", "0.2.0", CHANGELOG) == "### Added\n\n- A thing.\n"
    assert release.notes("v0.1.0", "0.1.0", CHANGELOG) == "First.\n"


@pytest.mark.parametrize(
    ("tag", "version", "said"), [("v0.2.1", "0.2.0", "is not v0.2.0"), ("0.2.0", "0.2.0", "is not v"), ("v0.3.0", "0.3.0", "no notes")]
)
def test_a_wrong_tag_or_no_notes_are_refused(release: ModuleType, tag: str, version: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        release.notes(tag, version, CHANGELOG)


def test_the_tool_refuses_a_tag_that_is_not_this_version(tmp_path: Path) -> None:
    done = checkout.run(sys.executable, ROOT / "tools" / "release.py", "v99.0.0", cwd=tmp_path)
    assert done.returncode == 1 and "the tag v99.0.0 is not" in done.stderr and done.stdout == ""


def test_the_version_is_written_in_one_place() -> None:
    assert PROJECT["project"]["dynamic"] == ["version"] and PROJECT["tool"]["hatch"]["version"]["path"] == "copycheck/__init__.py"
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)
    assert "version" not in strictyaml.load((ROOT / "CITATION.cff").read_text("utf-8")).data


def test_the_name_on_the_index_is_the_same_everywhere() -> None:
    name = PROJECT["project"]["name"]
    assert importlib.import_module("copycheck.cli.doctor").DISTRIBUTION == name == "copycheck-health"
    assert PROJECT["project"]["scripts"] == {"copycheck": "copycheck.__main__:main"}
    assert name in (ROOT / "README.md").read_text("utf-8")


def test_the_package_has_types() -> None:
    assert (ROOT / "copycheck" / "py.typed").read_bytes() == b""


def test_the_release_publishes_without_a_password() -> None:
    jobs = strictyaml.load((ROOT / ".github" / "workflows" / "release.yml").read_text("utf-8")).data["jobs"]
    assert jobs["publish"]["environment"] == "pypi" and jobs["publish"]["permissions"] == {"id-token": "write"}
    (step,) = [step for step in jobs["publish"]["steps"] if step["uses"].startswith("pypa/gh-action-pypi-publish@")]
    assert step["with"] == {"attestations": True}
    assert "secrets." not in str(jobs)


def locked() -> dict[str, set[str]]:
    """The versions that the lock file has of each project, for this or another system and Python."""
    versions: dict[str, set[str]] = {}
    for entry in re.split(r"\n(?=\S)", (ROOT / "requirements.lock").read_text("utf-8")):
        if not entry.startswith("#"):
            pin, *hashes = entry.replace("\\", "").strip().splitlines()
            assert hashes and all(re.fullmatch(r"\s+--hash=sha256:[0-9a-f]{64}\s*", line) for line in hashes), pin
            requirement = Requirement(pin)
            ((_, _, version),) = re.findall(r"((==)([\w.!+]+))", str(requirement.specifier))
            versions.setdefault(requirement.name.lower().replace("_", "-"), set()).add(version)
    return versions


def test_the_lock_file_fits_the_ranges_of_the_project() -> None:
    """`make lock` writes it anew."""
    pins = locked()
    extras = PROJECT["project"]["optional-dependencies"]
    wanted = [Requirement(line) for line in (*PROJECT["project"]["dependencies"], *extras["dev"])]
    own = [one for one in wanted if one.name == PROJECT["project"]["name"]]  # extras that are taken in
    for needed in (*wanted, *(Requirement(line) for one in own for extra in one.extras for line in extras[extra])):
        if needed in own:
            continue
        found = pins.get(needed.name.lower().replace("_", "-"), set())
        assert found and all(needed.specifier.contains(version) for version in found), f"{needed}: {found}"


def test_builds_install_from_the_lock_file() -> None:
    """With hashes, and the project itself without what it would ask for."""
    for place in (".ci/run", ".github/workflows/tests.yml"):
        path = ROOT / place
        if path.exists():  # a source distribution has no .ci
            text = path.read_text("utf-8")
            installs = re.findall(r"pip install (.*)", text)
            assert [("--require-hashes -r requirements.lock" in one, "--no-deps -e ." in one) for one in installs] == [
                (True, False),
                (False, True),
            ]
