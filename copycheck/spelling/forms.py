"""Forms: whether an unlisted word is a regular form, derivation or compound of listed ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping

PREFIXES = (
    "non pre post anti multi over under super sub inter intra extra micro macro neuro cardio psycho immuno bio tele electro hyper hypo "
    "poly mono counter self semi mid meta photo physio gastro osteo nutra nutri phyto hydro thermo cyto myo nano ultra cyber eco geo re "
    "un de co mis out up pro pseudo para peri trans infra supra endo exo auto dys tri bi uni vaso hepato nephro derm dermo fibro angio "
    "haemo hemo lipo glyco sero onco patho pharmaco radio socio techno well health chemo cranio musculo cerebro lympho naso veno "
    "oculo rhino broncho spondylo tracheo"
).split()
SUFFIXES = (
    "like wise able ible ness less ful ship hood ward wards free based friendly proof most holic ology ologist ologists opathy ectomy "
    "itis osis emia uria graphy gram scopy plasty otomy ostomy cyte cytes ase mab nib pril sartan statin vir gliptin gliflozin tide "
    "zepam zolam azole mycin cillin dipine olol prazole setron triptan caine"
).split()
_BRITISH = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        ("aem", "em"), ("oed", "ed"), ("oes", "es"), ("coele", "cele"), ("isation", "ization"), ("is(e[drs]?|ing)$", r"iz\1"),
        ("aes", "es"), ("our(?=$|s$|ed$|ing|able|ful|less|ite|hood|i[sz]|al|y$)", "or"), ("paed", "ped"), ("gynaec", "gynec"),
        ("leuk?ae", "leuke"), ("oea", "ea"), ("tre$", "ter"), ("(?<![aeiou][aeiou])ll(ed|ing)$", r"l\1"), ("ys(e[drs]?|ing)$", r"yz\1"),
        ("aec", "ec"), ("trophin", "tropin"), ("leuco", "leuko"), ("foet", "fet"), ("caec", "cec"),
    )
)  # fmt: skip
_FAMILIES = (
    ("ic", ("ia", "y", "is", "us", "e", "ical")), ("al", ("a", "um", "us", "ae", "e")), ("a", ("um", "on")), ("ae", ("a",)), ("i", ("us",)),
    ("ed", ("e",)), ("ing", ("e",)), ("es", ("is",)), ("otic", ("osis",)), ("ative", ("ate", "ation")), ("able", ("ate", "e")),
    ("izers", ("ize",)), ("izer", ("ize",)), ("ators", ("ate",)), ("ator", ("ate",)), ("ly", ("le",)), ("iness", ("y",)), ("est", ("e",)),
)  # fmt: skip
"""Endings, and what stands in their place in words of the same family."""
_DOUBLING = re.compile("[^aeiou][aeiou][^aeiouwxy]$")
_NO_PLURAL = re.compile("(?:ss|[^aeiou]ys|(?:x|ch|sh)s)$")
_LONGEST = 40


def is_form(word: str, words: Container[str], frequency: Mapping[str, float]) -> bool:
    """`word` (lower case) is an inflected, possessive or British form of a listed word: sure."""
    if "'" in word:
        return word.removesuffix("'s").removesuffix("'") in words
    if word.endswith("s") and len(word) >= 5 and not _NO_PLURAL.search(word) and frequency.get(word[:-1], 0.0) >= 2.0:
        return True
    if word.endswith("es") and len(word) >= 6 and word[-3] in "sxzh" and frequency.get(word[:-2], 0.0) >= 2.0:
        return True
    if word.endswith("ered") and len(word) >= 7 and not word.endswith(("fered", "tered")) and frequency.get(word[:-2], 0.0) >= 4.0:
        return True  # “lasered”; “refered” and “detered” lack a letter
    return any(pattern.search(word) and pattern.sub(replacement, word) in words for pattern, replacement in _BRITISH)


def is_derived(word: str, frequency: Mapping[str, float]) -> bool:
    """`word` looks like a derivation or compound of frequent words; a slip may look so too ("confidental")."""
    if not 7 <= len(word) <= _LONGEST:
        return False

    def frequent(stem: str, least: float) -> bool:
        return frequency.get(stem, 0.0) >= least

    return _derived(word, frequent) or (len(word) >= 8 and _compound(word, frequent))


def _derived(word: str, frequent: Callable[[str, float], bool]) -> bool:
    if word.endswith("ly") and word[-3:-2] != "c" and frequent(word[:-2], 2.8):  # "basicly" is none
        return True
    if word.endswith("bly") and frequent(word[:-1] + "e", 2.8):
        return True
    if word.endswith("ally") and frequent(word[:-2], 2.5):
        return True
    if word.endswith("al") and len(word) >= 8 and frequent(word[:-2], 3.0):
        return True
    if word.endswith("ability") and frequent(word[:-5] + "le", 3.0):
        return True
    for ending, others in _FAMILIES:
        if word.endswith(ending) and any(frequent(word[: -len(ending)] + other, 2.0) for other in others):
            return True
    if word.endswith(("ed", "ing", "er", "ers")):  # the stem must not be one that doubles its last letter ("occured")
        stem = re.sub("(?:ed|ing|ers?)$", "", word)
        if len(stem) >= 5 and stem[-1] not in "ey" and not _DOUBLING.search(stem) and frequent(stem, 2.5):
            return True
    return word.startswith(("hypo", "hyper")) and word.endswith(("emia", "aemia", "emic"))


def _compound(word: str, frequent: Callable[[str, float], bool]) -> bool:
    for prefix in PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 4 and frequent(word[len(prefix) :], 3.2):
            return True
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4 and frequent(word[: -len(suffix)], 3.2):
            return True
    return any(frequent(word[:i], 4.2) and frequent(word[i:], 4.2) for i in range(4, len(word) - 3))
