"""Lines report: one line a finding, `path:line:col: error rule message`, for pipes, editors and grep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from copycheck.findings import Report, Severity
from copycheck.reports import Options
from copycheck.reports.entries import in_words
from copycheck.reports.outline import Outline
from copycheck.reports.printable import guarded, one_line, path_label
from copycheck.reports.summary import by_path, count, in_order, posix_path
from copycheck.reports.wording import GUIDANCE, SEVERITIES, closing, failure, notices_told
from copycheck.source import Source

_MINE = "copycheck: "  # begins the lines that are about the run and not about a file


def render(reports: Sequence[Report], options: Options) -> str:
    lines = [line for report in by_path(reports) for line in _report_lines(report, options)]
    if not options.quiet:
        lines.append(closing(count(reports), options, _MINE))
        lines.append(_MINE + GUIDANCE)
    return guarded("".join(line.rstrip(" ") + "\n" for line in lines))


def _report_lines(report: Report, options: Options) -> Iterator[str]:
    path = path_label(posix_path(report.path))
    source, outline = Source(report.path, report.text), Outline(report)
    if report.error is not None:
        yield f"{path}: {failure(report)}"
    for finding in in_order(report.findings):
        if finding.severity > Severity.info or options.notes:
            heads = outline.at(finding.span.start)
            said = in_words(finding, source, options.verbose) + (f" (Under {' › '.join(heads)})" if heads else "")
            yield f"{path}:{source.place(finding.span.start)}: {SEVERITIES[finding.severity]}: {one_line(finding.rule)} {said}"
    for notice in notices_told(report, options):
        yield f"{path}: notice: {one_line(notice.rule)} {one_line(notice.message)}"
    if options.verbose:
        for entry in report.suppressed:
            yield f"{path}:{source.place(entry.finding.span.start)}: silenced: {one_line(entry.finding.rule)} {one_line(entry.reason)}"
