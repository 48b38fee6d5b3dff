"""Comment: the report as Markdown for a comment on a pull request or a job's summary; the format `markdown`."""

from __future__ import annotations

from collections.abc import Sequence

from copycheck.findings import Report
from copycheck.reports import Options
from copycheck.reports.entries import Entry, all_entries, is_shown
from copycheck.reports.inert import comment
from copycheck.reports.printable import one_line
from copycheck.reports.summary import count
from copycheck.reports.wording import GUIDANCE, closing

MARK = "<!-- copycheck -->"  # by which a job finds its comment again, to write over it
MOST = 60_000  # characters; GitHub refuses a comment of more than 65,536
_HEAD = "| | place | rule | what |\n| --- | --- | --- | --- |\n"
_KINDS = ("failure", "finding", "silenced", "notice")


def render(reports: Sequence[Report], options: Options) -> str:
    """A table: files not checked first, then findings, the worst first, then what was silenced; cut where a comment must end."""
    listed = [entry for entry in all_entries(reports, options) if is_shown(entry, options)]
    listed.sort(key=lambda entry: (_KINDS.index(entry.kind), -entry.severity))
    rows: list[str] = []
    room = MOST
    for entry in listed:
        row = _row(entry)
        room -= len(row)
        if room < 0:
            break
        rows.append(row)
    left = len(listed) - len(rows)
    parts = [MARK, f"**copycheck** · {comment(closing(count(reports), options))}"]
    if rows:
        parts.append(_HEAD + "".join(rows).rstrip("\n"))
    if left:
        parts.append(f"{left:,} more do not fit into a comment; the other formats have them.")
    return "\n\n".join([*parts, GUIDANCE]) + "\n"


def _row(entry: Entry) -> str:
    place = f"{one_line(entry.path)}:{entry.start[0]}:{entry.start[1]}" if entry.span else one_line(entry.path)
    return f"| {' | '.join((entry.label, comment(place), comment(one_line(entry.rule)), comment(entry.message)))} |\n"
