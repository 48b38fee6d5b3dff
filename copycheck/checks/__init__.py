"""Checks: one module a kind; each compiles all its rules together and reads an Article."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from copycheck.findings import Claim, Finding, Paragraph, Section, Severity
from copycheck.source import Span

if TYPE_CHECKING:
    from copycheck.article import Article, Sentence
    from copycheck.claims.approved import Approved
    from copycheck.ruleset.models import Rule

R = TypeVar("R", bound="Rule")


@dataclass(frozen=True)
class Site:
    """Facts that the configuration states of the site and the run.

    `carries` are disclaimer codes that the site's footer or layout has; `domains` its own hosts; `vocabulary` accepted words;
    `today` is None where no date was read (rules that need one then judge nothing).
    """

    carries: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    trusted: frozenset[str] = frozenset()
    distrusted: frozenset[str] = frozenset()
    vocabulary: frozenset[str] = frozenset()
    spelling: str = "us"
    today: date | None = None
    source_age: int = 10  # years from which the source of a figure is old
    approved: Approved | None = None  # claims that a reviewer has approved word for word


@dataclass
class Result:
    """What one check says of one document. `claims`, `metrics`, `paragraphs` and `sections` only from the kinds that own them."""

    findings: list[Finding] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    metrics: dict[str, float] = field(default_factory=dict)
    paragraphs: list[Paragraph] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)


@dataclass
class Check(ABC, Generic[R]):
    """All rules of one kind, made ready together. `lists` gives the entity labels of each term list."""

    rules: Sequence[R]
    lists: Mapping[str, frozenset[str]]

    def __post_init__(self) -> None:
        """Load what the first article would wait for."""

    @abstractmethod
    def check(self, article: Article, site: Site) -> Result:
        """What they say of an article."""


def compile_rules(rules: Sequence[Rule], lists: Mapping[str, frozenset[str]]) -> dict[str, Check[Any]]:
    """One Check a kind that occurs in `rules`, by its name. Imports only the modules of those kinds."""
    checks: dict[str, Check[Any]] = {}
    for kind in dict.fromkeys(rule.kind for rule in rules):
        module = import_module(f"copycheck.checks.{kind}")
        checks[kind] = getattr(module, f"{kind.title()}Check")([rule for rule in rules if rule.kind == kind], lists)
    return checks


def finding(
    rule: Rule,
    sentence: Sentence,
    start: int,
    end: int,
    message: str | None = None,
    suggestions: Sequence[str] = (),
    related: Sequence[Span] = (),
    severity: str | None = None,
) -> Finding:
    """A finding of `rule` on sentence.text[start:end]; `{match}` in the message becomes that text."""
    excerpt = sentence.text[start:end]
    text = rule.message if message is None else message
    return Finding(
        rule=rule.id,
        severity=Severity[severity or rule.severity],
        span=sentence.span(start, end),
        message=text.replace("{match}", " ".join(excerpt.split()).lstrip(",–— ")),
        suggestions=tuple(filter(None, suggestions)),
        related=tuple(related),
        confidence=rule.confidence,
        sentence=sentence.span(),
        excerpt=excerpt,
        context=sentence.text,
    )


def finding_over(rule: Rule, first: Sentence, last: Sentence, message: str | None = None, related: Sequence[Span] = ()) -> Finding:
    """A finding of `rule` on all from one sentence of a block to another."""
    span, text = first.block.span(first.start, last.end), first.block.text[first.start : last.end]
    made = finding(rule, first, 0, len(first.text), message, related=related)
    return made._replace(span=span, sentence=span, excerpt=text, context=text)


def fix_of(sentence: Sentence, start: int, end: int, suggestions: Sequence[str], safe: bool) -> str:
    """The `fix` of a finding whose suggestions replace sentence.text[start:end]; `safe`: its rule would have the one taken unasked.

    A choice is the author's, and so are the words of readers and of whoever is quoted.
    """
    if len(suggestions) != 1:
        return ""
    own = safe and sentence.block.region != "comments" and "quoted" not in sentence.marks(start, end)
    return "safe" if own else "unsafe"


def missing(rule: Rule, message: str | None = None, suggestions: Sequence[str] = ()) -> Finding:
    """A finding of `rule` on a thing that is not there."""
    return Finding(
        rule=rule.id,
        severity=Severity[rule.severity],
        span=Span(0, 0),
        message=rule.message if message is None else message,
        suggestions=tuple(suggestions),
        confidence=rule.confidence,
    )


def quoted(words: Sequence[str], joint: str) -> str:
    """“a”, “b” and “c”, with `joint` before the last."""
    marked = [f"“{word}”" for word in words]
    return f" {joint} ".join([", ".join(marked[:-1]), marked[-1]] if len(marked) > 1 else marked)


def in_scope(rule: Rule, sentence: Sentence) -> bool:
    """The sentence stands in the article itself and in a scope that the rule reads."""
    return sentence.block.region == "main" and sentence.scope in rule.scope


def is_read(rule: Rule, sentence: Sentence) -> bool:
    """In scope, or, for slips, in a reader's comment: they are told there too, as notes."""
    return in_scope(rule, sentence) or (rule.family == "typos" and sentence.block.region == "comments" and sentence.scope in rule.scope)
