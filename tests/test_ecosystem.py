"""Ecosystem: small content repositories as Hugo, Jekyll, Docusaurus, Astro, Eleventy, WordPress and Notion lay them out.

What the real command finds in them is a golden file, so that a change to a reader or a rule shows what it changes.
"""

from __future__ import annotations

import json
from pathlib import Path

from tests import command
from tests.golden_files import assert_golden

FOLDER = Path(__file__).parent / "ecosystem"


def test_what_is_found_in_each_ecosystem_is_as_before(monkeypatch):
    monkeypatch.chdir(FOLDER)
    done = command.run("--no-cache", "--jobs", "1", "--today", "2026-11-01", "--format", "json", ".", "wordpress/export.xml")
    files = json.loads(done.stdout)["files"]
    assert done.exit_code == 1 and not done.stderr
    assert {Path(file["path"]).parts[0] for file in files} == {path.name for path in FOLDER.iterdir()}
    lines = []
    for file in files:
        assert file["error"] is None
        lines.append(Path(file["path"]).as_posix())
        lines += [f"  notice: {notice['message']}" for notice in file["notices"]]
        for one in file["findings"]:
            lines.append(f"  {one['line']}:{one['column']} {one['severity']} {one['rule']} {one['excerpt']}".rstrip())
        lines += [f"  {one['start']}–{one['end']} silenced {one['rule']}" for one in file["suppressed"]]
    assert_golden("ecosystem.txt", "\n".join(lines) + "\n")


def test_what_a_generator_built_and_data_are_not_checked_with_the_folder():
    done = command.run("--no-cache", "--jobs", "1", "--format", "json", "--select", "typos", str(FOLDER / "jekyll"), str(FOLDER / "notion"))
    names = {Path(file["path"]).name for file in json.loads(done.stdout)["files"]}
    assert len(names) == 3 and not names & {"index.html", "_config.yml", "Plan 7c6b5a49.csv"}
