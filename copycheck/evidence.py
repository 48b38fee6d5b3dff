"""Evidence: the words of a sentence that show what the judge means, and what a message quotes of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from typing import TYPE_CHECKING

from copycheck.article import Sentence
from copycheck.quotation import nested, whole_words

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

    from copycheck.nlp.judge import Opinion

SHORT = 12
"""Tokens of a sentence that is quoted whole, though a part of it stands out."""
AUXILIARIES = frozenset("be is are was were been being am do does did have has had 's 're".split())
FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})  # tags of verbs that have a subject, and of “will”, “can”
_SHOWN = 8  # words of a piece of evidence
_STANDS_OUT = 0.12  # logits by which a word must weigh more than the mean of all to be shown
_JOINTS = frozenset({"CC", "WDT", "WP", "WRB"})
_ENDS = _JOINTS | {"MD"}
_NEAR = 6  # words between a noun and the verb it is shown with
_CLAUSE = 5  # tokens of the shortest clause that is quoted alone
_QUOTED = 24  # tokens of a sentence that a message quotes whole
_DANGLING = _ENDS | {"DT", "IN", "TO", "PRP$", "WP$"}  # tags of words that no quotation ends with
_REPORTING = frozenset("say says said know knows known think thinks believe believes show shows showed suggest suggests suggested".split())
_PAUSES = frozenset(",;:—–")
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "conj"})
_LEANING = FINITE | {"WDT", "WP", "WP$", "VBG", "VBN"}  # tags of a word that leans on what stands before: “which”, “has”, “known”
_RELATIVE = frozenset({"in which", "of which", "for which", "with which", "also known", "such as"})
_CONDITIONS = frozenset("as while although though because if since when whereas unless once until unlike".split())
_EDGES = re.compile(r"^[^\w$€£#%(<>+~-]+|[\s\"“”]+$")  # of a quotation: the marks around it, and stars or pictures before it
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATELINE = re.compile(r"[A-Z][^—–]{0,90}\b(?:19|20)\d\d\b[^—–]{0,40}[ )](?:—|–|--?) ")  # of a press release


def evidence(weights: Mapping[int, float], sentence: Sentence, figure: bool = False) -> tuple[int, int] | None:
    """The words that show what was weighed: offsets into the sentence's text; None where none stand out or say anything.

    The word that weighed most, with what it governs: on to the last noun or number before the next verb, joint or mark, and for a noun
    or number back over what qualifies it, and the verb it belongs to: “relapse” alone says nothing, “preventing relapse” does.

    Args:
        figure: the claim is a figure, so that only its numbers show it.
    """
    tokens, text = sentence.tokens, sentence.text
    numbers = [at for at in weights if figure and is_number(tokens[at]) and tokens[at + 1 : at + 3].text != "-year"]  # no age
    numbers = [at for at in numbers if tokens[at].tag_ == "CD" and not _YEAR.fullmatch(tokens[at].text)] or numbers  # no “first”
    numbers = [at for at in numbers if tokens[at + 1 : at + 2].text in ("%", "percent")] or numbers
    at = max(numbers or weights, key=weights.__getitem__, default=None)
    if at is None or (not numbers and weights[at] - sum(weights.values()) / len(weights) < _STANDS_OUT):
        return None
    first, last = at, _last(tokens, at)
    while first and at - first < _SHOWN and tokens[first].tag_[:1] in "NC" and tokens[first - 1].tag_[:2] in ("NN", "JJ", "CD"):
        first -= 1
    while first > 1 and (
        (tokens[first - 1].text == "-" and not tokens[first - 2].whitespace_)  # “pain-free”
        or (tokens[first - 1].lower_ in ("in", "to", "or") and is_number(tokens[first]) and is_number(tokens[first - 2]))  # “one in ten”
    ):
        first -= 2
    if first > 2 and tokens[first - 2 : first].text == "out of" and is_number(tokens[first - 3]):
        first -= 3
    if tokens[at].tag_[:2] in ("NN", "JJ", "CD"):
        verb = _verb(tokens, range(first - 1, max(first - _NEAR, 0) - 1, -1))
        if verb is not None:
            first = verb
        elif not numbers:
            verb = _verb(tokens, range(last + 1, min(last + _NEAR, len(tokens))))
            last = last if verb is None else _last(tokens, verb)
        if verb is None and not is_number(tokens[at]) and any(token.tag_.startswith("N") for token in tokens[at : at + 2]):
            return None
    if first and tokens[first].head.i == tokens[first - 1].i and tokens[first - 1].tag_.startswith("VB"):  # “preventing| worsening of”
        first -= 1
    noun = tokens[first]
    while noun.dep_ == "conj" and noun.tag_[:1] == "N" and noun.head.dep_ in _SUBJECTS:  # “Aspirin and| statins are”
        noun = noun.head
        first = noun.left_edge.i - tokens.start
    if first == last and tokens[at].lower_ in AUXILIARIES | {"it", "they"}:
        return None
    return whole_words(text, tokens[first].idx - sentence.start, tokens[last].idx + len(tokens[last]) - sentence.start)


def weights_of(said: Opinion, name: str, sentence: Sentence) -> dict[int, float]:
    """What each token weighed for a label or `claim`: what its heaviest word did."""
    ends = [token.idx + len(token) - sentence.start for token in sentence.tokens]
    weights: dict[int, float] = {}
    for (start, end), weight in zip(said.words, said.weights[name], strict=False):
        if any(map(str.isalnum, sentence.text[start:end])):
            place = min(bisect_right(ends, start), len(ends) - 1)
            weights[place] = max(weight, weights.get(place, weight))
    return weights


def quote(sentence: Sentence, shown: tuple[int, int] | None, weights: Mapping[int, float]) -> str:
    """What a message quotes: the words that show what is meant; all of a short sentence, or of one without weights; else a clause."""
    tokens, text = sentence.tokens, sentence.text
    if shown and len(tokens) > SHORT and _says_enough(sentence, shown):
        return _within_marks(text[slice(*shown)])
    opening = _DATELINE.match(text)
    begin = next((number for number, token in enumerate(tokens) if opening and token.idx - sentence.start >= opening.end()), 0)
    first, end = begin, len(tokens)
    if weights and len(tokens) > SHORT:
        start, end = max(_clauses(tokens), key=lambda clause: _mean(weights, clause))
        first = max(start, begin) if begin < end else start
    last = end if all(token.is_punct for token in tokens[first + _QUOTED : end]) else first + _QUOTED
    while first + 1 < last < end and (tokens[last - 1].is_punct or tokens[last - 1].tag_ in _DANGLING or _is_joined(tokens, last)):
        last -= 1
    told = _within_marks(text[tokens[first].idx - sentence.start : tokens[last - 1].idx + len(tokens[last - 1]) - sentence.start])
    is_cut = any(not token.is_punct for token in tokens[last:])
    return ("…" if first > begin else "") + (told + "…" if is_cut else told.removesuffix("."))


def _mean(weights: Mapping[int, float], clause: tuple[int, int]) -> float:
    found = [weights[at] for at in range(*clause) if at in weights]
    return sum(found) / len(found) if found else float("-inf")


def _clauses(tokens: Tokens) -> list[tuple[int, int]]:
    """The parts of a sentence between marks that say something by themselves: each with a subject, its verb, and what leans on it."""
    marks = [
        number
        for number, token in enumerate(tokens)
        if token.text in _PAUSES
        and token.whitespace_
        and not all(near.tag_[:2] == "JJ" for near in (*tokens[max(number - 1, 0) : number], *tokens[number + 1 : number + 2]))
    ]
    clauses: list[tuple[int, int]] = []
    start = 0
    for begin, end in zip([0, *(number + 1 for number in marks)], [*marks, len(tokens)], strict=True):
        part = tokens[begin:end]
        if not part:
            continue
        leans = part[0].tag_ in _LEANING or part[:2].text.lower() in _RELATIVE
        if clauses and start == begin and (leans or not _is_clause(part)):
            clauses[-1] = clauses[-1][0], end
            start = end + 1
        elif _is_clause(tokens[start:end]):
            clauses.append((start + (start > 0 and tokens[start].tag_ == "CC"), end))
            start = end + 1
        elif part[0].tag_ in ("IN", "RB", "TO") and part[0].lower_ not in _CONDITIONS:
            start = end + 1  # “Over the past ten years,” only leads in
    return clauses or [(0, len(tokens))]


def _is_clause(tokens: Tokens) -> bool:
    """It has a subject and its verb, which no “while” or “if” makes a condition of the next part."""
    parts = list(tokens)
    if parts[0].lower_ in _CONDITIONS:
        comma = next((number for number, token in enumerate(parts) if token.text == ","), len(parts))
        parts = parts[comma:]
    subject = next((token.i for token in parts if token.tag_[:2] in ("NN", "PR", "DT")), None)
    return len(parts) >= _CLAUSE and subject is not None and any(token.tag_ in FINITE and token.i > subject for token in parts)


def _says_enough(sentence: Sentence, shown: tuple[int, int]) -> bool:
    """The words shown have a verb with what it acts on, or a figure with what it counts; a noun or two (“naltrexone shot”) say nothing."""
    inside = [token for token in sentence.tokens if shown[0] <= token.idx - sentence.start < shown[1]]
    if len(inside) > 2 and any(map(is_number, inside)):
        return True
    acting = inside[:-1] if any(token.tag_.startswith("N") for token in inside) else inside  # “never decays” needs no object
    verbs = (token for token in acting if token.tag_.startswith("VB") and token.lower_ not in AUXILIARIES | _REPORTING)
    return len(inside) > 1 and any(not (token.i and token.nbor(-1).tag_ in ("DT", "PRP$")) for token in verbs)  # “the neighboring teeth”


def _within_marks(text: str) -> str:
    """A text as a message quotes it, on one line and without marks around it."""
    return nested(_EDGES.sub("", " ".join(text.split())))


def _is_joined(tokens: Tokens, at: int) -> bool:
    """A cut before this token would be one within a word (“pain-|free”, “do|n't”)."""
    return not tokens[at - 1].whitespace_ and (tokens[at].text == "-" or not tokens[at].is_punct)


def is_number(token: Token) -> bool:
    return bool(token.like_num or token.text[:1].isdigit())


def _last(tokens: Tokens, at: int) -> int:
    """The last noun or number that the word at `at` governs, by what follows."""
    last = at
    for number in range(at + 1, len(tokens)):
        tag = tokens[number].tag_
        ranged = last == number - 1 and is_number(tokens[last]) and all(map(is_number, tokens[number + 1 : number + 2]))  # “40 and 70”
        if (
            (tag in _ENDS and not ranged)
            or (tag.startswith("V") and tokens[number - 1].text != "-")  # “doctor-supervised”
            or (tag == "PRP$" and last == number - 1)
            or (tokens[number].is_punct and tokens[number].text not in "%-")
        ):
            break
        if number >= at + _SHOWN and not (last == number - 1 and is_number(tokens[last])):  # “in 68 weeks”
            break
        if tag[:1] == "N" or tag == "CD" or tokens[number].text == "%":
            last = number
    return last


def _verb(tokens: Tokens, places: range) -> int | None:
    """The first full verb there, before any joint or mark."""
    for number in places:
        token = tokens[number]
        if token.is_punct or token.tag_ in _JOINTS:
            return None
        if token.tag_.startswith("VB") and token.lower_ not in AUXILIARIES | _REPORTING:
            return number
    return None
