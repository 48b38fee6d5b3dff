"""Ruleset: the rules that apply, read from folders of YAML; the only place that reads rule files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, cast

from copycheck.findings import STATES, Profile
from copycheck.ruleset.location import TERMS_FOLDER, is_rule, rules_dir
from copycheck.ruleset.location import BadRules as BadRules
from copycheck.source import Unreadable, read_bytes

if TYPE_CHECKING:
    from copycheck.ruleset.authorities import Authority
    from copycheck.ruleset.models import Metric, Rule

NO_STATE = ", and the page names no state"  # ends the reason why a rule of single states is off on most pages


class Ruleset:
    """The rules of some folders, in the order of their ids; checked when they are first asked for.

    `ids` and `fingerprint`, a name for the contents of all files, are known before: a run that finds every report in the cache
    checks no rule.
    """

    def __init__(self, contents: Mapping[Path, Mapping[str, bytes]]) -> None:
        self._contents = contents
        names = [name for files in contents.values() for name in files]
        self.ids = tuple(sorted(name.rsplit(".", 1)[0] for name in names if is_rule(name)))
        self.folders = tuple(str(folder) for folder in contents if folder != rules_dir())

    @cached_property
    def fingerprint(self) -> str:
        digest = sha256(usedforsecurity=False)
        for files in self._contents.values():
            for name, data in sorted(files.items()):
                digest.update(f"{name} {len(data)} ".encode())
                digest.update(data)
        return digest.hexdigest()[:40]

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Raises BadRules with every problem of every file."""
        from copycheck.ruleset import reading

        problems: list[str] = []
        rules = reading.read(self._contents, self.lists, problems)
        if problems:
            raise BadRules(problems)
        return tuple(sorted(rules, key=lambda rule: rule.id))

    @property
    def lists(self) -> Mapping[str, frozenset[str]]:
        """Entity labels by the name of the term list that they stand for. Raises BadRules."""
        from copycheck.ruleset import language

        return language.load(self.folders).terms.lists

    @cached_property
    def authorities(self) -> Mapping[str, Authority]:
        """All authorities by id, those that no rule cites too."""
        from copycheck.ruleset import reading

        return reading.read_authorities(self._contents, [])

    @cached_property
    def components(self) -> frozenset[str]:
        """Components of the model that rules need beside its tagger, such as `parser`."""
        from copycheck.ruleset.pattern import COMPONENTS
        from copycheck.ruleset.reading import lines_of

        lines = {str(line) for rule in self.rules for _, line in lines_of(rule)}
        asked = [name for name in COMPONENTS if any(name in line for line in lines)]
        asked += ["DEP"] if {"grammar", "claim"} & set(self.kinds) or any("{cut}" in rule.message for rule in self.rules) else []
        return frozenset(component for name in asked for component in COMPONENTS[name])

    @cached_property
    def by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """Those of all rules, in the order in which their checks run."""
        return tuple(dict.fromkeys(rule.kind for rule in self.rules))

    @cached_property
    def labels(self) -> dict[str, tuple[str, str]]:
        """Of each rule that the judge has a say in: its kind and its label."""
        labelled = [rule for rule in self.rules if rule.kind in ("pattern", "judged")]
        return {rule.id: (rule.kind, label) for rule in labelled if (label := getattr(rule, "label", None))}

    def __getitem__(self, rule_id: str) -> Rule:
        return self.by_id[rule_id]


def load(folders: Iterable[Path]) -> Ruleset:
    """All rules of some folders; a later folder may not redefine an id. Raises BadRules where a folder or file cannot be read.

    What the files say is checked when `rules` is first asked for.
    """
    problems: list[str] = []
    contents: dict[Path, dict[str, bytes]] = {}
    for folder in folders:
        if folder.is_dir():
            contents[folder] = _contents(folder, "", problems)
        else:
            problems.append(f"{folder}:1: folder: there is no rule folder of this name")
    ids: dict[str, Path] = {}
    for folder, files in contents.items():
        for name in files:
            if is_rule(name) and ids.setdefault(name.rsplit(".", 1)[0], folder / name) != folder / name:
                problems.append(f"{folder / name}:1: id: the rule {name.rsplit('.', 1)[0]} exists already")
    if not ids and not problems:
        problems.append(f"{', '.join(map(str, contents)) or 'rules'}:1: folder: it holds no rules")
    if problems:
        raise BadRules(problems)
    return Ruleset(contents)


def _contents(folder: Path, inner: str, problems: list[str]) -> dict[str, bytes]:
    """The files of a rule folder, two folders deep, by their path in it."""
    found: dict[str, bytes] = {}
    try:
        entries = sorted((folder / inner).iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        problems.append(f"{folder / inner}:1: folder: it cannot be read: {error.strerror}")
        return found
    for entry in entries:
        name = inner + entry.name
        if entry.suffix in (".yaml", ".yml") or (inner == f"{TERMS_FOLDER}/" and entry.suffix == ".txt"):
            try:
                found[name] = read_bytes(entry)
            except Unreadable as error:
                problems.append(f"{entry}:1: file: {error}")
        elif inner.count("/") < 2 and entry.is_dir():
            found |= _contents(folder, f"{name}/", problems)
    return found


@dataclass(frozen=True)
class Choice:
    """What a profile changes of rules: those that are one severity step lower, why some are off, and whom the law of a state binds that
    only a note is made of, since no state is set.
    """

    lowered: frozenset[str]
    off: dict[str, str]
    noted: dict[str, str]


def choose(rules: Iterable[Rule], profile: Profile) -> Choice:
    """Rules that apply under a profile. Outside an `applies` that was only guessed a rule is one step lower, not off.

    A statement that one state's law words is missing only where that state is configured or named on the page.
    """
    lowered: set[str] = set()
    off: dict[str, str] = {}
    noted: dict[str, str] = {}
    for rule in rules:
        misses = []
        if profile.jurisdiction not in rule.jurisdictions:
            misses.append(("jurisdiction", f"holds for {', '.join(rule.jurisdictions)}"))
        names = ", ".join(STATES[code] for code in rule.applies.state)
        bound = profile.states or profile.named
        if names and (bound or rule.kind == "duty") and not set(bound) & set(rule.applies.state):
            elsewhere = "" if profile.states else ", and the page names other places only" if bound else NO_STATE
            misses.append(("states", f"holds for {names}{elsewhere}"))
        if "any" not in rule.applies.vertical and profile.vertical not in rule.applies.vertical:
            misses.append(("vertical", f"holds for {', '.join(rule.applies.vertical)}"))
        if rule.applies.promotional is not None and rule.applies.promotional != profile.promotional:
            misses.append(
                ("promotional", "holds for promotional copy" if rule.applies.promotional else "holds for copy that sells nothing")
            )
        if profile.page not in rule.applies.page:
            misses.append(("page", f"holds for {rule.applies.page[0]} pages"))
        if rule.kind == "metric" and profile.audience not in cast("Metric", rule).limits:
            misses.append(("audience", f"has no limit for the audience {profile.audience}"))
        known = [reason for name, reason in misses if name not in profile.guessed]
        if known:
            off[rule.id] = known[0]
            continue
        if misses:
            lowered.add(rule.id)
        if names and not profile.states:
            noted[rule.id] = "; ".join(dict.fromkeys(cited.authority.binds for cited in rule.cited)) or f"those in {names}"
    return Choice(frozenset(lowered), off, noted)
