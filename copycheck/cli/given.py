"""Given: what options and configuration files say, as the values that the engine takes."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copycheck import config as configs
from copycheck import policy as policies
from copycheck import ruleset as rulesets
from copycheck.checks import Site
from copycheck.cli.trouble import say, stop
from copycheck.config import Config, relative_to
from copycheck.findings import JURISDICTIONS, STATES, VERTICALS
from copycheck.ruleset import Ruleset
from copycheck.ruleset.location import rules_dir
from copycheck.settings import Settings, configured_profile, is_on

if TYPE_CHECKING:
    from copycheck.engine import LoadPipeline

HOUSE_POLICY = frozenset({"claims/no-source-on-page"})
"""What `require_sources` switches: the one rule that is an error without law behind it."""
OVERRIDING = ("select", "ignore", "preset", "jurisdiction", "vertical", "promotional", "audience")


def overriding(options: dict[str, Any]) -> dict[str, Any]:
    """Those options that lie over what a configuration file says."""
    return {key: options[key] for key in OVERRIDING if options.get(key) is not None}


def start_folder(paths: Sequence[str], stdin_filename: str | None) -> Path:
    """Where the search for the run's own configuration begins: the folder that holds all the paths, in whatever order they come."""
    folders = []
    for name in (stdin_filename or "-" if path == "-" else path for path in paths):
        folder = name if os.path.isdir(name) else os.path.dirname(name)  # noqa: PTH112, PTH120  they raise for no name at all
        folders.append(os.path.realpath(folder) if os.path.isdir(folder) else os.getcwd())  # noqa: PTH109, PTH112
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:  # on several drives
        return Path.cwd()


def find_config(start: Path) -> Path | None:
    """The configuration that holds for a folder; as seen from here where it lies here or below, as are all paths that start from it."""
    found = configs.find(start)
    return found and Path(relative_to(found.parent, Path.cwd()), found.name)


def policy(options: dict[str, Any]) -> Config | None:
    """The locked policy of a gate; stops where an option would say what is the policy's to say. Raises BadConfig."""
    path = options.get("locked_policy")
    if path is None:
        return None
    said = [key for key in ("config", "fail_on", "model", *OVERRIDING) if options.get(key) is not None]
    if said:
        stop(f"--{said[0].replace('_', '-')} cannot stand beside --locked-policy: say it in {path}")
    return policies.load(path)


def read_config(path: Path | None, overriding: dict[str, Any], policy: Config | None = None, text: str | None = None) -> Config:
    """The configuration of a file, or an empty one, with options laid over it, under the policy if there is one.

    `text`: the file's as an editor has it. Raises BadConfig.
    """
    config = configs.with_options(configs.load(path, text=text) if path else Config(), overriding)
    if policy:
        config, left = policies.over(policy, config)
        if left:
            say(f"{path}: under the locked policy this does not count: {', '.join(left)}")
    for values in (config.values, *(values for _, values in config.overrides)):
        if (code := values.get("jurisdiction", "us")) not in JURISDICTIONS:
            raise configs.BadConfig([f"jurisdiction {code!r}: not covered yet; rules ship for {', '.join(JURISDICTIONS)}"])
        if (name := values.get("vertical", "other")) not in VERTICALS:
            raise configs.BadConfig([f"vertical {name!r}: unknown; known are {', '.join(VERTICALS)}"])
    return config


def rule_folders(config: Config) -> list[Path]:
    """The folders of the bundled rules and of the configuration's own."""
    return [rules_dir(), *(config.folder / name for name in config.get("rule_folders", ()))]


def ruleset(config: Config) -> Ruleset:
    """The rules of these folders. Raises BadRules."""
    return rulesets.load(rule_folders(config))


def settings(config: Config, path: Path, today: date | None, rules: Ruleset) -> Settings:
    """What holds for one file. Raises BadApproved, and BadConfig also where no rule is left on: nothing would be checked."""
    own = _settings(config, config.for_path(path), today)
    if not any(is_on(rule, own) for rule in rules.ids):
        said = f"the options and {config.path}" if config.path else "the options"
        raise configs.BadConfig([f"{path}: no rule is on, so nothing would be checked: see `select`, `ignore` and `rules` in {said}"])
    return own


def may_apply(config: Config, rules: Ruleset) -> bool:
    """Whether a configuration, by itself or by an override, lets a rule that it selects hold for some page, whatever that page shows."""
    for numbers in ((), *((number,) for number in range(len(config.overrides)))):
        own = _settings(config, config.laid(numbers), None)
        off = rulesets.choose(rules.rules, replace(configured_profile(own), named=tuple(STATES))).off
        if any(is_on(rule, own) and rule not in off for rule in rules.ids):
            return True
    return False


def _settings(config: Config, values: dict[str, Any], today: date | None) -> Settings:
    """What values of a configuration decide. Raises BadApproved and BadConfig."""
    site = values.get("site", {})
    approved = None
    if "approved_claims" in values:
        from copycheck.claims.approved import load  # most sites have none

        approved = load(config.folder / values["approved_claims"])
    as_said = ("jurisdiction", "vertical", "promotional", "page", "preset", "audience", "cap")
    return Settings(
        **{key: values[key] for key in as_said if key in values},
        states=tuple(sorted({code.lower() for code in values.get("states", ())})),
        site=Site(
            carries=frozenset(site.get("carries", ())),
            domains=frozenset(site.get("domains", ())),
            trusted=frozenset(values.get("trusted_sources", ())),
            distrusted=frozenset(values.get("distrusted_sources", ())),
            vocabulary=configs.vocabulary(config, values),
            spelling=values.get("spelling", values.get("jurisdiction", "us")),
            today=today,
            source_age=values.get("source_age", Site.source_age),
            approved=approved,
        ),
        severity=dict(values.get("rules", {})),
        select=frozenset(values.get("select", ())),
        ignore=frozenset(values.get("ignore", ())) | (frozenset() if values.get("require_sources", True) else HOUSE_POLICY),
        approvers=tuple(values.get("approvers", ())),
        locked=config.locked,
    )


def cache_folder(options: dict[str, Any]) -> Path | None:
    """Where results are kept; None where they are not, or where this system names no place for them."""
    if options.get("no_cache"):
        return None
    if options.get("cache_dir"):
        return Path(options["cache_dir"])
    if named := os.environ.get("COPYCHECK_CACHE_DIR"):
        return Path(named)
    if sys.platform == "win32":
        named = os.environ.get("LOCALAPPDATA")
    elif sys.platform == "darwin":
        named = os.path.expanduser("~/Library/Caches")  # noqa: PTH111  Path.home raises where nobody has one
    else:
        named = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111
    return Path(named, "copycheck") if named and Path(named).is_absolute() else None


def loader(model: str | None, folders: Sequence[str] = (), extra: Sequence[str] = ()) -> LoadPipeline:
    """What loads the model that the user named, or the usual one for None, with the term lists of further rule folders."""
    return partial(_load, model, tuple(folders), tuple(extra))


def _load(model: str | None, folders: tuple[str, ...], extra: tuple[str, ...], components: Collection[str]) -> Any:
    from copycheck.nlp.pipeline import load

    return load(model, folders, components, extra)
