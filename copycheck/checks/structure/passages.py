"""Passages: text that has no business on the page: placeholders, repeats, pasted notices, another language, years gone by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from copycheck.article import Article, Sentence
from copycheck.checks import Site, finding
from copycheck.checks.structure.compiled import Compiled, lower_words, sentences
from copycheck.document import PLACEHOLDER
from copycheck.findings import Finding

_REPEATED = 9  # words; shorter sentences (a motto, a question) may stand twice
_TITLE = re.compile(r'"[^"]+"\W*')  # of a work cited
_FOREIGN = 8  # words; shorter passages are names, quotations and "Hablamos español"
_FOREIGN_SHARE = 0.3  # of a passage's words are small words of that language, more than three times as many as English ones
_SCRIPT = 12  # letters of another script in a row of words

_SMALL_WORDS = {
    "Spanish": "el la los las de del que y en un una es por con para su sus se no como más pero al lo son está este esta sobre usted",
    "French": "le la les des du de et en un une est que qui dans pour pas sur avec ce cette vous nous votre nos au aux il sont par ne plus",
    "German": "der die das und ist von den dem ein eine nicht mit für auf im sich des zu auch es an werden wir sie ihre bei oder als",
    "Portuguese": "o a os as de do da dos das e em um uma que não para com por se no na mais seu sua são como você ao nosso",
    "Italian": "il lo la gli le di del della e che è in un una per non con si sono da al come più nel anche questo vostro nostra",
    "Latin": "et in est sit amet ut ad ex non sed do eiusmod tempor dolor ipsum lorem quis enim nisi qui cum aliqua magna",
}
_SMALL = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_ENGLISH = frozenset("the of and to in is for with that are on you your we our this be it or by as can have from will at not".split())


def placeholder_text(compiled: Compiled, article: Article, site: Site) -> Iterator[Finding]:
    """Wording that an author or a template meant to replace. In plain copy template code itself is such."""
    plain = article.document.format == "text"
    for sentence in sentences(compiled, article):
        spans = sorted(set(compiled.matches(sentence.folded)))
        if plain:
            spans += [(at, at + 1) for at, character in enumerate(sentence.text) if character == PLACEHOLDER]
        end = -1
        for start, stop in sorted(spans):
            if start >= end:
                found = finding(compiled.rule, sentence, start, stop, "{found}")
                source = article.document.source.text[found.span.start : found.span.end]
                yield found._replace(message=compiled.rule.message.replace("{match}", " ".join(source.split())[:80]))
                end = stop


def repeated_passage(compiled: Compiled, article: Article, site: Site) -> Iterator[Finding]:
    """Sentences that stood on the page before, those of one block in one finding; `related` is where they stood first."""
    first: dict[str, Sentence] = {}
    repeats: list[tuple[Sentence, Sentence]] = []
    for sentence in sentences(compiled, article):
        words = lower_words(sentence.folded)
        if len(words) < _REPEATED or sentence.kind != "sentence" or _TITLE.fullmatch(sentence.folded):
            continue
        before = first.setdefault(" ".join(words), sentence)
        if before is not sentence and not any(True for _ in compiled.matches(sentence.folded)):
            repeats.append((sentence, before))
    for _, group in groupby(repeats, key=lambda pair: (pair[0].block_index, pair[1].block_index)):
        members = list(group)
        start, end = members[0][0], members[-1][0]
        stood = [before for _, before in members]  # in whatever order
        place = stood[0].block.span(min(one.start for one in stood), max(one.end for one in stood))
        found = finding(compiled.rule, start, 0, len(start.text), related=[place])
        span = start.block.span(start.start, end.end)
        text = start.block.text[start.start : end.end]
        yield found._replace(span=span, sentence=span, excerpt=text, context=text)


def pasted_notice(compiled: Compiled, article: Article, site: Site) -> Iterator[Finding]:
    """Lines of the site that were pasted with the article: anywhere in copy, in a web page only in the article itself."""
    for sentence in article.sentences:
        if article.document.format != "html" or sentence.block.region == "main":
            for start, end in compiled.matches(sentence.folded):
                yield finding(compiled.rule, sentence, start, end)
                break


def readers_comments(compiled: Compiled, article: Article, site: Site) -> Iterator[Finding]:
    """One note where readers' comments stand with the article; a mere "Comments are closed" or an empty form is none."""
    said = [sentence for sentence in article.sentences if sentence.block.region == "comments"]
    if len({sentence.block_index for sentence in said if sentence.block.scope in ("body", "list", "quote")}) > 1:
        yield finding(compiled.rule, said[0], 0, len(said[0].text))


def foreign_text(compiled: Compiled, article: Article, site: Site) -> Iterator[Finding]:
    """Sentences of another language on a page in English."""
    told = [(sentence, language) for sentence in sentences(compiled, article) if (language := _language(sentence.folded))]
    if len(told) * 2 > len(article.sentences):
        return  # the page as a whole is in that language
    for _, group in groupby(told, key=lambda pair: (pair[0].block_index, pair[1])):
        sentence, language = next(group)
        yield finding(compiled.rule, sentence, 0, len(sentence.text), compiled.rule.message.replace("{language}", language))


def stale_year(compiled: Compiled, article: Article, site: Site) -> Iterator[Finding]:
    """What is told as to come, or as of now, for a year that is over. The patterns' group `flag` is the year."""
    for sentence in sentences(compiled, article):
        for start, end in compiled.matches(sentence.folded):
            year = sentence.folded[start:end]  # the date is read only where it decides: what was found without it stays true
            if year.isdigit() and site.today and int(year) < site.today.year:
                yield finding(compiled.rule, sentence, start, end, compiled.rule.message.replace("{today}", str(site.today.year)))


def _language(text: str) -> str | None:
    words = lower_words(text)
    if sum(len(word) for word in words if ord(word[0]) > 0x24F) >= _SCRIPT:
        return "another script"
    if len(words) < _FOREIGN:
        return None
    english = sum(word in _ENGLISH for word in words)
    best = max(_SMALL, key=lambda language: sum(word in _SMALL[language] for word in words))
    count = sum(word in _SMALL[best] for word in words)
    return best if count >= _FOREIGN_SHARE * len(words) and count > 3 * english else None
