"""Preview: which files a run takes, what is configured for a path and where; and the options that count."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from copycheck.config import load
from copycheck.findings import Profile, Report
from copycheck.origins import origins
from copycheck.reports.triage import statistics
from tests.command import run

CONFIG = """preset: publisher
exclude: ["drafts/**"]
rules:
  language: error
  compliance/cure: info
overrides:
  - paths: ["*.txt"]
    preset: clinic
  - paths: ["posts/**"]
    audience: patient
    rules: {compliance/cure: off}
"""


@pytest.fixture
def site(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".copycheck.yaml").write_text(CONFIG, encoding="utf-8")
    for name in ("posts/a.md", "posts/b.html", "drafts/c.md", "data.bin"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Treatment for substance abuse.\n", encoding="utf-8")
    return tmp_path


def test_files_are_listed_as_they_would_be_checked(site: Path) -> None:
    (site / "posts" / "a.md").write_bytes(b"\0")  # it is not read
    done = run("--list-files", ".")
    assert (done.exit_code, done.stdout) == (0, "posts/a.md\nposts/b.html\n")
    assert run("--list-files", "drafts/c.md").stdout == "drafts/c.md\n"
    assert run("--list-files", "--force-exclude", "drafts/c.md").stdout == ""
    assert run("--list-files", "--stdin-filename", "x.md", "-", "posts/a.md").stdout == "x.md\nposts/a.md\n"
    done = run("--list-files", "gone.md", "posts")
    assert done.exit_code == 2 and done.stdout == "posts/a.md\nposts/b.html\n" and "gone.md: not checked" in done.stderr


def shown(*arguments: str) -> dict[str, tuple[str, str]]:
    """What is shown for one path: value and reason by key."""
    done = run("--show-config", *arguments)
    assert done.exit_code == 0, done.output
    rows = [line.split(None, 1) for line in done.stdout.splitlines()[1:]]
    return {key: tuple(part.strip() for part in rest.split("  ", 1)) for key, rest in rows}  # type: ignore[misc]


def test_each_setting_names_the_line_that_says_so(site: Path) -> None:
    place = ".copycheck.yaml"  # as seen from here
    rows = shown("posts/a.md")
    assert rows["preset"] == ("publisher", f"{place}:1")
    assert rows["exclude"] == ("drafts/**", f"{place}:2")
    assert rows["rules.language"] == ("error", f"{place}:4")
    assert rows["audience"] == ("patient", f"{place}:10, override for posts/**")
    assert rows["rules.compliance/cure"] == ("off", f"{place}:11, override for posts/**")
    assert rows["jurisdiction"] == ("us", "default") and rows["vertical"] == ("-", "detected in the copy")
    assert "excluded" not in rows
    other = shown("--preset", "clinic", "--not-promotional", "drafts/c.md")
    assert other["preset"] == ("clinic", "option --preset") and other["promotional"] == ("false", "option --not-promotional")
    assert other["rules.compliance/cure"] == ("info", f"{place}:5") and other["excluded"][0] == "by drafts/**"


def test_the_nearest_configuration_and_the_front_matter_count(site: Path) -> None:
    (site / "posts" / "pyproject.toml").write_text('[tool.copycheck]\nvertical = "dental"\nfail_on = "info"\n', encoding="utf-8")
    (site / "posts" / "a.md").write_text("---\ncopycheck: {audience: professional}\n---\n\nText.\n", encoding="utf-8")
    rows = shown("posts/a.md", "--config", ".copycheck.yaml")
    assert rows["vertical"][1] == "detected in the copy" and rows["audience"] == ("professional", "posts/a.md, front matter")
    listed = run("--show-config", ".", "posts/b.html").stdout
    above, _, below = listed.partition("posts/b.html")
    place = re.escape(str(Path("posts", "pyproject.toml")))
    assert re.search(f"vertical +dental +{place}", below) and re.search(f"fail_on +info +{place}", below)
    assert "error      default" in above


def test_what_is_shown_is_what_holds(site: Path) -> None:
    config = load(site / ".copycheck.yaml")
    for name in ("posts/a.md", "a.txt", "drafts/c.md"):
        values = config.for_path(site / name)
        found = {one.key: one.value for one in origins(site / name, config, config, {}, {}) if one.why != "default" and one.value}
        assert found == {k: v for k, v in values.items() if k != "rules"} | {f"rules.{k}": v for k, v in values["rules"].items()}


def test_a_wrong_configuration_ends_the_preview(site: Path) -> None:
    (site / ".copycheck.yaml").write_text("rules: {language/no-such: off}\n", encoding="utf-8")
    assert run("--show-config", "posts/a.md").exit_code == 2
    (site / ".copycheck.yaml").write_text("prest: clinic\n", encoding="utf-8")
    assert run("--show-config", "posts/a.md").exit_code == run("--list-files", "posts").exit_code == 2


def test_warnings_may_be_few(site: Path) -> None:
    (site / ".copycheck.yaml").write_text("select: [language]\n", encoding="utf-8")
    assert run("--max-warnings", "2", "posts").exit_code == 0
    done = run("--max-warnings", "1", "--fail-on", "never", "posts")
    assert done.exit_code == 1 and "2 warnings are more than the 1 of --max-warnings" in done.stderr
    assert run("--max-warnings", "5", "--fail-on", "warning", "posts").exit_code == 1
    assert run("--max-warnings", "5", "posts", "gone.md").exit_code == 2
    assert run("--max-warnings", "-1", "posts").exit_code == 2


def test_statistics(site: Path) -> None:
    (site / ".copycheck.yaml").write_text("select: [language]\n", encoding="utf-8")
    (site / "posts" / "a.md").write_text("Substance abuse. He committed suicide.\n", encoding="utf-8")
    done = run("--statistics", "--fail-on", "warning", "posts", "gone.md")
    assert done.exit_code == 2
    assert done.stdout.splitlines()[:3] == [
        "2  warning  language/substance-abuse",
        "1  warning  language/suicide-wording",
        "gone.md: not checked: there is no such file or folder",
    ]
    assert "3 to decide" in done.stdout and "3 to decide" not in run("--statistics", "-q", "posts").stdout
    assert run("--statistics", "--format", "json", "posts").exit_code == 2
    assert statistics([Report("\x1b.md", Profile(), error="::error::x")], True).startswith("./�.md: not checked: ")
