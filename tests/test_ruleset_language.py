"""Lists and cues: read from rule folders, added to those that ship; every problem with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from copycheck.ruleset import BadRules, language
from copycheck.ruleset.language import CUED, MARKS
from copycheck.ruleset.models import Mark


def write(folder: Path, context: str | bytes | None = None, **lists: str) -> Path:
    (folder / "terms").mkdir(parents=True, exist_ok=True)
    for name, text in lists.items():
        (folder / "terms" / f"{name}.txt").write_text(text, encoding="utf-8")
    if context is not None:
        (folder / "context.yaml").write_bytes(context.encode() if isinstance(context, str) else context)
    return folder


def problems(folder: Path) -> list[str]:
    found: list[str] = []
    language.read([folder], found)
    return found


def test_lists_of_one_name_are_added(tmp_path):
    found: list[str] = []
    one, two = write(tmp_path / "one", organ="liver\n", toxin="lead\n"), write(tmp_path / "two", organ="skin\n")
    made = language.read([one, two], found)
    assert not found and made.terms.labels == {"liver": "ORGAN", "lead": "TOXIN", "skin": "ORGAN"}


def test_cues_are_read_with_their_defaults(tmp_path):
    text = "negated:\n  - patterns: [not, free of <toxin>]\n    until: [but]\n    unless: [not only]\n  - {patterns: [untrue], scope: backward, within: 5}\n"
    found: list[str] = []
    first, second = language.read([write(tmp_path, text, toxin="lead\n")], found).cues
    assert not found
    assert (first.mark, first.scope, first.within) == ("negated", "forward", 12)
    assert [line.source for line in first.patterns] == ["not", "free of <toxin>"]
    assert [line.source for line in (*first.until, *first.unless)] == ["but", "not only"]
    assert (second.scope, second.within) == ("backward", 5)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("negated:\n  - patterns: [not]\nnegatd:\n  - patterns: [no]\n", "context.yaml:3: negatd: unknown mark; known: negated, hedged"),
        ("quoted:\n  - patterns: [says]\n", "context.yaml:1: quoted: unknown mark"),
        ("negated:\n  - patterns: [not]\n    widthin: 3\n", "context.yaml:3: negated.0.widthin: "),
        ("negated:\n  - patterns: [not]\n    within: 0\n", "context.yaml:3: negated.0.within: "),
        ("negated:\n  - patterns: [not]\n    scope: left\n", "context.yaml:3: negated.0.scope: "),
        ("negated:\n  - patterns: []\n", "context.yaml:2: negated.0.patterns: "),
        ("negated:\n  - patterns: [not]\n  - patterns: [...9 x]\n", "context.yaml:3: negated: '...9 x': a gap is"),
        ("negated:\n  - patterns: [<nolist> x]\n", "there is no term list <nolist>"),
        ("negated:\n  - not\n", "context.yaml:2: "),
        ("- negated\n", "context.yaml:1: file: context is a mapping"),
        ("negated: [", "context.yaml:2: yaml: "),
        ("negated:\n  - patterns: [a]\n    patterns: [b]\n", "context.yaml:3: yaml: the key `patterns` stands twice"),
        (b"negated: caf\xe9", "context.yaml:1: yaml: "),
    ],
)
def test_problems_name_file_line_and_key(tmp_path, text, said):
    found = problems(write(tmp_path, text))
    assert found and any(said in problem for problem in found), found
    assert all(problem.startswith(str(tmp_path)) for problem in found)


def test_all_problems_are_told_at_once(tmp_path):
    assert len(problems(write(tmp_path, "negatd: []\nhedgd: []\n", organ="--\n"))) >= 3


def test_what_ships_loads_with_a_folder_of_ones_own(tmp_path):
    shipped = language.load(())
    more = language.load((str(write(tmp_path, "negated:\n  - patterns: [nope]\n", gadget="salt lamp\n")),))
    assert "gadget" in more.terms.lists and "gadget" not in shipped.terms.lists
    assert len(more.cues) == len(shipped.cues) + 1
    assert {cue.mark for cue in shipped.cues} == set(CUED)
    with pytest.raises(BadRules, match=r"context\.yaml:1: nope: unknown mark"):
        language.load((str(write(tmp_path / "bad", "nope: []\n")),))


def test_the_marks_that_rules_may_name_are_those_that_are_set():
    assert Mark.__args__ == MARKS and set(CUED) < set(MARKS)
