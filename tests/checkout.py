"""A copy of the project's tracked kinds of file, as a clone would have them, for tests that build or install it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
_PARTS = (
    *(
        "copycheck",
        "rules",
        "docs",
        "editors",
        "tests",
        "tools",
        "mkdocs.yml",
        "pyproject.toml",
        "requirements.lock",
        ".gitignore",
        ".pre-commit-hooks.yaml",
    ),
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "CITATION.cff", "CODE_OF_CONDUCT.md"),
    *("Dockerfile", ".dockerignore", "action.yml", ".github"),
)


def copy(target: Path) -> Path:
    """Writes the copy to `target`, which must not exist yet, and returns it."""
    target.mkdir(parents=True)
    for name in _PARTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
        elif source.exists():
            shutil.copy2(source, target / name)
    return target


def hooks(target: Path, **variables: str) -> Path:
    """Writes a git repository with the hooks for pre-commit to `target`, run by the program that is tested, and returns it.

    That the program can be installed is what the tests of packaging show; pre-commit would build an environment of its own.
    """
    target.mkdir()
    listed = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    for hook in listed:
        hook |= {"language": "system", "entry": hook["entry"].replace("copycheck", f"{sys.executable} -m copycheck", 1)}
        del hook["additional_dependencies"]
    (target / ".pre-commit-hooks.yaml").write_text(yaml.safe_dump(listed), encoding="utf-8")
    for command in (("init", "-q", "-b", "main"), ("add", "."), ("commit", "-q", "-m", "hooks")):
        succeed("git", *command, cwd=target, **variables)
    return target


def run(*command: object, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs a program without standard input and without what this process has of git, Python and coverage in its environment."""
    strays = ("GIT_", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "COV_", "COVERAGE_", "PRE_COMMIT")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(strays)} | variables
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def succeed(*command: object, cwd: Path, **variables: str) -> str:
    """`run`, where anything but exit code 0 fails the test; gives standard output."""
    done = run(*command, cwd=cwd, **variables)
    assert done.returncode == 0, f"{command}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout
