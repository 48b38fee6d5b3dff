"""Estate: how an audit of many generated pages does: pages a second, memory of each process, and what comes of it when it is killed.

Use: python tools/estate.py FOLDER [--pages 2000] [--words 200] [--hosts 20] [--jobs 2] [--kills 2]

Pages are seeded text, 40 % of it boilerplate of the host. The command checks the first of them one by one for comparison. A second audit
is killed at random moments and started again; its Parquet must be that of the first to the byte.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmark.seeded import article

BOILERPLATE = 0.4
COMPARED = 1000  # pages that the command checks
TICK = os.sysconf("SC_CLK_TCK")


def pages(number: int, words: int, hosts: int) -> Iterator[tuple[str, str]]:
    """Addresses and texts, the same in every run."""
    for index in range(number):
        host = index * hosts // number
        footer = article(random.Random(f"footer/{host}"), int(words * BOILERPLATE)).split("---\n")[-1]
        own = article(random.Random(f"page/{index}"), int(words * (1 - BOILERPLATE)))
        yield f"https://site{host}.example/{random.Random(index).choice(('blog', 'care', 'team'))}/{index}.md", f"{own}\n{footer}"


def tree(top: int) -> dict[int, tuple[str, float, float]]:
    """Of a process and all below it: name, processor seconds, megabytes."""
    parents, found = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text().rpartition(") ")[2].split()
                name = (entry / "cmdline").read_bytes().split(b"\0")[0].decode() or entry.name
            except OSError:
                continue
            parents[int(entry.name)] = int(stat[1])
            megabytes = int(stat[21]) * os.sysconf("SC_PAGE_SIZE") / 1e6
            found[int(entry.name)] = (name, (int(stat[11]) + int(stat[12])) / TICK, megabytes)
    below, grown = {top}, True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in below} - below
        below, grown = below | more, bool(more)
    return {pid: found[pid] for pid in below if pid in found}


def audit(sources: list[str], out: Path, jobs: int, kill_after: float | None = None) -> tuple[float, dict[int, tuple[str, float, float]]]:
    """Run an audit, or begin one and kill it; seconds, and of each process its seconds and its peak of megabytes."""
    command = [sys.executable, "-m", "copycheck", "audit", *sources, "--out", str(out), "--jobs", str(jobs), "--today", "2026-11-01"]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    peaks: dict[int, tuple[str, float, float]] = {}
    while process.poll() is None:
        time.sleep(1)
        seen = tree(process.pid)
        for pid, (name, cpu, size) in seen.items():
            known = peaks.get(pid, (name, 0.0, 0.0))
            peaks[pid] = (known[0] if name.isdigit() else name, cpu, max(size, known[2]))  # one that ends has no name any more
        if kill_after is not None and time.perf_counter() - began > kill_after:
            for pid in seen:
                os.kill(pid, signal.SIGKILL)
    if kill_after is None and process.returncode not in (0, 2):
        raise SystemExit(f"the audit ended with {process.returncode}: {process.stderr.read() if process.stderr else ''}")
    return time.perf_counter() - began, peaks


def contents(out: Path) -> dict[str, str]:
    return {path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(out.rglob("*.parquet"))}


def rate(out: Path, pages: int, jobs: int) -> float:
    """Pages a second once each worker has done its first shard, for shards of about as many pages each."""
    done = sorted(path.stat().st_mtime for path in (out / "shards").glob("*.parquet"))
    return (1 - jobs / len(done)) * pages / (done[-1] - done[jobs - 1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    for name, default in (("pages", 2000), ("words", 200), ("hosts", 20), ("jobs", 2), ("kills", 2), ("seed", 0)):
        parser.add_argument(f"--{name}", type=int, default=default)
    options = parser.parse_args()
    shutil.rmtree(options.folder, ignore_errors=True)
    single = options.folder / "single"
    single.mkdir(parents=True)
    for index, (url, text) in enumerate(pages(options.pages, options.words, options.hosts)):
        with (options.folder / f"{url.split('/')[2]}.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps({"url": url, "text": text}) + "\n")
        if index < COMPARED:
            (single / f"{index}.md").write_text(text, encoding="utf-8")
    source = [str(path) for path in sorted(options.folder.glob("*.jsonl"))]
    before = os.times()
    command = [sys.executable, "-m", "copycheck", "--no-cache", "--jobs", "1", "--format", "json", "--today", "2026-11-01", str(single)]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    spent = (after := os.times()).children_user + after.children_system - before.children_user - before.children_system
    compared = min(COMPARED, options.pages)
    print(f"the command, one process: {compared} pages in {spent:.1f} processor seconds, {compared / spent:.2f} pages a second")
    seconds, peaks = audit(source, options.folder / "whole", options.jobs)
    workers = {pid: peak for pid, peak in peaks.items() if "MapWorker" in peak[0]}
    busy, whole = sum(peak[1] for peak in workers.values()), sum(peak[1] for peak in peaks.values())
    print(f"the audit, {options.jobs} workers: {options.pages} pages in {seconds:.0f} s; {options.pages / seconds:.2f} pages a second")
    print(f"once started: {rate(options.folder / 'whole', options.pages, options.jobs):.2f} pages a second")
    print(f"processor seconds: {whole:.1f}, of them in workers {busy:.1f}: {options.pages / busy:.2f} pages a second of a worker")
    for name, cpu, size in sorted(peaks.values(), key=lambda peak: -peak[2])[:12]:
        print(f"  {size:7.0f} MB  {cpu:7.1f} s  {name}")
    chance, left = random.Random(options.seed), seconds
    for _ in range(options.kills):
        left -= (moment := chance.uniform(0.2, 0.8) * left)  # each time there is less left to do
        audit(source, options.folder / "killed", options.jobs, moment)
        done = len(list((options.folder / "killed" / "shards").glob("*")))
        print(f"killed after {moment:.0f} s: {done} of {options.hosts} shards were done")
    if options.kills:
        audit(source, options.folder / "killed", options.jobs)
        same = contents(options.folder / "killed") == contents(options.folder / "whole")
        print("killed and resumed, its Parquet is", "the same to the byte" if same else "ANOTHER ONE")
    from pyarrow import dataset

    rows = dataset.dataset(options.folder / "whole" / "pages").count_rows()
    print(f"pages in {options.pages}, rows out {rows}")


if __name__ == "__main__":
    main()
