"""Progress: a bar on a terminal's standard error while many files are checked."""

from __future__ import annotations

import sys
from typing import Any

import click

FEW = 10  # files that are done before a bar says anything


class Progress:
    """Counts what is checked; shows it only to a person, never in a pipe."""

    def __init__(self, shown: bool) -> None:
        self.total = 0  # files found; 0 while that is not known
        self._count = 0
        self._shown = shown and sys.stderr.isatty()
        self._bar: Any = None

    def step(self) -> None:
        """One more file is done."""
        self._count += 1
        if not self._shown or self.total < FEW:
            return
        if self._bar is None:
            self._bar = click.progressbar(length=self.total, label="copycheck", show_pos=True, file=sys.stderr)
            self._bar.update(self._count - 1)
        self._bar.update(1)

    def end(self) -> None:
        """Leave the bar as it stands, and the line after it."""
        if self._bar is not None:
            self._bar.render_finish()
            self._bar = None
