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

from copycheck import profile, ruleset
from copycheck.analysis import Analysis, units_of
from copycheck.analysis.model import load
from copycheck.checks import Site, compile_rules
from copycheck.findings import Profile
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
    seconds, analyses = timed(lambda: [Analysis(document, units_of(document), Profile()) for document in documents])
    rates["sentences"] = words / seconds
    seconds, _ = timed(lambda: [profile.tell(analysis.document, analysis.units) for analysis in analyses])
    rates["profile"] = words / seconds
    for kind, check in compile_rules(rules.rules, rules.terms, Site()).items():
        check.check(analyses[0], Site())  # what is made once is another row's
        seconds, _ = timed(lambda check=check: [check.check(analysis, Site()) for analysis in analyses])
        rates[f"kind {kind}"] = words / max(seconds, 1e-6)
    pipeline = load(frozenset({"tags"}))
    texts = [source.text for source in sources]
    list(pipeline.pipe(texts[:1]))
    seconds, _ = timed(lambda: list(pipeline.pipe(texts)))
    rates["spaCy alone, tagger and lemmatizer, whole text"] = words / seconds
    print(json.dumps(rates))


main(Path(sys.argv[1]))
