"""Trace: what each line of a rule makes of a sentence, for whoever writes the rule."""

from __future__ import annotations

from typing import Any

from click.testing import CliRunner

from copycheck.cli import cli
from copycheck.ruleset import language
from copycheck.ruleset.models import Duty, Pattern
from copycheck.trace import trace
from tests.rulekit import load_pipeline, rule


def traced(model: type[Any], text: str, **values: Any) -> list[str]:
    lists = language.load(()).terms.lists
    return trace(rule(model, **values), text, load_pipeline(), lists).splitlines()


def test_the_tokens_of_the_sentence_come_first():
    lines = traced(Pattern, "We do not garantee it.", patterns=["guarantee"])
    assert lines[0].split() == ["token", "norm", "tag", "term", "marks"]
    assert lines[3].split() == ["not", "RB"]
    assert lines[4].split()[:3] == ["garantee", "guarantee", "VB"] and "negated" in lines[4]


def test_what_matches_is_shown_and_what_clears_it():
    lines = traced(Pattern, "We do not cure all pain.", patterns=["cure ...2 (pain)"], unless=["negated"])
    assert lines[-2:] == ["patterns.0: cure ...2 (pain)", "    matches “pain”, cleared: negated"]
    lines = traced(Pattern, "We cure pain.", patterns=["cure ...2 (pain)"], unless=["negated"])
    assert lines[-1] == "    matches “pain”"


def test_what_does_not_match_says_what_is_missing():
    lines = traced(Pattern, "We cure it.", patterns=["cure ...2 pain", "it cure"], except_=[[{"LOWER": "zinc"}]])
    assert "    no match: nothing fits pain" in lines
    assert "    no match: all words are there, but not in this order or so near" in lines
    assert lines[-2:] == ['except.0: [{"LOWER": "zinc"}]', '    no match: nothing fits {"LOWER": "zinc"}']


def test_swaps_and_duties():
    assert "swap: addict" in traced(Pattern, "An addict.", swap={"addict": "person"})
    lines = traced(Duty, "Stop drinking.", triggers=[{"patterns": ["stop drinking"]}], met_by=["doctor"])
    assert "triggers.0.patterns.0: stop drinking" in lines and "    matches “Stop drinking”" in lines and "met_by.0: doctor" in lines


def test_an_empty_sentence():
    assert traced(Pattern, "", patterns=["pain"])[-1].startswith("    no match")


def test_it_is_a_command(rule_folder, tmp_path, monkeypatch):
    rule_folder("language/bad", "bad word", more="unless: [negated]")
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".copycheck.yaml").write_text("rule_folders: [rules]\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["explain", "language/bad", "--sentence", "This is no bad word."], prog_name="copycheck")
    assert done.exit_code == 0, done.output
    assert "patterns.0: bad word\n    matches “bad word”, cleared: negated\n" in done.output
    missing = CliRunner().invoke(cli, ["explain", "language/none", "--sentence", "x"], prog_name="copycheck")
    assert missing.exit_code == 2 and "there is no rule" in missing.output
