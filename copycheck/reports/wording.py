"""Wording: the sentences in which text reports state a result; none of them is a verdict in law."""

from __future__ import annotations

from copycheck.findings import NOT_APPLIED, Profile, Report, Severity
from copycheck.reports import Options
from copycheck.reports.printable import one_line
from copycheck.reports.summary import Counts
from copycheck.source import Notice

CLEAN = "no findings in the checks that ran; not legal clearance"
NOTHING_NEW = CLEAN.replace("no findings", "no new findings")
GUIDANCE = "Guidance, not legal advice."
NOTHING = "No file was checked."

ADDRESS = ("https://", "http://")  # begins a suggestion that says where to look for a source

SEVERITIES = {Severity.error: "error", Severity.warning: "warning", Severity.info: "note"}

_MOST_SIGNALS = 3
_IN_FULL_ONLY = frozenset({"copycheck/off", NOT_APPLIED})  # notices of what is as it was asked to be


def verdict(counts: Counts) -> str:
    """How many to fix, to decide, how many notes."""
    if not counts.findings:
        return NOTHING_NEW if counts.known else CLEAN
    return f"{counts.errors} to fix, {counts.warnings} to decide, {number(counts.infos, 'note')}"


def number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def profile_line(profile: Profile, whole: bool) -> str:
    """The profile in words, with the signals that showed it; `whole` names all of it."""
    taken = "promotional" if profile.promotional else "informational"
    unclear = " (unclear, taken so)" if profile.stance == "unclear" and "promotional" in profile.guessed else ""
    aim = taken + unclear + (" landing page" if profile.page == "landing" else " copy")
    topic = {"other": "general health"}.get(profile.vertical, profile.vertical)
    shown = [one_line(item) for item in profile.signals]
    more = 0 if whole else max(0, len(shown) - _MOST_SIGNALS)
    shown = shown[: len(shown) - more] + ([f"{more} more"] if more else [])
    by = f" (signals: {', '.join(shown)})" if shown else ""
    rest = f", audience {profile.audience}" if whole else ""
    place = profile.jurisdiction + (f" ({', '.join(profile.states)})" if profile.states else "")
    return one_line(f"{place}, {topic}, {aim}{by}, preset {profile.preset}{rest}")


def closing(counts: Counts, options: Options | None = None, prefix: str = "") -> str:
    """The line that counts the whole run; with `options` it says which further ones show what is left out."""
    if not counts.files:
        return NOTHING
    checked = counts.files - counts.failed
    parts = []
    if checked or counts.findings:
        parts.append(verdict(counts) + (" (--notes shows them)" if options and not options.notes and counts.infos else ""))
    if counts.known:
        parts.append(f"{counts.known:,} known")
    if counts.suppressed:
        parts.append(f"{counts.suppressed:,} silenced")
    if counts.unapplied:
        hint = " (--verbose says why)" if options and not options.verbose else ""
        parts.append(f"a selected rule does not apply to {number(counts.unapplied, 'file')}{hint}")
    if counts.failed:
        parts.append(f"{counts.failed:,} not checked")
    return f"{prefix}{number(counts.files, 'file')}: {'; '.join(parts)}."


def notices_told(report: Report, options: Options) -> list[Notice]:
    """The notices to be shown: what went against expectation always, the rest where all is asked for."""
    if options.quiet:
        return []
    return [notice for notice in report.notices if options.verbose or notice.rule not in _IN_FULL_ONLY]


def failure(report: Report) -> str:
    """What kept a file from being checked, or from being checked as a whole."""
    return f"{'not checked' if report.metrics is None else 'not fully checked'}: {one_line(report.error or '')}"
