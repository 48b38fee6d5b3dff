"""Hostile: processor seconds a megabyte of every reader and check on text that is made to take long, as tables.

Use: python tools/hostile.py [SHAPE …] [--whole 16000,32000]

Each shape is read at 64 kB, 256 kB, 1 MB and 4 MB; what comes after the reader is measured at the sizes of `--whole`. Linear work shows the
same seconds a megabyte at every size. The judge's share is told apart. Brackets stand around what a page takes that is refused.
"""

from __future__ import annotations

import argparse
import gc
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any

from copycheck import ruleset
from copycheck.article import Article
from copycheck.document import Document
from copycheck.engine import Engine, profile_of
from copycheck.languages import set_apart
from copycheck.nlp import judge, pipeline
from copycheck.profile import detect
from copycheck.readers import read
from copycheck.ruleset.location import rules_dir
from copycheck.settings import Item, Settings
from copycheck.source import Source, Unreadable

SIZES = (64_000, 256_000, 1_000_000, 4_000_000)
SHAPES: dict[str, tuple[str, Callable[[int], str]]] = {
    "prose": ("a.md", lambda n: "".join(f"Massage may ease back pain after {i} visits, and rest helps too.\n\n" for i in range(n // 65))),
    "one sentence again and again": ("a.md", lambda n: "Massage cures back pain. " * (n // 25)),
    "one word again and again": ("a.txt", lambda n: "Pain " * (n // 5)),
    "one-letter words": ("a.txt", lambda n: "a b " * (n // 4)),
    "one word without an end": ("a.txt", lambda n: "a" * n),
    "autolinks": ("a.md", lambda n: "<http://a.b/c> " * (n // 15)),
    "open autolinks": ("a.md", lambda n: "<http://a.b/c " * (n // 14)),
    "entities without an end": ("a.html", lambda n: "&ampx" * (n // 5)),
    "reference definitions": ("a.md", lambda n: "".join(f"[r{i}]: /x 't'\n" for i in range(n // 15))),
    "one reference, often": ("a.md", lambda n: "[r]: /x\n\n" + "[a][r] " * (n // 7)),
    "links of slashes": ("a.md", lambda n: "[It heals](http://x.com" + "/" * n + "x)"),
    "hosts of many parts": ("a.md", lambda n: "[It heals](http://" + "a." * (n // 2) + "com)"),
    "images with a blank width": ("a.html", lambda n: "<img width= " * (n // 12)),
    "indented code": ("a.md", lambda n: "    x = 1;\n" * (n // 11)),
    "cells with escaped bars": ("a.md", lambda n: "|a|b|\n|-|-|\n" + "|" + "a\\|" * (n // 3) + "|b|\n"),
    "lists in lists": ("a.md", lambda n: "".join("  " * (i % 9) + "- a\n" for i in range(n // 12))),
    "quotations in quotations": ("a.md", lambda n: "".join(">" * (i % 8 + 1) + " Pain.\n\n" for i in range(n * 2 // 25))),
    "bullets": ("a.md", lambda n: "- Pain\n" * (n // 7)),
    "headings of one word": ("a.md", lambda n: "# Pain\n" * (n // 7)),
    "paragraphs of two letters": ("a.md", lambda n: "Ow\n\n" * (n // 4)),
    "short paragraphs, no two alike": ("a.md", lambda n: "".join(f"Pain {i}\n\n" for i in range(n * 10 // 97))),
    "autolinks in paragraphs": ("a.md", lambda n: ("<http://a.b/c> " * 100 + "\n\n") * (n // 1502)),
    "tables of one row": ("a.md", lambda n: "|a|b|\n|-|-|\n|c|d|\n\n" * (n // 19)),
    "quotations never closed": ("a.md", lambda n: "“Massage cured my pain. " * (n // 24)),
    "brackets": ("a.md", lambda n: "[a" * (n // 2)),
    "brackets in paragraphs": ("a.md", lambda n: ("[a " * 300 + "\n\n") * (n // 902)),
    "images never closed": ("a.md", lambda n: ("![a " * 200 + "\n\n") * (n // 802)),
    "emphasis": ("a.md", lambda n: "*a _b " * (n // 6)),
    "tags never closed": ("a.html", lambda n: "<div><p>" * (n // 8)),
    "attributes": ("a.html", lambda n: "<a " + "b=c " * (n // 4) + ">"),
    "comments never closed": ("a.html", lambda n: "<!-- " * (n // 5)),
    "front matter of comments": ("a.md", lambda n: "+++\na = 1 " + "#" * n + "\n+++\nText.\n"),
    "directives": ("a.md", lambda n: "<!-- copycheck: ignore language -->\n\nA substance abuse.\n\n" * (n // 59)),
    "Liquid comments that end oddly": ("a.liquid", lambda n: "{% comment %} a {% endcomment " * (n // 30)),
    "Blade directives": ("a.blade.php", lambda n: "@if((' " * (n // 7)),
    "MDX expressions never closed": ("a.mdx", lambda n: "{a <A b={ " * (n // 10)),
    "elements in attributes": ("a.mdx", lambda n: "<A b={<p>Pain eases.</p>} />\n\n" * (n // 31)),
    "elements in attributes of elements": (
        "a.jsx",
        lambda n: "export default () => <>" + ("<A b={" * 12 + "<p>Pain eases.</p>" + "} />" * 12) * (n // 138) + "</>",
    ),
    "attributes never closed": ("a.jsx", lambda n: "export default () => <>" + "<A b={" * (n // 6)),
    "strings of code": ("a.jsx", lambda n: "".join(f'f("Rest {i} days at home for now")\n' for i in range(n // 38))),
    "MDX imports never closed": ("a.mdx", lambda n: "import {- ![a\n" * (n // 14)),
    "claims and references": (
        "a.md",
        lambda n: (
            "".join(f"Massage cut pain (Smith{i}, 2019).[{i}]\n\n" for i in range(n // 100))
            + "\n## References\n\n"
            + "".join(f"{i}. Smith{i} J. Pain {i}. J Pain. 2019;1(2):1-9.\n" for i in range(n // 100))
        ),
    ),
    "short lines": ("a.txt", lambda n: "Rest well\n" * (n // 10)),
    "bullets of plain copy": ("a.txt", lambda n: "- Pain\n" * (n // 7)),
    "buttons and menus": ("a.txt", lambda n: "Call now\nHome\nAbout\n" * (n // 20)),
}
CLOCK = time.process_time


def _read(path: str, text: str) -> Document | None:
    try:
        return set_apart(read(Source(path, text)))
    except Unreadable:
        return None


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    begin = CLOCK()
    made = work()
    return made, CLOCK() - begin


def _cell(checked: object, seconds: float, size: int) -> str:
    """Seconds a megabyte, in brackets for a page that is refused."""
    return f"{seconds / size * 1e6:.1f}" if checked else f"({seconds / size * 1e6:.1f})"


class Judged:
    """The judge, with the seconds that it took."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.ask = judge.Judge.__call__

    def __call__(self, ours: Any, *passage: str) -> Any:
        said, took = timed(lambda: self.ask(ours, *passage))
        self.seconds += took
        return said


def measure_whole(engine: Engine, judged: Judged, path: str, text: str) -> dict[str, float]:
    """Seconds of each step of a page's way; `judge` is left out of the checks that asked it."""
    took: dict[str, float] = defaultdict(float)
    document, took["reader"] = timed(partial(_read, path, text))
    if document is None:
        return took
    article, both = timed(lambda: engine.parsed(Item(path, Source(path, text), Settings())))
    assert isinstance(article, Article)
    took["pipeline"] = max(both - took["reader"], 0.0)
    detected, took["profile"] = timed(lambda: detect(article))
    article.profile = profile_of(Settings(), detected)
    for kind, check in engine.checks(Settings()).items():
        before = judged.seconds
        _, seconds = timed(lambda check=check: check.check(article, Settings().site))
        took[kind] = seconds - (judged.seconds - before)
        took["judge"] += judged.seconds - before
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shapes", nargs="*", metavar="SHAPE", help=f"of {', '.join(SHAPES)}; all, if none is named")
    parser.add_argument("--whole", default="16000,32000", help="sizes at which the checks are measured")
    given = parser.parse_args()
    gc.set_threshold(300_000)  # as the command does
    whole = [int(size) for size in given.whole.split(",")]
    engine = Engine(ruleset.load([rules_dir()]), lambda components=(): pipeline.load(components=components))
    judged = Judged()
    judge.Judge.__call__ = lambda ours, *passage: judged(ours, *passage)  # type: ignore[method-assign]
    measure_whole(engine, judged, "a.md", "Massage may ease back pain. " * 99)  # what is loaded once
    steps: dict[str, list[tuple[float, str]]] = defaultdict(list)
    heads = [f"reader {size // 1000:,} kB" for size in SIZES]
    heads += [f"{what} {size // 1000:,} kB" for size in whole for what in ("all", "judge")]
    print("| s/MB | " + " | ".join(heads) + " |\n|---|" + "--:|" * len(heads), flush=True)
    for name in given.shapes or SHAPES:
        path, make = SHAPES[name]
        cells = [_cell(*timed(partial(_read, path, make(size))), size) for size in SIZES]
        for size in whole:
            took = measure_whole(engine, judged, path, make(size))
            for step, seconds in took.items():
                steps[step].append((seconds / size * 1e6, name))
            judging = took.pop("judge", 0.0)
            cells += [_cell(len(took) > 1, sum(took.values()), size), _cell(len(took) > 1, judging, size)]
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)
    print("\n| step | most s/MB | on |\n|---|--:|---|")
    for step, seen in steps.items():
        most, name = max(seen)
        print(f"| {step} | {most:.1f} | {name} |")


if __name__ == "__main__":
    main()
