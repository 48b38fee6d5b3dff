"""Adverbs: those in -ly that stand where a noun asks for an adjective, and adjectives where a verb asks for one in -ly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from copycheck.grammar import Issue, words

_FOCUS = frozenset(  # may stand before a noun, or are adjectives too
    "only early daily weekly monthly yearly hourly nightly likely unlikely friendly elderly lovely lonely costly timely orderly deadly "
    "mostly mainly usually especially particularly primarily solely exclusively typically generally virtually nearly rarely hardly "
    "possibly probably potentially simply literally really basically essentially notably largely chiefly merely purely entirely "
    "approximately frequently previously formerly currently presumably allegedly reportedly supposedly ugly silly curly oily holy bodily "
    "ghostly worldly kindly namely family supply assembly anomaly reply belly jelly homely scholarly lively leisurely masterly quarterly "
    "unruly sickly stately".split()
)
_QUANTITIES = frozenset(  # “exactly half of it”, “for absolutely anyone”
    "half third quarter fifth double noon midnight anyone everyone anything everything nothing anybody everybody nobody".split()
)
_BEFORE = ("DT", "PRP$", "IN")
_AFTER = ("IN", ".", "MD", "VBZ", "TO", "CC")


def misplaced(sentence: Any) -> Iterator[Issue]:
    """Adverbs between a determiner or preposition and a noun ("for topically application")."""
    for adverb in sentence[1:-1]:
        noun, before = adverb.nbor(), adverb.nbor(-1)
        word = adverb.lower_
        if adverb.tag_ in ("JJ", "VB") and before.tag_ in ("TO", "MD") and noun.tag_ == "VB" and len(word) > 5:  # “to thorough clean”
            right = next((form for form in _in_ly(word) if words.is_used(form)), None)
            if right and words.is_base(noun.lower_) and noun.lower_ != "be" and not words.is_base(word):
                yield Issue(adverb.i, adverb.i + 1, (right,), noun.text)
            continue
        if adverb.tag_ != "RB" or not word.endswith("ly") or not adverb.text.islower() or word in _FOCUS or before.tag_ not in _BEFORE:
            continue
        ends = noun.lower_ not in _QUANTITIES and (noun.i + 1 >= sentence.end or noun.nbor().tag_ in _AFTER)
        right = next((form for form in (word[:-2], word[:-1] + "e", word[:-3] + "y") if words.is_used(form)), None)
        if noun.tag_ in ("NN", "NNS") and noun.text.islower() and ends and right and not words.base_of(noun.lower_):
            yield Issue(adverb.i, adverb.i + 1, (right,), noun.text)


def _in_ly(word: str) -> tuple[str, ...]:
    return (word[:-1] + "ily",) if word.endswith("y") else (word[:-1] + "y",) if word.endswith("le") else (word + "ly",)
