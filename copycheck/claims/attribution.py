"""Attribution: what a sentence's own words say of its source, and what its figures leave out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from copycheck.claims import domains

_YEAR = re.compile(r"\b(19[5-9]\d|20[0-4]\d)\b")
_ASCRIBES = re.compile(
    r"^(?:according to|based on \w+ (?:from|by)|(?:as )?(?:reported|published|recommended|endorsed) (?:in|by)"
    r"|(?:information|data|figures|statistics) from|guidelines? (?:from|of|by)) (?:the )?",
    re.I,
)
_DENIED = 30  # characters before an appeal in which it would be denied
_BEFORE = 70  # characters before a name in which membership or training would stand


@dataclass(frozen=True)
class Support:
    """What a sentence rests on. `source` is an address or a name; `reason` says why it is weak, broken or the own; `year` if told."""

    status: str
    source: str | None = None
    reason: str = ""
    year: int | None = None


def said(folded: str) -> Support:
    """What a sentence's own words say of its source: a name, a vague appeal, or nothing."""
    name = named(folded)
    if name:
        return Support("named", name, "", latest_year_in(folded))
    appeal = vague(folded)
    return Support("vague", appeal) if appeal else Support("unsourced")


def named(folded: str) -> str | None:
    """The body, journal, person or study that a sentence names as its source; no membership, approval or address."""
    data = domains.rules()
    for pattern in data.named:
        for match in pattern.finditer(folded):
            before = folded[max(match.start() - _BEFORE, 0) : match.start()]
            if not data.patterns["no-attribution"].search(before):
                return _ASCRIBES.sub("", match.group()).strip(" (,")
    return None


def vague(folded: str) -> str | None:
    """The words by which a sentence appeals to science, doctors or tradition without saying which."""
    data = domains.rules()
    for pattern in data.vague:
        match = pattern.search(folded)
        if match is None or data.patterns["no-appeal"].search(folded[max(match.start() - _DENIED, 0) : match.end()]):
            continue
        if not data.patterns["concedes"].search(folded[: match.start()]):
            return match.group().strip()
    return None


def animal(folded: str) -> str | None:
    """The words by which a sentence rests on animals or test tubes, unless it says that people were not studied."""
    patterns = domains.rules().patterns
    match = patterns["animal"].search(folded)
    return match.group() if match and not patterns["animal-told"].search(folded) else None


def is_share(folded: str) -> bool:
    """It gives a share or a rate ("85%", "three in four", "twice as"), and not of those who apply or are turned away."""
    patterns = domains.rules().patterns
    return patterns["share"].search(folded) is not None and patterns["intake"].search(folded) is None


def statistic_lacks(folded: str) -> tuple[str, ...]:
    """What a share or rate leaves out: `denominator` (of whom, or of how many), `year` (when that was so). Nothing where there is none."""
    patterns = domains.rules().patterns
    share = patterns["share"].search(folded)
    if share is None:
        return ()
    lacks = [] if patterns["denominator"].search(folded) else ["denominator"]
    if not _YEAR.search(folded) and not patterns["time-told"].search(folded):
        lacks.append("year")
    return tuple(lacks)


def latest_year_in(text: str) -> int | None:
    """The last year that a text names: that of publication where an entry also names the years studied."""
    return max(map(int, _YEAR.findall(text)), default=None)
