"""Session: what a run goes by, its configuration, rules, and settings of each file, and the reading and checking of files by them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copycheck import config as configs
from copycheck import files, runner
from copycheck.across import conclude
from copycheck.cli import given
from copycheck.cli.terminal import Progress
from copycheck.config import Config
from copycheck.findings import Report
from copycheck.readers import max_size, source_of
from copycheck.settings import Item, Settings
from copycheck.source import Unreadable, read_bytes, read_stream

if TYPE_CHECKING:
    from copycheck.engine import LoadPipeline

SETTING = "max_file_size"


class Session:
    """One run over some paths. All of it raises Refused where the configuration, the rules or the model turn out to be wrong.

    `options` are those of the command line; a command need not offer all of them.
    """

    def __init__(self, paths: Sequence[str], options: dict[str, Any], find: Callable[[Path], Path | None] = given.find_config) -> None:
        self.paths, self.options, self._find = paths, options, find
        self.overriding = given.overriding(options)
        self.policy = given.policy(options)
        place = options["config"] or find(given.start_folder(paths, options.get("stdin_filename")))
        self.main = given.read_config(place, self.overriding, self.policy)
        self.ruleset = given.ruleset(self.main)
        configs.check_rules(Config(values=self.overriding), self.ruleset.ids)
        self.model = options.get("model") or self.main.get("model")
        today = options.get("today")
        self.today = today.date() if today else date.today()
        self._by_file: dict[Path | None, Config] = {place: self.main}
        self._by_folder: dict[Path, Config] = {}
        self._applying: dict[int, bool] = {}  # by the configuration
        self._known: dict[tuple[int, tuple[int, ...]], Settings] = {}  # files under the same configuration and overrides share theirs

    @property
    def load_pipeline(self) -> LoadPipeline:
        return given.loader(self.model, self.ruleset.folders, self.main.get("pipeline", ()))

    def listing(self) -> tuple[str | None, list[files.Found]]:
        """The name of the standard input, if it is to be read, and the files that the paths stand for."""
        name = (self.options.get("stdin_filename") or "-") if "-" in self.paths else None
        if name not in (None, "-") and self.options.get("force_exclude") and self._excluded(Path(name or "")):
            name = None
        return name, list(self.found([Path(path) for path in self.paths if path != "-"]))

    def found(self, paths: Iterable[Path]) -> Iterator[files.Found]:
        """The files that some paths stand for."""
        return files.discover(paths, self._excluded, self.options.get("force_exclude", False), strict=self.policy is not None)

    def _excluded(self, path: Path) -> bool:
        return self.config_of(path).excluding(path) is not None

    def items(self, begin: Callable[[int], None] = lambda total: None) -> Iterator[Item]:
        """The files to check, each read, in order; those that cannot be read as items with an error. `begin` is told how many."""
        name, listed = self.listing()
        begin(len(listed) + (name is not None))
        if name is not None:
            yield self.item(name, _standard_input, "markdown" if name == "-" else None)
        for one in listed:
            if one.error:
                yield Item(str(one.path), None, self.settings_of(one.path), one.error)
            else:
                yield self.item(str(one.path), partial(read_bytes, one.path, raised_by=SETTING))

    def item(self, name: str, read: Callable[[int], bytes], format_: str | None = None) -> Item:
        """What `read` gives for a limit, under a name and its settings; with an error where it cannot be read."""
        own = self.settings_of(Path(name))
        try:
            return Item(name, source_of(read(self.limit(Path(name))), name), own, format=format_)
        except Unreadable as error:
            return Item(name, None, own, str(error))

    def check(self, items: Iterable[Item] | None = None) -> list[Report]:
        """The reports on some files, else on all that the paths name, in order."""
        progress = Progress(not self.options.get("quiet"))
        configs.check_rules(self.main, self.ruleset.ids)
        cache = runner.open_cache(given.cache_folder(self.options), self.ruleset, self.model)
        every = self.items(progress.begin) if items is None else items
        try:
            reports = runner.run(self.ruleset, self.load_pipeline, every, cache, self.options.get("jobs"), progress.step)
            return conclude(reports, lambda report: self._may_apply(self.config_of(Path(report.path))))
        finally:
            progress.end()

    def conclude_one(self, report: Report) -> Report:
        """The report on a page that is checked by itself, under the main configuration: what other pages are is not known."""
        return conclude([report], lambda _: self._may_apply(self.main))[0]

    def _may_apply(self, config: Config) -> bool:
        """Whether a rule that a configuration selects may apply to some page; what `--select` names is asked of the pages at hand."""
        if id(config) not in self._applying:
            self._applying[id(config)] = "select" not in self.overriding and given.may_apply(config, self.ruleset)
        return self._applying[id(config)]

    def settings_of(self, path: Path) -> Settings:
        """What holds for a file."""
        config = self.config_of(path)
        key = (id(config), config.overriding(path))
        if key not in self._known:
            self._known[key] = given.settings(config, path, self.today, self.ruleset)
        return self._known[key]

    def config_of(self, path: Path) -> Config:
        """The configuration that holds for a file: the one that was named, else the nearest."""
        if self.options["config"] is not None:
            return self.main
        folder = path.parent
        if folder not in self._by_folder:
            place = self._find(Path(os.path.realpath(folder)))
            if place not in self._by_file:
                found = given.read_config(place, self.overriding, self.policy)
                configs.check_rules(found, self.ruleset.ids)
                configs.check_run(found, self.main)
                self._by_file[place] = found
            self._by_folder[folder] = self._by_file[place]
        return self._by_folder[folder]

    def limit(self, path: Path) -> int:
        """The bytes of a file above which it is not read."""
        return int(self.config_of(path).get(SETTING, max_size(path.name)))

    def fail_on(self, report: Report) -> str:
        """The severity from which a file's findings fail the run, or `never`."""
        path = Path(report.path)
        return str(self.options.get("fail_on") or self.config_of(path).for_path(path).get("fail_on", "error"))


def _standard_input(limit: int) -> bytes:
    if sys.stdin is None:
        raise Unreadable("standard input is closed")
    return read_stream(sys.stdin.buffer, limit, SETTING)
