"""The coverage floor of the gate: the package as a whole, and each file of it."""

from __future__ import annotations

import importlib.util

from tests.checkout import ROOT

_spec = importlib.util.spec_from_file_location("coverage_floor", ROOT / "tools" / "coverage_floor.py")
assert _spec and _spec.loader
floor = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(floor)


def test_enough_is_enough():
    assert floor.shortfalls({"a.py": (100, 95), "b.py": (20, 19), "empty.py": (0, 0)}) == []


def test_one_file_may_not_hide_behind_the_others():
    assert floor.shortfalls({"a.py": (1000, 1000), "b.py": (10, 8)}) == ["80.0 % of b.py: at least 85 %"]


def test_the_package_as_a_whole():
    assert floor.shortfalls({"a.py": (100, 90)}) == ["90.0 % of the package: at least 95 %"]
