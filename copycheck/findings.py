"""Findings: what a check says of a span, how bad it is and how sure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any, NamedTuple

from copycheck.source import Notice, Span

JURISDICTIONS = ("us", "uk")
"""Jurisdictions whose rules ship; another one is refused ("not covered yet") rather than checked thinly."""
STATES = dict(
    pair.split(" ", 1)
    for pair in (
        "al Alabama,ak Alaska,az Arizona,ar Arkansas,ca California,co Colorado,ct Connecticut,de Delaware,dc the District of Columbia,"
        "fl Florida,ga Georgia,hi Hawaii,id Idaho,il Illinois,in Indiana,ia Iowa,ks Kansas,ky Kentucky,la Louisiana,me Maine,md Maryland,"
        "ma Massachusetts,mi Michigan,mn Minnesota,ms Mississippi,mo Missouri,mt Montana,ne Nebraska,nv Nevada,nh New Hampshire,"
        "nj New Jersey,nm New Mexico,ny New York,nc North Carolina,nd North Dakota,oh Ohio,ok Oklahoma,or Oregon,pa Pennsylvania,"
        "ri Rhode Island,sc South Carolina,sd South Dakota,tn Tennessee,tx Texas,ut Utah,vt Vermont,va Virginia,wa Washington,"
        "wv West Virginia,wi Wisconsin,wy Wyoming,pr Puerto Rico"
    ).split(",")
)
"""Names of the states by the codes of the Postal Service (USPS Publication 28, appendix B) in small letters."""
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


CARRIES = ("advice", "dshea", "results", "crisis", "withdrawal", "risks", "reviewed", "dated", "affiliate",
           "stem-cells", "free-service", "health-data", "registration")  # fmt: skip
"""Codes of what a site's footer or layout may say on every page."""
PAGE_CHOICES: Mapping[str, tuple[str | bool, ...]] = {
    "preset": ("clinic", "publisher"),
    "audience": ("patient", "blog", "professional"),
    "page": ("article", "landing"),
    "promotional": (True, False),
}
"""What a configuration or a page's front matter may choose."""


def is_choice(value: object, choices: Sequence[str | bool]) -> bool:
    """A value is one of the choices, and of its very type: 1 is not true."""
    return any(value == choice and type(value) is type(choice) for choice in choices)


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
    evidence: Span | None = None  # the words of a whole sentence that show what is meant
    fix: str = ""  # `safe` or `unsafe` where the one suggestion may stand for the text at `span` just as it is

    @property
    def pointed(self) -> Span:
        """What a report points at."""
        return self.evidence or self.span

    def is_fixable(self, unsafe: bool = False) -> bool:
        """Its suggestion may be taken unasked; with `unsafe`, also where a person should look at it."""
        return self.fix == "safe" or (unsafe and self.fix == "unsafe")


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


class Section(NamedTuple):
    """How the prose under one heading reads.

    `span` is the heading's, Span(0, 0) for what stands above the first. `grades` is the range that the
    Flesch–Kincaid grade lies in, from 1 up; None where there are too few sentences to tell.
    """

    heading: str
    span: Span
    sentences: int
    words: int
    grades: tuple[float, float] | None = None


@dataclass(frozen=True)
class Profile:
    """What decides which rules apply. `guessed` names the fields detected from the copy, `signals` are the wordings that showed them.

    `stance` is what the copy shows: promotional, editorial or unclear; `promotional` is how the rules take it. `states` are codes of
    `STATES` in order, those whose own law binds the site; none where that was not said. `named` are those that the page names.
    """

    jurisdiction: str = "us"
    vertical: str = "general"
    promotional: bool = True
    stance: str = "unclear"
    page: str = "article"  # article or landing
    preset: str = "clinic"
    audience: str = "blog"
    signals: tuple[str, ...] = ()
    guessed: frozenset[str] = frozenset()
    states: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


NOT_APPLIED = "copycheck/not-applied"
"""The notice on a page to which a selected rule, or none of them, applies."""


@dataclass(frozen=True, slots=True)
class Report:
    """All there is to say of one file; plain values only, so that workers and the cache can hand it over.

    `error` is one sentence, and then nothing was checked, or only what `metrics` shows was counted: the text below broken front matter.
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
    tags: tuple[Any, ...] = ()  # those of the source
    paragraphs: tuple[Paragraph, ...] = ()  # for what is told of all pages together
    sections: tuple[Section, ...] = ()  # of prose, in order of place
    known: tuple[Finding, ...] = ()  # findings that do not count in this run: in the baseline, or on text that did not change
    unapplied: str = ""  # why no selected rule applies to it; what that makes of it is for the run to say
    lapsed: tuple[Suppressed, ...] = ()  # those of the findings that a directive silenced until its day was past

    def knowing(self, old: Collection[Finding]) -> Report:
        """The report with these of its findings among those that are known; all else stays, an error above all."""
        new = tuple(finding for finding in self.findings if finding not in old)
        known = tuple(finding for finding in self.findings if finding in old)
        return replace(self, findings=new, known=(*self.known, *known))
