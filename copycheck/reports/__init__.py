"""Reports: pure rendering of what was found; one module a format."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from copycheck.findings import Report

if TYPE_CHECKING:
    from copycheck.ruleset.models import Rule

_MODULES: Mapping[str, str] = {
    "text": "text",
    "json": "jsonreport",
    "sarif": "sarif",
    "github": "github",
    "gitlab": "gitlab",
    "junit": "junit",
    "checkstyle": "checkstyle",
    "rdjsonl": "rdjsonl",
    "markdown": "comment",
    "csv": "table",
}
"""By the name of a format the module that renders it: `render(reports, options)` gives the text, or the bytes, of the whole report."""

FORMATS = tuple(_MODULES)

FOLDER = "html"
"""The format that is a folder of files; the module of its name gives them."""


@dataclass(frozen=True)
class Options:
    """`width` is in terminal cells. `grouped` frames findings by sentence; without it, one line a finding (for pipes and editors).

    With `links` a rule's name leads to what it rests on. `notes` shows findings of severity info. `quiet` leaves findings and failures
    only; `verbose` adds what was silenced, why, every notice, and texts in full. `rules` gives the rules by id to the formats that
    describe them; it is called late, since rules are slow to load.
    """

    colour: bool = False
    links: bool = False
    width: int = 80
    notes: bool = False
    grouped: bool = True
    quiet: bool = False
    verbose: bool = False
    rules: Callable[[], Mapping[str, Rule]] = dict


def render(reports: Sequence[Report], format: str, options: Options) -> bytes:
    """The report in one of FORMATS, in UTF-8, ending in a newline unless it is empty. The same reports give the same bytes, in any order.

    Hostile text shows as U+FFFD in text formats and escaped in JSON; no line begins with a command to a build log.
    """
    module = "lines" if format == "text" and not options.grouped else _MODULES[format]
    report: str | bytes = import_module(f"copycheck.reports.{module}").render(reports, options)
    return report if isinstance(report, bytes) else report.encode("utf-8", "replace")
