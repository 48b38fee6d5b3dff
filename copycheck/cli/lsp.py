"""Lsp: the command that serves editors over standard input and output."""

from __future__ import annotations

import gc
import os
from datetime import date

import click

from copycheck.cli.trouble import stop


@click.command()
@click.option("--stdio", is_flag=True, help="As always; some editors add it.")
def lsp(stdio: bool) -> None:
    """Serve an editor: findings while you type, what they rest on, corrections. See docs/editors.md."""
    try:
        from copycheck.lsp import server
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in ("pygls", "lsprotocol"):
            raise
        stop("the server for editors needs pygls, which is not installed: pip install 'copycheck-health[lsp]'")
    gc.set_threshold(20_000)  # it runs for days, where other commands end before there is much to free
    server.make(date.today).start_io()
    os._exit(0)  # a page that is still being checked is nobody's any more
