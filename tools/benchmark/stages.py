"""Stages: words a second of each part of a run in one process, and the model alone on the same text; printed as JSON.

Use: python tools/benchmark/stages.py FOLDER
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from copycheck import article, ruleset
from copycheck.checks import Site, compile_rules
from copycheck.nlp import model, pipeline
from copycheck.profile import detect
from copycheck.readers import read
from copycheck.ruleset.location import rules_dir
from copycheck.source import Source


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.process_time()
    done = work()
    return time.process_time() - start, done


def main(folder: Path) -> None:
    sources = [Source(path.name, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.md"))]
    words = sum(len(source.text.split()) for source in sources)
    rates: dict[str, float] = {}
    rules = ruleset.load([rules_dir()])
    seconds, documents = timed(lambda: [read(source) for source in sources])
    rates["reading"] = words / seconds
    nlp = pipeline.load()
    article.parse(documents[:1], nlp)
    seconds, articles = timed(lambda: article.parse(documents, nlp))
    rates["pipeline"] = words / seconds
    detect(articles[0])
    seconds, _ = timed(lambda: [detect(one) for one in articles])
    rates["profile"] = words / seconds
    for kind, check in compile_rules(rules.rules, rules.lists).items():
        check.check(articles[0], Site())  # what is made once is another row's
        seconds, _ = timed(lambda check=check: [check.check(one, Site()) for one in articles])
        rates[f"kind {kind}"] = words / max(seconds, 1e-6)
    raw = model.load()
    texts = list(dict.fromkeys(article.readable(block.text) for document in documents for block in document.blocks))
    list(raw.pipe(texts[:1]))
    seconds, _ = timed(lambda: list(raw.pipe(texts)))
    rates["spaCy alone, tagger, a Doc a block"] = words / seconds
    print(json.dumps(rates))


main(Path(sys.argv[1]))
