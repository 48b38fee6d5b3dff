"""Fuzz: every input of the corpus keeps the promises of its target, and the command says what falls."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from copycheck import strictyaml
from tests.fuzz import __main__ as fuzz
from tests.fuzz.targets import TARGETS

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("name", TARGETS)
def test_the_corpus_falls_nowhere(name):
    inputs = sorted(fuzz.corpus_of(name).iterdir())
    assert inputs
    for path in inputs:
        TARGETS[name](path.read_bytes())


def test_every_corpus_has_a_target():
    assert {fuzz.corpus_of(name) for name in TARGETS} == set(fuzz.CORPUS.iterdir())


def test_the_workflow_names_every_target():
    workflow = strictyaml.load((ROOT / ".github" / "workflows" / "fuzz.yml").read_text("utf-8")).data
    named = " ".join(workflow["jobs"]["fuzz"]["strategy"]["matrix"]["targets"]).split()
    assert sorted(named) == sorted(TARGETS)


def test_what_falls_is_told(monkeypatch, capsys):
    ended = {"yaml": 0, "toml": 1}
    monkeypatch.setattr(subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, ended[command[3]]))
    monkeypatch.setattr(sys, "argv", ["fuzz", "yaml", "toml", "--seconds", "1"])
    assert fuzz.main() == 1
    assert "something fell: toml" in capsys.readouterr().out


def test_hypothesis_finds_and_shrinks_what_falls(monkeypatch):
    def never_semicolons(data: bytes) -> None:
        assert b";" not in data

    monkeypatch.setitem(TARGETS, "yaml", never_semicolons)
    with pytest.raises(AssertionError, match="assert b';' not in b';'"):
        for seed in range(1, 40):
            fuzz._by_hypothesis("yaml", 1, seed)
    monkeypatch.setitem(TARGETS, "yaml", lambda data: None)
    assert fuzz._by_hypothesis("yaml", 0, 1) == 0
