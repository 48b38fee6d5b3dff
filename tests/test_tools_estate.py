"""The tool that measures audits: its pages are the same in every run, and it sees the processes below its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "tools"))
if sys.platform != "linux":
    pytest.skip("it reads /proc", allow_module_level=True)

import estate


def test_pages_are_the_same_in_every_run_and_share_what_is_of_their_host():
    made = list(estate.pages(6, 200, 2))
    assert made == list(estate.pages(6, 200, 2)) and len(dict(made)) == 6
    footers = [text.rpartition("\n---\n")[2] for _, text in made]
    ends = [{text[-200:] for url, text in made if f"site{host}." in url} for host in range(2)]
    assert [len(end) for end in ends] == [1, 1] and ends[0] != ends[1] and all(footers)


def test_the_processes_below_one_are_seen():
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        seen = estate.tree(os.getpid())
        assert {os.getpid(), child.pid} <= seen.keys() and seen[os.getpid()][2] > 1
    finally:
        child.communicate(b"\n")
