"""A structure rule with its patterns compiled, and what its checks share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from copycheck import lazy
from copycheck.analysis import Analysis, Unit
from copycheck.checks import in_scope
from copycheck.ruleset import patterns

if TYPE_CHECKING:
    from copycheck.ruleset.models import Structure

WORD = lazy.pattern(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@lru_cache(maxsize=2048)
def lower_words(text: str) -> tuple[str, ...]:
    """A text's words in lower case; remembered, for several checks read the same sentences."""
    return tuple(WORD.findall(text.lower()))


@dataclass(frozen=True, eq=False)
class Compiled:
    """A rule, its patterns, and its `allow` in lower case."""

    rule: Structure
    patterns: tuple[Any, ...]
    allow: frozenset[str]

    def matches(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the patterns match; the group `flag`, if a pattern has one."""
        for pattern in self.patterns:
            for match in patterns.find_all(pattern, text):
                group = "flag" if "flag" in match.re.groupindex and match.start("flag") >= 0 else 0
                if match.end(group) > match.start(group):
                    yield match.span(group)


def compile_rule(rule: Structure, terms: dict[str, list[str]]) -> Compiled:
    return Compiled(
        rule, tuple(patterns.compile_pattern(pattern, terms) for pattern in rule.patterns), frozenset(word.lower() for word in rule.allow)
    )


def units(compiled: Compiled, analysis: Analysis) -> Iterator[Unit]:
    """The units of the article itself in the scopes that the rule reads."""
    return (unit for unit in analysis.units if in_scope(compiled.rule, unit))
