"""Language: the term lists and context cues that patterns are written with, read from rule folders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import Field

from copycheck.ruleset import terms
from copycheck.ruleset.location import CONTEXT_FILE, TERMS_FOLDER, BadRules, rules_dir
from copycheck.ruleset.models import Cued, Mark
from copycheck.ruleset.pattern import BadPattern, Pattern, compile_pattern
from copycheck.ruleset.strict import Model, checked, read_mapping
from copycheck.ruleset.terms import Terms
from copycheck.source import read_bytes

CUED: tuple[str, ...] = get_args(Cued)
MARKS: tuple[str, ...] = get_args(Mark)
"""The closed set of marks. Cues set the first; questions and the last three are set by punctuation and capitals."""


@dataclass(frozen=True)
class Cue:
    """Wordings that set a mark on the tokens around them.

    Attributes:
        mark: the mark that they set.
        patterns: the wordings.
        scope: `forward` and `backward` mark up to `within` tokens after or before the cue, `sentence` all of its sentence,
            `below` nothing there but all that stands under it: the items that it leads in, the cells of its column.
        within: tokens.
        until: wordings that end the scope early; one of them anywhere in its sentence takes a scope `below` away.
        unless: wordings that contain a cue and are none ("not only").
    """

    mark: str
    patterns: tuple[Pattern, ...]
    scope: str = "forward"
    within: int = 12
    until: tuple[Pattern, ...] = ()
    unless: tuple[Pattern, ...] = ()

    @property
    def wordings(self) -> list[tuple[str, Pattern]]:
        """The lines that set the mark, and those that do not, by their role."""
        return [*(("cue", line) for line in self.patterns), *(("unless", line) for line in self.unless)]


@dataclass(frozen=True)
class Language:
    """What patterns may refer to: term lists, and the cues of context."""

    terms: Terms = field(default_factory=Terms)
    cues: tuple[Cue, ...] = ()


class _Cues(Model):
    """One entry of a context file."""

    patterns: Annotated[list[str], Field(min_length=1)]
    scope: Literal["forward", "backward", "sentence", "below"] = "forward"
    within: Annotated[int, Field(ge=1, le=60)] = 12
    until: list[str] = []
    unless: list[str] = []


def read(folders: Sequence[Path], problems: list[str]) -> Language:
    """The lists and cues of some folders together: a list of a later folder adds to the one of the same name.

    What is wrong is added to `problems` as `file:line: key: reason`.
    """
    lists: dict[str, list[str]] = {}
    for folder in folders:
        for path in sorted((folder / TERMS_FOLDER).glob("*.txt")):
            lists.setdefault(path.stem, []).extend(terms.read(path, read_bytes(path), problems))
    known = terms.combine(lists)
    cues: list[Cue] = []
    for folder in folders:
        if (folder / CONTEXT_FILE).is_file():
            cues += _read_cues(folder / CONTEXT_FILE, known.lists, problems)
    return Language(known, tuple(cues))


@cache
def load(folders: tuple[str, ...]) -> Language:
    """The lists and cues that ship, with those of further folders. Raises BadRules with every problem."""
    problems: list[str] = []
    language = read([rules_dir(), *map(Path, folders)], problems)
    if problems:
        raise BadRules(problems)
    return language


def _read_cues(path: Path, lists: Mapping[str, frozenset[str]], problems: list[str]) -> list[Cue]:
    loaded = read_mapping(path, read_bytes(path), "context is a mapping of marks to lists of cues", problems)
    cues: list[Cue] = []
    if loaded is None:
        return cues
    for mark, entries in loaded.data.items():
        if mark not in CUED:
            problems.append(f"{path}:{loaded.line((mark,))}: {mark}: unknown mark; known: {', '.join(CUED)}")
            continue
        for number, entry in enumerate(entries if isinstance(entries, list) else [entries]):
            data = checked(_Cues, entry, (mark, number), path, loaded, problems)
            try:
                compiled = {key: compile_lines(getattr(data, key), lists) for key in ("patterns", "until", "unless") if data}
            except BadPattern as error:
                problems.append(f"{path}:{loaded.line((mark, number))}: {mark}: {error}")
                continue
            if data:
                cues.append(Cue(mark, scope=data.scope, within=data.within, **compiled))
    return cues


def compile_lines(lines: Sequence[str], lists: Mapping[str, frozenset[str]]) -> tuple[Pattern, ...]:
    """Compile lines of the pattern language. Raises BadPattern, which names the line."""
    compiled = []
    for line in lines:
        try:
            compiled.append(compile_pattern(line, lists))
        except BadPattern as error:
            raise BadPattern(f"{line!r}: {error}") from None
    return tuple(compiled)
