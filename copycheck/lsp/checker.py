"""Checker: checks one text as `copycheck FILE` would, by the configuration above it; what it loads and parses is kept for the next."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from copycheck import config as configs
from copycheck import engine
from copycheck.cache import canonical
from copycheck.cli import given, known
from copycheck.cli.session import Session
from copycheck.findings import Finding, Report, Severity
from copycheck.lsp.memory import Memory
from copycheck.reference import quoted
from copycheck.reports import Options
from copycheck.reports.entries import FAILURE, Entry, entries
from copycheck.reports.wording import SEVERITIES
from copycheck.ruleset import Ruleset, language
from copycheck.settings import Item, Settings, default_profile
from copycheck.source import Refused, Source

_ENGINES = 3  # configurations whose rules stay compiled
_CONFIGURATIONS = (*configs.NAMES, "pyproject.toml")
_PROBLEM = re.compile(r":(\d+): (.*)", re.DOTALL)


class Checked(NamedTuple):
    """What there is to say of a text; of an article that was checked also its item, report and rules."""

    entries: tuple[Entry, ...] = ()
    item: Item | None = None
    report: Report | None = None
    ruleset: Ruleset | None = None

    @property
    def options(self) -> Options:
        return Options(notes=True, rules=lambda: self.ruleset.by_id if self.ruleset else {})

    def describe(self, entry: Entry) -> str | None:
        """The rule of a finding and who says so, in Markdown; None for what no rule says."""
        rule = self.ruleset.by_id.get(entry.rule) if self.ruleset and entry.kind == "finding" else None
        if rule is None or entry.finding is None or self.report is None:
            return None
        parts = [f"**{rule.title}** · {SEVERITIES[entry.severity]}, {entry.finding.confidence} confidence · `{rule.id}`", rule.why]
        if rule.fix:
            parts.append(f"What clears it: {rule.fix}")
        return "\n\n".join([*parts, *map(quoted, rule.cited_in(self.report.profile.jurisdiction))])


@dataclass
class Checker:
    """Not for several threads at once. `is_current` says whether the text that is being checked is still the newest."""

    today: Callable[[], date]
    is_current: Callable[[], bool] = lambda: True
    _engines: dict[str, engine.Engine] = field(default_factory=dict)

    def check(self, path: Path, text: str, format: str | None = None) -> Checked:
        """All there is to say of a text: of an article what a check finds, of a configuration or rule file what is wrong with it."""
        source = Source(str(path), text)
        try:
            if path.name in _CONFIGURATIONS:
                given.read_config(path, {}, text=text)
                return Checked()
            session = Session([str(path)], {"config": None}, lambda _: configs.find(path.absolute().parent))
            session.today, session.ruleset = self.today(), self._known(session.ruleset)
            if any(folder.resolve() in path.resolve().parents for folder in given.rule_folders(session.main)):
                session.ruleset.rules  # noqa: B018  raises BadRules
                return Checked()
            if path.suffix in (".yaml", ".yml"):  # of somebody else
                return Checked()
            configs.check_rules(session.main, session.ruleset.ids)
            if session.main.excluding(path) is not None:
                return Checked()
            return self._article(Item(str(path), source, session.settings_of(path), format=format), session)
        except Refused as error:
            return Checked(tuple(_located(error.problems, path, source)))
        except Exception as error:  # whatever it is, the editor must not show a clean page
            return Checked(tuple(_located([f"internal error, please report it: {error!r}"], path, source)))

    def _article(self, item: Item, session: Session) -> Checked:
        assert item.source is not None
        size, limit = len(item.source.text.encode("utf-8", "replace")), session.limit(Path(item.path))
        if size > limit:
            report = Report(item.path, default_profile(item.settings), error=f"it is {size:,} bytes, over the limit of {limit:,}")
        else:
            (report,) = map(session.conclude_one, self._engine(item.settings, session).run([item]))
            if baseline := known.taken(session.main, {"baseline": None, "no_baseline": False}):
                report = baseline.split(report)
        checked = Checked(item=item, report=report, ruleset=session.ruleset)
        return checked._replace(entries=tuple(entry for entry in entries(report, checked.options) if entry.kind != "silenced"))

    def _known(self, rules: Ruleset) -> Ruleset:
        """These rules as they were read before, if nothing in them has changed since."""
        for made in self._engines.values():
            if (made.ruleset.folders, made.ruleset.fingerprint) == (rules.folders, rules.fingerprint):
                return made.ruleset
        if rules.folders:
            language.load.cache_clear()  # it goes by the names of the folders
        return rules

    def _engine(self, settings: Settings, session: Session) -> engine.Engine:
        """The engine for these settings; it is let go with all that it parsed and compiled when others have been used since."""
        rules, model, extra = session.ruleset, session.model, tuple(session.main.get("pipeline", ()))
        key = repr(canonical((rules.fingerprint, rules.folders, model, extra, settings)))

        def load(components: Collection[str]) -> Memory:
            nlp = _pipeline(rules.fingerprint, rules.folders, model, extra, frozenset(components))
            return Memory(nlp, lambda: self.is_current())

        made = self._engines.pop(key, None) or engine.Engine(rules, load)
        self._engines[key] = made
        if len(self._engines) > _ENGINES:
            del self._engines[next(iter(self._engines))]
        return made


@lru_cache(maxsize=_ENGINES)
def _pipeline(fingerprint: str, folders: tuple[str, ...], model: str | None, extra: tuple[str, ...], components: frozenset[str]) -> Any:
    return given.loader(model, folders, extra)(components)


def _located(problems: Sequence[str], path: Path, source: Source) -> Iterator[Entry]:
    """What is wrong, each at its line where it is of this very file, else at the top of what could not be checked for it."""
    for problem in problems:
        own = _PROBLEM.fullmatch(problem.removeprefix(str(path))) if problem.startswith(str(path)) else None
        said = own[2] if own else problem if path.name in _CONFIGURATIONS else f"not checked: {problem}"
        line = min(int(own[1]), source.location(len(source.text))[0]) if own else 1
        yield Entry("failure", Severity.error, FAILURE, said, source, Finding(FAILURE, Severity.error, source.line_span(line), said))
