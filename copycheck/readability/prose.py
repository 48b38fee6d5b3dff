"""Prose: which sentences of a document count towards its readability, and their counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from copycheck.article import Article, Sentence
from copycheck.readability import scores
from copycheck.readability.scores import Counts
from copycheck.readability.words import words

_LEAST = 3  # words; less is an exclamation or debris, and textstat drops it too
_LEAST_BULLET = 4
_STOP = re.compile(r"""[.!?…]["')\]]*+(?:\s?\[[\d,\s–-]*+\]|\s?\(\d{1,3}\))*+\d{0,3}["')\]]*+$""")
_VERB = re.compile(  # a bullet with one of these and a stop is a sentence: "Massage helps you rest.", "Helps you rest."
    r"\b(?:is|are|was|were|has|have|had|do|does|did|can|could|will|would|may|might|must|should|shall|cannot)\b|'(?:s|re|ve|ll|m|d)\s"
    r"|n't\b|\b(?:i|we|you|they|he|she|it|this|that|there)\s+[a-z]+"
    r"|(?:\w\s+|^)(?:(?:help|work|make|take|give|keep|need|use|offer|provide|include|reduce|improve|increase|lower|raise|cause|treat|prevent"
    r"|support|affect|show|last|start|become|feel|get|lead|mean|allow|let|stay|depend|contain|require)s?|var(?:y|ies))\b",
    re.IGNORECASE,
)
_ORDER = re.compile(  # or begins with one of these: "Drink plenty of water."
    r"(?:please |always |never |do not |don't |try to )?(?:add|apply|ask|avoid|be|breathe|bring|call|check|choose|clean|consider"
    r"|continue|cut|discuss|do|drink|eat|exercise|find|follow|get|give|go|hold|keep|know|learn|leave|let|limit|look|make|note|plan"
    r"|practice|protect|put|read|remember|rest|schedule|see|seek|set|show|sleep|speak|stay|start|stop|store|take|talk|tell|think"
    r"|track|try|use|wait|walk|wash|watch|wear|write)\b",
    re.IGNORECASE,
)
_CALL_TO_ACTION = re.compile(
    r"\b(?:call|contact|text|e-?mail|message)\s+(?:us|our|now|today|\W?\d)|\bverify your insurance|\b(?:get|start) started\b"
    r"|\b(?:book|schedule|request|claim|reserve)\s+(?:a|an|your|now|today|online)\b|\b(?:learn|read) more\b|\bclick\b|\bvisit us\b"
    r"|\bsign up\b|\bsubscribe\b|\bcontact \w+(?: \w+)? (?:today|now)\b|\bget (?:help|in touch)\b|\breach out\b|\bdownload\b"
    r"|\bfollow us\b|\(?\d{3}\)?[ .-]?\d{3}[.-]\d{4}",
    re.IGNORECASE,
)
_CALL_LENGTH = 15  # words; a longer sentence that says "call us" says something else too
_DEBRIS = re.compile(
    r"©|\ball rights reserved\b|\bcopyright \d|\bprotected by\b|\bet al\.|\bdoi:|\bretrieved from\b|\b(?:19|20)\d\d;\s?\d"
    r"|\bcookies?\b.{0,80}\b(?:website|site|experience)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, eq=False)
class Counted:
    """A sentence of the article's prose, its words and its counts."""

    sentence: Sentence
    words: tuple[str, ...]
    counts: Counts


def sentences(article: Article) -> list[Counted]:
    """The sentences that count: whole ones of the article's paragraphs and lists.

    Headings, tables, captions, quotations (not the writer's to change), calls to action, references, lead-ins and bullets that
    are fragments do not count, so that adding them to a page does not move its grade.
    """
    return [
        Counted(sentence, found, scores.count(found))
        for sentence in article.sentences
        if _may_count(sentence) and (found := tuple(words(_text(sentence)))) and _counts(sentence, found)
    ]


def sections(prose: list[Counted]) -> Iterator[tuple[int | None, list[Counted]]]:
    """The prose by the index of the heading block that it stands under, None before the first, in order of place."""
    grouped: dict[int | None, list[Counted]] = {}
    for counted in prose:
        grouped.setdefault(counted.sentence.block.heading, []).append(counted)
    yield from grouped.items()


def paragraphs(prose: list[Counted]) -> Iterator[list[Counted]]:
    """The prose by block, lists left out."""
    grouped: dict[int, list[Counted]] = {}
    for counted in prose:
        if counted.sentence.block.scope == "body":
            grouped.setdefault(counted.sentence.block_index, []).append(counted)
    yield from grouped.values()


def _may_count(sentence: Sentence) -> bool:
    block = sentence.block
    return (
        block.region == "main"
        and block.scope in ("body", "list")
        and sentence.kind == "sentence"
        and _STOP.search(sentence.folded.rstrip()) is not None
    )


def _text(sentence: Sentence) -> str:
    """The sentence's text with plain quotes, without addresses written out."""
    text = sentence.folded
    for link in sentence.block.links:
        if link.kind in ("bare", "footnote") and link.start < sentence.end and sentence.start < link.end:
            start, end = max(link.start - sentence.start, 0), link.end - sentence.start
            text = text[:start] + " " * (min(end, len(text)) - start) + text[end:]
    return text


def _counts(sentence: Sentence, found: tuple[str, ...]) -> bool:
    text = sentence.folded
    if len(found) < (_LEAST_BULLET if sentence.block.scope == "list" else _LEAST) or _DEBRIS.search(text):
        return False
    if len(found) <= _CALL_LENGTH and _CALL_TO_ACTION.search(text):
        return False
    return sentence.block.scope != "list" or _VERB.search(text) is not None or _ORDER.match(text) is not None
