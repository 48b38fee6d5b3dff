"""Cli: the command line; the only place that prints, exits, and reads the environment and the clock."""

from __future__ import annotations

from copycheck.cli import commands, overview
from copycheck.cli.audit import audit
from copycheck.cli.check import check
from copycheck.cli.doctor import doctor
from copycheck.cli.fix import fix
from copycheck.cli.group import cli
from copycheck.cli.init import init
from copycheck.cli.known import baseline
from copycheck.cli.review import review

__all__ = ["cli"]

for _command in (
    *(check, baseline, fix, review, overview.claims, overview.words, overview.accepted, overview.triage, audit, doctor, init, commands.lsp),
    *(commands.rules, commands.explain, commands.test, commands.schema, commands.serve, commands.completion),
):
    cli.add_command(_command)
