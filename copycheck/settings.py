"""Settings: what was decided before any copy is read, for one file and for what is to be checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from copycheck.checks import Site
from copycheck.findings import Profile
from copycheck.source import Source


@dataclass(frozen=True)
class Settings:
    """What the user decided for one file. A field of `profile` that is None is told from the copy."""

    jurisdiction: str = "us"
    states: tuple[str, ...] = ()
    vertical: str | None = None
    promotional: bool | None = None
    page: str | None = None
    preset: str = "clinic"
    audience: str = "blog"
    site: Site = field(default_factory=Site)
    severity: dict[str, str] = field(default_factory=dict)  # rule id or family -> error, warning, info or off
    select: frozenset[str] = frozenset()  # ids or families; empty: all
    ignore: frozenset[str] = frozenset()
    cap: str = "error"  # the highest severity that a finding may have
    approvers: tuple[str, ...] = ()  # who may accept an error; empty: whoever is named
    locked: bool = False  # by a policy: what a page says of its own checking does not count


@dataclass(frozen=True)
class Item:
    """One file to check: its source or the sentence that says why there is none."""

    path: str
    source: Source | None
    settings: Settings
    error: str | None = None
    format: str | None = None

    @property
    def size(self) -> int:
        """Characters."""
        return len(self.source.text) if self.source else 0


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Items in order, gathered until they have so many characters."""
    batch: list[Item] = []
    held = 0
    for item in items:
        batch.append(item)
        held += item.size
        if held >= size:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def is_on(rule_id: str, settings: Settings) -> bool:
    """Neither deselected nor switched off by configuration."""
    names = {rule_id, rule_id.split("/")[0]}
    if settings.select and not names & settings.select:
        return False
    if names & settings.ignore:
        return False
    return settings.severity.get(rule_id, settings.severity.get(rule_id.split("/")[0])) != "off"


def default_profile(settings: Settings) -> Profile:
    """The profile of a file that nothing was detected in."""
    return Profile(
        jurisdiction=settings.jurisdiction,
        states=settings.states,
        vertical=settings.vertical or "other",
        promotional=bool(settings.promotional),
        page=settings.page or "article",
        preset=settings.preset,
        audience=settings.audience,
    )


def configured_profile(settings: Settings) -> Profile:
    """The profile that settings give before any copy is read; what they leave open counts as guessed."""
    guessed = frozenset(name for name in ("vertical", "promotional", "page") if getattr(settings, name) is None)
    return replace(default_profile(settings), guessed=guessed)
