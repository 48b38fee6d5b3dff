"""Engine: reads articles with the pipeline, runs the checks that the rules call for, and puts what they say together into reports."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from copycheck import article as articles
from copycheck.article import Article
from copycheck.checks import Check, Result, compile_rules
from copycheck.compose import Page, compose
from copycheck.document import Document
from copycheck.findings import CARRIES, PAGE_CHOICES, VERTICALS, Profile, Report, is_choice
from copycheck.languages import set_apart
from copycheck.profile import DetectedProfile, detect
from copycheck.readers import read
from copycheck.ruleset import Ruleset
from copycheck.ruleset.expressions import SlowExpression
from copycheck.settings import Item as Item
from copycheck.settings import Settings as Settings
from copycheck.settings import batches, configured_profile, default_profile, is_on
from copycheck.source import Unreadable

BATCH = 200_000
"""Characters of articles that are read together: one `nlp.pipe` over their blocks, and no more than these in memory."""

LoadPipeline = Callable[[Collection[str]], Any]
"""Gives the spaCy Language, with these components of the model beside its tagger."""


@dataclass
class Engine:
    """Rules compiled once, run over any number of files."""

    ruleset: Ruleset
    load_pipeline: LoadPipeline
    _compiled: dict[tuple[str, ...], dict[str, Check[Any]]] = field(default_factory=dict)
    _nlp: Any = None

    def run(self, items: Iterable[Item]) -> Iterator[Report]:
        """One Report an item, in order. A file that cannot be read or a check that raises becomes the report's error."""
        for batch in batches(items, BATCH):
            yield from self._run(batch)

    def _run(self, items: Sequence[Item]) -> Iterator[Report]:
        read_items = [(item, *_document(item)) for item in items]
        parsed = iter(self._parsed([document for _, document, _ in read_items if document]))
        for item, document, error in read_items:
            article = next(parsed) if document else error
            if isinstance(article, Article):
                yield self._report(item, article)
            else:
                yield Report(item.path, default_profile(item.settings), error=article)

    def parsed(self, item: Item) -> Article | str | None:
        """An item read by the pipeline without any check, or why it could not be read."""
        document, error = _document(item)
        return articles.parse([document], self._pipeline())[0] if document else error

    def prepare(self) -> None:
        """Load the pipeline and compile the rules ahead of the first article, so that copies of this process share them."""
        self._pipeline()
        self.checks(Settings())

    def _pipeline(self) -> Any:
        if self._nlp is None:
            self._nlp = self.load_pipeline(self.ruleset.components)
        return self._nlp

    def _parsed(self, documents: Sequence[Document]) -> list[Article | str]:
        """Documents read by the pipeline, or why one could not be: a component that raises fails only the files that it raises on."""
        if not documents:
            return []
        nlp = self._pipeline()
        try:
            return [*articles.parse(documents, nlp)]
        except Exception as error:
            if len(documents) > 1:
                return [one for document in documents for one in self._parsed([document])]
            return [f"it could not be parsed: internal error, please report it: {error!r}"]

    def _report(self, item: Item, article: Article) -> Report:
        settings, detected = _from_meta(item.settings, article.document), detect(article)
        article.profile = profile_of(settings, detected)
        page = Page(item, settings, article, detected, profile_of(item.settings, detected))
        return compose(self.ruleset, page, _checked(page, self.checks(settings)))

    def checks(self, settings: Settings) -> dict[str, Check[Any]]:
        """By their kind, the compiled checks of the rules that these settings leave on."""
        rules = tuple(rule for rule in self.ruleset.rules if is_on(rule.id, settings))
        key = tuple(rule.id for rule in rules)
        if key not in self._compiled:
            self._compiled[key] = compile_rules(rules, self.ruleset.lists)
        return self._compiled[key]


def _document(item: Item) -> tuple[Document | None, str | None]:
    """What an item holds, or why that could not be read."""
    if item.source is None:
        return None, item.error or "it could not be read"
    try:
        document = set_apart(read(item.source, item.format))
        _from_meta(item.settings, document)
        return document, None
    except Unreadable as error:
        return None, str(error)
    except Exception as error:  # a reader that fails is an error of its file only
        return None, f"it could not be read: internal error, please report it: {error!r}"


def _checked(page: Page, checks: Mapping[str, Check[Any]]) -> dict[str, Result | str]:
    """What checks say of a page, by the kind of their rules, until one raises: of that why."""
    results: dict[str, Result | str] = {}
    for kind, check in checks.items():
        try:
            results[kind] = check.check(page.article, page.settings.site)
        except Exception as error:
            reason = str(error) if isinstance(error, SlowExpression) else f"internal error, please report it: {error!r}"
            results[kind] = f"the {kind} check failed: {reason}"
            break
    return results


def profile_of(settings: Settings, detected: DetectedProfile) -> Profile:
    """The profile that settings give, with what they leave open as the copy shows it."""
    configured = configured_profile(settings)
    sells = detected.stance == "promotional" or (detected.stance == "unclear" and settings.preset == "clinic")
    return replace(
        configured,
        named=detected.named or tuple(filter(None, [detected.foreign])),
        vertical=settings.vertical or detected.vertical,
        promotional=sells if settings.promotional is None else settings.promotional,
        stance=detected.stance,
        page=settings.page or detected.page,
        signals=detected.signals if configured.guessed else (),
    )


def _from_meta(settings: Settings, document: Document) -> Settings:
    """Front matter may set `copycheck: {vertical, promotional, page, audience, preset, carries}`; under a locked policy it only may say so.

    Raises:
        Unreadable: a value is bad.
    """
    own = document.meta.get("copycheck")
    if own is None:
        return settings
    if not isinstance(own, dict):
        raise Unreadable("the front matter's `copycheck` must be a mapping, such as {vertical: dental}")
    allowed: dict[str, tuple[str | bool, ...]] = {"vertical": VERTICALS, **PAGE_CHOICES}
    changes: dict[str, Any] = {}
    for key, said in own.items():
        value = {"true": True, "false": False}.get(said, said) if key == "promotional" and isinstance(said, str) else said
        if key in ("ignore",):
            continue
        if key == "carries":
            if not (isinstance(value, list) and all(is_choice(code, CARRIES) for code in value)):
                raise Unreadable(f"the front matter's `copycheck.carries` must be a list of some of {', '.join(CARRIES)}")
            changes["site"] = replace(settings.site, carries=settings.site.carries | frozenset(value))
        elif key not in allowed:
            raise Unreadable(f"the front matter's `copycheck` has an unknown key `{key}`; known: {', '.join(allowed)}, carries, ignore")
        elif not is_choice(value, allowed[key]):
            raise Unreadable(f"the front matter's `copycheck.{key}` must be one of {', '.join(map(str, allowed[key]))}")
        else:
            changes[key] = value
    return replace(settings, **changes) if changes and not settings.locked else settings
