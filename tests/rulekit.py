"""Rules for the tests of the checks: made from keywords, run on a text through the readers and the pipeline."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from copycheck.article import Article, Sentence, parse
from copycheck.checks import Result, Site
from copycheck.document import Document
from copycheck.engine import Engine, Item
from copycheck.findings import Profile, Report
from copycheck.nlp import pipeline
from copycheck.readers import read
from copycheck.ruleset import language
from copycheck.ruleset.models import Rule
from copycheck.source import Source

BASE = {
    "id": "language/test",
    "path": "test.yaml",
    "severity": "warning",
    "confidence": "high",
    "title": "t",
    "message": "“{match}” is not for us.",
    "why": "A test says so.",
    "examples": {"flag": ["x"], "pass": ["y"]},
}


def load_pipeline(components: Collection[str] = ()) -> Any:
    """The pipeline with these components of the model; conftest sees to it that it is loaded once."""
    return pipeline.load(components=components)


@dataclass
class Remembering(Engine):
    """Checks a text once under the same settings, for tests that ask for the same texts."""

    _known: dict[str, Report] = field(default_factory=dict)

    def run(self, items: Iterable[Item]) -> Iterator[Report]:
        asked = [(repr((item.source, item.format, item.settings)), item) for item in items]
        new = {key: item for key, item in asked if key not in self._known}
        self._known |= zip(new, super().run(new.values()), strict=True)
        return (self._known[key] for key, _ in asked)


def rule(model: type[Any], **values: Any) -> Any:
    """A rule of a kind's model; keys that are Python words end in an underscore."""
    kind = "span" if model.__name__ == "SpanRule" else model.__name__.lower()
    return model(**BASE | {"kind": kind} | {key.rstrip("_"): value for key, value in values.items()})


def article_of(document: Document, profile: Profile | None = None) -> Article:
    """The article of a document."""
    (made,) = parse([document], load_pipeline())
    made.profile = profile or Profile()
    return made


def article(text: str, format: str | None = "markdown", profile: Profile | None = None) -> Article:
    """The article of a text."""
    return article_of(read(Source(f"page.{format}", text), format), profile)


def sentences(text: str, format: str | None = "markdown") -> tuple[Sentence, ...]:
    """The sentences of a text."""
    return article(text, format).sentences


def marks(text: str, phrase: str) -> set[str]:
    """The marks of a phrase in the first sentence that holds it."""
    sentence = next(sentence for sentence in sentences(text) if phrase in sentence.text)
    at = sentence.text.index(phrase)
    return set(sentence.marks(at, at + len(phrase)))


def run(module: Any, rules: list[Rule], text: str, format: str = "markdown", site: Site | None = None, **options: Any) -> Result:
    """What the check of some rules says of a text."""
    site = site or Site()
    words = options.get("lists", language.load(()).terms.lists)
    check = getattr(module, f"{module.__name__.rpartition('.')[2].title()}Check")
    return check(rules, words).check(article(text, format), site)  # type: ignore[no-any-return]
