"""Approved: the claims that a reviewer has approved word for word, and whether a sentence is one of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher, get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

from copycheck.claims import wording as words
from copycheck.claims.wording import bases, is_form, tokens_of
from copycheck.source import Refused, Unreadable, decode, read_bytes
from copycheck.strictyaml import BadYaml, Loaded
from copycheck.strictyaml import load as load_yaml

KEYS = ("wording", "source", "approved_by", "expires")

_NEAR = 0.6  # of the words of two sentences that are the same before one is taken for a changed form of the other
_SHARED_LEAST = 2  # words, function words apart, that they must share


class BadApproved(Refused):
    """A file of approved claims that cannot be taken: an approval that does not load approves nothing."""


@dataclass(frozen=True)
class Entry:
    """One approval: a wording, what supports it, who approved it, and the last day on which that holds."""

    wording: str
    source: str
    approved_by: str
    expires: date


@dataclass(frozen=True)
class Verdict:
    """`approved`: the very wording; `lapsed`: the wording, its day past; `near`: changed as `differs` says; `none`: not in the file."""

    status: str
    entry: Entry | None = None
    differs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Approved:
    """All approvals of a file."""

    entries: tuple[Entry, ...] = ()
    _tokens: tuple[tuple[str, ...], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_tokens", tuple(tokens_of(entry.wording) for entry in self.entries))

    @cached_property
    def _by_base(self) -> dict[str, list[int]]:
        """Entries by the base of each of their words, so that a sentence is compared with few of them."""
        found: dict[str, list[int]] = {}
        for number, tokens in enumerate(self._tokens):
            for base in {base for token in tokens if not words.is_function(token) for base in bases(token)}:
                found.setdefault(base, []).append(number)
        return found

    def judge(self, text: str, today: Callable[[], date | None]) -> Verdict:
        """Whether a sentence is an approved wording on a day. Without a day no approval can be told to hold, and all count as lapsed.

        The day is asked for only where the sentence is an approved wording: what does not read it holds on any other day too.
        """
        tokens = tokens_of(text)
        content = [token for token in tokens if not words.is_function(token)]
        shared: Counter[int] = Counter()
        for token in content:
            shared.update({number for base in bases(token) for number in self._by_base.get(base, ())})
        near: list[tuple[float, int]] = []
        lapsed: Verdict | None = None
        for number in sorted(shared):
            if is_same(tokens, self._tokens[number]):
                entry = self.entries[number]
                day = today()
                holds = day is not None and day <= entry.expires
                if holds:
                    return Verdict("approved", entry)
                lapsed = lapsed or Verdict("lapsed", entry)
            else:
                near.append((_likeness(tokens, self._tokens[number], shared[number]), number))
        if lapsed is not None:
            return lapsed
        likeness, number = max(near, key=lambda pair: (pair[0], -pair[1]), default=(0.0, -1))
        if likeness < _NEAR:
            return Verdict("none")
        return Verdict("near", self.entries[number], differences(tokens, self._tokens[number]))


def is_same(one: Sequence[str], two: Sequence[str]) -> bool:
    """Word for word the same but for inflection."""
    return len(one) == len(two) and all(is_form(first, second) for first, second in zip(one, two, strict=True))


def _likeness(tokens: Sequence[str], wording: Sequence[str], shared: int) -> float:
    """The share of words that two sentences have in common; 1 where the sentence holds the whole wording and more."""
    rest, common = list(tokens), 0
    for token in wording:
        at = next((at for at, other in enumerate(rest) if is_form(token, other)), None)
        if at is not None:
            common += 1
            del rest[at]
    if shared < min(_SHARED_LEAST, sum(not words.is_function(token) for token in wording)):
        return 0.0
    size = len(wording)
    if common == size and any(is_same(tokens[at : at + size], wording) for at in range(len(tokens) - size + 1)):
        return 1.0
    return 2 * common / (len(tokens) + size)


def differences(tokens: Sequence[str], wording: Sequence[str]) -> tuple[str, ...]:
    """What is other than in an approved wording, each with its kind: number, negation, hedge, comparator, population, product, …"""
    names = _shared_names(tokens, wording)
    one, two = [names.get(token, token) for token in tokens], [names.get(token, token) for token in wording]
    plain_one, plain_two = ([token for token in side if token[0].isalnum()] for side in (one, two))
    if plain_one != plain_two and Counter(plain_one) == Counter(plain_two):
        return ("order: the words stand in another order",)
    found: dict[str, None] = {}
    for tag, two_start, two_end, one_start, one_end in SequenceMatcher(None, two, one, autojunk=False).get_opcodes():
        if tag != "equal":
            for kind, ours, theirs in words.pair(tokens[one_start:one_end], wording[two_start:two_end]):
                found[_told(kind, " ".join(ours), " ".join(theirs))] = None
    return tuple(found)


def _shared_names(tokens: Sequence[str], wording: Sequence[str]) -> dict[str, str]:
    """Each word of the sentence that is a form of one in the wording, under that one's name."""
    return {token: name for token in tokens if (name := next((other for other in wording if is_form(token, other)), None))}


