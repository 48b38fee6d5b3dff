"""Compose: what the checks say of a page put together into its report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from copycheck import suppress, witnesses
from copycheck.article import Article
from copycheck.checks import Result
from copycheck.document import PLACEHOLDER
from copycheck.findings import JURISDICTIONS, NOT_APPLIED, Finding, Profile, Report, Severity
from copycheck.profile import DetectedProfile
from copycheck.ruleset import NO_STATE, Choice, Ruleset, choose
from copycheck.settings import Item, Settings, is_on
from copycheck.source import Notice, Span

_UK = (
    "Rules of the United Kingdom ran: the CAP Code on health, slimming and medicines, and what GDC and GMC say of advertising. They do not"
    " cover the GB register of health claims, herbal medicines, fake reviews and drip pricing (DMCC Act 2024), or CQC registration."
)
_SHOWN = 3  # lines that a notice names


@dataclass(frozen=True, eq=False)
class Page:
    """What an item holds, ready for the checks. `settings` are the item's with what its front matter sets, `bare` the profile without."""

    item: Item
    settings: Settings
    article: Article
    detected: DetectedProfile
    bare: Profile


def compose(ruleset: Ruleset, page: Page, results: Mapping[str, Result | str]) -> Report:
    """The report on a page. `results` is what checks say of it, by the kind of their rules; of one that failed why."""
    item, settings, article, detected = page.item, page.settings, page.article, page.detected
    assert item.source is not None
    choice = choose(ruleset.rules, article.profile)
    whole = Result()
    for kind in ruleset.kinds:
        result = results.get(kind)
        if isinstance(result, str):  # a check that raises must not look like a clean file, nor stop the other files
            return Report(item.path, article.profile, notices=item.source.notices, error=result, text=item.source.text)
        if result is not None:
            whole.findings += result.findings
            whole.claims += result.claims
            whole.metrics |= result.metrics
            whole.paragraphs += result.paragraphs
            whole.sections += result.sections
    agreed = witnesses.agree(whole.findings, ruleset.labels, article)
    kept: set[str] = set()
    told = [(choice, settings), (choice if page.bare == article.profile else choose(ruleset.rules, page.bare), item.settings)]
    text = item.source.text
    findings = _settle(agreed, told, ruleset, text, kept)
    told_later = {one.span: one for one in _settle([one.finding for one in whole.paragraphs], told, ruleset, text, kept)}
    paragraphs = [one._replace(finding=told_later[one.finding.span]) for one in whole.paragraphs if one.finding.span in told_later]
    outcome = suppress.apply(article.document, findings, ruleset.ids, item.settings, paragraphs)
    notices = [*item.source.notices, *outcome.notices]
    foreign = [block.span() for block in article.document.blocks if block.region == "foreign"]
    for name, said, spans in (
        ("language", "What is not English was not checked", foreign),
        ("code", "Copy in code was not read", article.document.unread),
    ):
        if spans:
            lines = ", ".join(str(article.document.source.location(span.start)[0]) for span in spans[:_SHOWN])
            more = f" and {len(spans) - _SHOWN} more" if len(spans) > _SHOWN else ""
            notices.append(Notice(f"copycheck/{name}", f"{said}: line {lines}{more}."))
    if detected.foreign and settings.jurisdiction == "us":
        said = f"The page looks written for readers outside the US ({detected.foreign}); only US rules ran."
        if detected.foreign in JURISDICTIONS:
            said += f" `jurisdiction: {detected.foreign}` in the configuration, or --jurisdiction {detected.foreign}, runs its own."
        notices.append(Notice("copycheck/jurisdiction", said))
    if settings.jurisdiction == "uk":
        notices.append(Notice("copycheck/jurisdiction", _UK))
    if kept:
        said = (
            f"The front matter would lower an error of {', '.join(sorted(kept))}; a page's own word does not: say it in the configuration."
        )
        notices.append(Notice("copycheck/own-profile", said))
    own = article.document.meta.get("copycheck")
    if item.settings.locked and isinstance(own, dict) and (said := ", ".join(sorted(own.keys() - {"ignore"}))):
        notices.append(Notice("copycheck/own-profile", f"Under the locked policy the front matter's own {said} does not count."))
    on = sorted(rule for rule in ruleset.ids if is_on(rule, settings))
    unused = [rule for rule in on if rule in choice.off and rule not in kept]
    unapplied = "; ".join(f"{rule} {choice.off[rule]}" for rule in unused) if settings.select and unused == on else ""
    off: dict[str, list[str]] = {}
    for rule in unused if not unapplied else ():
        reason = choice.off[rule]
        if rule in settings.select:
            notices.append(Notice(NOT_APPLIED, f"{rule} is selected but was not applied: it {reason}."))
        elif reason != "holds for uk" and not reason.endswith(NO_STATE):  # true of most pages
            off.setdefault(reason, []).append(rule)
    for reason, names in sorted(off.items()):
        notices.append(Notice("copycheck/off", f"Off, by the profile or what the page shows ({reason}): {', '.join(names)}."))
    return Report(
        path=item.path,
        profile=article.profile,
        error=f"{article.document.problem}; the text below it was checked" if article.document.problem else None,
        findings=tuple(outcome.findings),
        suppressed=tuple(outcome.suppressed),
        lapsed=tuple(outcome.lapsed),
        claims=tuple(whole.claims),
        metrics=dict(whole.metrics),
        notices=tuple(dict.fromkeys(notices)),
        text=text,
        tags=item.source.tags,
        paragraphs=tuple(outcome.paragraphs),
        sections=tuple(whole.sections),
        unapplied=unapplied,
    )


