"""The documentation site: a page a rule, no dead link, nothing loaded from elsewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from copycheck import ruleset
from tests.checkout import ROOT

RULES = ruleset.load([ROOT / "rules"])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as it is built; a dead link within it fails the build (`strict`)."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--config-file", ROOT / "mkdocs.yml", "--site-dir", folder]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_every_rule_has_a_page_with_flagged_and_passed_examples(site: Path) -> None:
    for rule in RULES.rules:
        page = (site / "rules" / rule.id / "index.html").read_text(encoding="utf-8")
        assert f"<code>{rule.id}</code>" in page and ">Flagged<" in page and ">Left alone<" in page, rule.id


def test_a_page_quotes_who_says_so(site: Path) -> None:
    page = (site / "rules" / "compliance" / "cure" / "index.html").read_text(encoding="utf-8")
    assert "Binds nobody: a warning." in page and "miracle cure" in page and "<mark>" in page


def test_a_list_of_rules_leads_to_their_pages(site: Path) -> None:
    assert 'href="compliance/cure/"' in (site / "rules" / "index.html").read_text(encoding="utf-8")
    assert "Set up and check an article" in (site / "index.html").read_text(encoding="utf-8")


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    loads = re.compile(r"<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=\"?(?:https?:)?//[^\"> ]*")
    for path in site.rglob("*.html"):
        assert not loads.findall(path.read_text(encoding="utf-8")), path
