"""The command `lsp`: what it says where its extra is missing."""

from __future__ import annotations

import sys

import pytest

from tests.command import run


@pytest.mark.parametrize("missing", ["pygls", "lsprotocol"])
def test_without_the_extra_it_says_what_to_install(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] in ("pygls", "lsprotocol") or name.startswith("copycheck.lsp")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    done = run("lsp")
    assert done.exit_code == 2
    assert done.stderr == ("copycheck: the server for editors needs pygls, which is not installed: pip install 'copycheck-health[lsp]'\n")
