"""The worked repository of the documentation: built with git, its hook and gate run, as its page says."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
import yaml

from tests import checkout
from tests.command import run

SITE = checkout.ROOT / "docs" / "worked" / "site"
POST = Path("content", "blog", "2021-what-to-expect-when-you-come-in-with-knee-arthritis.md")
WORD = ("two new puppies", "two young puppies")
ERROR = ("After a few weeks", "Our braces cure arthritis. After a few weeks")
RULE = "compliance/cure"
GIT = {f"GIT_{role}_{what}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")} | {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
}


def test_the_posts_are_those_that_the_tool_writes() -> None:
    spec = spec_from_file_location("worked", checkout.ROOT / "tools" / "worked.py")
    assert spec and spec.loader
    worked = module_from_spec(spec)
    spec.loader.exec_module(worked)
    made = {path.as_posix(): text for path, text in worked.posts()}
    there = {path.relative_to(SITE).as_posix(): path.read_text("utf-8") for path in SITE.rglob("*.md")}
    assert len(made) == 60 and there == made


@pytest.fixture(scope="module")
def git(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """git in the repository, which holds the site as it is before anything was checked."""
    repo = tmp_path_factory.mktemp("worked") / "site"
    shutil.copytree(SITE, repo)

    def command(*arguments: str) -> str:
        return checkout.succeed("git", *arguments, cwd=repo, **GIT)

    command("init", "-q", "-b", "main")
    command("add", ".")
    command("commit", "-q", "-m", "Sixty posts")
    return command


@pytest.fixture
def adopted(git: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The repository with its baseline, all committed, and the post as it was."""
    repo = Path(git("rev-parse", "--show-toplevel").strip())
    monkeypatch.chdir(repo)
    if not Path(".copycheck-baseline.json").exists():
        found = run("content")
        assert found.exit_code == 1 and "language/customers" in found.stdout and "Pilaticore" not in found.stdout
        written = run("baseline", "write", "content")
        assert written.exit_code == 0 and " findings in " in written.stdout, written.stdout
        git("add", ".")
        git("commit", "-q", "-m", "Check copy with copycheck")
    git("checkout", "-q", ".")
    return repo


def edit(old: str, new: str) -> None:
    text = POST.read_text("utf-8")
    assert text.count(old) == 1
    POST.write_text(text.replace(old, new), encoding="utf-8")


def test_the_house_rule_and_the_settings_hold(adopted: Path) -> None:
    assert run("test", "rules").exit_code == 0
    files = json.loads(run("--no-baseline", "--format", "json", "content").stdout)["files"]
    findings = [(file["path"], finding["severity"]) for file in files for finding in file["findings"]]
    assert len(findings) > 100 and sum(severity == "error" for _, severity in findings) > 5
    assert {severity for path, severity in findings if "/2019-" in path} == {"warning", "info"}  # the cap
    triage = run("triage", "content").stdout
    assert "typos/doubled-word: " in triage and "copycheck fix takes" in triage
    Path(".copycheck-words").write_text("Larkfield\n", encoding="utf-8")
    assert "Pilaticore" in run("words", POST.as_posix()).stdout


def test_a_word_in_an_old_post_passes_and_a_new_error_fails(adopted: Path) -> None:
    known = run("content")
    assert known.exit_code == 0 and " known" in known.stdout
    edit(*WORD)
    for more in ((), ("--diff", "HEAD")):
        done = run(*more, "content")
        assert done.exit_code == 0 and "warning:" not in done.stdout, done.output
    edit(*ERROR)
    for more in ((), ("--diff", "HEAD")):
        done = run(*more, "content")
        told = [line.split(" ")[2] for line in done.stdout.splitlines() if ": error: " in line]
        assert done.exit_code == 1 and RULE in told and f"{POST.as_posix()}:" in done.stdout, done.output


def test_fixes_come_to_rest_and_take_nothing_else(adopted: Path, git: Callable[..., str]) -> None:
    done = run("fix", "content")
    assert done.exit_code == 0 and ".md: 1 fixed (" in done.stdout, done.output
    changed = git("diff", "--numstat", "--", "content").splitlines()
    assert len(changed) > 10 and {line.split()[0] == line.split()[1] for line in changed} == {True}  # line for line
    again = run("fix", "content")
    assert again.exit_code == 0 and "0 fixed in 0 files of 60" in again.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="the gate is a script for sh")
def test_the_hook_and_the_gate_say_the_same(adopted: Path, git: Callable[..., str], tmp_path: Path) -> None:
    """With the real pre-commit, on the program that is tested, and with the script that the workflow runs."""
    workflow = yaml.safe_load(Path(".github", "workflows", "copy.yml").read_text("utf-8"))
    install, gate = (step["run"] for step in workflow["jobs"]["copycheck"]["steps"] if "run" in step)
    assert install.endswith(' "git+$COPYCHECK@$COPYCHECK_REV"') and gate == 'sh ci/gate.sh "origin/$GITHUB_BASE_REF"'
    checkout.hooks(adopted.parent / "copycheck", **GIT)
    program = tmp_path / "copycheck"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m copycheck "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    home = {"PRE_COMMIT_HOME": str(tmp_path), "PYTHONPATH": str(checkout.ROOT), "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    edit(*WORD)
    passed = checkout.run("sh", "ci/gate.sh", "HEAD", cwd=adopted, **home)
    assert passed.returncode == 0 and "0 failed" in passed.stdout and " known" in passed.stdout, passed.stdout + passed.stderr
    edit(*ERROR)
    failed = checkout.run(sys.executable, "-m", "pre_commit", "run", "--files", POST, cwd=adopted, **home)
    assert failed.returncode == 1 and RULE in failed.stdout and "known" in failed.stdout, failed.stdout + failed.stderr
