"""Grammar: what the parse of each sentence shows of agreement, number and the forms of verbs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from copycheck.article import Article, Sentence, remembered
from copycheck.checks import Check, Result, Site, finding, is_read, quoted
from copycheck.findings import Finding
from copycheck.grammar import Issue
from copycheck.grammar.agreement import disagreements
from copycheck.grammar.articles import undetermined
from copycheck.grammar.nouns import misfits
from copycheck.grammar.questions import statements
from copycheck.grammar.verbs import misformed
from copycheck.ruleset.models import Grammar
from copycheck.spelling.lexicon import load
from copycheck.spelling.words import match_case

_FIND: dict[str, Callable[[Any], Iterator[Issue]]] = {
    "agreement": disagreements,
    "article": undetermined,
    "number": misfits,
    "question-order": statements,
    "verb-form": misformed,
}
_CODE = re.compile(r"[{}=<>|\\_]|\w\[|://")


class GrammarCheck(Check[Grammar]):
    """All grammar rules. What they ask of words is loaded before the first article."""

    def __post_init__(self) -> None:
        load()

    def check(self, article: Article, site: Site) -> Result:
        result = Result()
        for sentence in article.sentences:
            if len(sentence.tokens) < 3 or _CODE.search(sentence.text):
                continue
            for rule in self.rules:
                if is_read(rule, sentence):
                    result.findings += [_finding(rule, sentence, issue) for issue in _issues(rule.check, sentence.tokens)]
        return result


def _issues(check: str, tokens: Any) -> tuple[Issue, ...]:
    return remembered(tokens, check, lambda: tuple(_FIND[check](tokens)))


def _finding(rule: Grammar, sentence: Sentence, issue: Issue) -> Finding:
    words = sentence.tokens.doc[issue.start : issue.end]
    start = words.start_char - sentence.start
    right = tuple(match_case(words.text, form) for form in issue.right)
    message = rule.message.replace("{right}", quoted(right, "or")).replace("{because}", issue.because)
    severity = None if sentence.block.region == "main" else "info"
    return finding(rule, sentence, start, start + len(words.text), message, right, severity=severity)
