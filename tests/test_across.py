"""Across: what is concluded from all pages of a run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from copycheck.across import conclude
from copycheck.cli import cli
from copycheck.findings import Profile, Report

REPORTS = [Report("a.md", Profile()), Report("b.md", Profile())]


def test_without_any_the_reports_stand():
    assert conclude(REPORTS) == REPORTS


RULE = "content/repeated-passage"
LONG = (
    "When you arrive on the first day, a nurse shows you to your own room and asks what you need to feel at ease. After lunch you "
    "meet the people who will look after you, and together you make a plan for the week that leaves time to rest."
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".copycheck.yaml").write_text("select: [content/repeated-passage]\n", encoding="utf-8")
    (tmp_path / "one.md").write_text(f"# One\n\n{LONG}\n\nThe end.\n", encoding="utf-8")
    (tmp_path / "two.md").write_text(f"# Two\n\nHello there.\n\n{LONG}\n", encoding="utf-8")
    return tmp_path


def checked(*arguments: str) -> dict[str, dict[str, Any]]:
    """The files of the JSON report by their names."""
    done = CliRunner().invoke(cli, ["--format", "json", *arguments], prog_name="copycheck")
    assert done.exit_code == 0, done.output
    return {file["path"]: file for file in json.loads(done.stdout)["files"]}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_paragraph_on_two_pages_is_told_on_both(folder: Path, jobs: str) -> None:
    fresh = checked("--no-cache", "--jobs", jobs, "one.md", "two.md")
    for path, other in (("one.md", "two.md"), ("two.md", "one.md")):
        (found,) = fresh[path]["findings"]
        assert found["rule"] == RULE and found["excerpt"] == LONG and other in found["message"] and found["severity"] == "info"
        assert (folder / path).read_text(encoding="utf-8")[found["start"] : found["end"]] == LONG
    for _ in range(2):  # put into the cache, and taken from it
        assert checked("--cache-dir", "kept", "--jobs", jobs, "one.md", "two.md") == fresh
    assert checked("--cache-dir", "kept", "one.md")["one.md"]["findings"] == []


def test_its_severity_is_settled_like_that_of_others(folder: Path) -> None:
    (folder / ".copycheck.yaml").write_text(f"select: [{RULE}]\nrules: {{{RULE}: warning}}\n", encoding="utf-8")
    assert [found["severity"] for file in checked("one.md", "two.md").values() for found in file["findings"]] == ["warning"] * 2
    (folder / ".copycheck.yaml").write_text(f"select: [content]\nignore: [{RULE}]\n", encoding="utf-8")
    assert all(found["rule"] != RULE for file in checked("one.md", "two.md").values() for found in file["findings"])


def test_a_directive_silences_it_and_the_report_says_so(folder: Path) -> None:
    directive = f"<!-- copycheck: ignore {RULE}: both pages need it -->"
    (folder / "two.md").write_text(f"# Two\n\nHello there.\n\n{directive}\n\n{LONG}\n", encoding="utf-8")
    pages = checked("one.md", "two.md")
    assert len(pages["one.md"]["findings"]) == 1
    assert pages["two.md"]["findings"] == [] and pages["two.md"]["notices"] == []
    (silenced,) = pages["two.md"]["suppressed"]
    assert silenced["rule"] == RULE and silenced["reason"] == "both pages need it"
    alone = checked("two.md")["two.md"]  # nobody can know here whether it silences something
    assert alone["suppressed"] == [] and alone["notices"] == []


def test_a_directive_that_names_no_rule_may_still_be_idle(folder: Path) -> None:
    (folder / "two.md").write_text(f"# Two\n\n<!-- copycheck: ignore -->\n\n{LONG}\n", encoding="utf-8")
    assert "silences nothing" in checked("two.md")["two.md"]["notices"][0]["message"]


def test_findings_stay_in_order_of_place(folder: Path) -> None:
    (folder / ".copycheck.yaml").write_text("select: [content, typos]\n", encoding="utf-8")
    (folder / "two.md").write_text(f"# Two\n\nThe the start.\n\n{LONG}\n\nThe the end.\n", encoding="utf-8")
    found = [one for one in checked("one.md", "two.md")["two.md"]["findings"] if one["end"]]
    assert [one["start"] for one in found] == sorted(one["start"] for one in found)
    assert [one["rule"] for one in found] == ["typos/doubled-word", RULE, "typos/doubled-word"]
