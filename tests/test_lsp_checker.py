"""Checker: says what the command line would say, does only what an edit asks for, and never shows a page as clean that it could not check."""

from __future__ import annotations

import gc
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from copycheck.lsp import checker
from copycheck.lsp.checker import Checked, Checker
from copycheck.nlp import judge
from tests.command import run
from tests.conftest import RULE
from tests.test_work import seeded

TODAY = date(2026, 3, 1)
COPY = "# Rest\n\nAn addict may call. Zinc cures gout.\n"


@pytest.fixture(scope="module")
def made() -> Checker:
    """One checker, as one server has one."""
    return Checker(lambda: TODAY)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / ".copycheck.yaml").write_text("preset: clinic\n", encoding="utf-8")
    return tmp_path


def said(checked: Checked) -> list[tuple[str, str]]:
    return [(entry.rule, entry.message) for entry in checked.entries]


def rules(checked: Checked) -> set[str]:
    return {entry.rule for entry in checked.entries}


def test_it_says_what_the_command_line_says(made: Checker, home: Path) -> None:
    path = home / "article.md"
    path.write_text(COPY, encoding="utf-8")
    listed = json.loads(run("--format", "json", "--today", str(TODAY), "--no-cache", str(path)).stdout)["files"][0]["findings"]
    found = made.check(path, COPY)
    assert [(one["rule"], one["severity"]) for one in listed] == [(entry.rule, entry.severity.name) for entry in found.entries]
    assert {"language/addiction-labels", "compliance/cure"} <= rules(found)


@pytest.mark.parametrize(("more", "failed"), [("", False), ("states: [az]\n", True)])
def test_a_page_that_no_configured_rule_is_for_fails_only_where_none_could_be(made: Checker, home: Path, more: str, failed: bool) -> None:
    (home / ".copycheck.yaml").write_text(f"select: [disclaimers/missing-stem-cells]\n{more}", encoding="utf-8")
    checked = made.check(home / "article.md", "# Rest\n\nBook in Tempe, AZ.\n")
    assert checked.report and (checked.report.error is not None) == failed


class Counted:
    """What the pipeline and the judge are asked for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.parsed: list[str] = []
        self.judged = 0
        pipeline, opinion = checker._pipeline, judge.Judge.__call__

        def load(*given: Any) -> Any:
            nlp, counted = pipeline(*given), self

            class Counting:
                def pipe(self, texts: list[str], **options: Any) -> Iterator[Any]:
                    counted.parsed += texts
                    return nlp.pipe(texts, **options)  # type: ignore[no-any-return]

            return Counting()

        def asked(self_: Any, *given: Any) -> Any:
            self.judged += 1
            return opinion(self_, *given)

        monkeypatch.setattr(checker, "_pipeline", load)
        monkeypatch.setattr(judge.Judge, "__call__", asked)


def test_an_edit_costs_the_block_that_it_is_in(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an article of a thousand words: one block is parsed, few sentences are judged, and next to no pattern is tried again."""
    from copycheck.nlp import matcher

    counted, tried = Counted(monkeypatch), Counter[str]()
    found = matcher._found
    monkeypatch.setattr(matcher, "_found", lambda *given: tried.update(["tried"]) or found(*given))
    (text,) = seeded.articles(1, 1_000)
    made, path = Checker(lambda: TODAY), home / "a.md"
    made.check(path, text)
    whole = len(counted.parsed), counted.judged, tried["tried"]
    assert whole[0] > 20 and whole[1] > 50
    for edited in (text, text.replace(". ", ". We wave. ", 1)):
        counted.parsed.clear()
        counted.judged = 0
        tried.clear()
        made.check(path, edited)
    assert len(counted.parsed) == 1 and "We wave." in counted.parsed[0]
    assert counted.judged <= 0.15 * whole[1] and tried["tried"] <= 0.15 * whole[2]


