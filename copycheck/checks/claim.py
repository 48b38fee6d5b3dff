"""Claim: rules that fire on sentences that assert something of health and lack an adequate source; one finding a claim."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from copycheck.article import Article, Sentence
from copycheck.checks import Check, Result, Site, finding, in_scope, missing
from copycheck.claims.approved import Verdict
from copycheck.claims.attribution import animal, is_share, statistic_lacks
from copycheck.claims.judge import Judged, is_read, judge, load
from copycheck.claims.kinds import ILLS, admits, is_promise, patterns
from copycheck.claims.lookup import query, terms
from copycheck.claims.sourcing import Sources
from copycheck.findings import Claim as Entry
from copycheck.findings import Finding, Profile, Severity
from copycheck.ruleset.models import Claim
from copycheck.verdicts import bars

UNSUPPORTED = frozenset({"unsourced", "vague", "named", "self", "broken"})
PAGE_CLAIMS = 3
"""Unsupported claims from which a page without any source is told as a whole."""
_OWN_VOICE = frozenset({"guarantee", "safety", "comparative"})  # kinds that need proof on a page that sells nothing too
_LACKS = {"denominator": "among whom", "year": "in which year"}
_LIKELY = 0.5  # a chance from which a label holds rather than not
_PROVEN = re.compile(r"\b(?:clinically|scientifically|medically|doctor)[- ](?:proven|tested|validated|shown)\b|\bproven\b", re.I)
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")  # a year in a citation tells readers less than “in 2009”
_SOLD = frozenset({"supplement", "cbd", "weight-loss"})  # where a disease claim is one for a product that may make none
_MEDICAL = frozenset({"rx-drug", "glp-1-drug", "glp-1-brand", "invasive-treatment"})  # which may be approved for just that
_MEDICINES = frozenset({"rx-drug", "otc-drug"})  # of which a clinic may say what they are for, but not that its own service beats them


class ClaimCheck(Check[Claim]):
    """All claim rules, by the kind of claim and the status of its support that they are for."""

    def __post_init__(self) -> None:
        load()
        self._by_use: dict[tuple[str, str], Claim] = {(rule.claim, rule.status): rule for rule in self.rules}

    def check(self, article: Article, site: Site) -> Result:
        sources = Sources(article, site.domains, site.trusted, site.distrusted)
        verdicts = _verdicts(article, site)
        found = judge(article, sources)
        told = {claim.sentence.folded for claim in found if claim.sentence.scope != "meta"}
        claims = [
            claim
            for claim in found
            if claim.sentence.index not in verdicts and not (claim.sentence.scope == "meta" and claim.sentence.folded in told)
        ]
        result = Result(claims=[_entry(claim, verdicts.get(claim.sentence.index)) for claim in found])
        for index, verdict in verdicts.items():
            result.findings += self._on_approved(article.sentences[index], verdict)
        grouped = _lists(article, claims)
        in_lists = {claim.sentence.index for members in grouped.values() for claim in members}
        for block, members in grouped.items():
            result.findings += self._on_list(article, block, members)
        for claim in claims:
            if claim.sentence.index not in in_lists:
                result.findings += self._on_sentence(claim, article.profile, site)
        result.findings += self._on_page(claims, article, sources)
        return result

    def _rule(self, claim: Judged, status: str) -> Claim | None:
        """The rule for a claim, where it reads the scope that the claim stands in."""
        rule = self._by_use.get((claim.kind, status)) or self._by_use.get(("any", status))
        return rule if rule and in_scope(rule, claim.sentence) else None

    def _on_approved(self, sentence: Sentence, verdict: Verdict) -> list[Finding]:
        """What is to be said of a sentence that is or resembles an approved wording: nothing where it is that wording."""
        rule, entry = self._by_use.get(("any", verdict.status)), verdict.entry
        if rule is None or entry is None or verdict.status == "approved":
            return []
        told = rule.message.replace("{wording}", entry.wording).replace("{differs}", "; ".join(verdict.differs))
        return [finding(rule, sentence, 0, len(sentence.text), told.replace("{expires}", str(entry.expires)), [entry.wording])]

    def _on_sentence(self, claim: Judged, profile: Profile, site: Site) -> list[Finding]:
        rule = self._rule(claim, _status(claim, site))
        if rule is None:
            return []
        sentence = claim.sentence
        message = _told(rule, claim).replace("{age}", str(site.source_age))
        made = finding(
            rule, sentence, 0, len(sentence.text), message, [query(terms(sentence))], severity=_severity(rule, claim, profile).name
        )
        return [made._replace(confidence=claim.confidence, evidence=claim.evidence_span)]

    def _on_list(self, article: Article, block: int, members: Sequence[Judged]) -> list[Finding]:
        """One finding for the bullets of a list that claim and have no source, on the line that introduces them."""
        kinds = Counter(claim.kind for claim in members)
        main = max(members, key=lambda claim: (kinds[claim.kind], claim.chance))
        rule = self._rule(main, "unsourced")
        if rule is None:
            return []
        lead = article.by_block[block][-1]
        items = [claim for claim in members if claim.sentence is not lead]
        severity = max(_severity(rule, claim, article.profile) for claim in members)
        message = f"{len(items)} statements in this list: " + _told(rule, main)
        spans = [claim.sentence.span() for claim in items]
        made = finding(rule, lead, 0, len(lead.text), message, [query(terms(main.sentence))], related=spans, severity=severity.name)
        return [made._replace(confidence=max(members, key=lambda claim: claim.chance).confidence)]

    def _on_page(self, claims: Sequence[Judged], article: Article, sources: Sources) -> list[Finding]:
        rule = self._by_use.get(("any", "page"))
        bare = [claim for claim in claims if claim.support.status in UNSUPPORTED and claim.confidence != "low"]
        if rule is None or len(bare) < PAGE_CLAIMS or sources.references.listed:
            return []
        known = {claim.sentence.index: claim.support for claim in claims}
        main = [sentence for sentence in article.sentences if sentence.block.region == "main"]
        if any((known.get(sentence.index) or sources.support(sentence)).status == "cited" for sentence in main):
            return []
        made = missing(rule, rule.message.replace("{count}", str(len(bare))))
        related = tuple(claim.sentence.span() for claim in sorted(bare, key=lambda claim: -claim.chance)[:PAGE_CLAIMS])
        severity = made.severity if article.profile.promotional else Severity.info
        if sum(claim.firm for claim in bare) < PAGE_CLAIMS:  # it mostly informs, warns or says what may be: that sells little
            severity = min(severity, Severity.warning)
        return [made._replace(severity=severity, related=related)]


def _verdicts(article: Article, site: Site) -> dict[int, Verdict]:
    """By the index of its sentence, what the file of approved claims says of a sentence that is in it or resembles one."""
    if site.approved is None or not site.approved.entries:
        return {}
    judged = {sentence.index: site.approved.judge(sentence.text, lambda: site.today) for sentence in article.sentences if is_read(sentence)}
    return {index: verdict for index, verdict in judged.items() if verdict.status != "none"}


def _entry(claim: Judged, verdict: Verdict | None) -> Entry:
    """The claim's line in the ledger."""
    status, source = claim.support.status, claim.support.source
    if verdict is not None and verdict.entry and verdict.status == "approved":
        status, source = "approved", verdict.entry.source
    return Entry(claim.kind, claim.strength, claim.sentence.span(), claim.sentence.text, status, source, claim.hedged)


