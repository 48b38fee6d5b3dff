"""Making: what a build works out holds all patterns, and is read by the program that it was made for alone."""

from __future__ import annotations

import sys

import pytest

from copycheck import making, needs, screen, store
from copycheck.screen import Pattern, Screen


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """The path where the program looks for what a build made; what was read is forgotten before and after."""
    monkeypatch.setattr(screen, "SHIPPED", tmp_path / "needs.json")
    screen.shipped.cache_clear()
    yield screen.SHIPPED
    screen.shipped.cache_clear()


def test_all_patterns_of_the_program_are_worked_out():
    known = needs.Known(making.make()["needs.json"][1])
    making.import_all()
    modules = [vars(module).values() for name, module in list(sys.modules.items()) if name.startswith("copycheck.")]
    alone = [value for values in modules for value in list(values) if isinstance(value, Pattern)]
    screens = [value for values in modules for value in list(values) if isinstance(value, Screen)]
    assert len(alone) > 25 and not screens  # those are made of data, when they are asked for
    assert {pattern.pattern for pattern in alone} <= set(known) and len(known) > 200


def test_what_was_made_is_read(shipped):
    _, form = making.make()["needs.json"]
    assert not screen.shipped() and store.write(shipped, screen.key(), form)
    screen.shipped.cache_clear()
    pattern = making.patterns()[0].pattern
    assert screen.shipped()[pattern] == needs.needed(pattern)


def test_what_another_program_made_is_not_read(shipped):
    _, form = making.make()["needs.json"]
    assert store.write(shipped, "0" * 40, form)
    assert not screen.shipped()
