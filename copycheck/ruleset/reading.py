"""Reading: rule files checked strictly, with every problem told by file, line and key; imported only where a file is new."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from copycheck import strictyaml
from copycheck.ruleset import authorities
from copycheck.ruleset.authorities import Authority
from copycheck.ruleset.expressions import refuse
from copycheck.ruleset.location import (
    AUTHORITIES_FILE,
    CONTEXT_FILE,
    FAMILIES,
    PACKAGED,
    PROFILE_FILE,
    TERMS_FOLDER,
)
from copycheck.ruleset.models import KINDS, Duty, Pattern, Rule
from copycheck.ruleset.pattern import BadPattern, compile_pattern

_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")


def lines_of(rule: Rule) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every line of the pattern language in a rule, with the path of keys to it."""
    fields: dict[str, Any] = {}
    if isinstance(rule, Pattern):
        fields = {"patterns": rule.patterns, "except": rule.except_, "with": rule.with_, "without": rule.without, "near": rule.near,
                  "cleared_by": rule.cleared_by, "page": rule.page}  # fmt: skip
        yield from ((("swap", wording), wording) for wording in rule.swap)
    elif isinstance(rule, Duty):
        fields = {"met_by": rule.met_by, "not_met_by": rule.not_met_by, "except": rule.except_}
        for number, trigger in enumerate(rule.triggers):
            for key, values in (
                ("patterns", trigger.patterns),
                ("strong", trigger.strong),
                ("with", trigger.with_),
                ("without", trigger.without),
            ):
                yield from ((("triggers", number, key, at), value) for at, value in enumerate(values))
    for key, values in fields.items():
        yield from (((key, at), value) for at, value in enumerate(values))


def read(contents: Mapping[Path, Mapping[str, bytes]], lists: Mapping[str, frozenset[str]], problems: list[str]) -> list[Rule]:
    """The rules of some folders. What is wrong is added to `problems`."""
    known = read_authorities(contents, problems)
    rules = []
    for folder, files in contents.items():
        for name, data in files.items():
            if is_rule(name):
                rule = _own(name, folder / name, data) if folder == PACKAGED else None
                rule = rule or _rule(folder, folder / name, data, lists, problems)
                if rule:
                    try:
                        cited = authorities.cite(rule.authority, known)
                    except ValueError as error:
                        problems.append(f"{folder / name}:1: authority: {error}")
                    else:
                        rules.append(rule.model_copy(update={"cited": tuple(cited)}))
    return rules


def read_authorities(contents: Mapping[Path, Mapping[str, bytes]], problems: list[str]) -> dict[str, Authority]:
    """The authorities of some folders by id; a later folder's entry stands. What is wrong is added to `problems`."""
    known: dict[str, Authority] = {}
    for folder, files in contents.items():
        if AUTHORITIES_FILE in files:
            known |= authorities.read(folder / AUTHORITIES_FILE, files[AUTHORITIES_FILE], problems)
    return known


def is_rule(name: str) -> bool:
    """A file of a rule folder, by its path in it, holds a rule."""
    return name.rsplit("/", 1)[-1] not in (CONTEXT_FILE, AUTHORITIES_FILE, PROFILE_FILE) and not name.startswith(f"{TERMS_FOLDER}/")


def _own(name: str, path: Path, content: bytes) -> Rule | None:
    """A rule of an installed package, which its tests have checked; None where anything is odd, so that it is read strictly."""
    try:
        data = strictyaml.load_own(content)
        return KINDS[data["kind"]].model_validate({**data, "id": name.rsplit(".", 1)[0], "path": str(path)})
    except (ValueError, TypeError, KeyError, strictyaml.YAMLError):
        return None


def _rule(folder: Path, path: Path, content: bytes, lists: Mapping[str, frozenset[str]], problems: list[str]) -> Rule | None:
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
        loaded = strictyaml.load(content.decode("utf-8"))
    except strictyaml.BadYaml as error:
        problem("yaml", error.reason, error.line)
        return None
    except UnicodeDecodeError as error:
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
    for key, expression in expressions_of(rule):
        if refusal := refuse(expression):
            problem(key, refusal, loaded.line((key,)))
            good = False
    for where, line in lines_of(rule):
        try:
            compile_pattern(line, lists)
        except BadPattern as error:
            problem(".".join(map(str, where)), f"{error}", loaded.line(where))
            good = False
    return rule if good else None


def expressions_of(rule: Rule) -> Iterator[tuple[str, str]]:
    """Every regular expression of a rule, with its key."""
    for key in ("regex", "met_by_regex", "meta_regex"):
        value = getattr(rule, key, None) or []
        yield from ((key, expression) for expression in ([value] if isinstance(value, str) else value))
