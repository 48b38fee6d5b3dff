"""Given: what options and configuration files say, as the values that the engine takes."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copycheck.cli.trouble import say, stop

if TYPE_CHECKING:
    from copycheck.claims.approved import Approved
    from copycheck.config import Config
    from copycheck.engine import LoadPipeline
    from copycheck.ruleset import Ruleset
    from copycheck.settings import Settings

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


def policy(options: dict[str, Any]) -> Config | None:
    """The locked policy of a gate; stops where it is wrong, or an option would say what is the policy's to say."""
    path = options.get("locked_policy")
    if path is None:
        return None
    from copycheck import config as configs
    from copycheck import policy

    said = [key for key in ("config", "fail_on", "model", *OVERRIDING) if options.get(key) is not None]
    if said:
        stop(f"--{said[0].replace('_', '-')} cannot stand beside --locked-policy: say it in {path}")
    try:
        return policy.load(path)
    except configs.BadConfig as error:
        stop("\n".join(error.problems))


def config(path: Path | None, start: Path, overriding: dict[str, Any], policy: Config | None = None) -> Config:
    """The configuration at `path`, else the nearest one at or above `start`, with options laid over it; stops where it is wrong."""
    from copycheck import config as configs

    try:
        return read_config(path or configs.find(Path(os.path.realpath(start))), overriding, policy)
    except configs.BadConfig as error:
        stop("\n".join(error.problems))


def read_config(path: Path | None, overriding: dict[str, Any], policy: Config | None = None, text: str | None = None) -> Config:
    """The configuration of a file, or an empty one, with options laid over it, under the policy if there is one.

    `text`: the file's as an editor has it. Raises BadConfig.
    """
    from copycheck import config as configs
    from copycheck.findings import JURISDICTIONS, VERTICALS

    config = configs.with_options(configs.load(path, text=text) if path else configs.Config(), overriding)
    if policy:
        from copycheck.policy import over

        config, left = over(policy, config)
        if left:
            say(f"{path}: under the locked policy this does not count: {', '.join(left)}")
    for values in (config.values, *(values for _, values in config.overrides)):
        if (code := values.get("jurisdiction", "us")) not in JURISDICTIONS:
            raise configs.BadConfig([f"jurisdiction {code!r}: not covered yet; rules ship for {', '.join(JURISDICTIONS)}"])
        if (name := values.get("vertical", "other")) not in VERTICALS:
            raise configs.BadConfig([f"vertical {name!r}: unknown; known are {', '.join(VERTICALS)}"])
    return config


def ruleset(config: Config, check: bool = True) -> Ruleset:
    """The bundled rules and those of the configuration's own folders; stops where one does not load. Without `check` that is seen later."""
    from copycheck import ruleset
    from copycheck.ruleset.location import rules_dir

    try:
        found = ruleset.load([rules_dir(), *(config.folder / name for name in config.get("rule_folders", ()))])
        if check:
            found.rules  # noqa: B018
        return found
    except ruleset.BadRules as error:
        stop("\n".join(error.problems))


def settings(config: Config, path: Path, today: date | None) -> Settings:
    """What holds for one file. Raises BadConfig."""
    from copycheck import config as configs
    from copycheck.checks import Site
    from copycheck.settings import Settings

    values = config.for_path(path)
    site = values.get("site", {})
    return Settings(
        jurisdiction=values.get("jurisdiction", "us"),
        states=tuple(sorted({code.lower() for code in values.get("states", ())})),
        vertical=values.get("vertical"),
        promotional=values.get("promotional"),
        page=values.get("page"),
        preset=values.get("preset", "clinic"),
        audience=values.get("audience", "blog"),
        site=Site(
            carries=frozenset(site.get("carries", ())),
            domains=frozenset(site.get("domains", ())),
            trusted=frozenset(values.get("trusted_sources", ())),
            distrusted=frozenset(values.get("distrusted_sources", ())),
            vocabulary=configs.vocabulary(config, values),
            spelling=values.get("spelling", values.get("jurisdiction", "us")),
            today=today,
            source_age=values.get("source_age", Site.source_age),
            approved=_approved(config.folder / values["approved_claims"]) if "approved_claims" in values else None,
        ),
        severity=dict(values.get("rules", {})),
        select=frozenset(values.get("select", ())),
        ignore=frozenset(values.get("ignore", ())) | (frozenset() if values.get("require_sources", True) else HOUSE_POLICY),
        cap=values.get("cap", Settings.cap),
        approvers=tuple(values.get("approvers", ())),
        locked=config.locked,
    )


def _approved(path: Path) -> Approved:
    """The file of approved claims. Raises BadConfig: an approval that does not load approves nothing."""
    from copycheck.claims import approved
    from copycheck.config import BadConfig

    try:
        return approved.load(path)
    except approved.BadApproved as error:
        raise BadConfig(error.problems) from None


def cache_folder(options: dict[str, Any]) -> Path | None:
    """Where compiled rules and results are kept; None where they are not, or where this system names no place for them."""
    if options.get("no_cache"):
        return None
    if options.get("cache_dir"):
        return Path(options["cache_dir"])
    if named := os.environ.get("COPYCHECK_CACHE_DIR"):
        return Path(named)
    if sys.platform == "win32":
        named = os.environ.get("LOCALAPPDATA")
    elif sys.platform == "darwin":
        named = _at_home("Library", "Caches")
    else:
        named = os.environ.get("XDG_CACHE_HOME") or _at_home(".cache")
    return Path(named, "copycheck") if named and Path(named).is_absolute() else None


def _at_home(*parts: str) -> str | None:
    try:
        return str(Path.home().joinpath(*parts))
    except RuntimeError:  # nobody's home
        return None


def loader(model: str | None, folders: Sequence[str] = (), extra: Sequence[str] = ()) -> LoadPipeline:
    """What loads the model that the user named, or the usual one for None, with the term lists of further rule folders."""
    return partial(_load, model, tuple(folders), tuple(extra))


def _load(model: str | None, folders: tuple[str, ...], extra: tuple[str, ...], components: Collection[str]) -> Any:
    from copycheck.nlp.pipeline import load

    return load(model, folders, components, extra)
