"""Articles: whether a word wants `a` or `an` before it, by its first sound."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copycheck.spelling.misspelling import Slip

_ARTICLE = re.compile(r"(?<![\w.'’&/@#-])(an?|An?|AN)[ \t]+[\"“‘'(]?([A-Za-z0-9][\w'’,.-]*)")
_NAMED = re.compile(
    r"\b(?:vitamins?|hepatitis|influenza|groups?|types?|parts?|plans?|grade|appendix|options?|schedule|class|phase|stage|strep|blood type"
    r"|protein|immunoglobulin|serum|cyclosporine|botulinum toxin|point|exhibit|section)\s*$",
    re.I,
)
_BEGINS = re.compile(r"(?:^|[.!?:;\n\"“•*(–—]\s{0,20})$")
_LED = re.compile(r"\b(?:With|For|Is|As|In|From|By|Become|Find|Get|Choose|Need|Take|Have|Has|Like|Than|See|Try) $")
"""Words of a title before “A”, which is no letter there ("Meet With A Expert")."""
_AFTER_A_NOUN = re.compile(r"[a-z]{2}(?:tion|ment|ness|ing|ity|[a-z]{2}s) $")  # “the swelling an pain” may mean “and”
_VOWEL_LETTERS = frozenset("aefhilmnorsx")
_SPELT_OUT = frozenset("HIV HPV SUV NSAID SSRI SNRI EMDR EMR EHR RSVP UTI USDA UNOS".split())  # though they look like words
_SPOKEN = _SPELT_OUT | frozenset(
    "MRI FDA IV ICU ER EKG ECG EEG MD RN HMO EMT ADHD OCD ADA ECT NHS LCSW LMT LPN NP X SLP HSA FSA IUD IVF STD".split()
)
_EITHER = frozenset("historic historical historically historian herb herbs herbal homage hotel habitual hysterical humble".split())
_SILENT_H = re.compile(r"(?:hour|honest|honor|honour|heir(?!l?oom)|heirloom)")
_CONSONANT = re.compile(
    r"(?:uni(?!n|mp|mm|nt|d|ss)|us(?:e|a|u(?!r?p))|ut(?:i|e|o)|ur(?:i|o|a|e(?!a?ch))|eu|ewe|one(?!r)|once|ubi|uk|uv|ufo|u-|ut(?:ah)|uro|uranium|ouija)"
)
_VOWEL_U = re.compile(
    r"(?:uni(?:n|mp|mm|ss|dent)|urg|urb|utt|upp|ult|umb|unc|und|unf|ung|unh|unl|unr|unt|unu|unv|unw|uny|usher|usurp|ump|uns|unp|unk|unb)"
)
_NOT_JUDGED = frozenset("and or in is a as at of on if are also may an".split())
_ONSETS = frozenset(  # pairs of consonants that an English word may begin with
    "bl br by ch cl cr cy cz dh dr dw dy fl fr fy gh gl gn gr gy hy jy kh kl kn kr ky kw ll ly mc mn my ny ph pl pn pr ps pt py rh ry "
    "sc sf sh sk sl sm sn sp sq sr st sv sw sy th tr ts tw ty vl vr vy wh wr wy xy zh zy zw dj fj ".split()
)
_SAID_AS_WORD = re.compile(r"[^aeiouy]*[aeiouy]")


def starts_with_vowel(word: str) -> bool | None:
    """Whether the word as spoken begins with a vowel; None where both are heard or nobody can tell."""
    number = re.match(r"\d[\d,]*", word)
    if number:
        digits = number.group().replace(",", "")
        if word[len(number.group()) :][:1] == "-" or word[len(number.group()) :].isalpha() or len(word) == len(number.group()):
            return digits[0] == "8" or digits in ("11", "18") or (digits[:2] in ("11", "18") and len(digits) % 3 == 2)
        return digits[0] == "8"
    base = re.split(r"[-'’./,]", word)[0]
    if not base or not base.isascii():
        return None
    if len(base) == 1:
        return base.lower() in _VOWEL_LETTERS or base.lower() == "i"
    if re.match(r"[A-Za-z]\d", base):
        return base[0].lower() in _VOWEL_LETTERS
    if any(letter.isdigit() for letter in base):
        return None
    if base.rstrip("s") in _SPELT_OUT:
        return base[0] != "U"
    if sum(letter.isupper() for letter in base) >= 2:  # an acronym: spelt out unless it can be said as a word
        if not base.isupper() or (len(base) >= 4 and _SAID_AS_WORD.match(base.lower())) or re.fullmatch("[^AEIOU][AEIOU][^AEIOU]", base):
            return None
        return base[0].lower() in _VOWEL_LETTERS
    lower = base.lower()
    if lower in _EITHER or base in ("Rh", "Hb", "Ig", "Xi", "Ng"):
        return None
    if _SILENT_H.match(lower):
        return True
    if _CONSONANT.match(lower) and not _VOWEL_U.match(lower):
        return False
    if lower[0] == "y" and lower[1] not in "aeiou":  # ytterbium, Yves; but “yr” is read as “year”
        return True if len(lower) > 3 else None
    if lower[0] not in "aeiou" and len(lower) > 1 and lower[1] not in "aeiou'" and lower[:2] not in _ONSETS:
        return None  # xterm, mg: spelt out
    return lower[0] in "aeiou"


def wrong_articles(text: str) -> Iterator[Slip]:
    """`a` before a vowel sound and `an` before a consonant."""
    for match in _ARTICLE.finditer(text):
        article, word = match.group(1), match.group(2).rstrip(",.'’")
        before = text[max(0, match.start() - 20) : match.start()]
        if article in ("A", "AN", "An") and not _BEGINS.search(before) and not (article != "AN" and _LED.search(before)):
            continue
        if _NAMED.search(before) or not word or (article.lower() == "a" and word.lower() in _NOT_JUDGED):
            continue
        if article == "AN" and not text.isupper():
            continue
        vowel = starts_with_vowel(word)
        if vowel is None or (article.lower() == "an") == vowel:
            continue
        right = "an" if vowel else "a"
        right = right.upper() if article == "AN" else right.capitalize() if article[0] == "A" else right
        end = match.start(2) + len(word)
        sure = not word[:2].isupper() or re.split("[-'’/]", word)[0].rstrip("s") in _SPOKEN  # "a HR" may be read "a hazard ratio"
        meant = (right, "and") if article == "an" and _AFTER_A_NOUN.search(before) else (right,)
        rest = text[match.end(1) : match.start(2)] + word
        yield Slip(match.start(1), end, tuple(first + rest for first in meant), sure)
