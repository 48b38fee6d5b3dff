"""Suppress: directives in comments and front matter that silence findings, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from copycheck.document import Document
from copycheck.findings import Finding, Paragraph, Severity, Suppressed
from copycheck.source import Notice, Span

_DIRECTIVE = re.compile(r"\s*copycheck\s*:\s*(ignore-file|ignore|off|on)\b\s*([^:]*?)\s*(?::\s*(.*?))?\s*", re.S)
_NAMED = re.compile(r"\b(?!It\b|This\b|The\b|We\b)[A-Z][\w.'’-]+|\bby\s+\w+|\b(?:reviewer|editor|officer|counsel)\b|@\w+")


@dataclass(eq=False)
class _Directive:
    verb: str
    rules: tuple[str, ...]  # ids, families (`claims`) or empty for all
    reason: str
    where: Span  # the region of the source that it covers
    written: Span
    used: int = 0

    def covers(self, finding: Finding) -> bool:
        if self.rules and finding.rule not in self.rules and finding.rule.split("/")[0] not in self.rules:
            return False
        if finding.span == Span(0, 0):
            return self.verb == "ignore-file"
        return self.where.start <= finding.span.start and finding.span.end <= self.where.end


@dataclass
class Outcome:
    """Findings that stand, those silenced with their reasons, and what is wrong with the directives; paragraphs with their reasons."""

    findings: list[Finding] = field(default_factory=list)
    suppressed: list[Suppressed] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)


def apply(document: Document, findings: Sequence[Finding], known: Iterable[str], paragraphs: Sequence[Paragraph] = ()) -> Outcome:
    """Silence what directives cover. An error needs a reason that names somebody; unknown rules and idle directives are told.

    Of paragraphs nobody knows yet whether there is anything to tell: a directive that names their rule is never idle.
    """
    outcome = Outcome()
    names = set(known)
    directives = _directives(document, outcome, names | {name.split("/")[0] for name in names})
    for finding in findings:
        covering = [directive for directive in directives if directive.covers(finding)]
        for directive in covering:
            directive.used += 1
        able = _able(covering, finding)
        if able:
            outcome.suppressed.append(Suppressed(finding, able[0].reason))
            continue
        if covering:
            line = document.source.location(covering[0].written.start)[0]
            outcome.notices.append(
                Notice(
                    "copycheck/directive",
                    f"Line {line}: an error is silenced only with a reason and a name, as in"
                    f" `copycheck: ignore {finding.rule}: figure confirmed by J. Doe, 2026-02`.",
                )
            )
        outcome.findings.append(finding)
    for paragraph in paragraphs:
        covering = [directive for directive in directives if directive.covers(paragraph.finding)]
        for directive in covering:
            directive.used += bool(directive.rules)
        able = _able(covering, paragraph.finding)
        outcome.paragraphs.append(paragraph._replace(reason=able[0].reason) if able else paragraph)
    for directive in directives:
        if not directive.used:
            line = document.source.location(directive.written.start)[0]
            outcome.notices.append(
                Notice("copycheck/directive", f"Line {line}: this directive silences nothing; take it out ({directive.verb}).")
            )
    return outcome


def _able(covering: Iterable[_Directive], finding: Finding) -> list[_Directive]:
    """Those that may silence a finding: an error only with a reason that names somebody."""
    return [one for one in covering if finding.severity < Severity.error or (one.reason and _NAMED.search(one.reason))]


def _directives(document: Document, outcome: Outcome, known: set[str]) -> list[_Directive]:
    end = len(document.source.text)
    found: list[_Directive] = []
    open_: list[_Directive] = []
    for comment in sorted(document.comments, key=lambda comment: comment.span):
        match = _DIRECTIVE.fullmatch(comment.text)
        if not match:
            if re.match(r"\s*copycheck\s*:", comment.text):
                line = document.source.location(comment.span.start)[0]
                outcome.notices.append(
                    Notice("copycheck/directive", f"Line {line}: the directive is not understood; known are ignore, ignore-file, off, on.")
                )
            continue
        verb, listed, reason = match.group(1), match.group(2), (match.group(3) or "").strip()
        rules = _known(re.split(r"[\s,]+", listed.strip()) if listed.strip() else [], known, document, comment.span, outcome)
        if rules is None:
            continue
        if verb == "ignore":
            where = _next_block(document, comment.span.end)
        elif verb == "on":
            for directive in open_:
                directive.where = Span(directive.where.start, comment.span.start)
            open_ = []
            continue
        else:
            where = Span(0 if verb == "ignore-file" else comment.span.end, end)
        directive = _Directive(verb, rules, reason, where, comment.span)
        found.append(directive)
        if verb == "off":
            open_.append(directive)
    return found + _from_meta(document, known, outcome)


def _from_meta(document: Document, known: set[str], outcome: Outcome) -> list[_Directive]:
    """`copycheck: {ignore: [rule, {rule: …, reason: …}]}` in front matter: for the whole file."""
    settings = document.meta.get("copycheck")
    ignored = settings.get("ignore", []) if isinstance(settings, dict) else []
    found = []
    for item in ignored if isinstance(ignored, list) else [ignored]:
        rule, reason = (str(item.get("rule", "")), str(item.get("reason", ""))) if isinstance(item, dict) else (str(item), "")
        rule, _, inline = rule.partition(":")
        rules = _known([rule.strip()], known, document, Span(0, 0), outcome)
        if rules:
            found.append(_Directive("ignore-file", rules, reason or inline.strip(), Span(0, len(document.source.text)), Span(0, 0)))
    return found


def _known(rules: list[str], known: set[str], document: Document, written: Span, outcome: Outcome) -> tuple[str, ...] | None:
    unknown = [rule for rule in rules if rule not in known]
    for rule in unknown:
        line = document.source.location(written.start)[0]
        outcome.notices.append(Notice("copycheck/directive", f"Line {line}: there is no rule `{rule}`."))
    kept = tuple(rule for rule in rules if rule in known)
    return None if unknown and not kept else kept


def _next_block(document: Document, after: int) -> Span:
    """The source span of the first block that begins after an offset; of the whole list where that is a list's first item."""
    blocks = [(block.span(), block) for block in document.blocks if block.text]
    later = [(span, block) for span, block in blocks if span.start >= after]
    if not later:
        return Span(after, after)
    span, first = min(later, key=lambda item: item[0].start)
    if first.list_id is not None:
        return Span(span.start, max(s.end for s, block in later if block.list_id == first.list_id))
    return span
