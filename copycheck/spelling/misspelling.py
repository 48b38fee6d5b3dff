"""Misspelling: unknown words that have a credible correction, and those that have none, over the texts of a document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from copycheck.spelling.joined import apart, parted, uncapped
from copycheck.spelling.lexicon import Lexicon
from copycheck.spelling.names import Names
from copycheck.spelling.neighbors import misplaced, small_words
from copycheck.spelling.page import PageWords
from copycheck.spelling.suggest import Candidate, credibility
from copycheck.spelling.words import Word, is_acronym, is_prose, match_case, words

_SHORTEST = 4  # letters; shorter unknown words are mostly codes, units and names
_RUN = 3  # so many unknown words within three of each other are a foreign phrase, a name or a formula
_REPEATED = 3  # an unknown word that a document repeats is its own term, unless the slip is a plain one
_OFFERED = 3
_TWO_CAPITALS = re.compile("[A-Z]{2}[a-z]{2,}$|THe$")
_BRACKETS = re.compile(r"\(([^\W\d_]+(?: [^\W\d_]+){1,4})\)")
_AUTHOR = re.compile(r" [A-Z]{1,3}, (?:[A-Z][a-z]+ ){0,2}([A-Z][\w'’-]+) [A-Z]{1,3}[,.;]")
_BYLINE = re.compile(r"(?:[\w ]{0,20}(?:[Ww]ritten|[Rr]eviewed|[Ee]dited|[Pp]osted) )?[Bb]y(?: [A-Z][\w.'’-]*,?){2,4}(?: [|·•–—(]|$)")
_COMMON = 5.2  # log10 per billion words
_OBVIOUS = {True: ((8, 0.8, 4.2),), False: ((8, 0.8, 4.2), (6, 0.7, 4.2), (10, 0.8, 3.5))}
"""By whether the word has a capital: least length, most cost and least frequency of its correction for a slip that nothing excuses."""
_TERM = ((7, 0.8, 3.0),)
"""The same for a word whose capital is all that speaks for a name ("a cream called Benoquen")."""
_USUAL = 3.0  # the same, of a word that is no rare name
_SMALL_WORD = 6.0  # of a word so frequent that a short slip of it may begin a sentence
_THRICE = re.compile(r"([a-z])\1\1(?!\1)(?=[a-z])", re.I)


class Slip(NamedTuple):
    """Something wrong with text[start:end], its corrections (best first), and whether it is sure."""

    start: int
    end: int
    suggestions: tuple[str, ...] = ()
    sure: bool = True


class Passage(NamedTuple):
    """A unit's text; `title` is text whose capitals say nothing (a heading, a button in title case)."""

    text: str
    title: bool = False


@dataclass
class _Unknown:
    word: Word
    place: int  # number of the word in its passage
    starts: bool  # begins a sentence
    title: bool
    goes_on: bool  # a word in small letters follows, as none does a name and surname
    alone: bool  # neither neighbour has a capital, as one of a name mostly has
    around: int = field(default=1)  # unknown words within three places, itself included


def is_title(text: str) -> bool:
    """Most words of four letters or more begin with a capital."""
    long = [word.text for word in words(text) if len(word.text) >= 4]
    return sum(word[0].isupper() for word in long) * 5 >= len(long) * 3


def misspelt(passages: Sequence[Passage], lexicon: Lexicon, vocabulary: Set[str] = frozenset()) -> list[list[Slip]]:
    """The misspellings of each passage of one document. `vocabulary` words are right as written; lower-case ones in any case."""
    names, page = Names(), PageWords([passage.text for passage in passages], lexicon)
    unknown = [_unknown(passage, lexicon, vocabulary, names.add(number), page) for number, passage in enumerate(passages)]
    counts = Counter(found.word.lower for members in unknown for found in members)
    models = names.models(lexicon.knows)
    slips: list[list[Slip]] = []
    judgements = [[(found, _judge(found, counts[found.word.lower], lexicon, page)) for found in members] for members in unknown]
    judged_all = [pair for members in judgements for pair in members]
    small = {found.word.lower: slip for found, slip in judged_all if slip and slip.sure and found.word.text.islower()}
    for members in judgements:
        judged = [(found, slip or _again(found.word, small.get(found.word.lower))) for found, slip in members]
        named = ((found, slip or (names.meant(found.word.text, models) if _is_named(found) else None)) for found, slip in judged)
        slips.append([_slip(found.word, (right,)) if isinstance(right, str) else right for found, right in named if right])
    for number, passage in enumerate(passages):
        slips[number] += [Slip(start, end, (right,), "-" not in right) for start, end, right in apart(passage.text, lexicon)]
        taken = {slip.start for slip in slips[number]}
        slips[number] += [_slip(word, (right,)) for word, right in misplaced(*passage, lexicon) if word.start not in taken]
        slips[number] += [_slip(word, right) for word, right in small_words(passage.text, lexicon) if word.start not in taken]
    for number, word, right in names.rarer(models, lexicon):
        if all(word.start != other.start for other in slips[number]):
            slips[number] = sorted([*slips[number], _slip(word, (right,))])
    return slips


