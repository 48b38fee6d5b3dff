"""Bench: how fast the program is, as a table; beside raw spaCy and other linters, as ratios measured in one run.

Use: python tools/bench.py [--quick] [--runs 5] [--peers FOLDER [--install]] [--output TABLE.md]

Every command runs in a process of its own, the commands of a group in turn, so that a busy machine slows all alike; medians count.
What is measured is the program as it is installed: a wheel built of this checkout.
`--peers` names a folder with the other linters, into which `--install` puts them.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from benchmark import peers
from benchmark.seeded import articles

SPACY = (
    "from pathlib import Path; from copycheck.modelfiles import find; import spacy; "
    "nlp = spacy.load(find().folder, exclude=['ner', 'senter', 'attribute_ruler', 'lemmatizer']); "
    "list(nlp.pipe([path.read_text(encoding='utf-8') for path in sorted(Path({folder!r}).glob('*.md'))], n_process={jobs}))"
)


@dataclass
class Row:
    """One command of a group; `prepare` runs before each of its runs and is not measured."""

    name: str
    command: list[str]
    prepare: Callable[[], None] = lambda: None
    fails: Iterable[int] = (0, 1)  # exit codes that are no failure
    seconds: list[float] = field(default_factory=list)
    megabytes: float = 0.0
    problem: str = ""

    @property
    def median(self) -> float:
        return statistics.median(self.seconds) if self.seconds else float("nan")


def measure(rows: list[Row], runs: int) -> None:
    """Run the rows in turn, `runs` times."""
    for _ in range(runs):
        for row in rows:
            if row.problem:
                continue
            row.prepare()
            start = time.perf_counter()
            process = subprocess.Popen(row.command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=tempfile.gettempdir())
            assert process.stderr
            said = process.stderr.read().decode("utf-8", "replace").strip()
            _, status, usage = os.wait4(process.pid, 0)
            row.seconds.append(time.perf_counter() - start)
            row.megabytes = max(row.megabytes, usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024))
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode not in row.fails or "Traceback (most recent call last)" in said:
                row.problem = f"exit {process.returncode}: {said.splitlines()[-1][:90] if said else 'no message'}"


def table(title: str, rows: list[Row], base: str, per: tuple[str, float] | None = None) -> list[str]:
    """Markdown: median seconds, ratio to the row `base`, peak memory; `per` adds a column of seconds or words for each."""
    of = next((row.median for row in rows if row.name == base), float("nan"))
    lines = [
        "",
        f"## {title}",
        "",
        f"| what | seconds | × {base} | MB |" + (f" {per[0]} |" if per else ""),
        "| --- | --: | --: | --: |" + (" --: |" if per else ""),
    ]
    for row in rows:
        if row.problem:
            lines.append(f"| {row.name} | did not run: {row.problem} | | |" + (" |" if per else ""))
            continue
        more = f" {per[1] / row.median:,.0f} |" if per else ""
        lines.append(f"| {row.name} | {row.median:.3f} | {row.median / of:.2f} | {row.megabytes:.0f} |{more}")
    return lines


class Bench:
    """The groups of measurements, over folders of generated articles."""

    def __init__(self, work: Path, quick: bool, runs: int, found: list[peers.Peer]) -> None:
        self.work, self.runs, self.peers = work, runs, found
        self.site = work / "site"
        install = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation", "--target", str(self.site), str(ROOT)]
        subprocess.run(install, check=True)
        os.environ["PYTHONPATH"] = str(self.site)
        self.quick = quick
        self.many = 20 if quick else 200
        self.unchanged = 200 if quick else 2_000
        self.one = self._write("one", articles(1))
        self.all = self._write("many", articles(self.many))
        self.words = sum(len(path.read_text(encoding="utf-8").split()) for path in self.all.iterdir())

    def _write(self, name: str, texts: list[str]) -> Path:
        folder = self.work / name
        folder.mkdir()
        for number, text in enumerate(texts):
            (folder / f"{number:05}.md").write_text(text, encoding="utf-8")
        return folder

    def copycheck(self, name: str, folder: Path, *options: str, cache: str = "cache", prepare: Callable[[], None] = lambda: None) -> Row:
        command = [sys.executable, "-m", "copycheck"]
        if "--jobs" not in options:
            options = ("--jobs", "1", *options)
        kept = ("--cache-dir", str(self.work / cache)) if cache else ("--no-cache",)
        return Row(name, [*command, *kept, "--format", "json", *options, str(folder)], prepare)

    def forget(self, cache: str = "cache") -> Callable[[], None]:
        """Forget the results."""
        return lambda: shutil.rmtree(self.work / cache / "reports", ignore_errors=True)

    def cold(self) -> list[str]:
        spacy = Row("spaCy", [sys.executable, "-c", SPACY.format(folder=str(self.one), jobs=1)])
        rows = [
            spacy,
            self.copycheck("copycheck", self.one, prepare=self.forget()),
            *(Row(peer.name, peer.command(self.one), fails=peer.codes, problem=peer.problem) for peer in self.peers),
        ]
        measure(rows, self.runs)
        return table("One article, nothing cached", rows, "spaCy")

    def hit(self) -> list[str]:
        base = Row("click and yaml", [sys.executable, "-c", "import click, yaml"])
        rows = [
            base,
            self.copycheck("copycheck, one article", self.one),
            Row("copycheck --help", [sys.executable, "-m", "copycheck", "--help"]),
        ]
        measure(rows, self.runs * 3)
        return table("Full cache hit", rows, base.name)

    def throughput(self) -> list[str]:
        jobs = os.cpu_count() or 1
        rows = [
            self.copycheck(f"copycheck, {jobs} processes", self.all, "--jobs", str(jobs), prepare=self.forget()),
            self.copycheck("copycheck, 1 process", self.all, prepare=self.forget()),
            self.copycheck("copycheck, 5 articles changed", self.all, "--jobs", "auto", prepare=self._change),
            self.copycheck("copycheck, nothing changed", self.all),
            *(Row(peer.name, peer.command(self.all), fails=peer.codes, problem=peer.problem) for peer in self.peers),
            Row(f"spaCy, {jobs} processes", [sys.executable, "-c", SPACY.format(folder=str(self.all), jobs=jobs)]),
        ]
        measure(rows, self.runs)
        return table(f"{self.many} articles, {self.words:,} words", rows, rows[0].name, ("words a second", self.words))

    def _change(self) -> None:
        for path in sorted(self.all.iterdir())[:5]:
            path.write_text(path.read_text(encoding="utf-8") + f"\nOne more line, {time.perf_counter_ns()}.\n", encoding="utf-8")

    def warm(self) -> list[str]:
        few, many = (self._write(f"unchanged{number}", articles(number, 300)) for number in (10, self.unchanged))
        rows = [self.copycheck(f"{number} articles unchanged", folder) for number, folder in ((10, few), (self.unchanged, many))]
        measure(rows, 1)
        for row in rows:
            row.seconds.clear()
        measure(rows, self.runs)
        each = (rows[1].median - rows[0].median) / (self.unchanged - 10) * 1000
        return [*table("Cache, many articles", rows, rows[0].name), "", f"After start-up {each:.2f} ms an article."]

    def growth(self, steps: int = 3) -> list[str]:
        lines: list[str] = []
        base = 10 if self.quick else 50
        rows = [
            self.copycheck(f"{base * 2**step} articles", self._write(f"files{step}", articles(base * 2**step, seed=1)), cache="")
            for step in range(steps)
        ]
        measure(rows, 1)
        lines += table("Growth with the number of articles", rows, rows[0].name)
        length = 20_000 if self.quick else 100_000
        rows = [
            self.copycheck(
                f"one article of {length * 2**step:,} words", self._write(f"long{step}", articles(1, length * 2**step, seed=2)), cache=""
            )
            for step in range(steps)
        ]
        measure(rows, 1)
        return lines + table("Growth with the length of an article", rows, rows[0].name)

    def limits(self, steps: int = 3) -> list[str]:
        """Very many small files, and one very large one with the limit raised; once each."""
        lines: list[str] = []
        number = 50 if self.quick else 2_500
        rows = [
            self.copycheck(f"{number * 2**step:,} small files", self._write(f"small{step}", articles(number * 2**step, 60)), cache="")
            for step in range(steps)
        ]
        measure(rows, 1)
        lines += table("Small files of 60 words", rows, rows[0].name)
        config = self.work / "copycheck.yaml"
        config.write_text("max_file_size: 50000000\n", encoding="utf-8")
        megabytes = 0.25 if self.quick else 5
        rows = [
            self.copycheck(f"{megabytes * 2**step:g} MB", self._large(step, megabytes * 2**step), "--config", str(config), cache="")
            for step in range(steps)
        ]
        measure(rows, 1)
        return lines + table("One large article", rows, rows[0].name)

    def _large(self, step: int, megabytes: float) -> Path:
        """A folder with one article of that size."""
        text = "\n".join(articles(max(int(megabytes * 1_000_000 / 7_000), 1) + 1, seed=3))
        while len(text) < megabytes * 1_000_000:
            text += text
        return self._write(f"large{step}", [text[: int(megabytes * 1_000_000)]])

    def data(self) -> list[str]:
        command = [sys.executable, str(ROOT / "tools" / "benchmark" / "data.py")]
        runs = [json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout) for _ in range(self.runs)]
        medians = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
        lines = [f"| {name} | {seconds:.3f} |" for name, seconds in medians.items()]
        whole = statistics.median(sum(run.values()) for run in runs)
        return ["", "## Own data", "", "| what | seconds |", "| --- | --: |", *lines, f"| all | {whole:.3f} |"]

    def stages(self) -> list[str]:
        command = [sys.executable, str(ROOT / "tools" / "benchmark" / "stages.py"), str(self.all)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            return ["", "## Stages", "", f"did not run: {done.stderr.strip().splitlines()[-1]}"]
        rates = json.loads(done.stdout)
        return [
            "",
            "## Stages, one process",
            "",
            "| stage | words a second |",
            "| --- | --: |",
            *(f"| {name} | {rate:,.0f} |" for name, rate in rates.items()),
        ]


GROUPS = ("cold", "data", "hit", "throughput", "warm", "growth", "limits", "stages")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="few and short articles: a minute instead of many")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", choices=GROUPS, action="append", help="these groups alone")
    parser.add_argument("--peers", type=Path, help="folder of the other linters")
    parser.add_argument("--install", action="store_true", help="install them there first")
    parser.add_argument("--output", type=Path)
    given = parser.parse_args()
    found = peers.find(given.peers, given.install) if given.peers else []
    with tempfile.TemporaryDirectory(prefix="bench-") as work:
        bench = Bench(Path(work), given.quick, given.runs, found)
        lines = [f"# Python {platform.python_version()}, {os.cpu_count()} processors, medians of {given.runs}"]
        for name in given.only or GROUPS:
            lines += getattr(bench, name)()
            print("\n".join(lines), flush=True)
            if given.output:
                with given.output.open("a", encoding="utf-8") as file:
                    file.write("\n".join(lines) + "\n")
            lines = []


if __name__ == "__main__":
    main()
