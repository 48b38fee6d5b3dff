"""Engine: runs the checks that the rules call for over sources, and puts what they say together into reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Protocol

from copycheck import profile as profiles
from copycheck.analysis import TEXT, Analysis, Unit, annotate, units_of
from copycheck.checks import Check, Result, Site, compile_rules
from copycheck.compose import Judged, Page, compose
from copycheck.document import Document
from copycheck.findings import VERTICALS, Profile, Report
from copycheck.readers import read
from copycheck.ruleset import Ruleset
from copycheck.ruleset.patterns import SlowPattern
from copycheck.settings import Item as Item
from copycheck.settings import Settings as Settings
from copycheck.settings import is_on, settled
from copycheck.settings import standing as standing
from copycheck.source import Unreadable

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


class Other(Protocol):
    """Another process at work."""

    def send(self, value: Any) -> None:
        """Hand over what it asks for."""

    def outcome(self) -> Any:
        """Wait for what it gives; raises what was raised there, or Ended."""


Receive = Callable[[], Any]
Aside = Callable[[Callable[[Receive], Any]], AbstractContextManager[Other]]
"""Begins something in a copy of this process, which receives there what is sent."""


@dataclass
class Engine:
    """Rules compiled once, run over any number of files."""

    ruleset: Ruleset
    load_model: Callable[[frozenset[str]], Any]
    _compiled: dict[tuple[Site, tuple[str, ...]], dict[str, Check]] = field(default_factory=dict)
    _pipelines: dict[frozenset[str], Any] = field(default_factory=dict)

    def run(self, items: Iterable[Item]) -> Iterator[Report]:
        """One Report an item, in order. A file that cannot be read or a check that raises becomes the report's error."""
        pending: list[_Read] = []
        size = 0
        for item in items:
            pending.append(_read(item))
            size += len(item.source.text) if item.source else 0
            if size > _PENDING:
                yield from self._finish(pending)
                pending, size = [], 0
        yield from self._finish(pending)

    @contextmanager
    def helped(self, settings: Settings, aside: Aside) -> Iterator[Other | None]:
        """Another process for `run_few`, which begins at once; None where these settings leave no work for two."""
        on = {rule.kind for rule in self.ruleset.rules if is_on(rule.id, settings)}
        if on <= ASIDE or on.isdisjoint(ASIDE):
            yield None
            return
        with aside(partial(self._assist, settings)) as other:
            yield other

    def run_few(self, items: Sequence[Item], other: Other | None, meanwhile: Callable[[], None] = lambda: None) -> Iterator[Report]:
        """The same as `run`, but half of the checks run in another process: they are ready sooner.

        `meanwhile` is done before the other process is waited for.
        """
        if other is None:
            yield from self.run(items)
            return
        every = frozenset(self.ruleset.kinds)
        read = [_read(item) for item in items]
        pages = [page for _, page, _ in read if page]
        other.send(pages)
        self._expect(pages)
        own = list(self._judge(pages, every - ASIDE))
        meanwhile()
        try:
            judged = [one.joined(two) for one, two in zip(own, other.outcome(), strict=True)]
        except Ended as error:
            judged = [Judged(dict.fromkeys(every, str(error)), dated=False) for _ in pages]
        yield from self._reports(read, judged)  # the other process ends meanwhile

    def _assist(self, settings: Settings, receive: Receive) -> list[Judged]:
        self.checks(settings, ASIDE)
        return list(self._judge(receive(), ASIDE))

    def _finish(self, read: Sequence[_Read]) -> Iterator[Report]:
        pages = [page for _, page, _ in read if page]
        self._expect(pages)
        yield from self._reports(read, self._judge(pages))

    def _expect(self, pages: Sequence[Page]) -> None:
        """Of the first pages alone: those after them hold other words, and patterns are made whole for them."""
        if not self._compiled:
            self.ruleset.terms.expect(unit.folded for page in pages for unit in page.analysis.units)

    def _reports(self, read: Sequence[_Read], judged: Iterable[Judged]) -> Iterator[Report]:
        following = iter(judged)
        for item, page, error in read:
            yield compose(self.ruleset, page, next(following)) if page else Report(item.path, settled(item.settings), error=error)

    def _judge(self, pages: Sequence[Page], kinds: Set[str] | None = None) -> Iterator[Judged]:
        """What the checks say of each page, of some kinds of rules or of all."""
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

    def prepare(self, settings: Settings) -> None:
        """Load and compile what the first article would wait for, so that copies of this process share it."""
        profiles.patterns()
        self.checks(settings)

    def checks(self, settings: Settings, kinds: Set[str] | None = None) -> dict[str, Check]:
        """By their kind, the compiled checks of the rules that these settings leave on, of some kinds or of all."""
        rules = tuple(rule for rule in self.ruleset.rules if (kinds is None or rule.kind in kinds) and is_on(rule.id, settings))
        key = (settings.site, tuple(rule.id for rule in rules))
        if key not in self._compiled:
            undated = replace(settings.site, today=None)  # the date is read when a page is checked, where it is noticed
            self._compiled[key] = compile_rules(rules, self.ruleset.terms, undated)
        return self._compiled[key]


_Read = tuple[Item, Page | None, str | None]
"""An item with what it holds, or why that could not be read."""


def _read(item: Item) -> _Read:
    document, error = _document(item)
    return item, None if document is None else _page(item, document), error


def _document(item: Item) -> tuple[Document | None, str | None]:
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
    document, error = _document(item)
    return (None, error) if document is None else (Analysis(document, units_of(document)), None)


def _page(item: Item, document: Document) -> Page:
    analysis = Analysis(document, units_of(document))
    settings, told = _from_meta(item.settings, document), profiles.tell(document, analysis.units)
    analysis.profile = _profile(settings, told)
    return Page(item, settings, analysis, told)


def _checked(page: Page, checks: Mapping[str, Check]) -> Judged:
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
    return Judged(results, site.dated)


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