def _lists(article: Article, claims: Sequence[Judged]) -> dict[int, list[Judged]]:
    """Claims without any source in two or more items of one list, by the block of the list's lead-in; with the lead-in's own."""
    groups: dict[int, list[Judged]] = {}
    for claim in claims:
        lead = claim.sentence.block.lead_in
        if lead is not None and claim.support.status == "unsourced" and article.by_block.get(lead):
            groups.setdefault(lead, []).append(claim)
    kept = {lead: members for lead, members in groups.items() if len({claim.sentence.block_index for claim in members}) > 1}
    for claim in claims:
        members = kept.get(claim.sentence.block_index)
        if members and claim.sentence is article.by_block[claim.sentence.block_index][-1] and claim.support.status == "unsourced":
            members.append(claim)
    return kept


def _status(claim: Judged, site: Site) -> str:
    """Which rule speaks: that of the missing support, else what is wrong with the source that stands there."""
    support = claim.support
    if support.status in UNSUPPORTED or support.status == "weak":
        return support.status
    if animal(claim.sentence.folded):
        return "animal"
    aged = claim.kind == "statistic" and support.year and site.today and site.today.year - support.year > site.source_age
    if aged and str(support.year) not in _BRACKETS.sub("", claim.sentence.folded):
        return "old"
    if claim.kind == "statistic" and statistic_lacks(claim.sentence.folded):
        return "bare"
    return support.status


