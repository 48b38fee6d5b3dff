"""Options: how a report is to be shown. The environment is read by the command line only; here everything is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from copycheck.ruleset.models import Rule


@dataclass(frozen=True)
class Options:
    """`width` is in terminal cells. `grouped` frames findings by sentence; without it, one line a finding (for pipes and editors).

    `notes` shows findings of severity info. `quiet` leaves findings and failures only; `verbose` adds what was silenced, why, every
    notice, and texts in full. `rules` gives the rules by id to the formats that describe them; it is called late, since rules are slow
    to load.
    """

    colour: bool = False
    width: int = 80
    notes: bool = False
    grouped: bool = True
    quiet: bool = False
    verbose: bool = False
    rules: Callable[[], Mapping[str, Rule]] = dict
