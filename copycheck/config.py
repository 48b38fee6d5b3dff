"""Config: `.copycheck.yaml` or `[tool.copycheck]`, found upward from a file, read strictly into settings."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from copycheck import stricttoml
from copycheck.findings import CARRIES, PAGE_CHOICES, STATES, is_choice
from copycheck.source import Malformed, Refused, Unreadable, read_bytes

_MAX_SIZE = 20_000_000  # bytes of a configuration or a vocabulary
NAMES = (".copycheck.yaml", ".copycheck.yml")
CHOICES: dict[str, tuple[str | bool, ...]] = {
    **PAGE_CHOICES,
    "spelling": ("us", "uk"),
    "fail_on": ("error", "warning", "info", "never"),
    "cap": ("error", "warning", "info"),
    "require_sources": (True, False),
}
TEXTS = ("jurisdiction", "vertical", "model", "approved_claims")
LISTS = (
    "states",
    "vocabulary",
    "vocabulary_files",
    "exclude",
    "rule_folders",
    "pipeline",
    "select",
    "ignore",
    "trusted_sources",
    "distrusted_sources",
    "approvers",
)
NUMBERS = {"max_file_size": "a number of bytes above 0", "source_age": "a number of years above 0"}
_TABLES = ("site", "rules", "overrides", *NUMBERS)
_KEYS = (*CHOICES, *TEXTS, *LISTS, *_TABLES)
OVERRIDABLE = frozenset({*CHOICES, "vertical", "states", "rules", "select", "ignore", "vocabulary", "source_age"})
SITE_KEYS = ("domains", "carries")
RUN_KEYS = ("rule_folders", "model", "pipeline")
"""What the configuration of the run decides for all its files."""
SEVERITIES = ("error", "warning", "info", "off")
WORDS = ".copycheck-words"
"""A vocabulary file that counts where it lies beside the configuration; `copycheck fix --interactive` writes it."""


class BadConfig(Refused):
    """A configuration that cannot be taken."""


@dataclass(frozen=True)
class Config:
    """One configuration file as values; what it does not say is None or empty. `folder` is where its paths start.

    Of a locked policy (`policy.over`) `lent` names the places of what it took from the configuration below it, by key.
    """

    path: Path | None = None
    values: dict[str, Any] = field(default_factory=dict)
    overrides: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = ()
    lines: dict[tuple[str | int, ...], int] = field(default_factory=dict)  # of the keys; none are known of TOML
    lent: dict[str, str] | None = None

    @property
    def folder(self) -> Path:
        return self.path.parent if self.path and not self.locked else Path()

    @property
    def locked(self) -> bool:
        return self.lent is not None

    def get(self, key: str, default: Any = None) -> Any:
        return self.values.get(key, default)

    def for_path(self, path: Path) -> dict[str, Any]:
        """The values that hold for a file: the overrides whose patterns match its path are laid over the rest in order."""
        return self.laid(self.overriding(path))

    def laid(self, numbers: Iterable[int]) -> dict[str, Any]:
        """The values with these overrides laid over them in order."""
        merged = dict(self.values)
        for number in numbers:
            merged |= {k: {**merged.get(k, {}), **v} if isinstance(v, dict) else v for k, v in self.overrides[number][1].items()}
        return merged

    def overriding(self, path: Path) -> tuple[int, ...]:
        """The numbers of the overrides that hold for a file: all that its path decides."""
        if not self.overrides:
            return ()
        relative = relative_to(path, self.folder)
        return tuple(n for n, (globs, _) in enumerate(self.overrides) if any(matches(relative, glob) for glob in globs))

    def excluding(self, path: Path) -> str | None:
        """The pattern that leaves a file out, if one does."""
        globs = self.get("exclude")
        if not globs:  # where the path lies is asked of the system
            return None
        relative = relative_to(path, self.folder)
        return next((glob for glob in globs if matches(relative, glob)), None)


def relative_to(path: Path, folder: Path) -> PurePosixPath:
    """The path as seen from a folder; as it stands where it lies elsewhere."""
    try:
        return PurePosixPath(Path(os.path.realpath(path)).relative_to(os.path.realpath(folder)).as_posix())  # Path.resolve raises in a loop
    except ValueError:
        return PurePosixPath(path.as_posix())


def matches(path: PurePosixPath, glob: str) -> bool:
    """A path fits a glob: `**` crosses folders, a pattern without a slash fits any part, a folder's name fits all below it."""
    text, glob = str(path), glob.rstrip("/")
    if "/" not in glob:
        return any(fnmatch.fnmatchcase(part, glob) for part in path.parts)
    bare = glob.lstrip("/").removesuffix("/**")  # or a folder would not be told from what it holds, which may have its own configuration
    return any(fnmatch.fnmatchcase(text, pattern) for one in (bare, bare.replace("**/", "")) for pattern in (one, f"{one}/*"))


