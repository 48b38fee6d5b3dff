"""Configuration: found upward, read strictly, laid out per path."""

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
    loaded = config.with_options(config.load(path), {"audience": "professional", "preset": None})
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


def test_vocabulary_files(tmp_path):
    write(tmp_path, "\ufeffMedora # our brand\n\n# comment\nvagus\n", "words.txt")
    loaded = config.load(write(tmp_path, "vocabulary: [Zeltiq]\nvocabulary_files: [words.txt]\n"))
    assert config.vocabulary(loaded, loaded.values) == {"Zeltiq", "Medora", "vagus"}
    with pytest.raises(BadConfig, match="vocabulary_files"):
        config.vocabulary(loaded, {"vocabulary_files": ["gone.txt"]})


def test_what_init_writes_is_read_back(tmp_path):
    from copycheck import starter

    written = config.load(write(tmp_path, starter.render("publisher", ["fl", "tx"], "blog", ["crisis"], ["clinic.example"], False)))
    assert written.get("states") == ["fl", "tx"] and written.get("require_sources") is False
    assert written.get("site") == {"domains": ["clinic.example"], "carries": ["crisis"]}
    assert config.load(write(tmp_path, starter.render("clinic", [], "blog", [], []))).get("require_sources") is True
