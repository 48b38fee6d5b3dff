"""The shipped language rules stay in the family's bounds; their examples are run in tests/test_rules_compliance.py."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from copycheck import ruleset
from copycheck.engine import Engine, Item, Settings
from copycheck.ruleset.models import Pattern
from copycheck.source import Source
from tests.rulekit import load_pipeline

FOLDER = Path(__file__).parents[1] / "rules" / "language"


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> ruleset.Ruleset:
    top = tmp_path_factory.mktemp("rules")
    for name in ("language", "authorities.yaml"):
        (top / name).symlink_to(FOLDER.parent / name)
    return ruleset.load([top])


def test_language_is_never_an_error(rules: ruleset.Ruleset) -> None:
    assert {rule.severity for rule in rules.rules} <= {"warning", "info"}


def test_every_entry_of_the_catalogue_is_covered(rules: ruleset.Ruleset) -> None:
    entries = "SUD-PERSON SUD-ABUSE SUD-CLEAN SUD-REPLACE SUI MH OBES DISAB VICTIM CONDFIRST BLAME".split()
    assert {f"LNG-{entry}" for entry in entries} <= {entry for rule in rules.rules for entry in rule.catalogue}


def test_replacements_fit_number_and_article(rules: ruleset.Ruleset) -> None:
    """A key that begins with an article has replacements that do; others have none, so that no article is doubled."""
    wrong = []
    for rule in rules.rules:
        assert rule.kind == "pattern"
        for key, value in cast("Pattern", rule).swap.items():
            opening = set(key.lstrip("(").split()[0].replace('"', "").split("|"))
            if "the" in opening:  # goes with the wording, or before a plural
                continue
            first = opening <= {"a", "an"}
            for replacement in [value] if isinstance(value, str) else value:
                if first != (replacement.split()[0] in ("a", "an")):
                    wrong.append((rule.id, key, replacement))
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "offer"),
    [
        ("It treats drug problems.", "substance use disorders"),
        ("It treats substance abuse disorders.", "substance use disorders"),
        ("It can cause birth defects.", "congenital conditions"),
        ("She survived two failed suicide attempts.", "suicide attempts"),
    ],
)
def test_of_a_compound_the_last_noun_takes_the_number(rules: ruleset.Ruleset, text: str, offer: str) -> None:
    (report,) = Engine(rules, load_pipeline).run([Item("page.md", Source("page.md", text), Settings())])
    assert [finding.suggestions for finding in report.findings] == [(offer,)]


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("Many diabetics sleep well.", "safe"),
        ("A study of non-diabetics showed it.", "unsafe"),
        ("Our alcoholics program is free.", "unsafe"),
        ("There is a group for alcoholics' wives.", "unsafe"),
        ("Adult Children of Alcoholics meets on Monday.", "unsafe"),
        ("He is suffering from, and treated for, diabetes.", "unsafe"),
    ],
)
def test_longer_words_are_taken_unasked_only_where_they_stand_alone(rules: ruleset.Ruleset, text: str, fix: str) -> None:
    (report,) = Engine(rules, load_pipeline).run([Item("a.md", Source("a.md", text), Settings())])
    assert {finding.fix for finding in report.findings} <= {fix}
    assert report.findings or fix == "unsafe"
