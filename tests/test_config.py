"""Configuration: found upward, read strictly, laid out per path."""

import json
import os
from pathlib import Path, PurePosixPath

import pytest

from copycheck import config
from copycheck.config import BadConfig


def write(folder: Path, text: str, name: str = ".copycheck.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_nearest_file_wins_and_yaml_goes_before_pyproject(tmp_path):
    outer = write(tmp_path, "preset: publisher\n")
    write(tmp_path, "[tool.copycheck]\npreset = 'clinic'\n", "pyproject.toml")
    inner = write(tmp_path / "blog", "[tool.copycheck]\naudience = 'patient'\n", "pyproject.toml")
    write(tmp_path / "other", "[tool.ruff]\n", "pyproject.toml")
    assert config.find(tmp_path) == outer
    assert config.find(tmp_path / "blog") == inner
    assert config.find(tmp_path / "other") == outer
    assert config.load(inner).get("audience") == "patient"


def test_unknown_key_gets_a_suggestion_and_all_problems_are_told(tmp_path):
    path = write(tmp_path, "presett: clinic\naudience: nurses\nrules: {claims: loud}\nsite: {carries: [advise]}\n")
    with pytest.raises(BadConfig) as caught:
        config.load(path)
    problems = caught.value.problems
    assert len(problems) == 4
    assert f"{path}:1: presett: unknown key; did you mean `preset`?" in problems
    assert any(":2: audience: must be one of patient, blog, professional" in problem for problem in problems)
    assert any("site.carries: unknown 'advise'" in problem for problem in problems)


@pytest.mark.parametrize(
    "text",
    [
        "- a\n",
        "vocabulary: word\n",
        "max_file_size: 0\n",
        "model: 3\n",
        "overrides: {}\n",
        "overrides: [{audience: blog}]\n",
        "overrides: [{paths: [a], exclude: [b]}]\n",
        "site: {footer: [advice]}\n",
        "a: [",
    ],
)
def test_bad_values(tmp_path, text):
    with pytest.raises(BadConfig):
        config.load(write(tmp_path, text))


def test_unreadable_files(tmp_path):
    with pytest.raises(BadConfig, match="No such file"):
        config.load(tmp_path / "none.yaml")
    (tmp_path / "latin.yaml").write_bytes(b"model: caf\xe9\n")
    with pytest.raises(BadConfig, match="not UTF-8"):
        config.load(tmp_path / "latin.yaml")
    with pytest.raises(BadConfig, match="toml"):
        config.load(write(tmp_path, "[tool.copycheck\n", "pyproject.toml"))


def test_overrides_by_path(tmp_path):
    path = write(
        tmp_path,
        "audience: blog\nrules: {typos: warning}\noverrides:\n"
        "  - {paths: [patients/**], audience: patient, rules: {typos: error}}\n  - {paths: ['*.html'], audience: professional}\n",
    )
    loaded = config.load(path)
    assert loaded.for_path(tmp_path / "a.md")["audience"] == "blog"
    assert loaded.for_path(tmp_path / "patients" / "deep" / "a.md")["audience"] == "patient"
    assert loaded.for_path(tmp_path / "patients" / "a.md")["rules"] == {"typos": "error"}
    assert loaded.for_path(tmp_path / "x.html")["audience"] == "professional"
    assert loaded.for_path(Path("/elsewhere/a.html"))["audience"] == "professional"


def test_command_line_goes_before_overrides(tmp_path):
    path = write(tmp_path, "overrides: [{paths: ['*.md'], audience: patient}]\n")
    loaded = config.with_options(config.load(path), {"audience": "professional"})
    assert loaded.for_path(tmp_path / "a.md")["audience"] == "professional"


@pytest.mark.parametrize(
    ("path", "glob", "fits"),
    [
        ("drafts/a.md", "drafts", True),
        ("x/drafts/a.md", "drafts/", True),
        ("blog/a.md", "blog/*.md", True),
        ("blog/a.md", "**/*.md", True),
        ("a.md", "**/*.md", True),
        ("a.mdx", "*.md", False),
        ("blog/a.md", "/blog", True),
        ("blogs/a.md", "blog/*", False),
    ],
)
def test_globs(path, glob, fits):
    assert config.matches(PurePosixPath(path), glob) is fits


def test_unknown_rules(tmp_path):
    loaded = config.load(
        write(tmp_path, "rules: {claims/unsourced-eficacy: off}\nselect: [claims]\noverrides: [{paths: [a], ignore: [nope/x]}]\n")
    )
    with pytest.raises(BadConfig) as caught:
        config.check_rules(loaded, ["claims/unsourced-efficacy"])
    assert "did you mean `claims/unsourced-efficacy`" in caught.value.problems[0]
    assert len(caught.value.problems) == 2
    with pytest.raises(BadConfig, match="--select claims/none: there is no such rule"):
        config.check_rules(config.Config(None, {"select": ["claims/none"]}), ["claims/unsourced-efficacy"])


def test_vocabulary_files(tmp_path):
    write(tmp_path, "\ufeffMedora # our brand\n\n# comment\nvagus\n", "words.txt")
    loaded = config.load(write(tmp_path, "vocabulary: [Zeltiq]\nvocabulary_files: [words.txt]\n"))
    assert config.vocabulary(loaded, loaded.values) == {"Zeltiq", "Medora", "vagus"}
    with pytest.raises(BadConfig, match="vocabulary_files"):
        config.vocabulary(loaded, {"vocabulary_files": ["gone.txt"]})


@pytest.mark.parametrize("name", [".copycheck.yaml", "pyproject.toml"])
@pytest.mark.parametrize("what", ["pipe", "folder", "loop", "dangling"])
def test_a_configuration_that_is_no_file_is_found_and_refused(tmp_path, name, what):
    path = tmp_path / name
    if what == "pipe":
        os.mkfifo(path)
    elif what == "folder":
        path.mkdir()
    else:
        path.symlink_to(name if what == "loop" else "gone.yaml")
    assert config.find(tmp_path) == path
    with pytest.raises(BadConfig, match=":1: file: it"):
        config.load(path)


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("# [tool.copycheck]\n[project]\nname = 'x'\n", False),
        ("tool = 1  # copycheck\n", False),
        ("[tool.copycheck-other]\na = 1\n", False),
        ("[tool]\ncopycheck.preset = 'clinic'\n", True),
        ("tool.copycheck = 1\n", True),
        ("[tool.copycheck\n", True),
        ("[tool.copycheck]\na = " + "[" * 5_000 + "\n", True),
    ],
)
def test_which_pyproject_is_ours(tmp_path, text, ours):
    path = write(tmp_path, text, "pyproject.toml")
    assert config.find(tmp_path) == (path if ours else config.find(tmp_path.parent))


