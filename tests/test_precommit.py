"""The hook for pre-commit: with the real program, in a content repository of its own."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import docx
import pytest
import yaml
from identify.extensions import EXTENSIONS
from identify.identify import ALL_TAGS

from copycheck.readers import is_article
from tests import checkout

pytestmark = pytest.mark.slow

HOOKS = yaml.safe_load((checkout.ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
HOOK, WORD = HOOKS


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
    """A fresh content repository beside the clone, set up by the commands and the file of the README."""
    repo = tmp_path_factory.mktemp("place") / "content"
    clone = checkout.hooks(repo.parent / "copycheck", **variables)
    repo.mkdir()
    readme = (checkout.ROOT / "README.md").read_text("utf-8").partition("### pre-commit\n")[2]
    file, commands = re.findall(r"^```(?:yaml)?\n(.+?)^```$", readme, re.M | re.S)[:2]
    (repo / ".pre-commit-config.yaml").write_text(file, encoding="utf-8")
    (repo / ".copycheck.yaml").write_text("exclude: [drafts/]\n")
    checkout.succeed("git", "init", "-q", "-b", "main", cwd=repo, **variables)
    _, *lines, _ = [line.partition("#")[0].split() for line in commands.splitlines()]  # its own installation, and a commit
    assert [words[:2] for words in lines] == [["pre-commit", "autoupdate"], ["pre-commit", "install"]]
    for _, *arguments in lines:
        checkout.succeed(sys.executable, "-m", "pre_commit", *arguments, cwd=repo, **variables)
    commit = checkout.succeed("git", "rev-parse", "HEAD", cwd=clone, **variables).strip()
    assert f"rev: {commit}" in (repo / ".pre-commit-config.yaml").read_text("utf-8")
    return repo


def _commit(repo: Path, name: str, text: str, variables: dict[str, str]) -> tuple[int, str]:
    (repo / name).parent.mkdir(exist_ok=True)
    (repo / name).write_text(text, encoding="utf-8")
    checkout.succeed("git", "add", ".", cwd=repo, **variables)
    done = checkout.run("git", "commit", "-m", name, cwd=repo, **variables)
    return done.returncode, done.stdout + done.stderr


def test_an_article_with_an_error_blocks_the_commit_and_others_go_in(content, variables):
    """Those without an error, whose warnings are shown, and those that the configuration excludes."""
    sample = checkout.ROOT / "docs" / "sample"
    flawed, clean = ((sample / name).read_text(encoding="utf-8") for name in ("article.txt", "clean.md"))
    code, said = _commit(content, "blog/acupuncture.txt", flawed, variables)
    assert code == 1, said
    assert "copycheck (health copy)" in said
    assert "blog/acupuncture.txt" in said
    assert "claims/" in said
    assert not checkout.run("git", "rev-parse", "-q", "--verify", "HEAD", cwd=content, **variables).stdout

    checkout.succeed("git", "rm", "-q", "-f", "blog/acupuncture.txt", cwd=content, **variables)
    for name, text in (("drafts/acupuncture.txt", flawed), ("blog/help.md", "# Help\n\nWe offer treatment for substance abuse.\n")):
        (content / name).parent.mkdir(exist_ok=True)
        (content / name).write_text(text, encoding="utf-8")
    code, said = _commit(content, "blog/sleep.md", clean, variables)
    assert code == 0 and "Passed" in said, said
    assert "blog/help.md:3:" in said and "language/substance-abuse" in said
    assert {"blog/sleep.md", "blog/help.md", "drafts/acupuncture.txt"} <= {
        *checkout.succeed("git", "ls-files", cwd=content, **variables).split()
    }


def test_the_hook_is_one_that_pre_commit_takes(tmp_path):
    checkout.succeed(sys.executable, "-m", "pre_commit", "validate-manifest", checkout.ROOT / ".pre-commit-hooks.yaml", cwd=tmp_path)
    recipe = re.search(r"^repos:\n.*?(?=^```)", (checkout.ROOT / "docs" / "ci.md").read_text("utf-8"), re.M | re.S)
    (tmp_path / "config.yaml").write_text(recipe[0], encoding="utf-8")
    checkout.succeed(sys.executable, "-m", "pre_commit", "validate-config", "config.yaml", cwd=tmp_path)
    used = yaml.safe_load(recipe[0])["repos"][0]["hooks"]
    assert [hook["id"] for hook in used] == [hook["id"] for hook in HOOKS]


def test_the_hooks_take_what_is_checked_in_a_folder():
    assert set(HOOK["types_or"]) <= ALL_TAGS
    taken = {extension: tags for extension, tags in EXTENSIONS.items() if is_article(f"page.{extension}")}
    assert len(taken) > 15 and not [extension for extension, tags in taken.items() if not tags & set(HOOK["types_or"])]
    assert is_article("page.docx") and re.search(WORD["files"], "page.docx") and WORD["types_or"] == ["file"]


def test_a_word_document_is_checked_and_blocks(content, variables):
    (content / ".pre-commit-config.yaml").write_text(
        (content / ".pre-commit-config.yaml").read_text("utf-8").replace("- id: copycheck", "- id: copycheck-word"), encoding="utf-8"
    )
    document = docx.Document()
    document.add_paragraph("Our braces cure gout.")
    document.save(str(content / "braces.docx"))
    checkout.succeed("git", "add", ".", cwd=content, **variables)
    done = checkout.run(sys.executable, "-m", "pre_commit", "run", "--all-files", cwd=content, **variables)
    assert done.returncode == 1 and "braces.docx:1:12: error: compliance/cure" in done.stdout, done.stdout
    assert ".md" not in done.stdout


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


@pytest.mark.parametrize("hook", HOOKS, ids=["copycheck", "copycheck-word"])
def test_a_hook_runs_the_program_once(hook):
    assert hook["require_serial"] is True
    assert hook["entry"] == "copycheck --force-exclude"
    assert hook["language"] == "python"
    assert hook["additional_dependencies"] == [".[word]"]