def _severity(rule: Claim, claim: Judged, profile: Profile) -> Severity:
    """The rule's severity, by how sure the claim is, whether it is hedged or a fact about no ill, and what the page sells."""
    severity = Severity[rule.severity]
    sold = claim.disease and profile.promotional
    blocks = profile.promotional and claim.confidence == "high" and any(_HOLDS[name](claim, profile) for name in rule.blocks)
    if blocks and (sold or not claim.hedged):
        return Severity.error
    if claim.hedged and not claim.firm and not (sold and profile.vertical in _SOLD):
        severity = severity.lowered()
    if claim.confidence == "low":
        severity = severity.lowered()
    if claim.kind == "condition" and (claim.warns or claim.sentence.terms.isdisjoint(ILLS)):  # “the bone then needs time to heal”
        severity = severity.lowered()
    if claim.kind == "safety" and admits(claim.sentence):
        severity = severity.lowered()
    if not profile.promotional and claim.kind not in _OWN_VOICE:
        severity = severity.lowered()
    return severity


def _is_disease_claim(claim: Judged, profile: Profile) -> bool:
    """A benefit for a disease, of a product that may make none, or one that the judge takes for that."""
    if claim.kind not in ("efficacy", "guarantee", "comparative", "research"):
        return False
    named = claim.sentence.terms
    if profile.vertical in _SOLD and named.isdisjoint(_MEDICAL):
        return claim.disease
    if profile.vertical not in _SOLD and claim.kind != "comparative" and not named.isdisjoint(_MEDICINES):
        return False
    return claim.disease and claim.sold >= max(bars("disease")[1], _LIKELY)


def _is_outcome(claim: Judged, profile: Profile) -> bool:
    """A share or rate of what a treatment does or how patients fare, not how common a condition is or how long a result lasts."""
    if claim.kind != "statistic" or claim.hedged or claim.warns or not claim.treatment or claim.sentence.folded.lower().startswith("if "):
        return False
    return is_share(claim.sentence.folded) and patterns()["outcome"].search(claim.sentence.folded) is not None


_HOLDS: dict[str, Callable[[Judged, Profile], bool]] = {
    "disease": _is_disease_claim,
    "outcome": _is_outcome,
    "proven": lambda claim, _: _PROVEN.search(claim.sentence.folded) is not None,
    "promise": lambda claim, _: is_promise(claim.sentence),  # what the judge alone takes for a promise blocks nothing
}


def _told(rule: Claim, claim: Judged) -> str:
    """The rule's message with the claim's evidence and source filled in."""
    told = rule.message if claim.evidence else rule.message.replace(" ({evidence})", "")
    told = told.replace("{evidence}", f"“{claim.evidence}”")
    if "{lacks}" in told:
        told = told.replace("{lacks}", " or ".join(_LACKS[part] for part in statistic_lacks(claim.sentence.folded)))
    return told.replace("{source}", claim.support.source or "the source").replace("{reason}", claim.support.reason or "it does not count")
