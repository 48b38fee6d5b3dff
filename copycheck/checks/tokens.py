"""Tokens: rules that fire on spaCy token patterns, compiled into one Matcher."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from copycheck.analysis import TAGS, Analysis, Unit
from copycheck.checks import Result, Site, finding, in_scope

if TYPE_CHECKING:
    from copycheck.ruleset.models import Tokens

_CHEAP = ("LOWER", "ORTH", "TEXT")


@dataclass
class TokensCheck:
    """All token rules compiled together. The Matcher is built with the first Doc's vocabulary."""

    rules: list[Tokens]
    needs: frozenset[str] = frozenset({TAGS})
    _words: dict[str, set[str]] = field(default_factory=dict)
    _matcher: Any = None

    def wants(self, unit: Unit) -> bool:
        """Units that hold a word which some pattern asks for by form; all units where a pattern names none."""
        words = set(unit.folded.lower().split())
        return any(
            in_scope(rule, unit) and (not self._words[rule.id] or any(asked in word for word in words for asked in self._words[rule.id]))
            for rule in self.rules
        )

    def check(self, analysis: Analysis, site: Site) -> Result:
        result = Result()
        for unit in analysis.units:
            if unit.doc is None or unit.repair is None:
                continue
            for rule, start, end in self._matches(unit):
                if in_scope(rule, unit) and not (rule.unless and unit.marks(start, end) & set(rule.unless)):
                    result.findings.append(finding(rule, unit, start, end, suggestions=rule.suggest))
        return result

    def _matches(self, unit: Unit) -> list[tuple[Tokens, int, int]]:
        assert unit.doc is not None and unit.repair is not None
        if self._matcher is None:
            from spacy.matcher import Matcher

            self._matcher = Matcher(unit.doc.vocab)
            for rule in self.rules:
                self._matcher.add(rule.id, rule.patterns, greedy="LONGEST")
        by_id = {rule.id: rule for rule in self.rules}
        found = []
        for key, first, last in self._matcher(unit.doc):
            rule = by_id[unit.doc.vocab.strings[key]]
            low, high = rule.span or (0, last - first - 1)
            tokens = unit.doc[first + low : first + high + 1]
            start, end = tokens.start_char - unit.repair.shift, tokens.end_char - unit.repair.shift
            if start >= 0 and end > start:
                found.append((rule, start, end))
        return found


def compile_rules(rules: Sequence[Tokens], terms: dict[str, list[str]], site: Site) -> TokensCheck:
    """Compile token rules; the words that their patterns ask for are the prefilter."""
    check = TokensCheck(list(rules))
    for rule in rules:
        check._words[rule.id] = set()
        for pattern in rule.patterns:
            words = {word for token in pattern for word in _asked(token)}
            if not words:
                check._words[rule.id] = set()
                break
            check._words[rule.id] |= words
    return check


def _asked(token: dict[str, Any]) -> set[str]:
    for key in _CHEAP:
        value = token.get(key)
        if isinstance(value, str):
            return {value.lower()}
        if isinstance(value, dict) and isinstance(value.get("IN"), list):
            return {str(word).lower() for word in value["IN"]}
    return set()
