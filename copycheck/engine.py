"""Engine: runs the checks that the rules call for over sources, and puts what they say together into reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

from copycheck import profile as profiles
from copycheck import suppress
from copycheck.analysis import TEXT, Analysis, Unit, annotate, units_of
from copycheck.checks import Check, Result, Site, compile_rules
from copycheck.document import Document
from copycheck.findings import VERTICALS, Finding, Profile, Report, Severity
from copycheck.readers import read
from copycheck.ruleset import Choice, Ruleset, choose
from copycheck.ruleset.patterns import SlowPattern
from copycheck.settings import Item as Item
from copycheck.settings import Settings as Settings
from copycheck.settings import is_on, settled
from copycheck.settings import standing as standing
from copycheck.source import Notice, Span, Unreadable

_PENDING = 200_000  # characters of articles that are held before their reports are given out; the model's batches are no larger


class _Watched(Site):
    """A site that notes whether its date is read."""

    dated = False

    def __getattribute__(self, name: str) -> Any:
        if name == "today":
            object.__setattr__(self, "dated", True)
        return super().__getattribute__(name)


ASIDE = frozenset({"claim", "spelling", "tokens"})
"""Kinds of rules that take about half of the time that an article takes, with all that they load for the first one."""


class Ended(Exception):
    """Another process ended before it told what it found; the message says so."""


Aside = Callable[[Callable[[], Any]], AbstractContextManager[Callable[[], Any]]]
"""Begins something in another process; what it gives waits for the outcome. That raises what was raised there, or Ended."""


@dataclass(frozen=True, eq=False)
class _Page:
    """What an item holds, ready for the checks. `settings` are the item's with what its front matter sets."""

    item: Item
    settings: Settings
    analysis: Analysis
    told: profiles.Told


class _Judged(NamedTuple):
    """What checks say of a page, by the kind of their rules; of one that failed why. `dated`: one read the date."""

    results: dict[str, Result | str]
    dated: bool


