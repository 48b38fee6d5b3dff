"""Reading: rule files checked strictly, with every problem told by file, line and key; imported only where a file is new."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from copycheck import strictyaml
from copycheck.ruleset import authorities
from copycheck.ruleset.authorities import Authority
from copycheck.ruleset.expressions import refuse
from copycheck.ruleset.location import AUTHORITIES_FILE, FAMILIES, PACKAGED, is_rule
from copycheck.ruleset.models import KINDS, Duty, DutyTrigger, Line, Pattern, Rule
from copycheck.ruleset.pattern import BadPattern, compile_pattern
from copycheck.ruleset.strict import checked, read_mapping

_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")


def lines_of(part: Rule | DutyTrigger) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every line of the pattern language in a rule, or a trigger of one, with the path of keys to it."""
    if isinstance(part, Pattern):
        yield from ((("swap", wording), wording) for wording in part.swap)
    for number, trigger in enumerate(part.triggers if isinstance(part, Duty) else ()):
        yield from ((("triggers", number, *where), line) for where, line in lines_of(trigger))
    for name, field in type(part).model_fields.items():
        if field.annotation == list[Line]:
            yield from (((field.alias or name, at), line) for at, line in enumerate(getattr(part, name)))


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
                        cited = authorities.cite([one for one in rule.authority if isinstance(one, str)], known)
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
    loaded = read_mapping(path, content, "a rule is a mapping of keys to values", problems)
    if loaded is None:
        return None
    data = loaded.data
    for key in ("id", "path"):
        if key in data:
            problem(key, "the id is the file's path and is never written in the file", loaded.line((key,)))
            return None
    model = KINDS.get(str(data.get("kind")))
    if model is None:
        problem("kind", f"must be one of {', '.join(KINDS)}", loaded.line(("kind",)))
        return None
    rule = checked(model, {**data, "id": "/".join(parts), "path": str(path)}, (), path, loaded, problems)
    if rule is None:
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
