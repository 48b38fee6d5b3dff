"""Suggest: corrections of an unknown word, ranked by what the slip costs against how frequent the word is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

_VOWELS = frozenset("aeiouy")
_NEAR = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok", "o": "ipl", "p": "ol",
    "a": "sqz", "s": "adwx", "d": "sfec", "f": "dgrv", "g": "fhtb", "h": "gjyn", "j": "hkum", "k": "jlio", "l": "kop",
    "z": "xas", "x": "zcs", "c": "xvd", "v": "cbf", "b": "vng", "n": "bmh", "m": "nj",
}  # fmt: skip
"""Neighbours on a QWERTY keyboard."""
_ALIKE = frozenset(frozenset(pair) for pair in ("cs", "ck", "sz", "iy", "gj", "mn", "sc", "td", "bp", "fv", "ij", "xs"))
_SPELT = (("ph", "f"), ("f", "ph"), ("sh", "ti"), ("sh", "ci"), ("k", "ch"), ("s", "sc"), ("tion", "sion"), ("sion", "tion"))
"""Two spellings of one sound, told as a whole."""
_PER_COST = 3.4  # one unit of cost outweighs a word 10**3.4 times as frequent
_MOST = 60  # nearest words that are weighed
_END = 0.15  # people rarely slip on a word's last letter
LONGEST = 40  # letters; nothing longer is a word whose slip can be told


_NEVER = frozenset(
    "arse arses arsehole ass asses asshole bastard bastards bitch bitches bitchy bollocks boner boob boobs bugger bum bums bung chink "
    "cock cocks coon coons crap crappy cum cunt cunts dago damn damned dick dicks dildo dildos dyke dykes fag faggot faggots fags "
    "fart farts fuck fucked fucker fucking fucks gook gooks gypped hell homo homos hooker hookers horny idiot idiots imbecile jap "
    "japs kike kikes lame moron morons negro negroes nigger niggers nigga paki pakis pansy piss pissed pissing porn porno prick "
    "pricks pussies pussy queer queers rape raped rapist retard retarded retards shit shits shitty shyster skank slag slut sluts "
    "slutty spastic spic spics squaw tit tits tosser tramp tranny turd turds twat wank wanker whore whores wog wogs wop wops".split()
)
"""Words that are not offered as a correction: they insult or embarrass where they are not what was meant."""
_LINES = {
    4: (((0.9, 4.8), (1.2, 6.0)), ((1.2, 4.5),)),
    5: (((1.05, 3.9), (0.5, 3.0)), ((1.25, 3.5), (1.6, 4.8))),
    6: (((1.1, 3.2), (1.7, 4.3)), ((1.3, 2.6), (1.95, 4.0))),
    7: (((1.1, 3.2), (1.7, 4.3)), ((1.3, 2.6), (1.95, 4.0))),
    8: (((1.25, 2.6), (1.6, 3.0), (2.1, 3.4)), ((1.5, 2.4), (2.4, 3.4))),
}
"""By a word's length: (most cost, least frequency) of a correction that makes a slip sure, and of one that makes it likely."""


_STRICT = ((5, 0.7, 4.4), (5, 0.8, 4.9), (6, 1.05, 4.2), (8, 0.8, 2.8), (9, 1.05, 3.5))
"""The same for a word whose capital may make it a name: (least length, most cost, least frequency)."""


class Candidate(NamedTuple):
    """A correction: its weighted edit cost and its frequency (log10 per billion words)."""

    word: str
    cost: float
    frequency: float


def cost(wrong: str, right: str) -> float:
    """The weighted edit cost from `right` to `wrong`: slips that people make cost less than others."""
    least = _edits(wrong, right)
    for written, sound in _SPELT:
        if written in wrong and sound in right and written not in right:
            least = min(least, 0.7 + _edits(wrong.replace(written, sound, 1), right))
    return least


def _edits(wrong: str, right: str) -> float:
    rows = [[0.0] * (len(right) + 1) for _ in range(len(wrong) + 1)]
    for i in range(1, len(wrong) + 1):
        rows[i][0] = rows[i - 1][0] + 1.6
    for j in range(1, len(right) + 1):
        rows[0][j] = rows[0][j - 1] + 1.6
    for i, a in enumerate(wrong, 1):
        for j, b in enumerate(right, 1):
            best = rows[i - 1][j - 1] + (0.0 if a == b else _swap(a, b) + (0.8 if i == j == 1 else 0.0))
            extra = 0.55 if i > 1 and wrong[i - 2] == a else 0.9 if a in _VOWELS else 1.05
            best = min(best, rows[i - 1][j] + extra + (0.6 if i == 1 else 0.0))
            lost = 0.5 if j > 1 and right[j - 2] == b else 0.8 if b in _VOWELS or b == "h" else 1.0
            best = min(best, rows[i][j - 1] + lost + (0.6 if j == 1 else 0.0))
            if i > 1 and j > 1 and a != b and a == right[j - 2] and wrong[i - 2] == b:
                best = min(best, rows[i - 2][j - 2] + 0.7 + (0.4 if i == 2 else 0.0))
            rows[i][j] = best
    return rows[-1][-1]


def _swap(a: str, b: str) -> float:
    if a in _VOWELS and b in _VOWELS:
        return 0.7
    if frozenset((a, b)) in _ALIKE:
        return 0.8
    return 0.95 if b in _NEAR.get(a, "") else 1.2


class Suggester:
    """The frequent words by length, ready to be searched."""

    def __init__(self, frequency: Mapping[str, float], least: float = 2.4) -> None:
        self._frequency = frequency
        self._lengths: dict[int, list[str]] = {}
        for word, value in frequency.items():
            if value >= least and len(word) >= 3 and word not in _NEVER:
                self._lengths.setdefault(len(word), []).append(word)

    def __call__(self, word: str, edits: int = 2) -> list[Candidate]:
        """Corrections within so many edits (one for a word of up to four letters), best first."""
        if len(word) > LONGEST:
            return []
        from rapidfuzz import process  # most pages have no use for it
        from rapidfuzz.distance import OSA

        edits = 1 if len(word) <= 4 else edits
        found: list[Candidate] = []
        for length in range(len(word) - edits, len(word) + edits + 1):
            pool = self._lengths.get(length)
            if pool:
                near = process.extract(word, pool, scorer=OSA.distance, score_cutoff=edits, limit=_MOST)
                found += [Candidate(near_word, cost(word, near_word), self._frequency[near_word]) for near_word, _, _ in near]
        return sorted(found, key=lambda c: (_PER_COST * (c.cost + (_END if c.word[-1] != word[-1] else 0.0)) - c.frequency, c.word))


def credibility(word: str, best: Candidate, strict: bool = False) -> str:
    """`sure`, `likely` or "": whether the correction is so near and frequent that the word is no name or term that the lexicon lacks.

    `strict` is for a word whose capital may make it a name. The lines were drawn on edited health text (docs/typos.md).
    """
    slip, frequency, length = best.cost - 1e-9, best.frequency, len(word)
    if strict:
        return "sure" if any(length >= least and slip <= most and frequency >= common for least, most, common in _STRICT) else ""
    if length >= 5 and word == best.word[1:] and frequency >= 4.3:
        return "sure"  # its first letter was lost
    lines = _LINES[min(length, 8)] if length >= 4 else ((), ())
    for name, pairs in zip(("sure", "likely"), lines, strict=True):
        if any(slip <= cost and frequency >= least for cost, least in pairs):
            return name
    return ""
