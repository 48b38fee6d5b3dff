"""Structure: rules that select one of the checks on a document's shape, each named in code."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from copycheck.article import Article
from copycheck.checks import Check, Result, Site
from copycheck.checks.structure import links, lists, passages, terms
from copycheck.findings import Finding
from copycheck.ruleset.models import Structure

CHECKS: dict[str, Callable[[Structure, Article, Site], Iterable[Finding]]] = {
    "empty-section": lists.empty_section,
    "foreign-text": passages.foreign_text,
    "jargon": terms.jargon,
    "link-text": links.link_text,
    "missing-alt": links.missing_alt,
    "pasted-notice": passages.pasted_notice,
    "phone-mismatch": links.phone_mismatch,
    "placeholder-text": passages.placeholder_text,
    "promised-count": lists.promised_count,
    "readers-comments": passages.readers_comments,
    "repeated-passage": passages.repeated_passage,
    "stale-year": passages.stale_year,
    "undefined-acronym": terms.undefined_acronym,
}


class StructureCheck(Check[Structure]):
    """All structure rules, each with its own check."""

    def check(self, article: Article, site: Site) -> Result:
        result = Result()
        for rule in self.rules:
            result.findings += CHECKS[rule.check](rule, article, site)
            if rule.check == "repeated-passage":
                result.paragraphs += passages.paragraphs(rule, article)
        return result
