"""The benchmark suite: what it measures with is right, and what cannot run says so in its row."""

from __future__ import annotations

import importlib.util
import sys

from tests.checkout import ROOT

_spec = importlib.util.spec_from_file_location("bench", ROOT / "tools" / "bench.py")
assert _spec and _spec.loader
bench = importlib.util.module_from_spec(_spec)
sys.modules["bench"] = bench
_spec.loader.exec_module(bench)


def python(name: str, code: str) -> bench.Row:
    return bench.Row(name, [sys.executable, "-c", code])


def test_rows_are_run_in_turn_and_failures_told():
    prepared: list[str] = []
    rows = [
        python("quick", "pass"),
        python("slow", "import time; time.sleep(0.4)"),
        python("fails", "import sys; print('no licence', file=sys.stderr); sys.exit(3)"),
        python("crashes", "1 / 0"),
    ]
    for row in rows:
        row.prepare = lambda name=row.name: prepared.append(name)
    bench.measure(rows, 2)
    assert prepared == ["quick", "slow", "fails", "crashes", "quick", "slow"]
    assert len(rows[0].seconds) == 2 and rows[1].median > rows[0].median and rows[0].megabytes > 1
    assert rows[2].problem == "exit 3: no licence" and "ZeroDivisionError" in rows[3].problem
    table = "\n".join(bench.table("Title", rows, "quick", ("words a second", 1_000)))
    assert "| fails | did not run: exit 3: no licence | | | |" in table
    assert table.splitlines()[3] == "| what | seconds | × quick | MB | words a second |"


def test_peers_that_are_not_there_have_a_row(tmp_path):
    found = bench.peers.find(tmp_path, install=False)
    assert {peer.name for peer in found} >= {"codespell", "proselint", "Harper", "nabokov (spaCy)", "alex", "cspell"}
    assert all(peer.problem == "not installed" for peer in found)
    (tmp_path / "a.md").write_text("x", encoding="utf-8")
    assert all(str(tmp_path) in " ".join(peer.command(tmp_path)) for peer in found)


def test_articles_are_seeded_long_enough_and_claim():
    from benchmark.seeded import articles

    first, again, other = articles(2, 300), articles(2, 300), articles(2, 300, seed=1)
    assert first == again and first != other and first[0] != first[1]
    assert all(300 <= len(text.split()) < 450 for text in first)
    long = articles(1, 6_000)[0]
    sentences = [line for line in long.replace("?", ".").split(".") if len(line.split()) > 3]
    claiming = [
        s
        for s in sentences
        if any(word in s for word in ("relieves", "Studies", "shown", "Research", "report less", "effective", "restores"))
    ]
    assert 0.3 < len(claiming) / len(sentences) < 0.5
