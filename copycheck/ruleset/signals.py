"""Signals: the wordings that show what a page sells, whether it sells, and for whose readers; read from `profile.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from copycheck import strictyaml
from copycheck.ruleset import language
from copycheck.ruleset.language import compile_lines
from copycheck.ruleset.location import PROFILE_FILE, rules_dir
from copycheck.ruleset.models import Mark
from copycheck.ruleset.pattern import BadPattern, Pattern

VERTICAL, PROMOTIONAL, EDITORIAL, FOREIGN, ARTICLE = "vertical", "promotional", "editorial", "foreign", "article"


@dataclass(frozen=True)
class Signal:
    """Wordings that mean the same. `group` is one of the constants above; `name` the vertical, jurisdiction or kind of signal."""

    group: str
    name: str
    weight: int
    patterns: tuple[Pattern, ...]
    except_: tuple[Pattern, ...] = ()
    unless: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Signals:
    """All signals, and the front-matter keys that only an article has."""

    signals: tuple[Signal, ...]
    article_keys: frozenset[str]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class _Signal(_Model):
    weight: Annotated[int, Field(ge=1, le=9)]
    patterns: Annotated[list[str], Field(min_length=1)]
    except_: list[str] = Field(default=[], alias="except")
    unless: list[Mark] = []


class _Article(_Model):
    patterns: list[str] = []
    meta: list[str] = []


class _File(_Model):
    verticals: dict[str, dict[Annotated[int, Field(ge=1, le=9)], list[str]]]
    promotional: dict[str, _Signal]
    editorial: dict[str, _Signal] = {}
    foreign: dict[str, list[str]] = {}
    article: _Article = _Article()


@cache
def load() -> Signals:
    """The signals that ship. Raises ValueError with `file:line: key: reason`."""
    path = rules_dir() / PROFILE_FILE
    loaded = strictyaml.load(path.read_text(encoding="utf-8"))
    lists = language.load(()).terms.lists
    try:
        data = _File.model_validate(loaded.data)
        return Signals(tuple(_signals(data, lists)), frozenset(key.lower() for key in data.article.meta))
    except ValidationError as error:
        first = error.errors()[0]
        where: tuple[Any, ...] = tuple(first["loc"])
        raise ValueError(f"{path}:{loaded.line(where)}: {'.'.join(map(str, where))}: {first['msg']}") from None
    except BadPattern as error:
        raise ValueError(f"{path}:1: {error}") from None


def _signals(data: _File, lists: Mapping[str, frozenset[str]]) -> list[Signal]:
    found = [
        Signal(VERTICAL, name, weight, compile_lines(lines, lists))
        for name, groups in data.verticals.items()
        for weight, lines in groups.items()
    ]
    for group, members in ((PROMOTIONAL, data.promotional), (EDITORIAL, data.editorial)):
        for name, one in members.items():
            found.append(
                Signal(
                    group, name, one.weight, compile_lines(one.patterns, lists), compile_lines(one.except_, lists), frozenset(one.unless)
                )
            )
    found += [Signal(FOREIGN, name, 1, (pattern,)) for name, lines in data.foreign.items() for pattern in compile_lines(lines, lists)]
    if data.article.patterns:
        found.append(Signal(ARTICLE, "", 1, compile_lines(data.article.patterns, lists)))
    return found
