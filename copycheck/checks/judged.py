"""Judged: rules that fire on the judge's word alone, above its high bar; `copycheck.witnesses` drops what a pattern says too."""

from __future__ import annotations

from functools import cached_property

from copycheck.article import Article
from copycheck.checks import Check, Result, Site, finding, in_scope
from copycheck.checks.wordings import Wordings
from copycheck.evidence import evidence, quote, weights_of
from copycheck.ruleset.models import Judged
from copycheck.verdicts import bars, is_denied, is_named, opinion


class JudgedCheck(Check[Judged]):
    """All judged rules."""

    @cached_property
    def _wordings(self) -> Wordings:
        """What must and must not stand in a sentence, by the number of the rule and the key."""
        wordings = Wordings(self.lists)
        for number, rule in enumerate(self.rules):
            wordings.add_all({(number, "with"): rule.with_, (number, "without"): rule.without})
        return wordings

    def check(self, article: Article, site: Site) -> Result:
        result = Result()
        for sentence in article.sentences:
            said = opinion(article, sentence)
            if said is None:
                continue
            for number, rule in enumerate(self.rules):
                least = rule.chance or bars(rule.label)[1]
                if said.labels[rule.label] < least or not in_scope(rule, sentence) or is_denied(sentence):
                    continue
                if "name" in rule.unless and is_named(sentence):
                    continue
                weights = weights_of(said, rule.label, sentence)
                shown = evidence(weights, sentence)
                whole = (0, len(sentence.text))  # a cue may stand beside the words that weighed most, a quotation around them alone
                if not (sentence.marks(*whole) | sentence.marks(*(shown or whole))).isdisjoint(rule.unless):
                    continue
                found = self._wordings.find(sentence)
                if (number, "without") in found or (rule.with_ and (number, "with") not in found):
                    continue
                made = finding(rule, sentence, *whole, rule.message.replace("{match}", quote(sentence, shown, weights)))
                result.findings.append(made._replace(evidence=sentence.span(*shown) if shown else None))
        return result
