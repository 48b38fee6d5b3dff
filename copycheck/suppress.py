"""Suppress: directives in comments and front matter that silence findings, each with its reason."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from copycheck.document import Comment, Document
from copycheck.findings import Finding, Paragraph, Severity, Suppressed
from copycheck.settings import Settings
from copycheck.source import Notice, Span

_DIRECTIVE = re.compile(r"\s*+copycheck\s*+:\s*+(?:(ignore-file|ignore|off|on)(?![\w-])([^:]*+)(?::(.*))?\Z)?", re.DOTALL)
_BLANK = re.compile(r"reason\s*,")  # as `directive` writes it
_COMMENTS = {"markdown": "<!-- {} -->", "html": "<!-- {} -->", "mdx": "{{/* {} */}}"}
_MOST = 500  # directives of a page; each is held against each finding
_BIG, _SMALL = "A-ZÀ-ÖØ-ÞČŁŚŠŻŽ", "a-zß-öø-ÿčłśšżž"
_WORD = rf"[{_BIG}](?:\.|(?:['’]?[{_BIG}])?[{_SMALL}][\w'’-]*+)"  # of a name: not all in capitals, as FDA is
_NAME = rf"(?!(?:It|This|The|We|Our|A(?!\.))\b){_WORD}(?:[ .]{{1,2}}{_WORD})"  # its last word as often as a quantifier says
_PERSON = re.compile(
    rf"\b(?:by|with|from|per)\s{{1,9}}(?:the\s{{1,9}})?({_NAME}{{0,4}}|(?:[a-z]{{1,20}}\s)?(?:reviewer|editor|officer|counsel)\b)"
    rf"|(?:^|[,;:(–—])\s{{0,9}}({_NAME}{{1,4}})(?=\s{{0,9}}(?:[,;:.)–—]|$))|(@[\w-]{{1,40}})"
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s{1,9}"  # told, so that it is refused
_UNTIL = re.compile(rf"\buntil:?\s{{1,9}}((?:{_MONTH})?\d[\w-]*)", re.IGNORECASE)


@dataclass(eq=False)
class _Directive:
    verb: str
    rules: tuple[str, ...]  # ids, families (`claims`) or empty for all
    reason: str
    where: Span  # the region of the source that it covers
    line: int
    lapsed: str = ""  # why it no longer holds
    used: int = 0

    def covers(self, finding: Finding) -> bool:
        if self.rules and finding.rule not in self.rules and finding.rule.split("/")[0] not in self.rules:
            return False
        if finding.span == Span(0, 0):
            return self.verb == "ignore-file"
        return self.where.start <= finding.span.start and finding.span.end <= self.where.end


@dataclass
class Outcome:
    """Findings that stand, those silenced with their reasons, and what is wrong with the directives; paragraphs with their reasons.

    `lapsed` are findings that stand again, with the reason for which they were silenced.
    """

    findings: list[Finding] = field(default_factory=list)
    suppressed: list[Suppressed] = field(default_factory=list)
    lapsed: list[Suppressed] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)

    def tell(self, line: int, sentence: str, name: str = "directive") -> None:
        self.notices.append(Notice(f"copycheck/{name}", f"Line {line}: {sentence}."))


def person(reason: str, approvers: Sequence[str] = ()) -> str:
    """Whom a reason names: one of `approvers` where there are any, else what has the form of a name; empty for nobody."""
    if approvers:
        return next((name for name in approvers if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", reason, re.IGNORECASE)), "")
    found = _PERSON.search(reason)
    return next(filter(None, found.groups())).strip() if found else ""


def until(reason: str) -> str:
    """The last day that a reason gives, `until 2027-06-30`; empty where it gives none."""
    found = _UNTIL.search(reason)
    return found[1] if found else ""


def apply(
    document: Document, findings: Sequence[Finding], known: Iterable[str], settings: Settings, paragraphs: Sequence[Paragraph] = ()
) -> Outcome:
    """Silence what directives cover. An error needs a reason that names somebody; unknown rules and idle directives are told.

    Under a locked policy everything needs that. A directive whose last day is past silences nothing.
    Of paragraphs nobody knows yet whether there is anything to tell: a directive that names their rule is never idle.
    """
    outcome = Outcome()
    names = set(known)
    directives = _directives(document, outcome, names | {name.split("/")[0] for name in names})
    for directive in directives:
        directive.lapsed = _lapsed(directive.reason, settings.site.today)
    for finding in findings:
        covering = [directive for directive in directives if directive.covers(finding)]
        for directive in covering:
            directive.used += 1
        able = _able(covering, finding, settings)
        if able:
            outcome.suppressed.append(Suppressed(finding, able[0].reason))
            continue
        if lapsed := next((one for one in covering if one.lapsed), None):
            outcome.lapsed.append(Suppressed(finding, lapsed.reason))
        elif covering:
            who = f" of {', '.join(settings.approvers)}" if settings.approvers else ""
            outcome.tell(
                covering[0].line,
                f"{'a finding' if settings.locked else 'an error'} is silenced only with a reason and a name{who}, as in"
                f" `copycheck: ignore {finding.rule}: figure confirmed by J. Doe, until 2027-06-30`",
            )
        outcome.findings.append(finding)
    for paragraph in paragraphs:
        covering = [directive for directive in directives if directive.covers(paragraph.finding)]
        for directive in covering:
            directive.used += bool(directive.rules)
        able = _able(covering, paragraph.finding, settings)
        outcome.paragraphs.append(paragraph._replace(reason=able[0].reason) if able else paragraph)
    for directive in directives:
        if directive.used and directive.lapsed:
            outcome.tell(directive.line, f"{directive.lapsed}: what it silenced counts again. Review it again, or remove it", "lapsed")
        elif not directive.used:
            outcome.tell(directive.line, f"`{' '.join([directive.verb, *directive.rules])}` silences nothing; take it out")
    return outcome


def directive(format: str, verb: str, rule: str, person: str, day: str) -> str | None:
    """A directive to be filled in, for a file of this format; until then it silences nothing. None where there are no comments."""
    return _COMMENTS[format].format(f"copycheck: {verb} {rule}: reason, {person or 'name'}, {day}") if format in _COMMENTS else None


def _able(covering: Iterable[_Directive], finding: Finding, settings: Settings) -> list[_Directive]:
    """Those that hold and may silence a finding: an error only with a reason that names somebody."""
    free = finding.severity < Severity.error and not settings.locked
    return [one for one in covering if not one.lapsed and (free or person(one.reason, settings.approvers))]


def _lapsed(reason: str, today: date | None) -> str:
    """Why a directive no longer holds; empty where it does. Without a day none can be told to hold beyond one."""
    day = until(reason)
    try:
        return f"this directive held until {day}" if day and not (today and today <= date.fromisoformat(day)) else ""
    except ValueError:
        return f"“until {day}” is no day such as 2027-06-30"


def _directives(document: Document, outcome: Outcome, known: set[str]) -> list[_Directive]:
    end = len(document.source.text)
    found: list[_Directive] = []
    open_: list[_Directive] = []
    blocks = _Blocks(document)
    for comment in sorted(document.comments, key=lambda comment: comment.span):
        match, line = _DIRECTIVE.match(comment.text), document.source.location(comment.span.start)[0]
        wrong = _wrong(document, comment, match)
        if len(found) == _MOST and match:
            wrong = f"no more than {_MOST} directives of a page are read; this one and those after it silence nothing"
            for directive in open_:
                directive.where = Span(directive.where.start, comment.span.start)
        if wrong:
            outcome.tell(line, wrong)
        if len(found) == _MOST and match:
            break
        if wrong or not match:
            continue
        verb, listed, reason = match[1], match[2], (match[3] or "").strip()
        rules = _known(re.split(r"[\s,]+", listed.strip()) if listed.strip() else [], known, line, outcome)
        if rules is None:
            continue
        if verb == "ignore":
            where = blocks.after(comment.span.end)
        elif verb == "on":
            for directive in open_:
                directive.where = Span(directive.where.start, comment.span.start)
            open_ = []
            continue
        else:
            where = Span(0 if verb == "ignore-file" else comment.span.end, end)
        directive = _Directive(verb, rules, reason, where, line)
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
        rule, reason = (item.get("rule"), item.get("reason", "")) if isinstance(item, dict) else (item, "")
        rule, _, inline = str(rule).partition(":")
        reason = reason if isinstance(reason, str) else ""
        rules = _known([rule.strip()], known, 1, outcome)
        if rules:
            found.append(_Directive("ignore-file", rules, reason or inline.strip(), Span(0, len(document.source.text)), 1))
    return found


def _known(rules: list[str], known: set[str], line: int, outcome: Outcome) -> tuple[str, ...] | None:
    unknown = [rule for rule in rules if rule not in known]
    for rule in unknown:
        outcome.tell(line, f"there is no rule `{rule}`")
    kept = tuple(rule for rule in rules if rule in known)
    return None if unknown and not kept else kept


def _wrong(document: Document, comment: Comment, match: re.Match[str] | None) -> str | None:
    """Why a comment is no directive though it looks like one, or hides what follows it."""
    text = document.source.text
    if text.startswith("<!--", comment.span.start) and not text.endswith("-->", 0, comment.span.end):
        return "this comment is never closed: readers see nothing of what follows, and it was not checked"
    if match and not match[1]:
        return "the directive is not understood; known are ignore, ignore-file, off, on"
    if match and match[3] and _BLANK.match(match[3].strip()):
        return "the directive silences nothing until its `reason` is written out"
    return None


class _Blocks:
    """The places of a page's blocks, in order."""

    def __init__(self, document: Document) -> None:
        self.spans = sorted((block.span(), -1 if block.list_id is None else block.list_id) for block in document.blocks if block.text)
        self.ends: dict[int, int] = {}  # of lists, with those inside them
        for span, number in self.spans:
            self.ends[number] = max(self.ends.get(number, 0), span.end)
        outer = {block.list_id: document.blocks[block.lead_in].list_id for block in document.blocks if block.lead_in is not None}
        for number, above in sorted((number, above) for number, above in outer.items() if number and above is not None)[::-1]:
            self.ends[above] = max(self.ends.get(above, 0), self.ends.get(number, 0))

    def after(self, offset: int) -> Span:
        """The source span of the first block that begins after an offset; to the end of its list where it is an item."""
        at = bisect_left(self.spans, ((offset, 0), -2))
        if at == len(self.spans):
            return Span(offset, offset)
        span, number = self.spans[at]
        return span if number < 0 else Span(span.start, self.ends[number])
