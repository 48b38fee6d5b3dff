"""Spelling: words misspelt, doubled, confused; articles and punctuation; told from the text alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set

from copycheck.article import Article, Sentence
from copycheck.checks import Check, Result, Site, finding, fix_of, is_read, quoted
from copycheck.document import PLACEHOLDER
from copycheck.findings import Finding
from copycheck.quotation import fold
from copycheck.ruleset.models import Spelling
from copycheck.spelling.articles import wrong_articles
from copycheck.spelling.lexicon import load
from copycheck.spelling.misspelling import Passage, Slip, is_title, misspelt, unlisted
from copycheck.spelling.slips import doubled, missing_space, repeated_marks, small_start, unbalanced
from copycheck.spelling.variants import mixed
from copycheck.spelling.words import is_code, match_case

_AROUND = frozenset({"nav", "header", "footer", "aside", "form", "related"})  # a misspelt menu is on every page of a site
_SHOWN = 2  # corrections that a message names
_FAR = 4  # blocks that a quotation may run over
_MARKUP = re.compile(r"[<>*_`\[\]\n]")
_NO_PROSE = re.compile(rf"(?:[@#\\_<>{{}}=|~^$`{PLACEHOLDER}]|://|www\.)")


class SpellingCheck(Check[Spelling]):
    """All spelling rules. What they ask of words is loaded before the first article."""

    def __post_init__(self) -> None:
        if any(rule.check in _OF_WORDS for rule in self.rules):
            load()

    def check(self, article: Article, site: Site) -> Result:
        result = Result()
        copy = [sentence for sentence in article.sentences if not is_code(sentence.text)]
        read: dict[tuple[str, ...], list[Sentence]] = {}  # most rules read the same scopes
        for rule in self.rules:
            around = _AROUND if rule.check == "misspelling" else frozenset()
            scopes = (rule.family, *rule.scope, *around)
            if scopes not in read:
                read[scopes] = [sentence for sentence in copy if is_read(rule, sentence) or _is_around(sentence, around, rule)]
            sentences = read[scopes]
            for sentence, start, end, slip in _slips(rule, sentences, site):
                result.findings.append(_finding(rule, sentence, start, end, slip, article.document.source.text))
        return result


def _is_around(sentence: Sentence, regions: Set[str], rule: Spelling) -> bool:
    return sentence.block.region in regions and sentence.scope in rule.scope


def _slips(rule: Spelling, sentences: Sequence[Sentence], site: Site) -> Iterator[tuple[Sentence, int, int, Slip]]:
    """Errors with the sentence they stand in and their offsets in it."""
    if rule.check == "misspelling":
        yield from _misspelt(rule, sentences, site)
    elif rule.check == "mixed":
        yield from _mixed(sentences, site)
    elif rule.check in _OF_BLOCK:
        blocks: dict[int, list[Sentence]] = {}
        for sentence in sentences:
            blocks.setdefault(sentence.block_index, []).append(sentence)
        found = [slip for members in blocks.values() for slip in _in_block(members, _OF_BLOCK[rule.check])]
        going_on = {number - 1 for number, members in blocks.items() if members[0].text.startswith("“")}
        yield from _unpaired(found, going_on) if rule.check == "unbalanced" else found
    else:
        for sentence in sentences:
            for slip in _OF_SENTENCE[rule.check](sentence.folded):
                if not _touches_code(sentence.text, slip):
                    yield sentence, slip.start, slip.end, slip


_OF_SENTENCE: dict[str, Callable[[str], Iterable[Slip]]] = {
    "doubled": doubled,
    "article": wrong_articles,
    "repeated-marks": repeated_marks,
}
_OF_WORDS = frozenset({"misspelling", "mixed", "missing-space", "small-letter"})  # they read the lexicon
_OF_BLOCK: dict[str, Callable[[str], Iterable[Slip]]] = {
    "missing-space": lambda text: missing_space(fold(text), load()),
    "small-letter": lambda text: small_start(fold(text), load()),
    "unbalanced": unbalanced,
}


def _finding(rule: Spelling, sentence: Sentence, start: int, end: int, slip: Slip, source: str) -> Finding:
    severity = None if slip.sure and sentence.block.region != "comments" else "info"
    made = finding(rule, sentence, start, end, suggestions=slip.suggestions, severity=severity)
    if end > len(sentence.text):  # a slip between two sentences
        made = made._replace(excerpt=sentence.block.text[sentence.start + start : sentence.start + end])
        made = made._replace(message=rule.message.replace("{match}", made.excerpt))
    if slip.suggestions:
        offer = quoted(slip.suggestions[:_SHOWN], "or")
        message = made.message.replace("{right}", offer)
        made = made._replace(message=message if "{right}" in made.message else f"{message} Write {offer}.")
    if _MARKUP.search(source, made.span.start, made.span.end):  # the words can't be replaced as a whole
        made = made._replace(suggestions=())
    made = made._replace(fix=fix_of(sentence, start, end, made.suggestions, rule.safe and slip.sure))
    if not slip.sure:
        made = made._replace(confidence="medium" if made.confidence == "high" else "low")
    return made


def _in_block(members: Sequence[Sentence], find: Callable[[str], Iterable[Slip]]) -> Iterator[tuple[Sentence, int, int, Slip]]:
    """Slips of a whole block; each is laid into the sentence that it begins in."""
    text = members[0].block.text
    if PLACEHOLDER in text and find is unbalanced:
        return
    starts = [sentence.start for sentence in members]
    for slip in find(text):
        sentence = members[max(bisect_right(starts, slip.start) - 1, 0)]
        if sentence.start <= slip.start < sentence.end and not _touches_code(text, slip):
            yield sentence, slip.start - sentence.start, slip.end - sentence.start, slip


def _unpaired(found: list[tuple[Sentence, int, int, Slip]], going_on: Set[int]) -> Iterator[tuple[Sentence, int, int, Slip]]:
    """Without the quotations that run over several paragraphs: opened in each, or in the first, and closed in the last.

    `going_on` are the blocks before one that begins with a quotation mark.
    """
    opened: list[tuple[Sentence, int, int, Slip]] = []
    for slip in found:
        sentence, start, end, _ = slip
        mark = sentence.text[start:end]
        if mark == "“" and sentence.block_index in going_on:
            continue
        if mark == "“":
            opened.append(slip)
        elif mark != "”":
            yield slip
        elif opened and sentence.block_index - opened[-1][0].block_index <= _FAR:
            opened.clear()
        else:
            yield slip
    yield from opened


def _touches_code(text: str, slip: Slip) -> bool:
    """The slip lies in an address, a handle, a path, code or a placeholder."""
    left = slip.start
    while left and not text[left - 1].isspace() and slip.start - left < 100:
        left -= 1
    right = slip.end
    while right < len(text) and not text[right].isspace() and right - slip.end < 100:
        right += 1
    return _NO_PROSE.search(text[left:right]) is not None


def _passages(sentences: Iterable[Sentence]) -> list[Passage]:
    return [
        Passage(sentence.text, sentence.kind == "heading" or sentence.block.scope == "cta" or is_title(sentence.text))
        for sentence in sentences
    ]


def _misspelt(rule: Spelling, sentences: Sequence[Sentence], site: Site) -> Iterator[tuple[Sentence, int, int, Slip]]:
    accepted = site.vocabulary | set(rule.allow)
    lexicon = load()
    for sentence, slips in zip(sentences, misspelt(_passages(sentences), lexicon, accepted), strict=True):
        bare = [(link.start - sentence.start, link.end - sentence.start) for link in sentence.block.links if link.kind == "bare"]
        for slip in slips:
            if any(start < slip.end and slip.start < end for start, end in bare):
                continue
            local = lexicon.american if site.spelling == "us" else lexicon.british
            suggestions = [match_case(word, local.get(word.lower(), word)) for word in slip.suggestions]
            yield sentence, slip.start, slip.end, slip._replace(suggestions=tuple(dict.fromkeys(suggestions)))


def _mixed(sentences: Sequence[Sentence], site: Site) -> Iterator[tuple[Sentence, int, int, Slip]]:
    members = [sentence for sentence in sentences if sentence.block.region == "main"]
    for number, word, right in mixed([sentence.text for sentence in members], load(), site.spelling)[:1]:
        yield members[number], word.start, word.end, Slip(word.start, word.end, (right,))


def unknown_words(article: Article, site: Site) -> Counter[str]:
    """How often each word of the article that the lexicon does not list occurs: what a project's vocabulary may take in."""
    sentences = [sentence for sentence in article.sentences if sentence.block.region == "main" and not is_code(sentence.text)]
    return unlisted(_passages(sentences), load(), site.vocabulary)
