"""The sample article: its report fits a page, is a golden file, and stands in the README, as one of its findings does in JSON."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from tests.checkout import ROOT
from tests.golden_files import assert_golden

MARKS = "<!-- sample report: begin -->", "<!-- sample report: end -->"
ARTICLE = "docs/sample/article.txt"


def report(data: Path) -> str:
    """The report as text; `data` is the file for that in JSON."""
    outputs = ("--format", "json", "--output", str(data), "--format", "text", "--framed")
    command = [sys.executable, "-m", "copycheck", *outputs, "--no-cache", "--today", "2026-11-01", ARTICLE]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=600)
    assert done.returncode == 1, done.stderr.decode()
    return done.stdout.decode("utf-8")


def test_the_sample_report_fits_a_page_and_stands_in_the_readme(tmp_path):
    said = report(tmp_path / "report.json")
    assert len(said.splitlines()) <= 79
    assert_golden("sample.txt", said)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = readme.split(MARKS[0])[1].split(MARKS[1])[0]
    assert shown.strip() == f"```text\n{said.rstrip()}\n```", (
        "the README shows another report; put the one of tests/golden/sample.txt there"
    )
    finding = json.loads(re.search(r"^```json\n(.*?)^```$", readme, re.M | re.S)[1])
    (file,) = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["files"]
    assert any(finding.items() <= other.items() for other in file["findings"] if other["rule"] == finding["rule"]), "so does its JSON"
