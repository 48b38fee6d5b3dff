"""Origins: what is configured for a file, and which line of which file, option or default says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from copycheck.checks import Site
from copycheck.config import RUN_KEYS, Config
from copycheck.settings import Settings

_DEFAULTS: dict[str, Any] = {
    "preset": Settings.preset,
    "jurisdiction": Settings.jurisdiction,
    "states": [],
    "vertical": None,
    "promotional": None,
    "page": None,
    "audience": Settings.audience,
    "spelling": Site.spelling,
    "source_age": Site.source_age,
    "require_sources": True,
    "fail_on": "error",
    "cap": Settings.cap,
}


class Origin(NamedTuple):
    """One setting: its key, such as `rules.claims`, its value (None: told from the copy), and what says so."""

    key: str
    value: Any
    why: str


def origins(path: Path, main: Config, near: Config, options: Mapping[str, Any], page: Mapping[str, Any]) -> list[Origin]:
    """The settings of a file in the order of their keys, defaults first.

    Args:
        main: the configuration of the run.
        near: that of the file.
        options: what the command line lays over both.
        page: what the page's own front matter lays over all.
    """
    found = {key: Origin(key, value, "default" if value is not None else "detected in the copy") for key, value in _DEFAULTS.items()}
    said = [one for one in _of(main, path) if one.key in RUN_KEYS] + [one for one in _of(near, path) if one.key not in RUN_KEYS]
    found |= {one.key: one for one in said}
    for key, value in options.items():
        found[key] = Origin(key, value, f"option --{key}" if value is not False else f"option --not-{key}")
    for key, value in page.items():
        found[key] = Origin(key, value, f"{path}, front matter")
    return list(found.values())


def _of(config: Config, path: Path) -> Iterator[Origin]:
    """What one configuration says of a file; of two that say the same key the later counts."""
    layers: list[tuple[tuple[str | int, ...], Mapping[str, Any], str]] = [((), config.values, "")]
    for number in config.overriding(path):
        globs, own = config.overrides[number]
        layers.append((("overrides", number), own, f", override for {', '.join(globs)}"))
    for at, values, note in layers:
        for key, value in values.items():
            for inner, part in value.items() if isinstance(value, dict) else [(None, value)]:
                where = (*at, key) if inner is None else (*at, key, inner)
                place = (config.lent or {}).get(key) or _place(config, where)
                yield Origin(key if inner is None else f"{key}.{inner}", part, f"{place}{note}")


def _place(config: Config, where: tuple[str | int, ...]) -> str:
    while where and where not in config.lines:
        where = where[:-1]
    return f"{config.path}:{config.lines[where]}" if where else str(config.path)
