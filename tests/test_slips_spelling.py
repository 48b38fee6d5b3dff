"""Sentences of our own with one slip of spelling each, and their right twins, read by all rules of slips."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from copycheck import ruleset
from copycheck.engine import Engine
from copycheck.findings import Finding, Severity
from copycheck.settings import Item, Settings
from copycheck.source import Source
from tests.rulekit import load_pipeline

LINES = Path(__file__).with_name("passages").joinpath("spelling_slips.txt").read_text("utf-8").splitlines()
SLIP = re.compile(r"\[\|(.*?)\|(.*?)\|\]")
SENTENCES = [line for line in LINES if SLIP.search(line)]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    rules, top = Path(__file__).parents[1] / "rules", tmp_path_factory.mktemp("rules")
    for name in ("typos", "authorities.yaml"):
        (top / name).symlink_to(rules / name)
    return Engine(ruleset.load([top]), load_pipeline)


def told(engine: Engine, texts: list[str]) -> list[list[Finding]]:
    reports = engine.run(Item(f"{number}.md", Source(f"{number}.md", text), Settings()) for number, text in enumerate(texts))
    return [[finding for finding in report.findings if finding.severity != Severity.info] for report in reports]


def test_slips_are_told_with_their_correction(engine: Engine) -> None:
    missed, uncorrected = [], []
    for line, findings in zip(SENTENCES, told(engine, [SLIP.sub(r"\1", line) for line in SENTENCES]), strict=True):
        slip = SLIP.search(line)
        assert slip
        touching = [found for found in findings if found.span.start < slip.start() + len(slip[1]) and slip.start() < found.span.end]
        if not touching:
            missed.append(line)
        elif not any(slip[2] in offer or offer in slip[2] for found in touching for offer in found.suggestions):
            uncorrected.append(line)
    assert len(SENTENCES) >= 80
    assert len(missed) <= 0.05 * len(SENTENCES), missed
    assert len(uncorrected) <= 0.1 * len(SENTENCES), uncorrected


def test_their_right_twins_are_clean(engine: Engine) -> None:
    right = [SLIP.sub(r"\2", line) for line in SENTENCES]
    wrong = [(line, found.excerpt) for line, findings in zip(right, told(engine, right), strict=True) for found in findings]
    assert len(wrong) <= 0.02 * len(SENTENCES), wrong
