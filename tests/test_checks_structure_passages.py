"""Paragraphs that stand on several pages of one run."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from copycheck import ruleset
from copycheck.across import repeated
from copycheck.checks.structure.passages import paragraphs
from copycheck.findings import Paragraph, Profile, Report
from copycheck.ruleset.models import Structure
from tests import rulekit

LONG = (
    "When you arrive on the first day, a nurse shows you to your own room and asks what you need to feel at ease. After lunch you "
    "meet the people who will look after you, and together you make a plan for the week that leaves time to rest."
)


@pytest.fixture(scope="module")
def rule() -> Structure:
    rules = ruleset.load([Path(__file__).parent.parent / "rules"])
    (rule,) = (rule for rule in rules.rules if rule.id == "content/repeated-passage")
    return rule  # type: ignore[return-value]


def of(rule: Structure, text: str) -> tuple[Paragraph, ...]:
    return paragraphs(rule, rulekit.article(text))


def report(path: str, members: tuple[Paragraph, ...]) -> Report:
    return Report(path, Profile(), paragraphs=members)


def test_a_paragraph_on_two_pages_is_told_on_both(rule: Structure) -> None:
    first, second = f"# One\n\n{LONG}\n\nThe end.\n", f"# Two\n\nHello there.\n\n{LONG.replace('When', 'When  ')}\n"
    pages = {"one.md": first, "three.md": "# Three\n\nNothing here.\n", "two.md": second}
    told = repeated([report(path, of(rule, text)) for path, text in pages.items()])
    assert list(told) == [0, 2]
    (here,), (there,) = ([one.finding for one in members] for members in told.values())
    assert here.rule == there.rule == "content/repeated-passage"
    assert first[slice(*here.span)] == LONG == here.excerpt
    assert "two.md" in here.message and "one.md" in there.message and "{" not in here.message


def test_what_stands_on_many_pages_is_boilerplate(rule: Structure) -> None:
    page = of(rule, f"{LONG}\n")
    assert len(repeated([report(f"{number}.md", page) for number in range(3)])) == 3
    assert repeated([report(f"{number}.md", page) for number in range(4)]) == {}


def test_one_page_is_enough_for_none(rule: Structure) -> None:
    assert repeated([report("one.md", of(rule, f"{LONG}\n\n{LONG}\n"))]) == {}
    assert repeated([]) == {}


@pytest.mark.parametrize(
    "text",
    [
        "When you arrive, a nurse shows you to your room.",  # short
        f"> {LONG}",
        f"- {LONG}",
        LONG.replace("After lunch", "Call us at 555-555-0100. After lunch"),
        LONG.replace("After lunch", "This is not medical advice. After lunch"),
        f"## About the house\n\n{LONG}",
    ],
)
def test_what_may_stand_anywhere_is_not_handed_over(rule: Structure, text: str) -> None:
    assert of(rule, f"# One\n\n{text}\n") == ()


def test_small_and_plain_so_that_a_worker_can_hand_it_over(rule: Structure) -> None:
    page = of(rule, f"{LONG}\n")
    assert len(page) == 1 and len(page[0].key) == 24
    assert pickle.loads(pickle.dumps(page)) == page
