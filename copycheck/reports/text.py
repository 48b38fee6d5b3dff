"""Text report: the verdict first, then the findings of each sentence under one frame, for people at a terminal."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from copycheck.findings import Finding, Report, Severity
from copycheck.reports import Options
from copycheck.reports.frame import NARROW, frame
from copycheck.reports.outline import Outline
from copycheck.reports.printable import guarded, one_line, path_label, wrapped
from copycheck.reports.summary import MISSING, by_path, count, in_order, is_owed, owed_everywhere, posix_path, repeats
from copycheck.reports.wording import ADDRESS, GUIDANCE, SEVERITIES, closing, failure, notices_told, number, profile_line, verdict
from copycheck.source import Source, Span

_LEAST_WIDTH = 24
_REACH = 1000  # code points within which findings of one sentence share a frame; a sentence can be a whole file long
_NEIGHBOURHOOD = 200
_MOST_PLACES = 8
_MOST_FILES = 20
_LONG_SUGGESTION = 160
_COLOURS = {Severity.error: "1;31", Severity.warning: "1;33", Severity.info: "36"}
_BOLD = "1"

Folded = Collection[str]  # rules whose findings are told once for the whole run


@dataclass
class _Frame:
    """A sentence and what is said of it, each with its repeats; `spans` are all to be marked in it."""

    sentence: Span
    entries: list[list[Finding]] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)

    @property
    def severity(self) -> Severity:
        return max(finding.severity for finding, *_ in self.entries)


def render(reports: Sequence[Report], options: Options) -> str:
    """The whole report; the sections of files that have nothing to say are one line together."""
    reports = by_path(reports)
    everywhere = owed_everywhere(reports)
    folded = {finding.rule for finding in everywhere}
    speaking = [report for report in reports if _speaks(report, options) or (len(reports) == 1 and not options.quiet)]
    sections = [_report_lines(report, folded, options) for report in speaking]
    if everywhere:
        checked = [report for report in reports if report.error is None]
        sections.append(_everywhere_lines(everywhere, checked, options))
    if not options.quiet:
        sections.append(_closing_lines(reports, len(reports) - len(speaking), options))
    return guarded("\n".join("".join(line.rstrip(" ") + "\n" for line in section) for section in sections))


def _speaks(report: Report, options: Options) -> bool:
    """There is something to say of this file itself."""
    return bool(
        report.error is not None or _shown(report, options) or options.verbose or (report.notices and notices_told(report, options))
    )


def _shown(report: Report, options: Options) -> list[Finding]:
    return [finding for finding in in_order(report.findings) if options.notes or finding.severity > Severity.info]


def _closing_lines(reports: Sequence[Report], unspoken: int, options: Options) -> Iterator[str]:
    counts = count(reports)
    if unspoken and unspoken < len(reports):
        yield f"{number(unspoken, 'more file')}: nothing to show."
    if len(reports) != 1 or counts.findings or counts.known or counts.suppressed or counts.failed or counts.unapplied:
        yield from wrapped(closing(counts, options), _width(options))
    yield from wrapped(GUIDANCE, _width(options))


def _report_lines(report: Report, folded: Folded, options: Options) -> Iterator[str]:
    path = path_label(posix_path(report.path))
    shown = _shown(report, options)
    own = [finding for finding in shown if not (is_owed(finding) and finding.rule in folded)]
    if report.error is not None:
        yield from _headline(path, failure(report), options)
    if report.error is None or report.findings:
        elsewhere = len(shown) - len(own)
        text = verdict(count([report])) + (f" ({elsewhere} of them missing on every page, listed last)" if elsewhere else "")
        yield from _headline(path, text if options.quiet else f"{text} · {profile_line(report.profile, options.verbose)}", options)
    source = Source(report.path, report.text)
    frames = _frames(repeats([finding for finding in own if finding.span != MISSING]), source)
    gutter = max((len(source.place(item.spans[0].start)) for item in frames), default=0)
    outline = Outline(report)
    reading = _reading(report, own)
    before: tuple[str, ...] = ()
    for item in frames:
        yield ""
        heads = outline.at(item.spans[0].start)
        if heads != before:
            yield from wrapped(" › ".join(heads), _width(options))
        before = heads
        yield from _frame_lines(item, source, reading, gutter, options)
    placeless = sorted((finding for finding in own if finding.span == MISSING), key=lambda finding: -finding.severity)
    for title, owed in (("The page as a whole", False), ("Missing on this page", True)):
        listed = [finding for finding in placeless if is_owed(finding) == owed]
        if listed:
            yield ""
            yield title
        for finding in listed:
            yield from _entry_lines(finding, (), source, options)
    yield from _aside_lines(report, source, options)


def _headline(path: str, text: str, options: Options) -> Iterator[str]:
    first, *rest = wrapped(f"{path}: {text}", _width(options) - 2)
    yield _painted(path, _BOLD, options) + first[len(path) :] if first.startswith(path) else first
    yield from (f"  {line}" for line in rest)


def _aside_lines(report: Report, source: Source, options: Options) -> Iterator[str]:
    """Notices, and what was silenced."""
    notices = notices_told(report, options)
    silenced = report.suppressed if options.verbose and not options.quiet else ()
    if notices or silenced:
        yield ""
    for notice in notices:
        yield from _hung("notice", f"{one_line(notice.rule)}  {one_line(notice.message)}", options)
    for entry in silenced:
        place = source.place(entry.finding.span.start)
        yield from _hung("silenced", f"{one_line(entry.finding.rule)}  at {place}: {one_line(entry.reason)}", options)


def _everywhere_lines(findings: Sequence[Finding], reports: Sequence[Report], options: Options) -> Iterator[str]:
    yield f"Missing on every page ({number(len(reports), 'file')})"
    for finding in findings:
        if options.notes or finding.severity > Severity.info:
            yield from _entry_lines(finding, (), Source("", ""), options)
    paths = [path_label(posix_path(report.path)) for report in reports]
    most = len(paths) if options.verbose else _MOST_FILES
    listed = ", ".join(paths[:most]) + (f" and {len(paths) - most:,} more" if len(paths) > most else "")
    yield from _hung("in", listed, options)


def _frames(entries: Sequence[list[Finding]], source: Source) -> list[_Frame]:
    """Entries by the sentence they speak of, in the order of their places."""
    frames: dict[tuple[Span, int], _Frame] = {}
    for entry in entries:
        key = _frame_key(entry[0], source)
        item = frames.setdefault(key, _Frame(key[0]))
        item.entries.append(entry)
        item.spans += [one.pointed for one in entry if _frame_key(one, source) == key]
    return list(frames.values())


def _frame_key(finding: Finding, source: Source) -> tuple[Span, int]:
    sentence, span = finding.sentence, finding.span
    if not (sentence.start <= span.start < sentence.end or span.start < sentence.start < span.end):
        sentence = _around(span, source.text)  # no sentence was told, or another one
    return sentence, max(0, span.start - sentence.start) // _REACH


def _around(span: Span, text: str) -> Span:
    """The span with what stands beside it in its lines, as far as an eye needs it."""
    left = max(0, span.start - _NEIGHBOURHOOD)
    right = text.find("\n", span.end, span.end + _NEIGHBOURHOOD)
    start = max(left, text.rfind("\n", left, span.start) + 1)
    return Span(start, min(len(text), span.end + _NEIGHBOURHOOD) if right < 0 else right)


def _reading(report: Report, findings: Sequence[Finding]) -> dict[int, str]:
    """What a reader sees of the text, by offset; nothing where that is the text itself in all that is to be framed."""
    if all(not found.context or found.context.split() == report.text[slice(*found.sentence)].split() for found in findings):
        return {}
    from copycheck.reports.marked import reading_of

    return reading_of(report)


def _frame_lines(item: _Frame, source: Source, reading: Mapping[int, str], gutter: int, options: Options) -> Iterator[str]:
    label = source.place(item.spans[0].start)
    paint = _COLOURS[item.severity]
    spans = list(dict.fromkeys(item.spans))
    seen = reading if all(any(map(reading.get, range(*span))) for span in spans) else None  # what is flagged may be mark-up itself
    for line in frame(source.text, item.sentence, spans, max(_width(options) - gutter - 3, 10), seen):
        yield f"{label:<{gutter}} │ {line.text}"
        label = ""
        if line.marks:
            yield f"{'':<{gutter}} │ {_painted(line.marks, paint, options)}"
    if label:  # nothing of the source can be shown
        yield label
    marked = set(item.spans)
    for finding, *others in item.entries:
        yield from _entry_lines(finding, [other.span for other in others if other.pointed not in marked], source, options)


def _entry_lines(finding: Finding, elsewhere: Sequence[Span], source: Source, options: Options) -> Iterator[str]:
    told = f"{one_line(finding.rule)}  {one_line(finding.message)}"
    yield from _hung(SEVERITIES[finding.severity], told, options, _COLOURS[finding.severity], finding.help)
    # where to look for a source is long, and shown with `verbose` only
    offered = finding.suggestions if options.verbose else [text for text in finding.suggestions if not text.startswith(ADDRESS)]
    suggestions = [one_line(suggestion) for suggestion in offered]
    if not all(f"“{suggestion}”" in told for suggestion in suggestions):  # else the message names them
        clipped = suggestions if options.verbose else [_clipped(suggestion) for suggestion in suggestions]
        yield from _hung("", f"→ {' · '.join(clipped)}", options)
    if finding.related:
        yield from _hung("", f"see {_places(finding.related, source)}", options)
    if finding.help and options.verbose:
        yield from _hung("", f"read {one_line(finding.help)}", options)
    if elsewhere:
        yield from _hung("", f"also at {_places(elsewhere, source)}", options)


def _hung(word: str, text: str, options: Options, colour: str = "", address: str = "") -> Iterator[str]:
    """The text wrapped with a hanging indent after a word of at most eight cells, which may have a colour; its first word may be a link."""
    hang = 4 if _width(options) < NARROW else 11
    first, *rest = wrapped(text, _width(options) - hang) or [""]
    name, space, others = first.partition(" ")
    first = _linked(name, address, options) + space + others
    painted = _painted(word, colour, options)
    if hang == 4 and word:
        yield f"  {painted}"
        yield f"    {first}"
    else:
        yield f"  {painted}{'':<{hang - 3 - len(word)}} {first}".rstrip()
    yield from (" " * hang + line for line in rest)


def _clipped(text: str) -> str:
    return text if len(text) <= _LONG_SUGGESTION else text[:_LONG_SUGGESTION].rsplit(" ", 1)[0] + " …"


def _places(spans: Sequence[Span], source: Source) -> str:
    listed = ", ".join(source.place(span.start) for span in spans[:_MOST_PLACES])
    return listed + (f" and {len(spans) - _MOST_PLACES:,} more" if len(spans) > _MOST_PLACES else "")


def _painted(text: str, code: str, options: Options) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if options.colour and text and code else text


def _linked(text: str, address: str, options: Options) -> str:
    """The text as a link for terminals (OSC 8), if the address holds nothing but what an address may."""
    if not (options.links and address.isascii() and address.isprintable() and address.startswith("https://")):
        return text
    return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\"


def _width(options: Options) -> int:
    return max(options.width, _LEAST_WIDTH)
