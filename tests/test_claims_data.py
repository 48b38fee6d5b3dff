"""Data on claims: every file is plain, guarded YAML, and is read once."""

from __future__ import annotations

import pytest

from copycheck.claims import data
from tests.checkout import ROOT

FILES = sorted(path.name for path in (ROOT / "copycheck" / "data" / "claims").glob("*.yaml"))


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_read_once(name):
    assert data.read_yaml(name)
    assert data.read_yaml(name) is data.read_yaml(name)


def test_there_are_files():
    assert FILES