def test_memory_is_bounded_over_many_edits(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is forgotten is freed at once: nothing that was made of a text holds itself, so none waits for the garbage collector."""
    monkeypatch.setattr("copycheck.lsp.memory.MOST", 250)
    made = Checker(lambda: TODAY)
    kept = []
    gc.collect()
    gc.disable()
    try:
        before = alive()
        for number in range(25):
            made.check(home / "a.md", f"The garden has {number} chairs in it. Zinc cures [gout](https://a.org).\n")
            (engine,) = made._engines.values()
            kept.append(sum(map(len, engine._nlp.docs)))
        assert alive() - before == len(engine._nlp.docs)
    finally:
        gc.enable()
    assert max(kept) <= 250 and kept[-1] > 180
    assert len(engine._compiled) == 1


def alive() -> int:
    return sum(type(thing).__name__ == "Doc" for thing in gc.get_objects())


def test_a_superseded_text_is_not_read_to_its_end(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Counted(monkeypatch)
    made = Checker(lambda: TODAY, lambda: False)
    checked = made.check(home / "a.md", COPY)
    assert checked.report is not None and checked.report.error is not None and counted.judged == 0


def test_each_folder_has_its_configuration(made: Checker, home: Path) -> None:
    inner = home / "inner"
    inner.mkdir()
    (inner / ".copycheck.yaml").write_text("ignore: [language]\n", encoding="utf-8")
    assert "language/addiction-labels" in rules(made.check(home / "a.md", COPY))
    assert "language/addiction-labels" not in rules(made.check(inner / "a.md", COPY))
    (inner / ".copycheck.yaml").write_text("rules: {language: error}\n", encoding="utf-8")
    (error,) = [e for e in made.check(inner / "a.md", COPY).entries if e.rule == "language/addiction-labels"]
    assert error.severity.name == "error"


def test_few_configurations_stay_compiled(made: Checker, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checker, "_ENGINES", 2)
    for word in ("one", "two", "three"):
        (home / ".copycheck.yaml").write_text(f"select: [language]\nvocabulary: [{word}]\n", encoding="utf-8")
        made.check(home / "a.md", COPY)
    assert len(made._engines) <= 3


@pytest.mark.parametrize(
    ("configuration", "message"),
    [
        ("prest: clinic\n", "prest: unknown key; did you mean `preset`?"),
        ("preset: [\n", "yaml: "),
        ("jurisdiction: fr\n", "not covered yet"),
        ("rules: {claims/none: off}\n", "there is no such rule"),
        ("select: [claims]\nignore: [claims]\n", "no rule is on"),
        ("rule_folders: [gone]\n", "there is no rule folder of this name"),
        ("vocabulary_files: [gone.txt]\n", "vocabulary_files: gone.txt"),
        ("approved_claims: gone.yaml\n", "gone.yaml"),
        ("model: no_such_model\n", "no_such_model"),
        ("max_file_size: 10\n", "over the limit of 10"),
    ],
)
def test_what_cannot_be_checked_is_told_on_the_page(made: Checker, home: Path, configuration: str, message: str) -> None:
    (home / ".copycheck.yaml").write_text(configuration, encoding="utf-8")
    (entry, *_) = made.check(home / "a.md", COPY).entries
    assert entry.rule == "copycheck/not-checked" and entry.severity.name == "error"
    assert entry.message.startswith("not checked: ") and message in entry.message


def test_an_unreadable_page_and_an_error_of_ours_are_told(made: Checker, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [rule for rule, _ in said(made.check(home / "a.md", "---\ntitle: x\nNo end.\n"))] == ["copycheck/not-checked"]
    monkeypatch.setattr("copycheck.ruleset.load", lambda folders: 1 / 0)
    assert "internal error, please report it: ZeroDivisionError" in said(made.check(home / "a.md", COPY))[0][1]


def test_a_configuration_is_checked_as_it_is_typed(made: Checker, home: Path) -> None:
    text = "preset: clinic\nrules:\n  claims: loud\nprest: x\n"
    entries = made.check(home / ".copycheck.yaml", text).entries
    assert [(text[slice(*entry.span)], entry.message[:12]) for entry in entries if entry.span] == [
        ("rules:", "rules: must "),
        ("prest: x", "prest: unkno"),
    ]
    assert not made.check(home / ".copycheck.yaml", "preset: publisher\n").entries
    assert said(made.check(home / "pyproject.toml", "[tool.copycheck]\nprest = 1\n"))
    assert not said(made.check(home / "pyproject.toml", "[project]\nname = 'x'\n"))


def test_rules_of_ones_own_are_used_and_checked_as_they_are_saved(made: Checker, home: Path) -> None:
    (home / ".copycheck.yaml").write_text("rule_folders: [own]\nselect: [language]\n", encoding="utf-8")
    rule = home / "own" / "language" / "calm.yaml"
    rule.parent.mkdir(parents=True)
    rule.write_text(RULE.format(severity="warning", wording="calm words", more=""), encoding="utf-8")
    assert "language/calm" in rules(made.check(home / "a.md", "Use calm words.\n"))
    assert not made.check(rule, rule.read_text(encoding="utf-8")).entries
    assert not made.check(home / "language" / "other.yaml", "addicts: 1\n").entries
    broken = rule.read_text(encoding="utf-8").replace("severity: warning", "severity: loud")
    rule.write_text(broken, encoding="utf-8")
    (entry,) = made.check(rule, broken).entries
    assert entry.span and broken[slice(*entry.span)] == "severity: loud"
    assert said(made.check(home / "a.md", "Use calm words.\n"))[0][0] == "copycheck/not-checked"


def test_what_is_excluded_or_known_is_not_shown(made: Checker, home: Path) -> None:
    path = home / "a.md"
    path.write_text(COPY, encoding="utf-8")
    before = rules(made.check(path, COPY))
    assert run("baseline", "write", str(path)).exit_code == 0
    new = rules(made.check(path, COPY + "\nAlcoholics may call.\n"))
    assert new and new < before
    (home / ".copycheck-baseline.json").write_text("{}", encoding="utf-8")
    assert "the baseline is damaged" in said(made.check(path, COPY))[0][1]
    (home / ".copycheck.yaml").write_text("exclude: [a.md]\n", encoding="utf-8")
    assert not made.check(path, COPY).entries


def test_a_text_that_has_no_file_yet_is_read_by_its_language(made: Checker, home: Path) -> None:
    checked = made.check(home / "Untitled-1", COPY, "markdown")
    assert checked.report and "language/addiction-labels" in rules(checked)
