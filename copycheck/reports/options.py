"""Options: how a report is to be shown. The environment is read by the command line only; here everything is given."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """`width` is in terminal cells. `grouped` frames findings by sentence; without it, one line a finding (for pipes and editors).

    `notes` shows findings of severity info. `quiet` leaves findings and failures only; `verbose` adds what was silenced, why, every
    notice, and texts in full.
    """

    colour: bool = False
    width: int = 80
    notes: bool = False
    grouped: bool = True
    quiet: bool = False
    verbose: bool = False
