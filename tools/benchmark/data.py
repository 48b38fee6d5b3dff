"""Data: seconds in which a process loads the program's own data; the code is imported before.

Printed as JSON.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

from copycheck import ruleset
from copycheck.checks import compile_rules
from copycheck.claims import judge
from copycheck.readability import scores, syllables, words
from copycheck.ruleset import language, signals
from copycheck.ruleset.location import rules_dir
from copycheck.spelling import lexicon


def timed(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    for kind in ("claim", "duty", "grammar", "metric", "pattern", "span", "spelling", "structure"):
        import_module(f"copycheck.checks.{kind}")
    scores.easy_words()  # textstat's, and with it textstat
    rules = ruleset.load([rules_dir()])
    seconds = {
        "term lists and cues": timed(lambda: language.load(())),
        "rules, read": timed(lambda: rules.rules),
        "claims: sources and strength": timed(judge.load),
        "profile": timed(signals.load),
        "words and frequencies": timed(lambda: (lexicon.load(), words.frequency("word"), syllables.syllables("wordy"))),
        "rules, compiled": timed(lambda: compile_rules(rules.rules, rules.lists)),
    }
    print(json.dumps(seconds))


main()
