"""GitHub annotations: workflow commands of GitHub Actions, escaped as actions/toolkit (packages/core/src/command.ts) does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from copycheck.findings import Report, Severity
from copycheck.reports import Options
from copycheck.reports.entries import Entry, all_entries, is_shown
from copycheck.reports.printable import guarded, one_line, path_label, printable
from copycheck.reports.summary import count
from copycheck.reports.wording import GUIDANCE, closing

MOST = 10  # annotations of one kind that GitHub takes from a step; it drops the rest without a word
_COMMANDS = {Severity.error: "error", Severity.warning: "warning", Severity.info: "notice"}


def render(reports: Sequence[Report], options: Options) -> str:
    """Annotations, files not checked first, as many as GitHub shows, and a summary; all that gets none is a line of the log."""
    listed = [entry for entry in all_entries(reports, options) if is_shown(entry, options)]
    listed.sort(key=lambda entry: entry.kind != "failure")
    room = Counter({"error": MOST, "warning": MOST, "notice": MOST - 1})  # one is for the summary
    annotations, lines = [], []
    unannotated = 0
    for entry in listed:
        command = _COMMANDS[entry.severity]
        if entry.kind in ("silenced", "notice"):
            lines.append(_line(entry))
        elif room[command]:
            room[command] -= 1
            annotations.append(_annotation(command, entry))
        else:
            unannotated += 1
            lines.append(_line(entry))
    rest = f" {unannotated:,} without an annotation are in the log of this step." if unannotated else ""
    summary = f"{closing(count(reports), options)}{rest} {GUIDANCE}"
    annotations.append(f"::notice title=copycheck::{_data(summary)}\n")
    return "".join(annotations) + guarded("".join(lines))


def _annotation(command: str, entry: Entry) -> str:
    properties = {"file": entry.path}
    if entry.span:
        (line, column), (end_line, end_column) = entry.start, entry.end
        properties |= {"line": str(line), "endLine": str(end_line)}
        if line == end_line:  # GitHub takes columns within one line only
            properties |= {"col": str(column), "endColumn": str(end_column)}
    properties["title"] = entry.rule
    escaped = {name: printable(value).replace("%", "%25").replace(":", "%3A").replace(",", "%2C") for name, value in properties.items()}
    return f"::{command} {','.join(map('='.join, escaped.items()))}::{_data(entry.message)}\n"


def _data(text: str) -> str:
    return one_line(text).replace("%", "%25")  # there is no line end left to escape


def _line(entry: Entry) -> str:
    line, column = entry.start
    place = f":{line}:{column}" if entry.finding else ""
    words = {"failure": entry.message, "silenced": f"{one_line(entry.rule)} {entry.message}"}  # these say by themselves what they are
    return f"{path_label(entry.path)}{place}: {words.get(entry.kind, f'{entry.label}: {one_line(entry.rule)} {entry.message}')}\n"
