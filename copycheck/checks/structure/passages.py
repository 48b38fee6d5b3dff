"""Passages: text that has no business on the page: placeholders, repeats, pasted notices, another language, years gone by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from itertools import groupby

from copycheck.article import Article, Sentence
from copycheck.checks import Site, finding, finding_over, in_scope
from copycheck.checks.structure.common import lower_words, matches, sentences
from copycheck.document import PLACEHOLDER
from copycheck.findings import Finding, Paragraph
from copycheck.languages import language
from copycheck.ruleset.models import Structure

_REPEATED = 9  # words; shorter sentences (a motto, a question) may stand twice
_MESSAGE = "This paragraph stands on {page} as well. Say it in new words here, or keep it on one page and link to it."
_LONG = 40  # words; shorter paragraphs are mottos, offers and addresses that a site means to repeat
_TITLE = re.compile(r'"[^"]+"\W*')  # of a work cited


def placeholder_text(rule: Structure, article: Article, site: Site) -> Iterator[Finding]:
    """Wording that an author or a template meant to replace. In plain copy template code itself is such."""
    plain = article.document.format == "text"
    for sentence in sentences(rule, article):
        spans = sorted(set(matches(rule, sentence)))
        if plain:
            spans += [(at, at + 1) for at, character in enumerate(sentence.text) if character == PLACEHOLDER]
        end = -1
        for start, stop in sorted(spans):
            if start >= end:
                found = finding(rule, sentence, start, stop, "{found}")
                source = article.document.source.text[found.span.start : found.span.end]
                yield found._replace(message=rule.message.replace("{match}", " ".join(source.split())[:80]))
                end = stop


def repeated_passage(rule: Structure, article: Article, site: Site) -> Iterator[Finding]:
    """Sentences that stood on the page before, those of one block in one finding; `related` is where they stood first."""
    first: dict[str, Sentence] = {}
    repeats: list[tuple[Sentence, Sentence]] = []
    for sentence in sentences(rule, article):
        words = lower_words(sentence.folded)
        if len(words) < _REPEATED or sentence.kind != "sentence" or _TITLE.fullmatch(sentence.folded):
            continue
        before = first.setdefault(" ".join(words), sentence)
        if before is not sentence and not matches(rule, sentence):
            repeats.append((sentence, before))
    for _, group in groupby(repeats, key=lambda pair: (pair[0].block_index, pair[1].block_index)):
        members = list(group)
        start, end = members[0][0], members[-1][0]
        stood = [before for _, before in members]  # in whatever order
        place = stood[0].block.span(min(one.start for one in stood), max(one.end for one in stood))
        yield finding_over(rule, start, end, related=[place])


def paragraphs(rule: Structure, article: Article) -> tuple[Paragraph, ...]:
    """The long paragraphs of an article, each once, but those that may stand anywhere.

    Such are what the rule's patterns match (disclaimers, calls) and what stands under a heading that begins with "About".
    """
    found: dict[str, Paragraph] = {}
    for members in article.by_block.values():
        first, last = members[0], members[-1]
        if first.block.scope != "body" or not in_scope(rule, first) or _is_about(article, first):
            continue
        words = [word for sentence in members for word in lower_words(sentence.folded)]
        if len(words) < _LONG or any(matches(rule, sentence) for sentence in members):
            continue
        key = blake2b(" ".join(words).encode(), digest_size=12).hexdigest()
        found.setdefault(key, Paragraph(key, finding_over(rule, first, last, _MESSAGE)))
    return tuple(found.values())


def _is_about(article: Article, sentence: Sentence) -> bool:
    heading = sentence.block.heading
    return heading is not None and article.document.blocks[heading].text.lower().startswith("about ")


def pasted_notice(rule: Structure, article: Article, site: Site) -> Iterator[Finding]:
    """Lines of the site that were pasted with the article: anywhere in copy, in a web page only in the article itself."""
    for sentence in article.sentences:
        if article.document.format != "html" or sentence.block.region == "main":
            for start, end in matches(rule, sentence):
                yield finding(rule, sentence, start, end)
                break


def readers_comments(rule: Structure, article: Article, site: Site) -> Iterator[Finding]:
    """One note where readers' comments stand with the article; a mere "Comments are closed" or an empty form is none."""
    said = [sentence for sentence in article.sentences if sentence.block.region == "comments"]
    if len({sentence.block_index for sentence in said if sentence.block.scope in ("body", "list", "quote")}) > 1:
        yield finding(rule, said[0], 0, len(said[0].text))


def foreign_text(rule: Structure, article: Article, site: Site) -> Iterator[Finding]:
    """Sentences of another language on a page in English, in blocks of their own or not."""
    read = [one for one in article.sentences if one.block.region in ("main", "foreign") and one.scope in rule.scope]
    told = [(sentence, name) for sentence in read if (name := language(sentence.folded))]
    for _, group in groupby(told, key=lambda pair: (pair[0].block_index, pair[1])):
        sentence, name = next(group)
        yield finding(rule, sentence, 0, len(sentence.text), rule.message.replace("{language}", name))


def stale_year(rule: Structure, article: Article, site: Site) -> Iterator[Finding]:
    """What is told as to come, or as of now, for a year that is over. The patterns' group `flag` is the year."""
    for sentence in sentences(rule, article):
        for start, end in matches(rule, sentence):
            year = sentence.folded[start:end]  # the date is read only where it decides: what was found without it stays true
            if year.isdigit() and site.today and int(year) < site.today.year:
                yield finding(rule, sentence, start, end, rule.message.replace("{today}", str(site.today.year)))