def find(start: Path) -> Path | None:
    """The nearest configuration at or above a folder: `.copycheck.yaml` before `[tool.copycheck]` in pyproject.toml.

    One that is no file or does not parse is found too: it is for `load` to say so, not to be passed over.
    """
    for folder in (start, *start.parents):
        for name in NAMES:
            if os.path.lexists(folder / name):
                return folder / name
        project = folder / "pyproject.toml"
        if os.path.lexists(project) and _is_ours(project):
            return project
    return None


def _is_ours(project: Path) -> bool:
    """Whether a pyproject.toml configures copycheck, or may: it cannot be read."""
    try:
        text = read_bytes(project, _MAX_SIZE).decode("utf-8", "replace")
        plain = text.replace("\0", "")  # of UTF-16, which no pyproject.toml may be in
        return "copycheck" in plain and (plain != text or "copycheck" in _tool(text))
    except (Unreadable, stricttoml.BadToml):
        return True


def _tool(text: str) -> dict[str, Any]:
    """The tables of tools in a pyproject.toml. Raises BadToml."""
    tool = stricttoml.load(text).get("tool")
    return tool if isinstance(tool, dict) else {}


def load(path: Path, more: Sequence[str] = (), text: str | None = None) -> Config:
    """Read one configuration file, with `more` lists of texts among its keys; `text`: as an editor has it.

    Raises BadConfig with every problem at once.
    """
    from copycheck import strictyaml  # here and below: most runs have no configuration, or none with a mistake in it

    try:
        text = read_bytes(path, _MAX_SIZE).decode("utf-8-sig") if text is None else text
        if path.suffix == ".toml":
            loaded = strictyaml.Loaded(_tool(text).get("copycheck", {}))
        else:
            loaded = strictyaml.load(text)
    except Unreadable as error:
        raise BadConfig([f"{path}:1: file: {error}"]) from None
    except UnicodeDecodeError:
        raise BadConfig([f"{path}:1: file: it is not UTF-8"]) from None
    except Malformed as error:
        raise BadConfig([f"{path}:{error.line}: {'toml' if path.suffix == '.toml' else 'yaml'}: {error.reason}"]) from None
    data = {} if loaded.data is None else loaded.data
    problems: list[str] = []
    if not isinstance(data, dict):
        raise BadConfig([f"{path}:1: file: a configuration is a mapping of keys to values"])

    def problem(where: tuple[str | int, ...], reason: str) -> None:
        problems.append(f"{path}:{loaded.line(where)}: {'.'.join(map(str, where))}: {reason}")

    values = _values(data, (), (*_KEYS, *more), problem)
    overrides = []
    for number, entry in enumerate(values.pop("overrides", [])):
        where: tuple[str | int, ...] = ("overrides", number)
        if not isinstance(entry, dict) or not _is_texts(entry.get("paths")):
            problem(where, "an override is a mapping with `paths`, a list of patterns, and the settings for them")
            continue
        own = {key: value for key, value in entry.items() if key != "paths"}
        overrides.append((tuple(entry["paths"]), _values(own, where, tuple(sorted(OVERRIDABLE)), problem)))
    if problems:
        raise BadConfig(problems)
    return Config(path, values, tuple(overrides), loaded.lines)


