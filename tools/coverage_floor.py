"""Coverage floor: a pytest plugin that fails a run which leaves the package, or one file of it, too little covered.

Use: PYTHONPATH=tools pytest -p coverage_floor --cov
"""

from __future__ import annotations

from pathlib import Path

import coverage
import pytest

TOTAL, FILE = 95.0, 85.0  # per cent of lines
PACKAGE = Path(__file__).parent.parent / "copycheck"
SHORTFALLS = pytest.StashKey[list[str]]()


def shortfalls(counts: dict[str, tuple[int, int]]) -> list[str]:
    """What misses the floor, a line each; `counts` gives lines and covered lines of every file."""
    lines, covered = (sum(pair[side] for pair in counts.values()) for side in (0, 1))
    found = [f"{_share(n, hit):.1f} % of {name}: at least {FILE:g} %" for name, (n, hit) in sorted(counts.items()) if _share(n, hit) < FILE]
    if _share(lines, covered) < TOTAL:
        found.append(f"{_share(lines, covered):.1f} % of the package: at least {TOTAL:g} %")
    return found


def _share(lines: int, covered: int) -> float:
    return 100.0 * covered / lines if lines else 100.0


def _counts() -> dict[str, tuple[int, int]]:
    """A file that no test imports counts as uncovered."""
    measured = coverage.Coverage()
    measured.load()
    counts = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        _, statements, _, missing, _ = measured.analysis2(str(path))
        counts[path.relative_to(PACKAGE.parent).as_posix()] = (len(statements), len(statements) - len(missing))
    return counts


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workerinput") or session.exitstatus != 0:
        return  # a worker of xdist sees only its part; a red run says enough
    session.config.stash[SHORTFALLS] = found = shortfalls(_counts())
    if found:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in terminalreporter.config.stash.get(SHORTFALLS, []):
        terminalreporter.write_line(f"coverage: {line}", red=True)