@pytest.mark.parametrize("value", ["1", "0", "1.0", "'true'", "[true]", "{a: b}", "null"])
def test_what_is_true_or_false_is_no_number(tmp_path, value):
    with pytest.raises(BadConfig, match="promotional: must be one of true, false"):
        config.load(write(tmp_path, f"promotional: {value}\n"))


@pytest.mark.parametrize("text", ["[tool]\ncopycheck = 1\n", "[[tool.copycheck]]\n", "tool.copycheck.a" + ".a" * 20_000 + " = 1\n"])
def test_odd_tables(tmp_path, text):
    with pytest.raises(BadConfig):
        config.load(write(tmp_path, text, "pyproject.toml"))


@pytest.mark.parametrize("name", ["pipe", "a\0b", "/dev/zero", ".", "a" * 5_000])
def test_vocabulary_that_is_no_file(tmp_path, name):
    os.mkfifo(tmp_path / "pipe")
    loaded = config.Config(tmp_path / "c.yaml", {"vocabulary_files": [name]})
    with pytest.raises(BadConfig, match="vocabulary_files"):
        config.vocabulary(loaded, loaded.values)


def test_what_holds_for_a_run_is_not_said_further_down(tmp_path):
    main, other = config.Config(None, {}), config.Config(tmp_path / "c.yaml", {"rule_folders": ["own"], "preset": "clinic"})
    with pytest.raises(BadConfig, match="rule_folders: it holds for a whole run"):
        config.check_run(other, main)
    config.check_run(config.Config(None, {"preset": "clinic"}), other)
    config.check_run(other, other)


def test_what_init_writes_is_read_back(tmp_path):
    from copycheck import proposal

    written = config.load(write(tmp_path, proposal.render("us", "publisher", ["fl", "tx"], "blog", ["crisis"], ["clinic.example"], False)))
    assert written.get("states") == ["fl", "tx"] and written.get("require_sources") is False
    assert written.get("site") == {"domains": ["clinic.example"], "carries": ["crisis"]}
    assert config.load(write(tmp_path, proposal.render("us", "clinic", [], "blog", [], []))).get("require_sources") is True


def test_an_override_may_cap_and_set_what_fails(tmp_path, monkeypatch):
    """A cap lowers what is above it and raises nothing: a note stays a note."""
    from tests.command import run

    monkeypatch.chdir(tmp_path)
    write(
        tmp_path,
        "select: [compliance/cure, language]\nvertical: supplement\noverrides: [{paths: [old/], cap: warning, fail_on: error}]\nfail_on: info\n",
    )
    (tmp_path / "old").mkdir()
    for place in (tmp_path, tmp_path / "old"):
        (place / "a.md").write_text("Our tea cures diabetes. An addict may call; the elderly too.\n", encoding="utf-8")
    levels = {}
    for name in ("a.md", "old/a.md"):
        found = json.loads(run("--format", "json", name).stdout)["files"][0]["findings"]
        levels[name] = {finding["rule"]: finding["severity"] for finding in found}
    assert levels["a.md"]["compliance/cure"] == "error" and levels["old/a.md"]["compliance/cure"] == "warning"
    assert {rule: level for rule, level in levels["a.md"].items() if level != "error"}.items() <= levels["old/a.md"].items()
    assert run("a.md").exit_code == 1 and run("old/a.md").exit_code == 0 and run(".").exit_code == 1