def _again(word: Word, slip: Slip | None) -> Slip | None:
    """The slip of a word that the document has in small letters, for the same word with a capital."""
    return _slip(word, slip.suggestions) if slip and word.text[0].isupper() else None


def _is_named(found: _Unknown) -> bool:
    return found.word.text[0].isupper() and not found.starts and not found.title


def unlisted(passages: Sequence[Passage], lexicon: Lexicon, vocabulary: Set[str] = frozenset()) -> Counter[str]:
    """How often each unlisted word occurs, as first written, misspelt or not."""
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    for passage in passages:
        for found in _unknown(passage, lexicon, vocabulary):
            counts[written.setdefault(found.word.lower, found.word.text)] += 1
    return counts


def _unknown(
    passage: Passage,
    lexicon: Lexicon,
    vocabulary: Set[str],
    name: Callable[[Word], None] = lambda word: None,
    page: PageWords | None = None,
) -> list[_Unknown]:
    text = passage.text
    capitals = text.isupper()
    listed, typos = lexicon.words, lexicon.typos
    found: list[_Unknown] = []
    members = words(text)
    for place, word in enumerate(members):
        lower = word.lower
        if lower in listed and lower == word.text:  # most words
            continue
        name(word)
        shifted = (word.text[1:2].isupper() and _unshifted(word.text, lexicon) is not None) or uncapped(word.text, lexicon) is not None
        if (lower in listed or len(lower) < 3) and not shifted:
            continue
        if word.text in vocabulary or lower in vocabulary or (len(lower) < _SHORTEST and lower not in typos):
            continue
        beside = (*members[max(place - 1, 0) : place], *members[place + 1 : place + 2])
        among_capitals = capitals or any(len(near.text) > 2 and near.text.isupper() for near in beside)
        loud = among_capitals and word.text.isupper() and len(lower) > 5
        if is_acronym(word.text) and not shifted and not loud and not _names_acronym(lexicon.typos.get(lower)):
            continue
        if not is_prose(text, word) or _is_author(text, word):
            continue
        if (
            lower not in typos
            and not shifted
            and (_is_known(lower, lexicon, page) or _is_contraction(lower, lexicon) or lower in _PARTS or _is_joined(text, word, lexicon))
        ):
            continue
        goes_on = text[word.end : word.end + 1] == " " and text[word.end + 1 : word.end + 2].islower()
        alone = not any(near.text[0].isupper() for near in beside)
        found.append(_Unknown(word, place, place == 0 or _begins(text, word.start), passage.title or loud, goes_on, alone))
    for match in _BRACKETS.finditer(text):
        inside = [one for one in found if match.start() < one.word.start < match.end()]
        if len(inside) == len(match.group(1).split()) > 1 and not any(one.word.lower in typos for one in inside):
            found = [one for one in found if one not in inside]  # the same in another language: “new laws (leyes nuevas)”
    for i, one in enumerate(found):
        for other in found[i + 1 : i + 1 + _RUN]:
            if other.place - one.place <= _RUN:
                one.around += 1
                other.around += 1
    return found


def _is_author(text: str, word: Word) -> bool:
    """A by-line, or a surname as references list them ("Salari V, Mengoni F,"); no "Vitamn D, vitamin C,"."""
    if _BYLINE.match(text):
        return True
    found = _AUTHOR.match(text, word.end) if word.text[0].isupper() else None
    return found is not None and found.group(1)[:3] != word.text[:3]


def _is_known(word: str, lexicon: Lexicon, page: PageWords | None) -> bool:
    """A listed word or a form of one; a compound only where it is no two words that ran together."""
    return lexicon.knows(word) and (page is None or word in lexicon.words or parted(word, lexicon, page.pairs) is None)


def _is_contraction(word: str, lexicon: Lexicon) -> bool:
    """A contraction or possessive of a known word; anything odder with an apostrophe is not judged either."""
    stem, mark, ending = word.partition("'")
    return bool(mark) and (ending not in ("s", "") or lexicon.knows(stem))


_PARTS = frozenset("doesn didn isn aren wasn weren hasn haven hadn wouldn couldn shouldn don won ain mustn needn".split())
"""What is left of a contraction whose apostrophe became a space; another rule tells it."""


def _is_joined(text: str, word: Word, lexicon: Lexicon) -> bool:
    """Part of a hyphenated word that is known when joined ("co-ordinated"), or an ending on its own ("-itis", "calor-")."""
    if text[word.start - 1 : word.start] == "-":
        start = word.start - 1
        while start and text[start - 1].isalpha():
            start -= 1
        return start == word.start - 1 or lexicon.knows(text[start : word.start - 1].lower() + word.lower)
    return text[word.end : word.end + 1] == "-" and not text[word.end + 1 : word.end + 2].isalpha()


