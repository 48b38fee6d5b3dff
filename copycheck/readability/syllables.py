"""Syllables: how many a word has, by spelling rules and the table of words on which the rules err."""

from __future__ import annotations

import re
from functools import lru_cache

from copycheck.readability.words import plain, read_data

_VOWELS = re.compile(r"[aeiouy]+")
_C = "[bcdfghjklmnpqrstvwxz]"
_SILENT = re.compile(
    rf"(?:(?<!{_C}l)(?<![aeiouy])e|(?<=[vr]l)e)$"  # care, not table
    r"|(?<=[aeiouyr]l)es$|(?<=[bdfkmnprtvw])es$"  # rules, cares, not tables, doses
    r"|(?<=[^aeiouytdl])ed$|(?<=[aeiouylr]l)ed$"  # helped, called, not treated, handled
    # careful, movement: a silent e before an ending
    r"|(?<=[a-z][bcdfghkmnprstvwz])e(?=(?:ly|ments?|ful|fully|less|lessly|ness|some|ty|works?|rooms?|lines?|times?|sides?|dly)$)"
)
_APART = re.compile(  # neighbouring vowel letters that are two syllables, and a syllable without a vowel letter
    r"(?<![ct])i(?=a(?!ge)|um|us$)|[ct]i(?=at)"  # media, medium, radius; appreciate
    r"|(?<=[^cgstx])i(?=ous|on)|i(?=ent|er|est|ety|ers|ents)(?<=[^aeiouct]i)"  # various, million, client, happier
    r"|(?<=[^gq])u(?=a|ou)|e(?=o(?!us?$|u|ns?$|p[el]))|e(?=um|ing?|int)"  # actual, video, being
    r"|(?:(?<=cr)|(?<=[mnd])|(?<=ur))e(?=ate|ati[ov])"  # create, permeated
    r"|[aeiouy](?=ing(?:s|ly)?$)|^(?:co|re|pre|bio|de)(?=[aeiou])(?<!rea)(?!r)|(?<=[a-z])(?:th|s)m(?=s?$)"  # playing, react, rhythm
)


def by_rule(word: str) -> int:
    """Syllables of a lower-case word without apostrophes, told from its spelling alone; at least 1."""
    count = len(_VOWELS.findall(word)) - len(_SILENT.findall(word)) + len(_APART.findall(word))
    return max(count, 1)


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """Syllables of a word in any case, apostrophes and a possessive ending included. A number counts as one."""
    stem = plain(word)
    if word.lower().endswith("'s") and stem.endswith(("s", "x", "z", "ch", "sh", "ce", "ge", "se")):
        return syllables(stem) + 1
    stem = stem.replace("'", "")
    return int(read_data("syllables.txt").get(stem, 0)) or by_rule(stem)
