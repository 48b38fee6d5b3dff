"""Signals: the wordings that show what a page sells, whether it sells, and for whose readers; read from `profile.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Literal

from pydantic import Field

from copycheck.ruleset import language
from copycheck.ruleset.language import compile_lines
from copycheck.ruleset.location import PROFILE_FILE, BadRules, rules_dir
from copycheck.ruleset.models import Mark, Scope
from copycheck.ruleset.pattern import BadPattern, Pattern
from copycheck.ruleset.strict import Model, checked, read_mapping

VERTICAL, PROMOTIONAL, EDITORIAL, FOREIGN, ARTICLE = "vertical", "promotional", "editorial", "foreign", "article"
TITLE = "title"  # of an article's signals: those that only its title shows
Page = Literal["landing", "article", "either"]


@dataclass(frozen=True, eq=False)
class Signal:
    """Wordings that mean the same. `group` is one of the constants above; `name` the vertical, jurisdiction or kind of signal.

    `page` is where a promotional signal stands: what is offered on a landing page, a press release is an article, and who speaks shows
    on either. `scope` are the only blocks that show it; none: any.
    """

    group: str
    name: str
    weight: int
    patterns: tuple[Pattern, ...]
    except_: tuple[Pattern, ...] = ()
    unless: frozenset[str] = frozenset()
    page: Page = "landing"
    scope: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Signals:
    """All signals, and the front-matter keys that only an article has."""

    signals: tuple[Signal, ...]
    article_keys: frozenset[str]


class _Signal(Model):
    weight: Annotated[int, Field(ge=1, le=9)]
    patterns: Annotated[list[str], Field(min_length=1)]
    except_: list[str] = Field(default=[], alias="except")
    unless: list[Mark] = []
    page: Page = "landing"
    scope: list[Scope] = []


class _Article(Model):
    patterns: list[str] = []
    titles: list[str] = []
    meta: list[str] = []


class _File(Model):
    verticals: dict[str, dict[Annotated[int, Field(ge=1, le=9)], list[str]]]
    promotional: dict[str, _Signal]
    editorial: dict[str, _Signal] = {}
    foreign: dict[str, list[str]] = {}
    article: _Article = _Article()


@cache
def load() -> Signals:
    """The signals that ship. Raises BadRules."""
    path, problems = rules_dir() / PROFILE_FILE, list[str]()
    loaded = read_mapping(path, path.read_bytes(), "a profile is a mapping of groups to their signals", problems)
    data = checked(_File, loaded.data, (), path, loaded, problems) if loaded else None
    if data is None:
        raise BadRules(problems)
    try:
        return Signals(tuple(_signals(data, language.load(()).terms.lists)), frozenset(key.lower() for key in data.article.meta))
    except BadPattern as error:
        raise BadRules(f"{path}:1: {error}") from None


def _signals(data: _File, lists: Mapping[str, frozenset[str]]) -> list[Signal]:
    found = [
        Signal(VERTICAL, name, weight, compile_lines(lines, lists))
        for name, groups in data.verticals.items()
        for weight, lines in groups.items()
    ]
    for group, members in ((PROMOTIONAL, data.promotional), (EDITORIAL, data.editorial)):
        for name, one in members.items():
            patterns, exceptions = compile_lines(one.patterns, lists), compile_lines(one.except_, lists)
            found.append(Signal(group, name, one.weight, patterns, exceptions, frozenset(one.unless), one.page, frozenset(one.scope)))
    found += [Signal(FOREIGN, name, 1, (pattern,)) for name, lines in data.foreign.items() for pattern in compile_lines(lines, lists)]
    for name, lines in (("", data.article.patterns), (TITLE, data.article.titles)):
        if lines:
            found.append(Signal(ARTICLE, name, 1, compile_lines(lines, lists)))
    return found
