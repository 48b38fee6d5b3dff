"""Tokens: rules that fire on spaCy token patterns, compiled into one Matcher."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from copycheck.analysis import TAGS, Analysis, Unit
from copycheck.checks import Result, Site, finding, is_read
from copycheck.ruleset import patterns

if TYPE_CHECKING:
    from copycheck.pieces import Index
    from copycheck.ruleset.models import Tokens

_CHEAP = ("LOWER", "ORTH", "TEXT")


@dataclass
class TokensCheck:
    """All token rules compiled together. The Matcher is built with the first Doc's vocabulary."""

    rules: list[Tokens]
    needs: frozenset[str] = frozenset({TAGS})
    _words: dict[str, set[str]] = field(default_factory=dict)
    _where: dict[str, list[patterns.Pattern]] = field(default_factory=dict)
    _matcher: Any = None

    @cached_property
    def _index(self) -> Index:
        """Of the places that all rules name."""
        return patterns.index(pattern for rule in self.rules for pattern in self._where[rule.id])

    @cached_property
    def _placed(self) -> list[str]:
        """By the number of a place in the index, the rule that names it."""
        return [rule.id for rule in self.rules for _ in self._where[rule.id]]

    def wants(self, unit: Unit) -> bool:
        """Units that hold a place which a rule names; without any, a word that some pattern asks for by form; else all units."""
        possible = {self._placed[number] for number in self._index.candidates(unit.folded)}
        return any(is_read(rule, unit) and self._is_wanted(rule, unit, possible) for rule in self.rules)

    def _is_wanted(self, rule: Tokens, unit: Unit, possible: Set[str]) -> bool:
        if rule.where:
            return rule.id in possible and any(patterns.search(pattern, unit.folded) for pattern in self._where[rule.id])
        asked = self._words[rule.id]
        words = set(unit.folded.lower().split()) if asked else set()
        return not asked or any(form in word for word in words for form in asked)

    def check(self, analysis: Analysis, site: Site) -> Result:
        result = Result()
        for unit in analysis.units:
            if unit.doc is None or unit.repair is None or not any(is_read(rule, unit) for rule in self.rules):
                continue
            for rule, place, start, end in self._matches(unit):
                if not is_read(rule, unit) or not self._is_there(rule, unit, place):
                    continue
                if not (rule.unless and unit.marks(start, end) & set(rule.unless)):
                    severity = None if unit.block.region == "main" else "info"
                    result.findings.append(finding(rule, unit, start, end, suggestions=rule.suggest, severity=severity))
        return result

    def _is_there(self, rule: Tokens, unit: Unit, place: int) -> bool:
        """A match that begins here begins at a place that the rule names."""
        found = (match for pattern in self._where[rule.id] for match in patterns.find_all(pattern, unit.folded))
        return not rule.where or any(match.start() == place for match in found)

    def _matches(self, unit: Unit) -> list[tuple[Tokens, int, int, int]]:
        """Rules with the offset at which their match begins, and those of what they flag of it."""
        assert unit.doc is not None and unit.repair is not None
        if self._matcher is None:
            from spacy.matcher import Matcher

            self._matcher = Matcher(unit.doc.vocab)
            for rule in self.rules:
                self._matcher.add(rule.id, rule.patterns, greedy="LONGEST")
        by_id = {rule.id: rule for rule in self.rules}
        found = []
        for key, first, last in sorted(self._matcher(unit.doc), key=lambda match: match[1:]):
            rule = by_id[self._matcher.vocab.strings[key]]
            low, high = (first + at if at >= 0 else last + at for at in rule.span or (0, -1))
            tokens = unit.doc[low : high + 1]
            start, end = tokens.start_char - unit.repair.shift, tokens.end_char - unit.repair.shift
            if start >= 0 and end > start:
                found.append((rule, unit.doc[first].idx - unit.repair.shift, start, end))
        return found


def compile_rules(rules: Sequence[Tokens], terms: dict[str, list[str]], site: Site) -> TokensCheck:
    """Compile token rules; what they name as places, or else the words that their patterns ask for, is the prefilter."""
    check = TokensCheck(list(rules))
    for rule in rules:
        check._where[rule.id] = [patterns.compile_pattern(pattern, terms) for pattern in rule.where]
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
