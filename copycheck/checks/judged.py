"""Judged: rules that fire on the judge's word alone, above its high bar; `copycheck.witnesses` drops what a pattern says too."""

from __future__ import annotations

from copycheck.article import Article
from copycheck.checks import Check, Result, Site, finding, in_scope
from copycheck.ruleset.models import Judged
from copycheck.verdicts import bars, evidence, is_denied, opinion, quote


class JudgedCheck(Check[Judged]):
    """All judged rules."""

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
                whole = (0, len(sentence.text))  # a cue may stand beside the words that weighed most, a quotation around them alone
                if not (sentence.marks(*whole) | sentence.marks(*(shown or whole))).isdisjoint(rule.unless):
                    continue
                message = rule.message.replace("{match}", quote(sentence, shown))
                made = finding(rule, sentence, *whole, message)
                result.findings.append(made._replace(evidence=sentence.span(*shown) if shown else None))
        return result
