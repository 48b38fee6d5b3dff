"""Adoption, end to end with real git: a repository of old posts with errors goes on as it is, and only what is new fails."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from copycheck.cli import cli
from tests.command import run

CONFIG = "select: [compliance/cure, language, typos]\nvertical: supplement\npromotional: true\nfail_on: warning\n"
POST = """---
title: Post {n}
---

# What our tea does, part {n}

Our tea cures diabetes in {n} weeks, and it helps people with substance abuse.

We answer every call on day {n}, and the kettle is always on.

- It is sold in bags of {n}.
- Our patients commit suicide less often.
"""


def git(*arguments: str) -> str:
    identity = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return subprocess.run(["git", *arguments], env=os.environ | identity | alone, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def site(tmp_path, monkeypatch) -> Path:
    """Twelve posts, committed."""
    folder = tmp_path / "site"
    (folder / "posts").mkdir(parents=True)
    monkeypatch.chdir(folder)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    (folder / ".copycheck.yaml").write_text(CONFIG, encoding="utf-8")
    for n in range(1, 13):
        (folder / "posts" / f"post-{n}.md").write_text(POST.format(n=n), encoding="utf-8")
    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "Old posts")
    return folder


def edit(name: str, old: str, new: str) -> None:
    path = Path("posts", name)
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


ONE_WORD = ("the kettle is always on", "the kettle is often on")
ERROR = ("the kettle is always on", "the kettle cures cancer")


def test_with_a_baseline_a_changed_word_goes_through_and_a_new_error_fails(site: Path) -> None:
    before = run("posts")
    assert before.exit_code == 1 and before.stdout.count("error:") >= 12
    assert run("baseline", "write", "posts").exit_code == 0
    git("add", ".")
    git("commit", "-q", "-m", "Take the old findings as they are")
    known = run("posts")
    assert known.exit_code == 0 and " known." in known.stdout and "error:" not in known.stdout
    edit("post-3.md", *ONE_WORD)
    assert run("posts").exit_code == run("posts/post-3.md").exit_code == 0
    edit("post-4.md", *ERROR)
    new = run("posts")
    assert new.exit_code == 1 and [line[:15] for line in new.stdout.splitlines() if "error:" in line] == ["posts/post-4.md"]
    edit("post-4.md", *reversed(ERROR))
    edit("post-5.md", "commit suicide less", "rest more")
    assert run("posts").exit_code == 0 and run("baseline", "check", "posts").exit_code == 1
    assert run("baseline", "prune", "posts").exit_code == 0 and run("baseline", "check", "posts").exit_code == 0
    added, gone, _ = git("diff", "--numstat", "--", ".copycheck-baseline.json").split()
    assert int(gone) - int(added) == 1 and int(added) <= 1  # the line before may lose its comma


def test_with_a_diff_a_changed_word_goes_through_and_a_new_error_fails(site: Path) -> None:
    assert run("--diff", "HEAD", "posts").exit_code == 0
    edit("post-3.md", *ONE_WORD)
    passing = run("--diff", "HEAD", "posts")
    assert passing.exit_code == 0 and " known." in passing.stdout and "error:" not in passing.stdout
    edit("post-4.md", *ERROR)
    new = run("--diff", "HEAD", "posts")
    assert new.exit_code == 1 and [line[:15] for line in new.stdout.splitlines() if "error:" in line] == ["posts/post-4.md"]
    git("commit", "-q", "-a", "-m", "Edit")
    assert run("--diff", "HEAD", "posts").exit_code == 0
    assert run("--diff", "HEAD~1", "posts").exit_code == 1


def test_a_file_that_git_does_not_know_is_new_and_one_that_was_renamed_is_not(site: Path, monkeypatch) -> None:
    text = POST.format(n=13)
    Path("posts", "new.md").write_text(text, encoding="utf-8")
    new = run("--diff", "HEAD", "posts")
    assert new.exit_code == 1 and {line.split(":")[0] for line in new.stdout.splitlines() if "error:" in line} == {"posts/new.md"}
    Path("posts", "new.md").unlink()
    git("mv", "posts/post-1.md", "posts/odd näme, one.md")
    assert run("--diff", "HEAD", "posts").exit_code == 0
    outside = site.parent / "outside.md"
    outside.write_text(text, encoding="utf-8")
    assert run("--diff", "HEAD", str(outside)).exit_code == 2  # it lies in no repository
    assert run("--diff", "HEAD", "posts", str(outside)).exit_code == 1
    monkeypatch.setenv("GIT_DIR", ".git")  # as in a hook
    assert run("--diff", "HEAD", "posts").exit_code == 0
    monkeypatch.delenv("GIT_DIR")
    monkeypatch.chdir(site / "posts")
    assert run("--diff", "HEAD", ".").exit_code == 0
    done = CliRunner().invoke(cli, ["--diff", "HEAD", "--stdin-filename", "post-2.md", "-"], input=POST.format(n=2))
    assert done.exit_code == 0 and " known." in done.stdout


def test_the_repository_that_holds_all_paths_counts_in_whatever_order(site: Path) -> None:
    """A repository within it, as a submodule is one, has no say."""
    inner = site / "inner"
    inner.mkdir()
    (inner / "page.md").write_text("# Rest\n\nHello there.\n", encoding="utf-8")
    git("-C", "inner", "init", "-q")
    git("-C", "inner", "add", ".")
    git("-C", "inner", "commit", "-q", "-m", "Page")
    for paths in (["posts", "inner"], ["inner", "posts"]):
        assert run("--diff", "HEAD", *paths).exit_code == 0
    assert run("--diff", "HEAD", "inner").exit_code == 0


def test_a_changed_page_owes_what_it_owes(site: Path) -> None:
    Path(".copycheck.yaml").write_text(CONFIG.replace("compliance", "disclaimers, compliance"), encoding="utf-8")
    assert run("--diff", "HEAD", "posts").exit_code == 0
    edit("post-3.md", *ONE_WORD)
    done = run("--diff", "HEAD", "posts")
    assert done.exit_code == 1 and "posts/post-3.md:1:1: " in done.stdout and "disclaimers/missing-" in done.stdout
    assert run("baseline", "write", "posts").exit_code == 0
    assert run("--diff", "HEAD", "posts").exit_code == 0  # both together


@pytest.mark.parametrize("revision", ["no-such-branch", "--output=stolen", "", "HEAD:posts", "HEAD; touch stolen", "a\0b", "HEAD\nHEAD"])
def test_a_revision_that_is_none_ends_the_run_in_one_sentence(site: Path, revision: str) -> None:
    done = run("--diff", revision, "posts")
    assert done.exit_code == 2 and len(done.output.splitlines()) == 1 and "has no revision" in done.output
    assert not list(site.rglob("*stolen*"))


def test_no_git_and_no_repository_end_the_run_in_one_sentence(site: Path, monkeypatch) -> None:
    (site / ".git").rename(site / "moved")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(site.parent))
    done = run("--diff", "HEAD", "posts")
    assert done.exit_code == 2 and len(done.output.splitlines()) == 1 and "lies in no git repository" in done.output
    monkeypatch.setenv("PATH", "")
    done = run("--diff", "HEAD", "posts")
    assert done.exit_code == 2 and len(done.output.splitlines()) == 1 and "the command git cannot be run" in done.output


def test_a_file_that_cannot_be_read_is_never_known(site: Path) -> None:
    Path("posts", "post-2.md").write_bytes(b"\0")
    git("commit", "-q", "-a", "-m", "Break one")
    assert run("--diff", "HEAD", "posts").exit_code == 2
