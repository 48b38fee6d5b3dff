"""Work: counted, not timed; the same on every machine."""

from __future__ import annotations

import cProfile
import sys
from collections.abc import Callable
from types import CodeType
from typing import Any


def calls(work: Callable[[], Any], inside: str = "") -> int:
    """How many Python functions a piece of work calls; `inside`: only those of files whose path holds this."""
    profile = cProfile.Profile(subcalls=False, builtins=False)
    profile.runcall(work)
    return sum(entry.callcount for entry in profile.getstats() if isinstance(entry.code, CodeType) and inside in entry.code.co_filename)


def opcodes(work: Callable[[], Any], inside: str) -> int:
    """How many steps Python's interpreter takes in files whose path holds `inside`: loops count that call nothing."""
    count = 0

    def step(frame: Any, event: str, argument: object) -> Any:
        nonlocal count
        count += event == "opcode"
        return step

    def enter(frame: Any, event: str, argument: object) -> Any:
        if inside not in frame.f_code.co_filename:
            return None
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        return step

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        work()
    finally:
        sys.settrace(before)
    return count