def _unshifted(word: str, lexicon: Lexicon) -> str | None:
    """A common word whose capital ran on ("THis") or that a stray capital stands before ("WMost")."""
    if not _TWO_CAPITALS.match(word):
        return None
    options = (word.lower(), word[1:].lower())
    return next((option for option in options if lexicon.frequency.get(option, 0.0) >= _COMMON), None)


def _names_acronym(corrections: tuple[str, ...] | None) -> bool:
    return corrections is not None and corrections[0].isupper()


def _begins(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \n\t\"'“‘([*•–—-")
    return not before or before[-1] in ".!?:\n" or (text[start - 1 : start] == "\n")


def _judge(found: _Unknown, count: int, lexicon: Lexicon, page: PageWords) -> Slip | None:
    word = found.word
    lower = word.lower
    capital = word.text[0].isupper()
    known = lexicon.typos.get(lower)
    shifted = _unshifted(word.text, lexicon) if capital and count == 1 else None
    if shifted:
        return _slip(word, (shifted,))
    if known:
        if len(lower) == 3 and capital and not known[0].isupper() and not (found.starts and found.goes_on):
            return None
        if capital and not (found.starts or found.title or found.alone or len(lower) >= 6):
            return None
        return _slip(word, known)
    parts = uncapped(word.text, lexicon) or (None if _is_named(found) else parted(lower, lexicon, page.pairs))
    if parts and (word.text[1:] != lower[1:] or not capital or page.pairs(*parts) or _has_small(parts, lexicon)):
        return _slip(word, (" ".join(parts),))
    stem = lower.partition("'")[0]
    if len(stem) < _SHORTEST or lexicon.knows(stem):
        return None
    twice = _THRICE.sub(r"\1\1", word.text)
    if twice != word.text and len(lower) > 6 and lexicon.knows(twice.lower()):
        return Slip(word.start, word.end, (twice,))
    meant = _meant(found, stem, count, page) if found.around < _RUN else None
    candidates = lexicon.suggest(stem)
    if meant:
        others = [other for other in candidates if other.word != meant.word]
        nearer = bool(others) and others[0].cost < meant.cost - 0.3  # another form of what is meant
        candidates = [others[0], meant, *others[1:]] if nearer else [meant, *others]
    if not candidates:
        return None
    verdict = "sure" if meant else _verdict(found, stem, count, candidates[0])
    if not verdict:
        return None
    ending = lower[len(stem) :]
    best = candidates[0]
    swapped = best.word in (stem.replace("ie", "ei"), stem.replace("ei", "ie"))  # “recieve” is hardly ever another word
    corrections = tuple(other.word + ending for other in candidates if other is best or (not swapped and other.cost <= best.cost + 0.8))
    return _slip(word, corrections, sure=verdict == "sure")


def _has_small(parts: tuple[str, str], lexicon: Lexicon) -> bool:
    """One of the two is a small word, as hardly ever in a name: “Inthe”, no “Riverstone”."""
    return any(lexicon.frequency.get(part, 0.0) >= _SMALL_WORD for part in parts)


def _meant(found: _Unknown, stem: str, count: int, page: PageWords) -> Candidate | None:
    """The word of the page that an unknown one is a slip of, where frequent enough; with a capital, a plain word only."""
    right = page.meant(stem)
    if right is None or page.times(right.word) * _REPEATED < count:
        return None
    if found.word.text[0].isupper() and not found.word.text.isupper():
        near = right.cost <= 0.8 or (right.frequency >= _USUAL and not _is_named(found))
        long = len(stem) >= (6 if found.starts and found.goes_on else 7)
        return right if near and long and page.writes(right.word) else None
    return right


def _verdict(found: _Unknown, stem: str, count: int, best: Candidate) -> str:
    """Whether the correction is credible where the word stands: see `credibility`."""
    capital = found.word.text[0].isupper()
    alone = _is_named(found) and found.alone and count == 1 and found.around < _RUN
    if alone and _is_within(stem, best, _TERM):
        return "sure"
    plain = _is_within(stem, best, _OBVIOUS[capital])
    if (found.around >= _RUN or _is_named(found) or count >= _REPEATED) and not plain:
        return ""  # part of a foreign phrase, a name, or the page's own term
    if not capital:
        return credibility(stem, best)
    common = found.starts and found.goes_on and best.frequency >= _SMALL_WORD and best.cost <= 0.8
    if stem[:-1] == best.word or stem == best.word[:-1]:  # Michaela, Georg: names differ in their last letter
        doubled = stem[-1] == stem[-2] and best.frequency >= 5.0
        return "sure" if doubled and found.starts and found.goes_on else ""
    return "sure" if common else credibility(stem, best, strict=True)


def _is_within(stem: str, best: Candidate, lines: Sequence[tuple[int, float, float]]) -> bool:
    return any(len(stem) >= least and best.cost <= most and best.frequency >= usual for least, most, usual in lines)


def _slip(word: Word, corrections: tuple[str, ...], sure: bool = True) -> Slip:
    return Slip(word.start, word.end, tuple(dict.fromkeys(match_case(word.text, right) for right in corrections[:_OFFERED])), sure)
