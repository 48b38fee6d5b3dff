"""The hook for pre-commit: with the real program, in a content repository of its own."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
import yaml
from identify.identify import ALL_TAGS, tags_from_filename

from tests import checkout

pytestmark = pytest.mark.slow

HOOK = yaml.safe_load((checkout.ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))[0]


@pytest.fixture(scope="module")
def variables(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    who = {
        f"GIT_{role}_{what}": value
        for role in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "A Writer"), ("EMAIL", "writer@example.org"))
    }
    return {
        "PYTHONPATH": str(checkout.ROOT),
        "PRE_COMMIT_HOME": str(home),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": str(home / "none"),
        **who,
    }


@pytest.fixture(scope="module")
def content(tmp_path_factory, variables):
    """A fresh content repository with the hook as its file says it, run by the program that is tested here.

    That the program can be installed is what the tests of packaging show; pre-commit would build an environment of its own.
    """
    repo = tmp_path_factory.mktemp("content")
    hook = HOOK | {"language": "system", "entry": HOOK["entry"].replace("copycheck", f"{sys.executable} -m copycheck", 1)}
    hook.pop("minimum_pre_commit_version")
    (repo / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [{"repo": "local", "hooks": [hook]}]}))
    (repo / ".copycheck.yaml").write_text("exclude: [drafts/]\n")
    checkout.succeed("git", "init", "-q", "-b", "main", cwd=repo, **variables)
    checkout.succeed(sys.executable, "-m", "pre_commit", "install", cwd=repo, **variables)
    return repo


def _commit(repo: Path, name: str, text: str, variables: dict[str, str]) -> tuple[int, str]:
    (repo / name).parent.mkdir(exist_ok=True)
    (repo / name).write_text(text, encoding="utf-8")
    checkout.succeed("git", "add", ".", cwd=repo, **variables)
    done = checkout.run("git", "commit", "-m", name, cwd=repo, **variables)
    return done.returncode, done.stdout + done.stderr


def test_an_article_with_an_error_blocks_the_commit_and_a_clean_one_goes_in(content, variables):
    sample = checkout.ROOT / "docs" / "sample"
    flawed, clean = ((sample / name).read_text(encoding="utf-8") for name in ("article.txt", "clean.md"))
    code, said = _commit(content, "blog/acupuncture.txt", flawed, variables)
    assert code == 1, said
    assert "copycheck (health copy)" in said
    assert "blog/acupuncture.txt" in said
    assert "claims/" in said
    assert not checkout.run("git", "rev-parse", "-q", "--verify", "HEAD", cwd=content, **variables).stdout

    checkout.succeed("git", "rm", "-q", "-f", "blog/acupuncture.txt", cwd=content, **variables)
    code, said = _commit(content, "blog/sleep.md", clean, variables)
    assert code == 0, said
    assert "blog/sleep.md" in checkout.succeed("git", "ls-files", cwd=content, **variables)

    code, said = _commit(content, "drafts/acupuncture.txt", flawed, variables)
    assert code == 0, f"an excluded file blocks\n{said}"


def test_warnings_are_shown_though_nothing_blocks(content, variables):
    code, said = _commit(content, "blog/help.md", "# Help\n\nWe offer treatment for substance abuse.\n", variables)
    assert code == 0 and "Passed" in said
    assert "blog/help.md:3:" in said and "language/substance-abuse" in said


def test_the_hook_is_one_that_pre_commit_takes(tmp_path):
    checkout.succeed(sys.executable, "-m", "pre_commit", "validate-manifest", checkout.ROOT / ".pre-commit-hooks.yaml", cwd=tmp_path)
    recipe = re.search(r"^repos:\n.*?(?=^```)", (checkout.ROOT / "docs" / "ci.md").read_text("utf-8"), re.M | re.S)
    (tmp_path / "config.yaml").write_text(recipe[0], encoding="utf-8")
    checkout.succeed(sys.executable, "-m", "pre_commit", "validate-config", "config.yaml", cwd=tmp_path)
    (used,) = yaml.safe_load(recipe[0])["repos"][0]["hooks"]
    assert used["id"] == HOOK["id"]


def test_the_hook_names_types_that_exist_and_leaves_out_what_is_no_copy():
    assert set(HOOK["types_or"]) <= ALL_TAGS
    for name in ("post.md", "page.mdx", "page.html", "copy.txt"):
        assert set(HOOK["types_or"]) & tags_from_filename(name), name


@pytest.mark.parametrize(
    ("path", "left_out"),
    [
        ("requirements.txt", True),
        ("docs/requirements-dev.txt", True),
        ("static/robots.txt", True),
        ("LICENSE", True),
        ("blog/requirements/a.txt", False),
    ],
)
def test_text_files_that_are_no_copy(path, left_out):
    assert bool(re.search(HOOK["exclude"], path)) is left_out


def test_the_hook_runs_the_program_once():
    assert HOOK["require_serial"] is True
    assert HOOK["entry"] == "copycheck --force-exclude"
    assert HOOK["language"] == "python"
