"""Judged: rules that fire on the judge's word alone, above its high bar; `copycheck.witnesses` drops what a pattern says too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from copycheck.article import Article
from copycheck.checks import Result, Site, finding, in_scope
from copycheck.verdicts import bars, evidence, is_denied, opinion, quote

if TYPE_CHECKING:
    from copycheck.ruleset.models import Judged


@dataclass
class JudgedCheck:
    """All judged rules."""

    rules: Sequence[Judged]

    def check(self, article: Article, site: Site) -> Result:
        result = Result()
        for sentence in article.sentences:
            said = opinion(article, sentence)
            if said is None:
                continue
            for rule in self.rules:
                _, alone = bars(rule.label)
                if said.labels[rule.label] < alone or not in_scope(rule, sentence) or is_denied(sentence):
                    continue
                shown = evidence(said, rule.label, sentence)
                if rule.unless and not sentence.marks(*(shown or (0, len(sentence.text)))).isdisjoint(rule.unless):
                    continue
                message = rule.message.replace("{match}", quote(sentence, shown))
                made = finding(rule, sentence, 0, len(sentence.text), message)
                result.findings.append(made._replace(evidence=sentence.span(*shown) if shown else None))
        return result


def compile_rules(rules: Sequence[Judged], lists: Mapping[str, frozenset[str]], site: Site) -> JudgedCheck:
    """Judged rules as they are."""
    return JudgedCheck(rules)