def _settle(
    findings: Sequence[Finding], told: Sequence[tuple[Choice, Settings]], ruleset: Ruleset, text: str, kept: set[str]
) -> list[Finding]:
    """Severities by profile and configuration, rules that are off dropped, one finding a span and rule, ordered by place.

    `told` is what holds with the page's front matter and without it. That may lower all but an error; rules where it would go to `kept`.
    """
    settled: dict[tuple[str, Span, str], Finding] = {}
    for finding in findings:
        severity, bare = (_severity(finding, choice, settings, ruleset) for choice, settings in told)
        if bare == Severity.error and severity != bare:
            severity = bare
            kept.add(finding.rule)
        if severity is None:
            continue
        finding = finding._replace(message=finding.message.replace(PLACEHOLDER, "…"))
        if bound := told[0][0].noted.get(finding.rule):
            finding = finding._replace(message=f"{finding.message} Binds {bound}.")
        here = ruleset[finding.rule].cited_in(told[0][1].jurisdiction)
        url = next((cited.authority.url for cited in here if cited.authority.url), "")
        fix = finding.fix if text[finding.span.start : finding.span.end] == finding.excerpt else ""  # mark-up stands between its words
        settled.setdefault((finding.rule, finding.span, finding.message), finding._replace(severity=severity, help=url, fix=fix))
    return sorted(_one_a_span(list(settled.values())), key=lambda f: (f.span == Span(0, 0), f.span, f.rule))


def _severity(finding: Finding, choice: Choice, settings: Settings, ruleset: Ruleset) -> Severity | None:
    """How bad a finding is under a choice of rules and settings; None where its rule is off."""
    if finding.rule in choice.off:
        return None
    return min(_uncapped(finding, choice, settings, ruleset), Severity[settings.cap])


def _uncapped(finding: Finding, choice: Choice, settings: Settings, ruleset: Ruleset) -> Severity:
    own = settings.severity.get(finding.rule, settings.severity.get(finding.rule.split("/")[0]))
    if own:
        return Severity[own]
    if finding.rule in choice.noted:
        return Severity.info
    if settings.preset == "publisher" and ruleset[finding.rule].publisher:
        return Severity[ruleset[finding.rule].publisher or "info"]
    return finding.severity.lowered() if finding.rule in choice.lowered else finding.severity


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