def _told(kind: str, ours: str, theirs: str) -> str:
    if ours and theirs:
        return f"{kind}: “{ours}” instead of “{theirs}”"
    return f"{kind}: “{ours}” added" if ours else f"{kind}: “{theirs}” left out"


def load(path: Path) -> Approved:
    """Read a file of approved claims: a list of mappings with all of KEYS. Raises BadApproved with every problem at once."""
    try:
        source = decode(read_bytes(path), str(path))
        loaded = load_yaml(source.text)
    except Unreadable as error:
        raise BadApproved([f"{path}: {error}"]) from None
    except BadYaml as error:
        raise BadApproved([f"{path}:{error.line}: {error.reason}"]) from None
    problems: list[str] = []
    entries = list(_entries(loaded, str(path), problems))
    if problems:
        raise BadApproved(problems)
    return Approved(tuple(entries))


def _entries(loaded: Loaded, path: str, problems: list[str]) -> Iterable[Entry]:
    data = [] if loaded.data is None else loaded.data
    if not isinstance(data, list):
        problems.append(f"{path}:1: the file is a list of approvals, each with {', '.join(KEYS)}")
        return
    seen: dict[tuple[str, ...], int] = {}
    for number, item in enumerate(data):

        def problem(key: str, reason: str, number: int = number) -> None:
            where = (number, key) if key else (number,)
            problems.append(f"{path}:{loaded.line(where)}: {'.'.join(map(str, where))}: {reason}")

        before = len(problems)
        values = _values(item, problem)
        if len(problems) > before:
            continue
        tokens = tokens_of(values["wording"])
        if tokens in seen:
            problem("wording", f"stands twice; first in line {loaded.line((seen[tokens], 'wording'))}")
            continue
        seen[tokens] = number
        yield Entry(values["wording"], values["source"], values["approved_by"], date.fromisoformat(values["expires"]))


def _values(item: Any, problem: Any) -> dict[str, str]:
    """The texts of one approval; what is wrong with it goes to `problem`."""
    if not isinstance(item, dict):
        problem("", f"an approval is a mapping with {', '.join(KEYS)}")
        return {}
    for key in item:
        if key not in KEYS:
            near = get_close_matches(str(key), KEYS, 1)
            problem(str(key), f"unknown key; did you mean `{near[0]}`?" if near else f"unknown key; known: {', '.join(KEYS)}")
    for key in KEYS:
        value = item.get(key)
        if key not in item:
            problem("", f"`{key}` is missing")
        elif not isinstance(value, str) or not value.strip():
            problem(key, "must be text")
        elif key == "wording" and all(words.is_function(token) for token in tokens_of(value)):
            problem(key, "holds no words that tell it from other sentences")
        elif key == "expires" and not _is_day(value):
            problem(key, "must be a day such as 2027-03-31")
    return {key: value.strip() for key, value in item.items() if isinstance(value, str)}


def _is_day(value: str) -> bool:
    try:
        return re.fullmatch(r"\d{4}-\d\d-\d\d", value.strip()) is not None and date.fromisoformat(value.strip()) is not None
    except ValueError:
        return False