@dataclass
class Engine:
    """Rules compiled once, run over any number of files."""

    ruleset: Ruleset
    load_model: Callable[[frozenset[str]], Any]
    _compiled: dict[tuple[Site, tuple[str, ...]], dict[str, Check]] = field(default_factory=dict)
    _pipelines: dict[frozenset[str], Any] = field(default_factory=dict)

    def run(self, items: Iterable[Item], aside: Aside | None = None) -> Iterator[Report]:
        """One Report an item, in order. A file that cannot be read or a check that raises becomes the report's error.

        With `aside` about half of the checks run in another process: a single article is ready sooner, as are a few.
        """
        pending: list[tuple[Item, Document | None, str | None]] = []
        size = 0
        for item in items:
            document, error = _read(item)
            pending.append((item, document, error))
            size += len(item.source.text) if item.source else 0
            if size > _PENDING:
                yield from self._finish(pending, aside)
                pending, size = [], 0
        yield from self._finish(pending, aside)

    def _finish(self, pending: list[tuple[Item, Document | None, str | None]], aside: Aside | None) -> Iterator[Report]:
        pages = [_page(item, document) for item, document, _ in pending if document is not None]
        judged = zip(pages, self._judged(pages, aside), strict=True)
        for item, document, error in pending:
            if document is None:
                yield Report(item.path, settled(item.settings), error=error)
            else:
                yield self._report(*next(judged))

    def _judged(self, pages: list[_Page], aside: Aside | None) -> Iterable[_Judged]:
        """What all checks say, some of which may run in another process."""
        if not self._compiled:
            self.ruleset.terms.expect(unit.folded for page in pages for unit in page.analysis.units)
        kinds = {rule.kind for rule in self.ruleset.rules if pages and is_on(rule.id, pages[0].settings)}
        if aside is None or kinds <= ASIDE or kinds.isdisjoint(ASIDE):
            return self._judge(pages, self._kinds)
        with aside(lambda: list(self._judge(pages, ASIDE))) as others:
            own = list(self._judge(pages, self._kinds - ASIDE))
            try:
                return [_Judged(one.results | other.results, one.dated or other.dated) for one, other in zip(own, others(), strict=True)]
            except Ended as error:
                return [_Judged(dict.fromkeys(kinds, str(error)), dated=False) for _ in pages]

    def _judge(self, pages: list[_Page], kinds: Set[str]) -> Iterator[_Judged]:
        """What the checks of some kinds say of each page."""
        checks = {id(page): self.checks(page.item.settings, kinds) for page in pages}
        groups = list({id(group): group for group in checks.values()}.values())
        needs = frozenset(need for group in groups for check in group.values() for need in check.needs) | {TEXT}

        def wants(unit: Unit) -> bool:
            return any(check.wants(unit) for group in groups for check in group.values() if check.needs - {TEXT})

        annotate([page.analysis for page in pages], needs, wants, self._pipeline)
        return (_checked(page, checks[id(page)]) for page in pages)

    def _pipeline(self, needs: frozenset[str]) -> Any:
        """The model, loaded for the first batch that needs it and kept for those after."""
        if needs not in self._pipelines:
            self._pipelines[needs] = self.load_model(needs)
        return self._pipelines[needs]

    @cached_property
    def _kinds(self) -> Set[str]:
        """Those of all rules, in the order in which their checks run."""
        return dict.fromkeys(rule.kind for rule in self.ruleset.rules).keys()

    def checks(self, settings: Settings, kinds: Set[str] | None = None) -> dict[str, Check]:
        """By their kind, the compiled checks of the rules that these settings leave on, of some kinds or of all."""
        rules = tuple(rule for rule in self.ruleset.rules if (kinds is None or rule.kind in kinds) and is_on(rule.id, settings))
        key = (settings.site, tuple(rule.id for rule in rules))
        if key not in self._compiled:
            profiles.patterns()  # all patterns are known before the first article: what its words hold of them is found once
            undated = replace(settings.site, today=None)  # the date is read when a page is checked, where it is noticed
            self._compiled[key] = compile_rules(rules, self.ruleset.terms, undated)
        return self._compiled[key]

    def _report(self, page: _Page, judged: _Judged) -> Report:
        item, settings, analysis, told = page.item, page.settings, page.analysis, page.told
        assert item.source is not None
        choice = choose(self.ruleset.rules, analysis.profile)
        whole = Result()
        for kind in self._kinds:
            result = judged.results.get(kind)
            if isinstance(result, str):  # a check that raises must not look like a clean file, nor stop the other files
                return Report(item.path, analysis.profile, notices=item.source.notices, error=result, text=item.source.text)
            if result is not None:
                whole.findings += result.findings
                whole.claims += result.claims
                whole.metrics |= result.metrics
                whole.paragraphs += result.paragraphs
        findings = _settle(whole.findings, choice, settings, self.ruleset)
        told_later = {one.span: one for one in _settle([one.finding for one in whole.paragraphs], choice, settings, self.ruleset)}
        paragraphs = [one._replace(finding=told_later[one.finding.span]) for one in whole.paragraphs if one.finding.span in told_later]
        outcome = suppress.apply(analysis.document, findings, self.ruleset.ids, paragraphs)
        notices = [*item.source.notices, *outcome.notices]
        if told.foreign and settings.jurisdiction == "us":
            notices.append(
                Notice("copycheck/jurisdiction", f"The page looks written for readers outside the US ({told.foreign}); only US rules ran.")
            )
        off = {reason for rule, reason in choice.off.items() if is_on(rule, settings)}
        for reason in sorted(off):
            names = sorted(rule for rule, why in choice.off.items() if why == reason and is_on(rule, settings))
            notices.append(Notice("copycheck/off", f"Off because the profile was set ({reason}): {', '.join(names)}."))
        return Report(
            path=item.path,
            profile=analysis.profile,
            findings=tuple(outcome.findings),
            suppressed=tuple(outcome.suppressed),
            claims=tuple(whole.claims),
            metrics=dict(whole.metrics),
            notices=tuple(dict.fromkeys(notices)),
            text=item.source.text,
            paragraphs=tuple(outcome.paragraphs),
            dated=judged.dated,
        )


def _read(item: Item) -> tuple[Document | None, str | None]:
    if item.source is None:
        return None, item.error or "it could not be read"
    try:
        document = read(item.source, item.format)
        _from_meta(item.settings, document)
        return document, None
    except Unreadable as error:
        return None, str(error)
    except Exception as error:  # a reader that fails is an error of its file only
        return None, f"it could not be read: internal error, please report it: {error!r}"


def analysed(item: Item) -> tuple[Analysis | None, str | None]:
    """An item's sentences without any check, or why it could not be read."""
    document, error = _read(item)
    return (None, error) if document is None else (Analysis(document, units_of(document)), None)


