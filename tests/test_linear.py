"""Linear: twice the copy takes twice the work through all checks, where it is made to be held against itself. Work is steps of Python, counted."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

import copycheck
from copycheck import ruleset, suppress
from copycheck.claims import listed, sourcing
from copycheck.engine import Engine
from copycheck.ruleset.location import rules_dir
from copycheck.settings import Item, Settings
from copycheck.source import Source
from tests.rulekit import load_pipeline
from tests.work import opcodes

OURS = f"{Path(copycheck.__file__).parent}{os.sep}"
GROWTH, FIXED = 2.3, 4_000
CITED = "([NIH](https://pubmed.ncbi.nlm.nih.gov/1))."
REFERENCES = "\n## References\n\n"
SHAPES: dict[str, tuple[str, Callable[[int], str]]] = {  # where the work is that must not grow, and the copy
    "claims with links into a list": ("claims", lambda n: (
        "".join(f"Massage cut pain [by a lot](#ref-{'x' * (i % 7)}) in trials.\n\n" for i in range(n))
        + REFERENCES
        + "".join(f"{i}. Smith J. Pain {i}. J Pain. 2019.\n" for i in range(n))
    )),
    "claims with authors and years": ("claims", lambda n: (
        "".join(f"Massage cut pain in trials (Zmith{chr(97 + i % 26)}, 2019).\n\n" for i in range(n))
        + REFERENCES
        + "".join(f"{i}. Smith J. Pain {i}. J Pain. 2018.\n" for i in range(n))
    )),
    "one reference, often": ("claims", lambda n: "Massage cut pain.[1] " * n + REFERENCES + "1. Smith J. Pain. J Pain. 2019;1(2):1-9.\n"),
    "claims that repeat a cited one": ("claims", lambda n: "".join(
        f"Massage therapy reduces chronic muscle soreness q{i}v after training {CITED if i % 2 else 'overall.'}\n\n"
        for i in range(n)
    )),
    "a list of claims": ("claims", lambda n: "Our tea:\n\n" + "- cures cancer and heals diabetes\n" * 3 * n),
    "items of which each asks the page": ("checks", lambda n: "# Tea\n\n" + "- Eases pain\n" * 2 * n),
    "items below a long heading of risks": ("checks", lambda n: (
        f"# Lips\n\nBotox injection for lips.\n\n## {'risk of it, ' * n}\n\n" + "".join(f"- a rash {i}\n" for i in range(n))
    )),
    "risks of one treatment, and sections of another": ("checks/duty", lambda n: (
        "# Botox\n\nBotox injections relieve migraine.\n\n"
        + "Risks of botox include bruising.\n\n" * n
        + "## Lip filler\n\nLip filler heals and relieves pain.\n\n" * n
    )),
    "sentences that refer back": ("claims", lambda n: "It reduces pain. This heals people. " * n),
    "quotations never closed": ("article", lambda n: "“Massage cured my pain. " * n),
    "directives": ("suppress", lambda n: "<!-- copycheck: ignore language -->\n\nA substance abuse.\n\n" * n),
    "acronyms": ("checks", lambda n: "".join(f"The QX{chr(65 + i % 26)}{chr(65 + i // 26)} helps. " for i in range(n))),
    "hosts of many parts": ("claims", lambda n: "[It heals pain](http://" + "a." * (20 * n) + "com/x) and more."),
    "an address of slashes": ("claims", lambda n: "[It heals pain](http://x.com" + "/" * (20 * n) + "x) and more."),
    "buttons": ("readers", lambda n: "Call now\n" * n + "Home\nAbout\nBlog\nContact\n"),
}  # fmt: skip


@pytest.fixture(scope="module")
def engine() -> Engine:
    made = Engine(ruleset.load([rules_dir()]), load_pipeline)
    list(made.run([Item("a.md", Source("a.md", "Massage may ease back pain.\n" * 9), Settings())]))
    return made


@pytest.mark.parametrize("name", SHAPES)
def test_work_grows_with_the_copy(engine, name, monkeypatch):
    for module, bound in ((sourcing, "_MOST_CITED"), (listed, "_MOST"), (suppress, "_MOST")):
        monkeypatch.setattr(module, bound, 20)  # what is held against all the rest is bounded; here by little, so that it shows
    part, make = SHAPES[name]
    path = "a.txt" if name == "buttons" else "a.md"

    def work(size: int) -> int:
        item = Item(path, Source(path, make(size)), Settings())
        return opcodes(lambda: list(engine.run([item])), f"{OURS}{part}")

    once, twice = work(60), work(120)
    assert twice <= GROWTH * once + FIXED, (once, twice)
