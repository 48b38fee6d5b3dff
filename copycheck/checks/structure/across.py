"""Across: the paragraphs that a page hands over, so that those on several pages of one run can be told when all are read."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from copycheck.article import Article, Sentence
from copycheck.checks import finding_over, in_scope
from copycheck.checks.structure.common import lower_words, matches
from copycheck.findings import Paragraph

if TYPE_CHECKING:
    from copycheck.ruleset.models import Structure

_MESSAGE = "This paragraph stands on {page} as well. Say it in new words here, or keep it on one page and link to it."
_LEAST = 40  # words; shorter paragraphs are mottos, offers and addresses that a site means to repeat


def paragraphs(rule: Structure, article: Article) -> tuple[Paragraph, ...]:
    """The long paragraphs of an article, each once, but those that may stand anywhere.

    Such are what the rule's patterns match (disclaimers, calls) and what stands under a heading that begins with "About".
    """
    found: dict[str, Paragraph] = {}
    for sentences in article.by_block.values():
        first, last = sentences[0], sentences[-1]
        if first.block.scope != "body" or not in_scope(rule, first) or _is_about(article, first):
            continue
        words = [word for sentence in sentences for word in lower_words(sentence.folded)]
        if len(words) < _LEAST or any(True for sentence in sentences for _ in matches(rule, sentence.folded)):
            continue
        key = blake2b(" ".join(words).encode(), digest_size=12).hexdigest()
        found.setdefault(key, Paragraph(key, finding_over(rule, first, last, _MESSAGE)))
    return tuple(found.values())


def _is_about(article: Article, sentence: Sentence) -> bool:
    heading = sentence.block.heading
    return heading is not None and article.document.blocks[heading].text.lower().startswith("about ")
