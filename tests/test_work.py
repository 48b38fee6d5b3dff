"""Work: what a run does, counted; nothing that is not needed, once and not again, and growing in step with the copy.

Counts are the same on every machine, seconds are not: `tools/bench.py` measures those.
"""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from copycheck import ruleset
from copycheck.cli import cli
from copycheck.engine import Engine
from copycheck.ruleset import patterns
from copycheck.ruleset.location import rules_dir
from copycheck.settings import Item, Settings
from copycheck.source import Source
from tests.checkout import ROOT

_spec = importlib.util.spec_from_file_location("seeded", ROOT / "tools" / "benchmark" / "seeded.py")
assert _spec and _spec.loader
seeded = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(seeded)

CALLS_A_WORD = 150  # Python calls for a word of seeded text, all rules on; about half as many again as were counted when it was set
GROWTH = 1.1  # twice the copy may take this much more than twice the work


@pytest.fixture(scope="module")
def rules() -> ruleset.Ruleset:
    return ruleset.load([rules_dir()])


def items(texts: list[str]) -> list[Item]:
    return [Item(f"{number}.md", Source(f"{number}.md", text), Settings()) for number, text in enumerate(texts)]


def calls(work: Callable[[], Any]) -> int:
    """How many Python functions are called."""
    count = 0

    def told(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(told)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


class Pipeline:
    """Stands for the model: counts what it is given."""

    def __init__(self) -> None:
        self.loaded: Counter[frozenset[str]] = Counter()
        self.runs = 0
        self.texts: list[str] = []

    def load(self, needs: frozenset[str]) -> Pipeline:
        self.loaded[needs] += 1
        return self

    def pipe(self, texts: Any, **_: Any) -> Iterator[Any]:
        self.runs += 1
        for text in texts:
            self.texts.append(text)
            yield None


TOKENS = """kind: tokens
severity: warning
confidence: high
title: A word
message: "{match}"
why: A test says so.
patterns: [[{LOWER: zinc}, {POS: VERB}]]
examples:
  flag: ["The [|zinc eases|] it."]
  pass: ["Zinc."]
"""


def test_only_sentences_that_a_rule_asks_for_go_to_the_model_and_each_once(rule_folder):
    folder = rule_folder("language/bad", "bad word")
    (folder / "language" / "zinc.yaml").write_text(TOKENS, encoding="utf-8")
    pipeline = Pipeline()
    texts = ["Zinc eases pain. A bad word.\n\nZinc eases pain.\n", "Nothing here.\n", "Zinc eases pain. More zinc helps.\n"] * 20
    list(Engine(ruleset.load([folder]), pipeline.load).run(items(texts)))
    assert sorted(pipeline.texts) == ["More zinc helps.", "Zinc eases pain."]
    assert pipeline.runs == 1 and sum(pipeline.loaded.values()) == 1


def test_the_model_is_not_loaded_for_copy_that_no_rule_asks_it_about(rule_folder):
    folder = rule_folder("language/bad", "bad word")
    (folder / "language" / "zinc.yaml").write_text(TOKENS, encoding="utf-8")
    pipeline = Pipeline()
    list(Engine(ruleset.load([folder]), pipeline.load).run(items(["A bad word.\n"])))
    assert not pipeline.loaded


def test_rules_are_compiled_once_for_files_of_the_same_settings(rules, monkeypatch):
    import copycheck.engine

    made = []
    real = copycheck.engine.compile_rules
    monkeypatch.setattr(copycheck.engine, "compile_rules", lambda *given: made.append(1) or real(*given))
    engine = Engine(rules, lambda needs: None)
    list(engine.run(items(seeded.articles(4, 200))))
    list(engine.run(items(seeded.articles(4, 200, seed=1))))
    assert len(made) == 1


def test_few_patterns_are_compiled_for_an_article(rules, monkeypatch):
    tried: list[tuple[str, bool]] = []
    patterns._compile.cache_clear()
    slow, quick = patterns._compile, patterns._read_by_re
    monkeypatch.setattr(patterns, "_compile", lambda *given: tried.append(given) or slow(*given))
    monkeypatch.setattr(patterns, "_read_by_re", lambda *given: tried.append(given) or quick(*given))
    list(Engine(rules, lambda needs: None).run(items(seeded.articles(1))))
    assert len(rules.terms.needed) > 700 and 20 < len(set(tried)) < 160


def test_work_grows_with_the_number_of_articles(rules):
    engine = Engine(rules, lambda needs: None)
    list(engine.run(items(seeded.articles(4))))  # what is made once
    few, many = (items(seeded.articles(number, seed=number)) for number in (4, 8))
    words = sum(len(item.source.text.split()) for item in few if item.source)
    once = calls(lambda: list(engine.run(few)))
    assert calls(lambda: list(engine.run(many))) < once * 2 * GROWTH
    assert once / words < CALLS_A_WORD


def test_work_grows_with_the_length_of_an_article(rules):
    engine = Engine(rules, lambda needs: None)
    list(engine.run(items(seeded.articles(4))))
    short, long = (items(seeded.articles(1, words, seed=words)) for words in (4_000, 8_000))
    assert calls(lambda: list(engine.run(long))) < calls(lambda: list(engine.run(short))) * 2 * GROWTH


@pytest.fixture
def counted(tmp_path, monkeypatch) -> Callable[..., Counter[str]]:
    """run(options) on a folder of ten articles: which files were read, how many were checked."""
    for number, text in enumerate(seeded.articles(10, 100)):
        (tmp_path / f"{number}.md").write_text(text, encoding="utf-8")
    counts: Counter[str] = Counter()
    import copycheck.engine
    from copycheck import files

    read, compose = files.read_bytes, copycheck.engine.compose
    monkeypatch.setattr(files, "read_bytes", lambda path, limit: counts.update([path.name]) or read(path, limit))
    monkeypatch.setattr(copycheck.engine, "compose", lambda *given: counts.update(["checked"]) or compose(*given))

    def run(*options: str) -> Counter[str]:
        counts.clear()
        done = CliRunner().invoke(cli, ["--jobs", "1", *options, str(tmp_path)], prog_name="copycheck")
        assert done.exit_code in (0, 1), done.output
        return Counter(counts)

    return run


def test_files_are_read_once_and_checked_only_when_they_changed(counted, tmp_path):
    every = {f"{number}.md": 1 for number in range(10)}
    kept = ("--cache-dir", str(tmp_path / ".kept"))
    assert counted(*kept) == every | {"checked": 10}
    assert counted(*kept) == every
    path = Path(tmp_path, "3.md")
    path.touch()
    assert counted(*kept) == every
    path.write_text(path.read_text(encoding="utf-8") + "\nOne line more.\n", encoding="utf-8")
    assert counted(*kept) == every | {"checked": 1}
    assert counted("--no-cache") == every | {"checked": 10}
