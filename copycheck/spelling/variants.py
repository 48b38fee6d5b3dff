"""Variants: British and American spellings in one document."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from copycheck.spelling.lexicon import Lexicon
from copycheck.spelling.words import Word, is_prose, match_case, words

_DUAL = frozenset(
    "practice practise practiced practised practicing practising program programme programs programmes judgement judgment analogue analog "
    "catalogue catalog dialogue dialog licence license draught draughts storey storeys cheque cheques tyre tyres metre meter metres meters "
    "grey gray disc disk discs disks enquiry inquiry enquiries inquiries ageing aging acknowledgement acknowledgment toward towards "
    "theatre theater theatres theaters centre center centres centers glamour axe mould moulds sceptic kerb caesar bael bourg".split()
)
"""Words used in both Englishes, or in names."""
_LEAST = 2  # different words of each kind that make a mix


@cache
def _variants(lexicon: Lexicon) -> frozenset[str]:
    """Words of one of the two Englishes alone."""
    return frozenset(word for word in (*lexicon.american, *lexicon.british) if len(word) >= 5) - _DUAL


def mixed(texts: Sequence[str], lexicon: Lexicon, spelling: str) -> list[tuple[int, Word, str]]:
    """Words that are not in the `spelling` (us, uk) of the site, where the document has several of both; none where it does not mix.

    Each with the number of its text, and as it is spelt there.
    """
    british, american = _spelt(texts, lexicon)
    if min(_different(british), _different(american)) < _LEAST:
        return []
    return british if spelling == "us" else american


def is_british(texts: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether the spelling of some texts is British more than American."""
    british, american = map(_different, _spelt(texts, lexicon))
    return british >= _LEAST and british > american


def _different(found: Sequence[tuple[int, Word, str]]) -> int:
    return len({word.lower for _, word, _ in found})


def _spelt(texts: Sequence[str], lexicon: Lexicon) -> tuple[list[tuple[int, Word, str]], list[tuple[int, Word, str]]]:
    """The words that only the British spell so, and those that only Americans do, each with the spelling of the others."""
    variants = _variants(lexicon)
    british: list[tuple[int, Word, str]] = []
    american: list[tuple[int, Word, str]] = []
    for number, text in enumerate(texts):
        for word in words(text):
            lower = word.lower
            if lower not in variants:
                continue
            if (word.text[0].isupper() and word.start and text[word.start - 2 : word.start - 1].isalnum()) or not is_prose(text, word):
                continue  # part of a name
            if lower in lexicon.american:
                british.append((number, word, match_case(word.text, lexicon.american[lower])))
            else:
                american.append((number, word, match_case(word.text, lexicon.british[lower])))
    return british, american