def _values(data: dict[str, Any], at: tuple[str | int, ...], keys: Sequence[str], problem: Any) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in data.items():
        where = (*at, key)
        if key not in keys:
            near = _nearest(key, keys)
            hint = f"did you mean `{near}`?" if near else f"known: {', '.join(keys)}"
            problem(where, f"unknown key; {hint}")
        elif key in CHOICES and not is_choice(value, CHOICES[key]):
            problem(where, f"must be one of {', '.join(str(choice).lower() for choice in CHOICES[key])}")
        elif key in TEXTS and not isinstance(value, str):
            problem(where, "must be text")
        elif (key in LISTS or key not in _KEYS) and not _is_texts(value):
            problem(where, "must be a list of texts")
        elif key == "states" and (unknown := [code for code in value if code.lower() not in STATES]):
            problem(where, f"unknown {unknown[0]!r}; a state is its two-letter code, such as fl")
        elif key in NUMBERS and not (isinstance(value, int) and not isinstance(value, bool) and value > 0):
            problem(where, f"must be {NUMBERS[key]}")
        elif key == "rules" and not (isinstance(value, dict) and all(is_choice(level, SEVERITIES) for level in value.values())):
            problem(where, f"must map rule names to one of {', '.join(SEVERITIES)}")
        elif key == "site" and not (isinstance(value, dict) and all(name in SITE_KEYS and _is_texts(v) for name, v in value.items())):
            problem(where, "must be a mapping of `domains` and `carries`, each a list of texts")
        elif key == "site" and (unknown := [code for code in value.get("carries", []) if code not in CARRIES]):
            problem((*where, "carries"), f"unknown {unknown[0]!r}; known: {', '.join(CARRIES)}")
        elif key == "overrides" and not isinstance(value, list):
            problem(where, "must be a list")
        else:
            values[key] = value
    return values


def _nearest(name: str, names: Iterable[str]) -> str | None:
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, names, 1)), None)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def check_rules(config: Config, known: Sequence[str]) -> None:
    """Every rule or family that a configuration names exists. Raises BadConfig."""
    names = {*known, *(rule.split("/")[0] for rule in known)}
    problems = []
    for values in (config.values, *(values for _, values in config.overrides)):
        for key in ("rules", "select", "ignore"):
            for name in values.get(key, ()):
                if name not in names:
                    near = _nearest(name, names)
                    where = f"{config.path}:1: {key}.{name}" if config.path else f"--{key} {name}"
                    problems.append(f"{where}: there is no such rule{f'; did you mean `{near}`?' if near else ''}")
    if problems:
        raise BadConfig(problems)


def check_run(config: Config, main: Config) -> None:
    """What holds for a whole run is not said by the configuration of a folder below: it would be passed over. Raises BadConfig."""
    problems = [
        f"{config.path}:1: {key}: it holds for a whole run; say it in {main.path or 'a configuration above all the files'},"
        " or check this folder by itself"
        for key in RUN_KEYS
        if config.get(key) and config.get(key) != main.get(key)
    ]
    if problems:
        raise BadConfig(problems)


def vocabulary(config: Config, values: dict[str, Any]) -> frozenset[str]:
    """Accepted words from the configuration and its vocabulary files, one word a line, `#` for comments. Raises BadConfig."""
    words = set(values.get("vocabulary", ()))
    found = not config.locked and os.path.lexists(config.folder / WORDS)
    for name in (*values.get("vocabulary_files", ()), *([WORDS] if found else [])):
        try:
            lines = read_bytes(config.folder / name, _MAX_SIZE).decode("utf-8-sig").splitlines()
        except (Unreadable, UnicodeDecodeError) as error:
            place = f"{config.path}:1: vocabulary_files: " if config.path else ""
            raise BadConfig([f"{place}{name}: {error}"]) from None
        words |= {line.split("#")[0].strip() for line in lines} - {""}
    return frozenset(words)


def with_options(config: Config, options: dict[str, Any]) -> Config:
    """The configuration with command-line options laid over it; overrides keep yielding to them."""
    overrides = tuple((globs, {k: v for k, v in values.items() if k not in options}) for globs, values in config.overrides)
    return replace(config, values={**config.values, **options}, overrides=overrides)
