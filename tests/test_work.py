"""Work: what a run does, counted; nothing that is not needed, once and not again, and growing in step with the copy.

Counts are the same on every machine, seconds are not: `tools/bench.py` measures those.
"""

from __future__ import annotations

import importlib.util
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import copycheck
from copycheck import ruleset
from copycheck.article import readable
from copycheck.cli import cli
from copycheck.engine import Engine
from copycheck.nlp import matcher
from copycheck.readers import read
from copycheck.ruleset.location import rules_dir
from copycheck.settings import Item, Settings
from copycheck.source import Source
from tests.checkout import ROOT
from tests.rulekit import load_pipeline
from tests.work import calls

_spec = importlib.util.spec_from_file_location("seeded", ROOT / "tools" / "benchmark" / "seeded.py")
assert _spec and _spec.loader
seeded = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(seeded)

OURS = f"{Path(copycheck.__file__).parent}{os.sep}"
CALLS_A_WORD = 120  # of our own functions for a word of seeded text, all rules on; half as many again as were counted when it was set
MATCHERS_A_SENTENCE = 40  # spaCy Matchers tried; likewise
GROWTH = 1.1  # twice the copy may take this much more than twice the work


@pytest.fixture(scope="module")
def rules() -> ruleset.Ruleset:
    return ruleset.load([rules_dir()])


@pytest.fixture(scope="module")
def engine(rules: ruleset.Ruleset) -> Engine:
    """With all rules, and with what is made once made."""
    made = Engine(rules, load_pipeline)
    list(made.run(items(seeded.articles(3, 200))))
    return made


def items(texts: list[str]) -> list[Item]:
    return [Item(f"{number}.md", Source(f"{number}.md", text), Settings()) for number, text in enumerate(texts)]


class Counting:
    """The pipeline, with the texts that it was given."""

    def __init__(self) -> None:
        self.loaded = 0
        self.runs = 0
        self.texts: list[str] = []

    def load(self, components: Any) -> Counting:
        self.loaded += 1
        return self

    def pipe(self, texts: Iterable[str]) -> Iterator[Any]:
        self.runs += 1
        given = list(texts)
        self.texts += given
        return load_pipeline().pipe(given)  # type: ignore[no-any-return]


def test_every_block_gets_a_doc_and_equal_ones_once(rule_folder):
    """What a rule asks for is no reason to parse or not to parse: every block of the article's own voice is read."""
    page = "# Zinc eases\n\nZinc eases pain. *More* zinc helps.\n\n- nothing here\n- Zinc.\n\n> Quoted.\n\n| a | b |\n| --- | --- |\n| c | d |\n"
    texts = [page, "Nothing at all.\n", page.replace("nothing", "something")] * 5
    counting = Counting()
    engine = Engine(ruleset.load([rule_folder("language/bad", "bad word")]), counting.load)
    list(engine.run(items(texts)))
    blocks = {readable(block.text) for text in texts for block in read(Source("a.md", text), None).blocks if block.region == "main"}
    assert blocks <= set(counting.texts) and len(counting.texts) == len(set(counting.texts)) > 8
    assert counting.runs == 1 and counting.loaded == 1


def test_every_sentence_has_tokens_with_tags_and_marks(engine):
    article = engine.parsed(Item("a.md", Source("a.md", seeded.articles(1, 300)[0]), Settings()))
    assert len(article.docs) == len(article.document.blocks)
    for sentence in article.sentences:
        assert len(sentence.tokens) and all(token.tag_ for token in sentence.tokens if not token.is_space)
        assert isinstance(sentence.tokens._.marks, frozenset)


def test_rules_are_compiled_once_for_files_of_the_same_settings(rules, monkeypatch):
    import copycheck.engine

    made = []
    real = copycheck.engine.compile_rules
    monkeypatch.setattr(copycheck.engine, "compile_rules", lambda *given: made.append(1) or real(*given))
    engine = Engine(rules, load_pipeline)
    list(engine.run(items(seeded.articles(2, 200))))
    list(engine.run(items(seeded.articles(2, 200, seed=1))))
    assert len(made) == 1


def test_work_grows_with_the_number_of_articles(engine, monkeypatch):
    few, many = (items(seeded.articles(number, 300, seed=number)) for number in (2, 4))
    words = sum(len(item.source.text.split()) for item in few if item.source)
    once = calls(lambda: list(engine.run(few)), OURS)
    assert calls(lambda: list(engine.run(many)), OURS) < once * 2 * GROWTH
    assert once / words < CALLS_A_WORD


def test_few_patterns_are_tried_in_a_sentence(engine, monkeypatch):
    """Each is tried only where its places can be filled: most sentences hold few of the words that thousands of patterns name."""
    tried = []
    real = matcher._found
    monkeypatch.setattr(matcher, "_found", lambda *given: tried.append(1) or real(*given))
    few = items(seeded.articles(2, 250, seed=9))
    list(engine.run(few))
    sentences = sum(len(engine.parsed(item).sentences) for item in few)
    assert len(tried) / sentences < MATCHERS_A_SENTENCE


def test_work_grows_with_the_length_of_an_article(engine):
    short, long = (items(seeded.articles(1, words, seed=words)) for words in (400, 800))
    assert calls(lambda: list(engine.run(long)), OURS) < calls(lambda: list(engine.run(short)), OURS) * 2 * GROWTH


@pytest.fixture
def counted(tmp_path, monkeypatch) -> Callable[..., Counter[str]]:
    """run(options) on a folder of ten articles: which files were read, how many were checked."""
    for number, text in enumerate(seeded.articles(10, 60)):
        (tmp_path / f"{number}.md").write_text(text, encoding="utf-8")
    counts: Counter[str] = Counter()
    import copycheck.engine
    from copycheck.cli import session

    read, compose = session.read_bytes, copycheck.engine.compose
    monkeypatch.setattr(session, "read_bytes", lambda path, *given, **named: counts.update([path.name]) or read(path, *given, **named))
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