def _page(item: Item, document: Document) -> _Page:
    analysis = Analysis(document, units_of(document))
    settings, told = _from_meta(item.settings, document), profiles.tell(document, analysis.units)
    analysis.profile = _profile(settings, told)
    return _Page(item, settings, analysis, told)


def _checked(page: _Page, checks: Mapping[str, Check]) -> _Judged:
    """What checks say of a page, until one raises."""
    site = _Watched(**vars(page.settings.site))
    results: dict[str, Result | str] = {}
    for kind, check in checks.items():
        try:
            results[kind] = check.check(page.analysis, site)
        except Exception as error:
            reason = str(error) if isinstance(error, SlowPattern) else f"internal error, please report it: {error!r}"
            results[kind] = f"the {kind} check failed: {reason}"
            break
    return _Judged(results, site.dated)


def _profile(settings: Settings, told: profiles.Told) -> Profile:
    guessed = {name for name in ("vertical", "promotional", "page") if getattr(settings, name) is None}
    return Profile(
        jurisdiction=settings.jurisdiction,
        vertical=settings.vertical or told.vertical,
        promotional=told.promotional if settings.promotional is None else settings.promotional,
        page=settings.page or told.page,
        preset=settings.preset,
        audience=settings.audience,
        told_by=told.told_by if guessed else (),
        guessed=frozenset(guessed),
    )


def _from_meta(settings: Settings, document: Document) -> Settings:
    """Front matter may set `copycheck: {vertical, promotional, page, audience, preset, carries}`. Raises Unreadable for bad values."""
    own = document.meta.get("copycheck")
    if own is None:
        return settings
    if not isinstance(own, dict):
        raise Unreadable("the front matter's `copycheck` must be a mapping, such as {vertical: dental}")
    allowed: dict[str, tuple[Any, ...]] = {
        "vertical": VERTICALS,
        "promotional": (True, False),
        "page": ("article", "landing"),
        "audience": ("patient", "blog", "professional"),
        "preset": ("clinic", "publisher"),
    }
    changes: dict[str, Any] = {}
    for key, said in own.items():
        value = {"true": True, "false": False}.get(said, said) if key == "promotional" and isinstance(said, str) else said
        if key in ("ignore",):
            continue
        if key == "carries" and isinstance(value, list):
            changes["site"] = replace(settings.site, carries=settings.site.carries | frozenset(map(str, value)))
        elif key not in allowed:
            raise Unreadable(f"the front matter's `copycheck` has an unknown key `{key}`; known: {', '.join(allowed)}, carries, ignore")
        elif value not in allowed[key]:
            raise Unreadable(f"the front matter's `copycheck.{key}` must be one of {', '.join(map(str, allowed[key]))}")
        else:
            changes[key] = value
    return replace(settings, **changes) if changes else settings


def _settle(findings: Sequence[Finding], choice: Choice, settings: Settings, ruleset: Ruleset) -> list[Finding]:
    """Severities by profile and configuration, rules that are off dropped, one finding a span and rule, ordered by place."""
    rules = {rule.id: rule for rule in ruleset.rules}
    settled: dict[tuple[str, Span, str], Finding] = {}
    for finding in findings:
        if finding.rule in choice.off:
            continue
        severity = finding.severity
        if finding.rule in choice.lowered:
            severity = severity.lowered()
        own = settings.severity.get(finding.rule, settings.severity.get(finding.rule.split("/")[0]))
        if own:
            severity = Severity[own]
        elif settings.preset == "publisher" and rules[finding.rule].publisher:
            severity = Severity[rules[finding.rule].publisher or "info"]
        url = next((a.url for a in rules[finding.rule].authority if a.url), "")
        settled.setdefault((finding.rule, finding.span, finding.message), finding._replace(severity=severity, help=url))
    return sorted(_one_a_span(list(settled.values())), key=lambda f: (f.span == Span(0, 0), f.span, f.rule))


def _one_a_span(findings: list[Finding]) -> list[Finding]:
    """Of one family's findings on the very same span only the most severe stands; the first by id where equal."""
    best: dict[tuple[str, Span], Finding] = {}
    kept: list[Finding] = []
    for finding in findings:
        if finding.span == Span(0, 0):
            kept.append(finding)
            continue
        key = (finding.rule.split("/")[0], finding.span)
        other = best.get(key)
        if other is None or (-finding.severity, finding.rule) < (-other.severity, other.rule):
            best[key] = finding
    return kept + list(best.values())
