"""Rules for the tests of the checks: made from keywords, run on a text through the readers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from copycheck.analysis import Analysis, Unit, annotate, units_of
from copycheck.checks import Result, Site
from copycheck.document import Document
from copycheck.readers import read
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


def rule(model: type[Any], **values: Any) -> Any:
    """A rule of a kind's model; keys that are Python words end in an underscore."""
    return model(**BASE | {"kind": model.__name__.lower()} | {key.rstrip("_"): value for key, value in values.items()})


def analyse(
    documents: Iterable[Document], needs: frozenset[str], wants: Callable[[Unit], bool], load: Callable[[frozenset[str]], Any]
) -> list[Analysis]:
    """An analysis of each document; units that `wants` holds for went through the model."""
    analyses = [Analysis(document, units_of(document)) for document in documents]
    annotate(analyses, needs, wants, load)
    return analyses


def analysis(text: str, format: str = "markdown", load: Callable[[frozenset[str]], Any] | None = None) -> Analysis:
    """The analysis of a text; with `load` every unit went through that model."""
    needs = frozenset({"text", "tags"}) if load else frozenset({"text"})
    return analyse([read(Source(f"page.{format}", text), format)], needs, lambda unit: True, load or (lambda needs: None))[0]


def run(module: Any, rules: list[Rule], text: str, format: str = "markdown", site: Site | None = None, **options: Any) -> Result:
    """What the check of some rules says of a text."""
    site = site or Site()
    check = module.compile_rules(rules, options.pop("terms", {}), site)
    return check.check(analysis(text, format, **options), site)  # type: ignore[no-any-return]
