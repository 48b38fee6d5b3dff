"""The hostile shapes: texts as long as asked, which the readers take in time with their length, and a table of what each costs."""

from __future__ import annotations

import importlib.util
import sys

import pytest

from tests.checkout import ROOT
from tests.test_readers_linear import FIXED, GROWTH, work

_spec = importlib.util.spec_from_file_location("hostile", ROOT / "tools" / "hostile.py")
assert _spec and _spec.loader
hostile = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(hostile)


@pytest.mark.parametrize("name", hostile.SHAPES)
def test_readers_take_twice_the_work_for_twice_the_shape(name):
    path, make = hostile.SHAPES[name]
    assert 0.7 * 4_000 < len(make(4_000)) < 1.5 * 4_000
    work(path, make(500))  # what is imported and made once
    assert work(path, make(4_000)) <= GROWTH * work(path, make(2_000)) + FIXED


def test_the_table_has_a_row_for_a_shape_and_for_each_step(monkeypatch, capsys):
    monkeypatch.setattr(hostile, "SIZES", (500,))
    monkeypatch.setattr(sys, "argv", ["hostile", "quotations never closed", "--whole", "500"])
    with monkeypatch.context() as patch:
        patch.setattr(hostile.judge.Judge, "__call__", hostile.judge.Judge.__call__)  # it is wrapped, and put back
        patch.setattr(hostile.gc, "set_threshold", lambda *_: None)
        hostile.main()
    shown = capsys.readouterr().out
    assert "| s/MB | reader 0 kB | all 0 kB | judge 0 kB |" in shown
    assert all(f"| {step} |" in shown for step in ("quotations never closed", "reader", "pipeline", "judge", "pattern", "spelling"))
