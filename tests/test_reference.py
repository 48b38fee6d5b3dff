"""The generated pages are true to the rules, and `explain` says all that a rule has to say."""

from __future__ import annotations

import importlib.util
import json
import sys
from types import ModuleType

import pytest

from copycheck import reference, ruleset
from copycheck.ruleset.models import Rule
from tests.checkout import ROOT


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def rules() -> tuple[Rule, ...]:
    return ruleset.load([ROOT / "rules"]).rules


def test_the_reference_of_the_rules_is_true(rules: tuple[Rule, ...]) -> None:
    written = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert written == reference.as_markdown(rules), "run: copycheck rules --format markdown > docs/rules.md"


def test_the_page_of_the_authorities_is_true(rules: tuple[Rule, ...]) -> None:
    written = (ROOT / "docs" / "authorities.md").read_text(encoding="utf-8")
    page = reference.authorities_as_markdown(ruleset.load([ROOT / "rules"]).authorities, rules)
    assert written == page, "run: copycheck rules --format authorities > docs/authorities.md"


def test_the_page_of_the_authorities_holds_each_with_all_that_rests_on_it(rules: tuple[Rule, ...]) -> None:
    authorities = ruleset.load([ROOT / "rules"]).authorities
    page = reference.authorities_as_markdown(authorities, rules)
    entries = {part.split("`", 2)[1]: part for part in page.split("\n### ")[1:]}
    assert set(entries) == set(authorities)
    for name, authority in authorities.items():
        for said in (
            authority.citation,
            authority.url or "",
            reference.says(authority),
            authority.binds,
            str(authority.checked),
            authority.how,
        ):
            assert said in entries[name]
        assert ("- Verified, " in entries[name]) == authority.verified
    for rule in rules:
        assert all(f"`{rule.id}`" in entries[cited.id] for cited in rule.cited)


def test_the_reference_lists_every_rule(rules: tuple[Rule, ...]) -> None:
    page = reference.as_markdown(rules)
    assert all(f"| `{rule.id}` |" in page for rule in rules)
    assert "| us |" in page and "not covered yet" in page and "](authorities.md)" in page


def test_an_authority_that_was_not_read_is_marked(rule_folder) -> None:
    folder = rule_folder("compliance/bad", "bad word", more="authority: [board#3]\n")
    entry = "name: A Board, citation: Rule 7, url: https://board.example, binds: its members, status: standard, says: Say so., checked: 2026-11-01"
    (folder / "authorities.yaml").write_text(f"board: {{{entry}, how: seen}}\n", encoding="utf-8")
    (loaded,) = ruleset.load([folder]).rules
    assert "[A Board](https://board.example), Rule 7, 3 (standard; not verified)" in reference.as_markdown([loaded])
    page = reference.authorities_as_markdown(ruleset.load([folder]).authorities, [loaded])
    assert "0 of 1 are verified" in page and "> (in our words) Say so." in page
    assert "- Not verified, 2026-11-01: seen.\n- Rules: `compliance/bad` (3)\n" in page
    told = reference.explain(loaded, 100)
    assert (
        "- A Board, Rule 7, 3 (standard; not verified)\n  https://board.example\n  Binds its members.\n  It says: (in our words) Say so.\n"
        in told
    )


def test_the_mapping_of_the_catalogue_is_true(rules: tuple[Rule, ...]) -> None:
    catalogue = tool("map_catalogue")
    assert catalogue.problems(catalogue.entries(), rules) == []
    written = (ROOT / "docs" / "catalogue.md").read_text(encoding="utf-8")
    assert written == catalogue.page(catalogue.entries(), rules), "run: python tools/map_catalogue.py"


def test_the_table_of_errors_is_true(rules: tuple[Rule, ...]) -> None:
    errors = tool("errors")
    assert (ROOT / "docs" / "errors.md").read_text(encoding="utf-8") == errors.page(rules), "run: python tools/errors.py"
    assert {rule.id for rule in rules} >= errors.FIRST and len(errors.FIRST) == 31


def test_an_entry_that_went_nowhere_is_told(rules: tuple[Rule, ...]) -> None:
    catalogue = tool("map_catalogue")
    entries = {**catalogue.entries(), "NEW-ENTRY": {"title": "New"}}
    del entries["ABS-CURE"]
    assert catalogue.problems(entries, rules) == [
        "NEW-ENTRY: no rule covers it and no reason leaves it out",
        "ABS-CURE: named by compliance/curable, not in the catalogue",
    ]


def test_explain_says_all(rules: tuple[Rule, ...]) -> None:
    for rule in rules:
        told = " ".join(reference.explain(rule, 100).split())
        assert rule.title in told and reference.GUIDANCE in told
        here = [part for cited in rule.cited_in("us") for part in (cited.authority.name, reference.says(cited.authority), cited.text)]
        for said in (rule.why, rule.fix or "", *here):
            assert " ".join(said.split()) in told
        if rule.kind == "pattern" and rule.swap:
            assert "Wording:" in told


def test_lists_say_what_is_off_and_what_is_lower(rules: tuple[Rule, ...]) -> None:
    text = reference.as_text(rules, {"compliance/cure": "holds for promotional copy"}, ["compliance/painless"])
    assert "[off: holds for promotional copy]" in text and "[warning, one step lower here]" in text
    entries = json.loads(reference.as_json(rules, {"compliance/cure": "a reason"}, ["compliance/painless"]))["rules"]
    by_id = {entry["id"]: entry for entry in entries}
    assert (by_id["compliance/cure"]["on"], by_id["compliance/cure"]["off"]) == (False, "a reason")
    assert by_id["compliance/painless"]["lowered"] and by_id["compliance/painless"]["on"]


def test_a_rule_that_makes_an_error_of_some_claims_says_so_everywhere(rules: tuple[Rule, ...]) -> None:
    rule = next(rule for rule in rules if rule.id == "claims/unsourced-guarantee")
    said = "warning, error for a sure promise on promotional copy"
    assert said in reference.explain(rule) and said in reference.as_markdown(rules) and f"[{said}]" in reference.as_text(rules, {})
    assert f"`{rule.id}` | warning or none | {said} |" in tool("errors").page(rules)
    blocking = [rule.id for rule in rules if getattr(rule, "blocks", ())]
    assert len(blocking) == 4 and all(f"`{one}`" in tool("errors").page(rules) for one in blocking)
