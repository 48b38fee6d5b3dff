"""Neighbors: slips that the words beside them show: a real word one letter off ("clinical trail"), two letters ("cost fo care")."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from copycheck.inflection import forms
from copycheck.spelling.lexicon import Lexicon
from copycheck.spelling.page import are_forms
from copycheck.spelling.words import Word, is_one_edit, is_prose, words

_SHORTEST = 4  # letters of a word that may be another's slip
_RARER, _RARE = 1.0, 4.0  # log10: how much rarer a slip is than what was meant, or how rare (per billion words)

_AS_VERB = re.compile(r"s (?:an?|the|that|this|its?|their|your?|our|us|them|him|her|me|my|his|what|how|when|where|if) ")
"""What stands after a noun may be its verb (“a nerve tells the muscle”), where its own object follows."""

_SMALL = "of to in is it on be as at by or an we he my so do if are our out for you the was not and".split()  # most frequent first
_TWO_LETTERS = frozenset(
    "dr mr ms st rn md iv vs tv ie eg ex co un ai pc pr hr er id ii op ed sq ft oz ml kg mg mm cm km lb hz uv dm bp pt qi oh uh um hm "
    "ha eh de la el le du en et al ad re vi bi mu nu pi ph db ca wk yr mo ok ya ye yo ma pa da".split()
)
"""Words of two letters that are no slips: abbreviations, units, words of other languages."""


def small_words(text: str, lexicon: Lexicon) -> Iterator[tuple[Word, tuple[str, ...]]]:
    """Unknown words of two letters between two common words, and the small words that each may have been."""
    members = words(text)
    for before, word, after in zip(members, members[1:], members[2:], strict=False):
        if len(word.text) != 2 or not word.text.islower() or word.lower in _TWO_LETTERS or word.lower in lexicon.words:
            continue
        plain = all(near.text.islower() and (near.lower == "a" or near.lower in lexicon.frequency) for near in (before, after))
        if plain and text[before.end : word.start] == text[word.end : after.start] == " ":
            letters = sorted(word.lower)
            right = sorted((other for other in _SMALL if is_one_edit(word.lower, other)), key=lambda other: sorted(other) != letters)
            if right:
                yield word, tuple(right)


def misplaced(text: str, title: bool, lexicon: Lexicon) -> Iterator[tuple[Word, str]]:
    """Known words that stand where a phrase has another, one letter off, and that other word; in a `title` capitals say nothing."""
    after, before = lexicon.phrases
    told = -1
    for one, other in pairwise(words(text)):
        if text[one.end : other.start] == " ":
            for word, fitting in ((other, after.get(one.lower)), (one, before.get(other.lower))):
                right = _meant(word, fitting, lexicon) if fitting and word.start > told else None
                if right and _is_common(text, word, title) and not (word is other and _AS_VERB.match(text, word.end - 1)):
                    told = word.start
                    yield word, right


def _meant(word: Word, fitting: Collection[str], lexicon: Lexicon) -> str | None:
    lower = word.lower
    if len(lower) < _SHORTEST or lower in fitting or lower not in lexicon.words:
        return None
    for right in fitting:
        if len(right) < _SHORTEST or not is_one_edit(lower, right):
            continue
        alike = (lower[0] == right[0] and are_forms(lower, right)) or right in forms(lower) or lexicon.are_variants(lower, right)
        if not alike and _is_rarer(lower, right, lexicon):
            return right
    return None


def _is_rarer(word: str, right: str, lexicon: Lexicon) -> bool:
    often = lexicon.frequency.get(word, 0.0)
    return often <= _RARE or lexicon.frequency.get(right, 0.0) - often >= _RARER


def _is_common(text: str, word: Word, title: bool) -> bool:
    """The word is none that its capital makes a name."""
    return is_prose(text, word) and (title or word.start == 0 or word.text[0].islower())
