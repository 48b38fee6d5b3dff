"""Entries: all there is to say of a run, one by one, for the formats that list findings; none of them drops one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from copycheck.findings import Finding, Report, Severity
from copycheck.reports import Options
from copycheck.reports.printable import one_line
from copycheck.reports.summary import MISSING, by_path, fingerprints, named, order, posix_path
from copycheck.reports.wording import ADDRESS, SEVERITIES, failure, notices_told
from copycheck.source import Source, Span

FAILURE = "copycheck/not-checked"  # the rule that a file which could not be checked stands under
_REPLACING = frozenset({"grammar", "pattern", "spelling"})  # kinds of rules whose suggestions stand in for the flagged wording


class Entry(NamedTuple):
    """One thing to list.

    `kind` is finding, silenced, failure or notice; only the first two have a `finding` and a `fingerprint`, that of the JSON report.
    `message` is one printable line with all that a reader needs: suggestions, related places and the reason of a directive in words.
    """

    kind: str
    severity: Severity
    rule: str
    message: str
    source: Source
    finding: Finding | None = None
    fingerprint: str = ""
    reason: str = ""

    @property
    def path(self) -> str:
        """As it was given, with forward slashes; nothing in it is escaped."""
        return posix_path(self.source.path)

    @property
    def span(self) -> Span | None:
        """Where it is; None for what is missing and for what is said of the file as a whole."""
        return self.finding.span if self.finding and self.finding.span != MISSING else None

    @property
    def start(self) -> tuple[int, int]:
        """Line and column, both from 1, in code points; 1, 1 for what has no place."""
        return self.source.location(self.span.start) if self.span else (1, 1)

    @property
    def end(self) -> tuple[int, int]:
        """Line and column behind the last character."""
        return self.source.location(self.span.end) if self.span else (1, 1)

    @property
    def label(self) -> str:
        """error, warning or note; silenced, not checked or notice."""
        return {"finding": SEVERITIES[self.severity], "failure": "not checked"}.get(self.kind, self.kind)


def entries(report: Report, options: Options) -> Iterator[Entry]:
    """What is to be said of one file: why it was not checked, findings by place, what was silenced, notices."""
    source = Source(report.path, report.text)
    if report.error is not None:
        yield Entry("failure", Severity.error, FAILURE, failure(report), source)
    known = set(report.known)
    for finding, name in named(report):
        if finding in known:
            continue
        yield Entry("finding", finding.severity, finding.rule, in_words(finding, source), source, finding, name)
    reasons = sorted(report.suppressed, key=lambda entry: (order(entry.finding), entry.reason))
    for (finding, reason), name in zip(reasons, fingerprints([entry.finding for entry in reasons]), strict=True):
        why = f"Silenced ({one_line(reason)}): " if reason.strip() else "Silenced: "
        yield Entry("silenced", Severity.info, finding.rule, why + in_words(finding, source), source, finding, name, reason)
    for notice in notices_told(report, replace(options, quiet=False)):
        yield Entry("notice", Severity.info, notice.rule, one_line(notice.message), source)


def all_entries(reports: Sequence[Report], options: Options) -> Iterator[Entry]:
    """Those of all files, by path."""
    for report in by_path(reports):
        yield from entries(report, options)


def is_shown(entry: Entry, options: Options) -> bool:
    """It is for people too: notes are counted always, and shown where they are asked for."""
    return entry.kind != "finding" or entry.severity > Severity.info or options.notes


def replacements(entry: Entry, options: Options) -> tuple[str, ...]:
    """What may stand in the place of exactly the flagged characters, the finding's excerpt; each by itself mends the finding.

    Suggestions of other kinds of rules are advice or texts to add. Where the source has markup or escapes within the wording, or a
    suggestion would bring in a character that may be markup there, a person has to make the change.
    """
    rule = options.rules().get(entry.rule) if entry.finding and entry.finding.suggestions else None
    if rule is None or rule.kind not in _REPLACING or not entry.span or entry.kind != "finding":
        return ()
    assert entry.finding
    written = entry.source.text[slice(*entry.span)]
    if written != entry.finding.excerpt:
        return ()
    known = {*written, *" -’"}
    return tuple(
        text for text in dict.fromkeys(entry.finding.suggestions) if all(character.isalnum() or character in known for character in text)
    )


def in_words(finding: Finding, source: Source, addresses: bool = True) -> str:
    """The message on one line, with the suggestions that it does not name, and related places; `addresses`: also where to look."""
    parts = [one_line(finding.message)]
    offered = [one_line(text) for text in finding.suggestions]
    suggestions = [f"“{text}”" for text in offered if not text.startswith(ADDRESS)]
    if more := [suggestion for suggestion in suggestions if suggestion not in parts[0]]:
        listed = f"{'Suggested' if len(more) == len(suggestions) else 'Or'}: {', '.join(more)}"
        parts.append(listed if listed.endswith((".”", "!”", "?”")) else f"{listed}.")
    if finding.related:
        parts.append(f"See {', '.join(source.place(span.start) for span in finding.related)}.")
    if addresses and (where := [text for text in offered if text.startswith(ADDRESS)]):
        parts.append(f"Where to look: {', '.join(where)}")
    return " ".join(parts)
