"""Span: rules that make findings of the spans that a user's own spaCy component set."""

from __future__ import annotations

from copycheck.article import Article
from copycheck.checks import Check, Result, Site, finding, in_scope
from copycheck.ruleset.models import SpanRule


class SpanCheck(Check[SpanRule]):
    """All rules on span groups."""

    def check(self, article: Article, site: Site) -> Result:
        result = Result()
        for sentence in article.sentences:
            doc = sentence.tokens.doc
            for rule in self.rules:
                if rule.group not in doc.spans or not in_scope(rule, sentence):
                    continue
                for span in doc.spans[rule.group]:
                    inside = sentence.start <= span.start_char < sentence.end
                    if not inside or rule.label not in (None, span.label_):
                        continue
                    if rule.unless and not sentence.token_marks(span).isdisjoint(rule.unless):
                        continue
                    end = min(span.end_char, sentence.end)
                    result.findings.append(finding(rule, sentence, span.start_char - sentence.start, end - sentence.start))
        return result
