"""Reading: rule files checked strictly, with every problem told by file, line and key; imported only where a file is new."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from copycheck import lazy, needs, strictyaml
from copycheck.ruleset import compiled, patterns
from copycheck.ruleset.location import FAMILIES, TERMS_FILE
from copycheck.ruleset.models import KINDS, Phrase, Requires, Rule, Spelling, Structure, Tokens

_NAME = lazy.pattern(r"[a-z0-9][a-z0-9-]*")


def compile_folders(new: list[Path], contents: dict[Path, dict[str, bytes]], problems: list[str]) -> dict[Path, dict[str, Any]]:
    """The compiled forms of some folders; `contents` are the files of all, whose word lists hold for every rule."""
    own = {folder: _terms(folder / TERMS_FILE, files[TERMS_FILE], problems) for folder, files in contents.items() if TERMS_FILE in files}
    terms = {name: words for lists in own.values() for name, words in lists.items()}
    forms: dict[Path, dict[str, Any]] = {}
    for folder in new:
        rules: dict[str, Any] = {}
        needed: dict[str, needs.Needed] = {}
        for name, data in contents[folder].items():
            if name.rsplit("/", 1)[-1] == TERMS_FILE:
                continue
            rule = _rule(folder, folder / name, data, terms, problems)
            if rule:
                rules[name] = compiled.plain(rule)
                for pattern in (*(pattern for _, pattern in _patterns(rule)), *_made(rule)):
                    needed[pattern] = needs.needed(patterns.fill(pattern, terms))
        lists = own.get(folder, {})
        telling = {name: [sorted(needs.telling(entry)) for entry in entries] for name, entries in lists.items()}
        forms[folder] = {"terms": lists, "telling": telling, "rules": rules, **needs.plain(needed)}
    return forms


def _terms(path: Path, data: bytes, problems: list[str]) -> dict[str, list[str]]:
    try:
        loaded = strictyaml.load(data.decode("utf-8"))
    except (strictyaml.BadYaml, UnicodeDecodeError) as error:
        problems.append(f"{path}:{getattr(error, 'line', 1)}: terms: {error}")
        return {}
    if not isinstance(loaded.data, dict | None):
        problems.append(f"{path}:1: terms: word lists are a mapping of names to lists of words")
        return {}
    terms: dict[str, list[str]] = {}
    for name, words in (loaded.data or {}).items():
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            problems.append(f"{path}:{loaded.line((name,))}: {name}: it must be a list of words")
        else:
            terms[name] = words
    return terms


def _rule(folder: Path, path: Path, content: bytes, terms: dict[str, list[str]], problems: list[str]) -> Rule | None:
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
    for key, value in _patterns(rule):
        refusal = patterns.refuse(value, terms)
        if refusal:
            problem(key, refusal, loaded.line(tuple(key.split("."))))
            good = False
    return rule if good else None


def _made(rule: Rule) -> Iterator[str]:
    """The patterns that a check makes of a rule's wordings."""
    if isinstance(rule, Spelling):
        yield from map(patterns.bounded, rule.swap)
    elif isinstance(rule, Requires):
        yield from (patterns.whole_words(phrase) for trigger in rule.triggers for phrase in trigger.phrases)


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
    elif isinstance(rule, Tokens):
        found += [("where", value) for value in rule.where]
    elif isinstance(rule, Spelling | Structure):
        found += [("patterns", value) for value in rule.patterns]
    return found
