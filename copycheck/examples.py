"""Examples: the small documents in rule files, run through the same readers and engine as any article."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from copycheck.checks import Site
from copycheck.claims.approved import Approved, Entry
from copycheck.engine import Engine, Item, Settings
from copycheck.findings import Finding, Report
from copycheck.ruleset import Ruleset
from copycheck.ruleset.models import Duty, Example, Rule
from copycheck.source import Source, Span

_REPLACING = frozenset({"pattern", "spelling", "grammar"})  # kinds whose suggestions stand in for the flagged wording
DAY = date(2026, 11, 1)
"""The day on which examples are read that give none."""
APPROVED_UNTIL = date(2030, 12, 31)


@dataclass(frozen=True)
class Marked:
    """An example's text without its marks, and the spans that they set."""

    text: str
    spans: frozenset[Span]
    related: frozenset[Span]


@dataclass(frozen=True)
class Failure:
    """An example that does not do what it says. `number` counts from 1 within `flag` or `pass`."""

    rule: str
    path: str
    group: str
    number: int
    reason: str


class BadExample(Exception):
    """Marks that do not pair up."""


def unmark(text: str) -> Marked:
    """Read `[|…|]`, `[+…+]` and a leading `[||]`. Raises BadExample."""
    spans: set[Span] = set()
    related: set[Span] = set()
    out: list[str] = []
    opened: list[tuple[str, int]] = []
    size = at = 0
    if text.startswith("[||]"):
        spans.add(Span(0, 0))
        text = text[4:].lstrip("\n") if text[4:5] == "\n" else text[4:].removeprefix(" ")
    for match in re.finditer(r"\[\||\|\]|\[\+|\+\]", text):
        out.append(text[at : match.start()])
        size += match.start() - at
        at = match.end()
        mark = match.group()
        if mark[0] == "[":
            opened.append((mark[1], size))
        elif not opened or opened[-1][0] != mark[0]:
            raise BadExample(f"`{mark}` closes nothing")
        else:
            kind, start = opened.pop()
            (spans if kind == "|" else related).add(Span(start, size))
    if opened:
        raise BadExample("a mark is not closed")
    return Marked("".join(out) + text[at:], frozenset(spans), frozenset(related))


def run(ruleset: Ruleset, load_pipeline: Callable[[Collection[str]], Any], only: Sequence[str] = ()) -> Iterator[Failure]:
    """Every example that fails, in the order of the rules. All rules run on every example, each is judged by its own rule."""
    engine = Engine(ruleset, load_pipeline)
    cases: list[tuple[Rule, Example, Marked, partial[Failure]]] = []
    for rule in ruleset.rules:
        if only and rule.id not in only:
            continue
        for group, examples in (("flag", rule.examples.flag), ("pass", rule.examples.pass_)):
            for number, example in enumerate(examples, 1):
                failed = partial(Failure, rule.id, rule.path, group, number)
                try:
                    marked = unmark(example.text)
                except BadExample as error:
                    yield failed(str(error))
                    continue
                if bool(marked.spans) == (group == "flag"):
                    cases.append((rule, example, marked, failed))
                else:
                    yield failed("it marks no expected span" if group == "flag" else "it marks a span, though nothing may fire")
    fixes: list[tuple[Rule, Example, Marked, partial[Failure], str, str]] = []
    reports = engine.run([_item(rule, example, marked.text) for rule, example, marked, _ in cases])
    for (rule, example, marked, failed), report in zip(cases, reports, strict=True):
        if verdict := _judge(rule, marked, report):
            yield failed(verdict)
            continue
        for finding in _of(rule, report):
            for suggestion in finding.suggestions:
                if (fixed := _applied(rule, marked.text, finding, suggestion)) is not None:
                    fixes.append((rule, example, marked, failed, suggestion, fixed))
    reports = engine.run([_item(rule, example, fixed) for rule, example, *_, fixed in fixes])
    for (rule, _, marked, failed, suggestion, _), report in zip(fixes, reports, strict=True):
        if len(_of(rule, report)) >= len(marked.spans):
            yield failed(f"the suggestion “{suggestion}”, applied, still leaves a finding")


def _item(rule: Rule, example: Example, text: str) -> Item:
    verticals = [name for name in rule.applies.vertical if name != "any"]
    settings = Settings(
        jurisdiction=rule.jurisdictions[0],
        states=tuple(rule.applies.state),
        vertical=example.vertical or (verticals[0] if verticals else None),
        promotional=rule.applies.promotional if example.promotional is None else example.promotional,
        page=rule.applies.page[0] if len(rule.applies.page) == 1 else None,
        audience=example.audience or "blog",
        site=Site(today=date.fromisoformat(example.today) if example.today else DAY, approved=_approved(example)),
    )
    return Item(f"{rule.id} example", Source(rule.path, text), settings, format=example.format)


def _approved(example: Example) -> Approved | None:
    entries = tuple(Entry(wording, "example", "example", APPROVED_UNTIL) for wording in example.approved)
    return Approved(entries) if entries else None


def _of(rule: Rule, report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule == rule.id]


def _judge(rule: Rule, marked: Marked, report: Report) -> str | None:
    if report.error:
        return report.error
    findings = _of(rule, report)
    spans = frozenset(finding.span for finding in findings)
    if spans != marked.spans:
        return f"expected {_quoted(marked.text, marked.spans)}, found {_quoted(marked.text, spans)}"
    related = frozenset(span for finding in findings for span in finding.related)
    if marked.related and related != marked.related:
        return f"expected related {_quoted(marked.text, marked.related)}, found {_quoted(marked.text, related)}"
    return None


def _quoted(text: str, spans: frozenset[Span]) -> str:
    if not spans:
        return "nothing"
    return ", ".join(
        "a missing thing" if span == Span(0, 0) else f"“{text[span.start : span.end]}” at {span.start}" for span in sorted(spans)
    )


def _applied(rule: Rule, text: str, finding: Finding, suggestion: str) -> str | None:
    """The example with the suggestion taken, or None where the kind's suggestions are no replacements."""
    if rule.kind in _REPLACING and finding.span != Span(0, 0):
        return text[: finding.span.start] + suggestion + text[finding.span.end :]
    if isinstance(rule, Duty):
        return f"{suggestion}\n\n{text}" if rule.before else f"{text.rstrip()}\n\n{suggestion}\n"
    return None
