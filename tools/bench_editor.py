"""Measure the server for editors: an edit against a cold check of the same article, and its memory over many edits.

`python tools/bench_editor.py [--edits 500] [--words 2000]` drives `copycheck lsp` as an editor does. Compare the ratio, not the seconds.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

sys.path.insert(0, str(Path(__file__).parent / "benchmark"))

from seeded import articles

COMMAND = (sys.executable, "-m", "copycheck")
TYPED = "We also keep a warm room for guests who arrive early and like to read before their visit begins.".split()


def cold(path: Path, runs: int) -> tuple[float, float]:
    """Wall and processor seconds of the quickest whole check in a process of its own, without a cache."""
    taken = []
    for _ in range(runs):
        before, began = os.times(), time.perf_counter()
        subprocess.run([*COMMAND, "--no-cache", str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        after = os.times()
        cpu = after.children_user + after.children_system - before.children_user - before.children_system
        taken.append((time.perf_counter() - began, cpu))
    return min(taken)


class Session:
    """A server that an article is open in."""

    def __init__(self, path: Path, text: str) -> None:
        self.uri, self.text, self.version = path.as_uri(), text, 1
        self.client = LanguageClient("bench", "1")
        self.published: asyncio.Queue[lsp.PublishDiagnosticsParams] = asyncio.Queue()
        self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda params: self.published.put_nowait(params))

    async def open(self) -> float:
        await self.client.start_io(*COMMAND, "lsp")
        await self.client.initialize_async(lsp.InitializeParams(capabilities=lsp.ClientCapabilities(), process_id=os.getpid()))
        began = time.perf_counter()
        item = lsp.TextDocumentItem(self.uri, lsp.LanguageKind.Markdown, 1, self.text)
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
        await self.published.get()
        return time.perf_counter() - began

    async def edit(self, text: str) -> float:
        """Seconds from the change to its findings, the pause that waits for the next key included."""
        self.text, self.version = text, self.version + 1
        began = time.perf_counter()
        document = lsp.VersionedTextDocumentIdentifier(self.version, self.uri)
        change = lsp.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(document, [change]))
        while (await self.published.get()).version != self.version:
            pass
        return time.perf_counter() - began

    def process(self) -> tuple[float, int]:
        """Processor seconds and resident kilobytes of the server so far (Linux)."""
        folder = Path("/proc", str(self.client._server.pid))  # type: ignore[union-attr]
        fields = folder.joinpath("stat").read_text().rpartition(")")[2].split()
        memory = next(line for line in folder.joinpath("status").read_text().splitlines() if line.startswith("VmRSS"))
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), int(memory.split()[1])

    async def close(self) -> None:
        await self.client.shutdown_async(None)
        self.client.exit(None)
        await self.client.stop()


async def run(edits: int, words: int) -> None:
    chance = random.Random(19)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "article.md")
        Path(folder, ".copycheck.yaml").write_text("preset: clinic\n", encoding="utf-8")
        (text,) = articles(1, words)
        path.write_text(text, encoding="utf-8")
        wall, cpu = cold(path, 3)
        print(f"cold check of {len(text.split()):,} words: {wall:.2f} s, {cpu:.2f} s of a processor")
        session = Session(path, text)
        print(f"first findings after opening: {await session.open():.2f} s")
        walls, cpus, sizes = [], [], []
        for number in range(edits):
            parts = session.text.split("\n\n")
            at = chance.choice([place for place, part in enumerate(parts) if part[:1].isalpha()])
            known = parts[at].split(" ")
            if len(known) > 120:
                known = known[:60]
            known.insert(chance.randrange(len(known)), chance.choice(TYPED))
            parts[at] = " ".join(known)
            before = session.process()[0]
            walls.append(await session.edit("\n\n".join(parts)))
            now, size = session.process()
            cpus.append(now - before)
            sizes.append(size)
            if number + 1 in (1, 10, 50, 100) or (number + 1) % 100 == 0:
                print(f"edit {number + 1}: {walls[-1]:.2f} s, {size / 1024:.0f} MB")
        middle, worst = statistics.median(walls), sorted(walls)[int(len(walls) * 0.95)]
        print(f"edit: {middle:.2f} s in the middle, {worst:.2f} s at the 95th percentile, {statistics.median(cpus):.2f} s of a processor")
        print(f"ratio to the cold check: {middle / wall:.3f} by the clock, {statistics.median(cpus) / cpu:.3f} by the processor")
        await session.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=500)
    parser.add_argument("--words", type=int, default=2_000)
    asyncio.run(run(**vars(parser.parse_args())))
