"""Ruleset: the rules that apply, read from folders of YAML; the only place that reads rule files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copycheck.findings import Profile
from copycheck.ruleset import compiled
from copycheck.ruleset.location import TERMS_FILE, rules_dir

if TYPE_CHECKING:
    from copycheck.ruleset.models import Rule

    Made = tuple[tuple[Rule, ...], compiled.Terms]


class BadRules(Exception):
    """Rule files that do not load; `problems` are `file:line: key: reason`, all of them."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class Ruleset:
    """Rules in the order of their ids, and the named word lists that their patterns refer to; made when they are first asked for.

    `name` names their contents.
    """

    def __init__(self, ids: Iterable[str], name: str, make: Callable[[], Made]) -> None:
        self.ids = tuple(sorted(ids))
        self.name = name
        self._make = make

    def __reduce__(self) -> tuple[Any, ...]:
        return Ruleset, (self.ids, self.name, _Given(self._made))

    @cached_property
    def _made(self) -> Made:
        return self._make()

    @property
    def rules(self) -> tuple[Rule, ...]:
        return self._made[0]

    @property
    def terms(self) -> compiled.Terms:
        return self._made[1]

    @cached_property
    def by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """Those of all rules, in the order in which their checks run."""
        return tuple(dict.fromkeys(rule.kind for rule in self.rules))

    def __getitem__(self, rule_id: str) -> Rule:
        return self.by_id[rule_id]


@dataclass(frozen=True)
class _Given:
    """Rules that another process made."""

    made: Made

    def __call__(self) -> Made:
        return self.made


def load(folders: Iterable[Path], kept: Path | None = None) -> Ruleset:
    """All rules of some folders; a later folder may not redefine an id. Raises BadRules with every problem at once.

    `kept` is the cache folder in which the compiled form of rules is looked for, and kept. It is found by the contents of
    the files; without it, or where a file is new, all files of the folder are read and checked.
    """
    problems: list[str] = []
    contents: dict[Path, dict[str, bytes]] = {}
    for folder in folders:
        if folder.is_dir():
            contents[folder] = _contents(folder, "", problems)
        else:
            problems.append(f"{folder}:1: folder: there is no rule folder of this name")
    lists = [files[TERMS_FILE] for files in contents.values() if TERMS_FILE in files]
    names = {folder: compiled.key(files, lists) for folder, files in contents.items()}
    ids: dict[str, Path] = {}
    for folder, files in contents.items():
        for name in files:
            if name.rsplit("/", 1)[-1] != TERMS_FILE and ids.setdefault(name.rsplit(".", 1)[0], folder / name) != folder / name:
                problems.append(f"{folder / name}:1: id: the rule {name.rsplit('.', 1)[0]} exists already")
    if not ids and not problems:
        problems.append(f"{', '.join(map(str, contents)) or 'rules'}:1: folder: it holds no rules")
    make = partial(_make, contents, names, kept, problems)
    ruleset = Ruleset(ids, " ".join(names.values()), make)
    if problems or not all(compiled.stands(name, kept) for name in names.values()):
        assert ruleset.rules  # made now, so that what is wrong is told now
    return ruleset


def _make(contents: dict[Path, dict[str, bytes]], names: dict[Path, str], kept: Path | None, problems: list[str]) -> Made:
    forms = {folder: compiled.find(name, kept) for folder, name in names.items()}
    new = [folder for folder, form in forms.items() if form is None]
    made = {}
    if new:
        from copycheck.ruleset import reading

        made = reading.compile_folders(new, contents, problems)
    if problems:
        raise BadRules(problems)
    for folder, fresh in made.items():
        if kept:
            compiled.keep(names[folder], kept, fresh)
        forms[folder] = compiled.reread(fresh)
    rules: list[Rule] = []
    terms = compiled.Terms()
    listing = [folder for folder, files in contents.items() if TERMS_FILE in files]  # another's lists would change what ships
    for folder, form in forms.items():
        assert form is not None
        terms.add(form, tried=listing == [folder] == [rules_dir()])
        rules += [compiled.rule(record, folder / name) for name, record in form["rules"].items()]
    return tuple(sorted(rules, key=lambda rule: rule.id)), terms


def _contents(folder: Path, inner: str, problems: list[str]) -> dict[str, bytes]:
    """The rule files of a folder, two folders deep, by their path in it."""
    found: dict[str, bytes] = {}
    for entry in sorted((folder / inner).iterdir(), key=lambda entry: entry.name):
        name = inner + entry.name
        if entry.suffix in (".yaml", ".yml"):
            try:
                found[name] = entry.read_bytes()
            except OSError as error:
                problems.append(f"{entry}:1: file: {error.strerror}")
        elif inner.count("/") < 2 and entry.is_dir():
            found |= _contents(folder, f"{name}/", problems)
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
