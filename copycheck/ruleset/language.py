"""Language: the term lists and context cues that patterns are written with, read from rule folders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from copycheck import strictyaml
from copycheck.ruleset import terms
from copycheck.ruleset.location import CONTEXT_FILE, TERMS_FOLDER, rules_dir
from copycheck.ruleset.pattern import BadPattern, Pattern, compile_pattern
from copycheck.ruleset.terms import Terms
from copycheck.source import Unreadable, read_bytes

MARKS = ("negated", "hedged", "question", "myth", "condition", "advice_against", "quoted", "third_party_quote", "organization_name")
"""The closed set of marks. The last three, and questions, are set by punctuation and capitals; the others by cues."""
CUED = ("negated", "hedged", "myth", "condition", "advice_against")


@dataclass(frozen=True)
class Cue:
    """Wordings that set a mark on the tokens around them.

    Attributes:
        mark: the mark that they set.
        patterns: the wordings.
        scope: `forward` and `backward` mark up to `within` tokens after or before the cue, `sentence` all of its sentence.
        within: tokens.
        until: wordings that end the scope early.
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


class _Cues(BaseModel):
    """One entry of a context file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    patterns: Annotated[list[str], Field(min_length=1)]
    scope: Literal["forward", "backward", "sentence"] = "forward"
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
    """The lists and cues that ship, with those of further folders. Raises ValueError with every problem."""
    problems: list[str] = []
    language = read([rules_dir(), *map(Path, folders)], problems)
    if problems:
        raise ValueError("\n".join(problems))
    return language


def _read_cues(path: Path, lists: Mapping[str, frozenset[str]], problems: list[str]) -> list[Cue]:
    try:
        loaded = strictyaml.load(read_bytes(path).decode("utf-8"))
    except (strictyaml.BadYaml, UnicodeDecodeError, Unreadable) as error:
        problems.append(f"{path}:{getattr(error, 'line', 1)}: yaml: {error}")
        return []
    if not isinstance(loaded.data, dict):
        problems.append(f"{path}:1: file: context is a mapping of marks to lists of cues")
        return []
    cues = []
    for mark, entries in loaded.data.items():
        if mark not in CUED:
            problems.append(f"{path}:{loaded.line((mark,))}: {mark}: unknown mark; known: {', '.join(CUED)}")
            continue
        for number, entry in enumerate(entries if isinstance(entries, list) else [entries]):
            place: tuple[Any, ...] = (mark, number)
            try:
                data = _Cues.model_validate(entry)
                compiled = {key: compile_lines(getattr(data, key), lists) for key in ("patterns", "until", "unless")}
            except ValidationError as error:
                first = error.errors()[0]
                key = ".".join(map(str, first["loc"])) or mark
                problems.append(f"{path}:{loaded.line((*place, *first['loc']))}: {key}: {first['msg']}")
            except BadPattern as error:
                problems.append(f"{path}:{loaded.line(place)}: {mark}: {error}")
            else:
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
