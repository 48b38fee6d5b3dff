"""Term lists: `terms/<list>.txt`, one term a line in its base form, and the entity labels that stand for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from copycheck.inflection import forms

_COMMENT = re.compile(r"^\s*#.*|\s#\s.*")
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_LONGEST = 80  # characters of a term


class Lists(dict[str, frozenset[str]]):
    """Entity labels by the name of the term list they stand for, and the lines compiled with them so far."""

    def __init__(self, labels: Mapping[str, frozenset[str]] | None = None) -> None:
        super().__init__(labels or {})
        self.compiled: dict[str, Any] = {}


@dataclass(frozen=True)
class Terms:
    """All term lists of a run.

    `labels` gives for each term the label of the entities it becomes: the list's name in capitals, or for a term of several lists
    their names joined by `|`, since a token belongs to one entity only. `lists` gives for each list every label it takes part in.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    lists: Lists = field(default_factory=Lists)


def combine(lists: Mapping[str, Iterable[str]]) -> Terms:
    """Terms of named lists. A term with a capital is matched as written, any other in any case and with its inflected forms."""
    member: dict[str, set[str]] = {}
    for name, terms in lists.items():
        for term in terms:
            member.setdefault(term, set()).add(name)
    for term, names in [(term, set(names)) for term, names in member.items()]:
        first, space, word = term.rpartition(" ")
        inflected = {first + space + form for form in forms(word)} if term == term.lower() else set()
        for form in inflected & member.keys():  # “experienced”, of one list, is a form of “experience”, of another
            member[form] |= names
    labels = {term: "|".join(sorted(names)).upper() for term, names in member.items()}
    found: dict[str, set[str]] = {name: {name.upper()} for name in lists}
    for term, names in member.items():
        for name in names:
            found[name].add(labels[term])
    return Terms(labels, Lists({name: frozenset(values) for name, values in found.items()}))


def read(path: Path, data: bytes, problems: list[str]) -> list[str]:
    """The terms of one list file. What is wrong is added to `problems` as `file:line: key: reason`.

    `#` begins a comment at the start of a line or between spaces; “no #1” is a term.
    """
    if not _NAME.fullmatch(path.stem):
        problems.append(f"{path}:1: path: a list's name is lower-case words joined by hyphens")
        return []
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.append(f"{path}:1: file: {error}")
        return []
    terms = []
    for number, line in enumerate(text.splitlines(), 1):
        term = " ".join(_COMMENT.sub("", line).split())
        if not term:
            continue
        if len(term) > _LONGEST:
            problems.append(f"{path}:{number}: term: longer than {_LONGEST} characters")
        elif not any(char.isalnum() for char in term):
            problems.append(f"{path}:{number}: term: it holds no letter or digit")
        else:
            terms.append(term)
    if not terms:
        problems.append(f"{path}:1: terms: it holds no term")
    return terms
