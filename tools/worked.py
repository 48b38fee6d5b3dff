"""Worked: writes the sixty posts of docs/worked/site from the pieces in docs/worked/pieces.yaml.

Use: python tools/worked.py
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "worked"
BLOG = Path("content", "blog")
_AUTHORS = ("Nora Okafor, PT, DPT", "Luis Brannigan, PT", "Mei Tanaka, PT, OCS")
_OPENINGS = (
    "We hear it several times a week.",
    "It is one of the questions that the front desk gets most.",
    "Few people plan for it.",
    "It tends to come at a bad time.",
)
_VISITS = (
    "The first visit takes about an hour. You tell us what happened, we look at how you move, and you leave with something to do.",
    "Bring shorts, your shoes and a list of what you take. We ask a lot, measure a little and agree on a goal with you.",
    "We begin with your own words and end with a plan on one page. In between you will move more than you might expect.",
    "Plan an hour. There is a changing room, tea in the hall, and a therapist who stays with you from the beginning to the end.",
)
_AFTER = (
    "How often you come depends on the goal: some need two visits, others a season.",
    "Between visits you write down what worked, and we change what did not.",
    "After a few weeks we measure again and decide together how to go on.",
)
_HOW = (
    "Do these once a day for two weeks. They may feel like work; they should not feel like harm.",
    "Start with half of what you think you can do. If it is sore the next morning, halve it again.",
    "Pick two of the three if time is short. Regular is worth more than long.",
)
_CLOSING = "Larkfield Physical Therapy has rooms on Mill Street and by the Pilaticore studio. Call us to find a time."


def _understanding(topic: dict[str, Any], number: int) -> tuple[str, str]:
    name = topic["name"]
    body = [topic["about"], f"{_OPENINGS[number % 4]} {topic['cause']} {topic['feel']}", "## What we do", topic["treat"], topic["slips"][0]]
    return f"{name[0].upper()}{name[1:]}: what it is and what helps", "\n\n".join([*body, "## When to see a doctor", topic["doctor"]])


def _exercises(topic: dict[str, Any], number: int) -> tuple[str, str]:
    moves = "\n".join(
        f"{count}. **{head}.** {rest[0].upper()}{rest[1:]}" for count, (head, rest) in enumerate(map(_split, topic["moves"]), 1)
    )
    body = [f"{topic['feel']} {_HOW[number % 3]}", moves, topic["slips"][1], "## Before you start", topic["doctor"]]
    return f"Three exercises for {topic['name']} to do at home", "\n\n".join(body)


def _visit(topic: dict[str, Any], number: int) -> tuple[str, str]:
    who = topic["story"].split()[0]
    body = [topic["story"], _VISITS[number % 4], f"For {who}, it went this way. {topic['treat']}", topic["slips"][2], _AFTER[number % 3]]
    return f"What to expect when you come in with {topic['name']}", "\n\n".join(body)


def _split(move: str) -> tuple[str, str]:
    head, _, rest = move.partition(" - ")
    return head, rest


def posts() -> Iterator[tuple[Path, str]]:
    """The path of each post within the site, and its text."""
    topics = yaml.safe_load((FOLDER / "pieces.yaml").read_text(encoding="utf-8"))
    for number, topic in enumerate(topics):
        for kind, make in enumerate((_understanding, _exercises, _visit)):
            title, body = make(topic, number + kind)
            date = f"{2019 + number // 4}-{1 + (number * 3 + kind) % 12:02}-{3 + number:02}"
            slug = re.sub(r"[^a-z]+", "-", title.lower()).strip("-")
            head = f'---\ntitle: "{title}"\ndate: {date}\nauthor: {_AUTHORS[(number + kind) % 3]}\n---'
            yield BLOG / f"{date[:4]}-{slug}.md", f"{head}\n\n# {title}\n\n{body}\n\n{_CLOSING}\n"


if __name__ == "__main__":
    for path, text in posts():
        (FOLDER / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / "site" / path).write_text(text, encoding="utf-8")
