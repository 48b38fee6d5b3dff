"""Progress: one line on a terminal's standard error while a run takes long."""

from __future__ import annotations

import sys
import time

_QUIET = 1.0  # seconds before anything is shown
_EVERY = 0.1


class Progress:
    """Counts what is checked; shows it only to a person, never in a pipe."""

    def __init__(self, shown: bool) -> None:
        self.total = 0  # files found; 0 while that is not known
        self._count = 0
        self._shown = shown and sys.stderr is not None and sys.stderr.isatty()
        self._next = time.monotonic() + _QUIET if self._shown else 0.0
        self._width = 0

    def step(self) -> None:
        """One more file is done."""
        self._count += 1
        if self._shown and time.monotonic() >= self._next:
            self._next = time.monotonic() + _EVERY
            of = f" of {self.total:,}" if self.total else ""
            self._write(f"copycheck: {self._count:,}{of} files")

    def end(self) -> None:
        """Take the line away."""
        if self._width:
            self._write("")

    def _write(self, text: str) -> None:
        sys.stderr.write("\r" + text.ljust(self._width) + ("" if text else "\r"))
        sys.stderr.flush()
        self._width = max(self._width, len(text)) if text else 0
