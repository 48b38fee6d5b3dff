"""Statistics: how often each rule fires in a run, the most frequent first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from copycheck.findings import Report
from copycheck.reports.printable import guarded, one_line, path_label
from copycheck.reports.summary import by_path, count, posix_path
from copycheck.reports.wording import GUIDANCE, SEVERITIES, closing, failure


def render(reports: Sequence[Report], quiet: bool = False) -> str:
    """A line a rule and severity, `12  warning  claims/…`; files that failed, and without `quiet` the count of the run."""
    fired = Counter((finding.rule, finding.severity) for report in reports for finding in report.findings)
    width = max((len(f"{number:,}") for number in fired.values()), default=0)
    lines = [
        f"{number:>{width},}  {SEVERITIES[severity]:<7}  {one_line(rule)}"
        for (rule, severity), number in sorted(fired.items(), key=lambda item: (-item[1], item[0]))
    ]
    lines += [f"{path_label(posix_path(report.path))}: {failure(report)}" for report in by_path(reports) if report.error is not None]
    if not quiet:
        lines += [closing(count(reports), False), GUIDANCE]
    return guarded("".join(line + "\n" for line in lines))
