"""Ruleset: the rules that apply, read from folders of YAML; the only place that reads rule files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from pydantic import ValidationError

from copycheck import strictyaml
from copycheck.findings import Profile
from copycheck.ruleset import patterns
from copycheck.ruleset.models import FAMILIES, KINDS, Phrase, Requires, Rule, Spelling, Structure

TERMS_FILE = "_terms.yaml"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")


class BadRules(Exception):
    """Rule files that do not load; `problems` are `file:line: key: reason`, all of them."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Ruleset:
    """Rules in the order of their ids, and the named word lists that their patterns refer to."""

    rules: tuple[Rule, ...]
    terms: dict[str, list[str]]

    def __getitem__(self, rule_id: str) -> Rule:
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(rule.id for rule in self.rules)


def load(folders: Iterable[Path]) -> Ruleset:
    """All rules of some folders; a later folder may not redefine an id. Raises BadRules with every problem at once."""
    problems: list[str] = []
    rules: dict[str, Rule] = {}
    terms: dict[str, list[str]] = {}
    sources: list[tuple[Path, Path]] = []
    for folder in folders:
        if not folder.is_dir():
            problems.append(f"{folder}:1: folder: there is no rule folder of this name")
            continue
        if (folder / TERMS_FILE).is_file():
            terms |= _load_terms(folder / TERMS_FILE, problems)
        for path in sorted([*folder.glob("*/*.yaml"), *folder.glob("*/*.yml"), *folder.glob("*.yaml"), *folder.glob("*/*/*.yaml")]):
            if path.name != TERMS_FILE:
                sources.append((folder, path))
    for folder, path in sources:
        rule = _load_rule(folder, path, terms, problems)
        if rule and rule.id in rules:
            problems.append(f"{path}:1: id: the rule {rule.id} exists already")
        elif rule:
            rules[rule.id] = rule
    if not rules and not problems:
        problems.append(f"{', '.join(map(str, folders)) or 'rules'}:1: folder: it holds no rules")
    if problems:
        raise BadRules(problems)
    return Ruleset(tuple(rules[name] for name in sorted(rules)), terms)


def _load_terms(path: Path, problems: list[str]) -> dict[str, list[str]]:
    try:
        loaded = strictyaml.load(path.read_text(encoding="utf-8"))
    except (strictyaml.BadYaml, UnicodeDecodeError, OSError) as error:
        problems.append(f"{path}:{getattr(error, 'line', 1)}: {error}")
        return {}
    terms: dict[str, list[str]] = {}
    for name, words in (loaded.data or {}).items():
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            problems.append(f"{path}:{loaded.line((name,))}: {name}: it must be a list of words")
        else:
            terms[name] = words
    return terms


def _load_rule(folder: Path, path: Path, terms: dict[str, list[str]], problems: list[str]) -> Rule | None:
    def problem(key: str, reason: str, line: int = 1) -> None:
        problems.append(f"{path}:{line}: {key}: {reason}")

    parts = path.relative_to(folder).with_suffix("").parts
    if len(parts) != 2 or parts[0] not in FAMILIES:
        problem("path", f"a rule stands at <family>/<name>.yaml with the family one of {', '.join(FAMILIES)}")
        return None
    if not _NAME.fullmatch(parts[1]):
        problem("path", "a rule's name is lower-case words joined by hyphens")
        return None
    try:
        loaded = strictyaml.load(path.read_text(encoding="utf-8"))
    except strictyaml.BadYaml as error:
        problem("yaml", error.reason, error.line)
        return None
    except (UnicodeDecodeError, OSError) as error:
        problem("file", str(error))
        return None
    data = loaded.data
    if not isinstance(data, dict):
        problem("file", "a rule is a mapping of keys to values")
        return None
    for key in ("id", "path"):
        if key in data:
            problem(key, "the id is the file's path and is never written in the file", loaded.line((key,)))
            return None
    model = KINDS.get(str(data.get("kind")))
    if model is None:
        problem("kind", f"must be one of {', '.join(KINDS)}", loaded.line(("kind",)))
        return None
    try:
        rule = model.model_validate({**data, "id": "/".join(parts), "path": str(path)})
    except ValidationError as error:
        known = {field.alias or name for name, field in model.model_fields.items()}
        for item in error.errors():
            where = tuple(part for part in item["loc"] if isinstance(part, str | int))
            key = ".".join(str(part) for part in where) or "rule"
            reason = item["msg"].removeprefix("Value error, ")
            if item["type"] == "extra_forbidden":
                near = get_close_matches(str(where[-1]), known, 1)
                reason = f"unknown key{f'; did you mean `{near[0]}`?' if near else ''}"
            problem(key, reason, loaded.line(where))
        return None
    good = True
    for key, value in _patterns(rule):
        refusal = patterns.refuse(value, terms)
        if refusal:
            problem(key, refusal, loaded.line(tuple(key.split("."))))
            good = False
    return rule if good else None


def _patterns(rule: Rule) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if isinstance(rule, Phrase):
        for key, values in (
            ("patterns", rule.patterns),
            ("except", rule.except_),
            ("with", rule.with_),
            ("near", rule.near),
            ("page", rule.page),
            ("without", rule.without),
            ("cleared_by", rule.cleared_by),
        ):
            found += [(key, value) for value in values]
    elif isinstance(rule, Requires):
        for key, values in (
            ("met_by", rule.met_by),
            ("not_met_by", rule.not_met_by),
            ("includes", rule.includes),
            ("except", rule.except_),
            ("meta_value", [rule.meta_value] if rule.meta_value else []),
            ("triggers", [v for t in rule.triggers for v in (*t.patterns, *t.strong, *t.links, *t.with_, *t.without)]),
        ):
            found += [(key, value) for value in values]
    elif isinstance(rule, Spelling | Structure):
        found += [("patterns", value) for value in rule.patterns]
    return found


@dataclass(frozen=True)
class Choice:
    """Which rules run for a profile. `steps` says by how many severity steps a rule is lowered; `off` why a rule is off."""

    rules: tuple[Rule, ...]
    lowered: frozenset[str]
    off: dict[str, str]


def choose(rules: Iterable[Rule], profile: Profile) -> Choice:
    """Rules that apply under a profile. Outside an `applies` that was only guessed a rule is one step lower, not off."""
    on: list[Rule] = []
    lowered: set[str] = set()
    off: dict[str, str] = {}
    for rule in rules:
        misses = []
        if profile.jurisdiction not in rule.applies.jurisdiction:
            misses.append(("jurisdiction", f"holds for {', '.join(rule.applies.jurisdiction)}"))
        if "any" not in rule.applies.vertical and profile.vertical not in rule.applies.vertical:
            misses.append(("vertical", f"holds for {', '.join(rule.applies.vertical)}"))
        if rule.applies.promotional is not None and rule.applies.promotional != profile.promotional:
            misses.append(
                ("promotional", "holds for promotional copy" if rule.applies.promotional else "holds for copy that sells nothing")
            )
        if profile.page not in rule.applies.page:
            misses.append(("page", f"holds for {rule.applies.page[0]} pages"))
        known = [reason for name, reason in misses if name not in profile.guessed]
        if known:
            off[rule.id] = known[0]
            continue
        on.append(rule)
        if misses:
            lowered.add(rule.id)
    return Choice(tuple(on), frozenset(lowered), off)
