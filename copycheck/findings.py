"""Findings: what a check says of a span, how bad it is and how sure."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum
from typing import Any, NamedTuple

from copycheck.source import Notice, Span

JURISDICTIONS = ("us",)
"""Jurisdictions whose rules ship; another one is refused ("not covered yet") rather than checked thinly."""
VERTICALS = (
    "addiction",
    "mental-health",
    "supplement",
    "cbd",
    "dental",
    "chiropractic",
    "physio-massage",
    "medspa-aesthetic",
    "telehealth",
    "weight-loss",
    "womens-health",
    "general-clinic",
    "hospital",
    "agency",
    "wellness-blog",
    "health-news",
    "other",
)


class Severity(IntEnum):
    """How bad: `error` is legal exposure and blocks by default, `warning` is to be fixed, `info` is a note."""

    info = 0
    warning = 1
    error = 2

    def lowered(self) -> Severity:
        """One step lower; a note stays a note."""
        return Severity(max(self - 1, 0))


class Finding(NamedTuple):
    """One thing found. `span` is Span(0, 0) for a missing thing.

    `sentence` is the span of the sentence, bullet or heading it speaks for: reports frame it, fingerprints hash `context`,
    that sentence's decoded text. `excerpt` is the decoded text at `span`.
    """

    rule: str
    severity: Severity
    span: Span
    message: str
    suggestions: tuple[str, ...] = ()
    related: tuple[Span, ...] = ()
    confidence: str = "high"
    sentence: Span = Span(0, 0)
    excerpt: str = ""
    context: str = ""
    help: str = ""  # where to read on: the address of the first authority or of the rule's page


class Suppressed(NamedTuple):
    """A finding that a directive silenced, and the reason it gave."""

    finding: Finding
    reason: str


class Claim(NamedTuple):
    """One entry of the substantiation ledger.

    kind: efficacy mechanism statistic research comparative safety guarantee condition.
    strength: correlational conditional causal. status: unsourced vague named self weak broken cited approved.
    """

    kind: str
    strength: str
    span: Span
    text: str
    status: str
    source: str | None = None
    hedged: bool = False


class Paragraph(NamedTuple):
    """A long paragraph by a digest of its words, and what is told of it where it stands on another page of the run too.

    `reason` is that of the directive that silences the finding, None where none does; `{page}` in its message is the other page.
    """

    key: str
    finding: Finding
    reason: str | None = None


@dataclass(frozen=True)
class Profile:
    """What decides which rules apply, and what told it. `guessed` names the fields told from the copy."""

    jurisdiction: str = "us"
    vertical: str = "general"
    promotional: bool = True
    page: str = "article"  # article or landing
    preset: str = "clinic"
    audience: str = "blog"
    told_by: tuple[str, ...] = ()
    guessed: frozenset[str] = frozenset()


class Outline(NamedTuple):
    """What a run asks of every report: findings by severity, how many were silenced, and the keys of its paragraphs."""

    numbers: tuple[int, ...]  # of infos, warnings, errors: by the value of the severity
    suppressed: int
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All there is to say of one file; plain values only, so that workers and the cache can hand it over.

    `error` is one sentence, and then nothing was checked.
    """

    path: str
    profile: Profile
    findings: tuple[Finding, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    claims: tuple[Claim, ...] = ()
    metrics: dict[str, float] | None = None
    notices: tuple[Notice, ...] = ()
    error: str | None = None
    text: str = ""  # the source text, for frames and line numbers
    paragraphs: tuple[Paragraph, ...] = ()  # for what is told of all pages together
    dated: bool = False  # the date was read in judging it: another day may say otherwise
    shown: bytes | memoryview | None = None  # the file's entry in the JSON report, where the cache keeps it

    @property
    def outline(self) -> Outline:
        severities = [finding.severity for finding in self.findings]
        numbers = tuple(map(severities.count, Severity))
        return Outline(numbers, len(self.suppressed), tuple([paragraph.key for paragraph in self.paragraphs]))


def changed(report: Report, **changes: Any) -> Report:
    """The report with other values of some fields; its entry in the JSON report is to be made anew."""
    return Report(**{field.name: getattr(report, field.name) for field in fields(Report)} | {"shown": None} | changes)
