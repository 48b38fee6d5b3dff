"""The command in the process of the test, for the tests of its parts."""

from __future__ import annotations

from click.testing import CliRunner, Result

from copycheck.cli import cli


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    """What `copycheck` with these arguments prints, and how it ends."""
    return CliRunner().invoke(cli, list(arguments), prog_name="copycheck", input=stdin)
