"""Nouns: whether a noun is one or many, against the words that determine it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from copycheck.grammar import Issue, words
from copycheck.grammar.agreement import EITHER

_MANY = frozenset("these those many several few various numerous countless two three four five six seven eight nine ten twelve".split())
_DIGITS = frozenset("2 3 4 5 6 7 8 9 10 12 14 15 20 24 30".split())
_ONE = frozenset("a an this each every another".split())
_OBJECTS = ("attr", "dobj", "pobj")
_OF_MANY = frozenset("one two three four five six variety number couple series handful".split())
_COUNTED = frozenset("few many great good couple dozen hundred thousand million half minimum maximum additional lot such".split())
_MEASURED = frozenset(
    "advice information equipment furniture percent dozen hundred thousand million billion people pair head savings "
    "bachelors sans sets hour".split()
)
_ENDS = frozenset("IN . , WDT WP VBP VBD VBZ MD TO PRP RB DT -RRB- EX WRB".split())


def misfits(sentence: Any) -> Iterator[Issue]:
    """Nouns whose number does not fit their determiner ("these symptom", "a health issues", "one of our nurse")."""
    for noun in sentence:
        if noun.tag_ not in ("NN", "NNS") or not noun.text.islower() or noun.lower_ in EITHER | _MEASURED or not _is_head(noun):
            continue
        word = noun.lower_
        before = {child.lower_ for child in noun.lefts if child.i > noun.sent.start or child.text[0].isalpha()}
        asking = sorted(before & _MANY) or [child.text for child in noun.lefts if child.text in _DIGITS]
        if noun.tag_ == "NN" and words.is_countable(word) and not before & {"a", "an", "one", "each", "every"}:
            quantity = _quantity(noun)
            asked_by = asking[0] if asking and not _is_split(noun, asking[0]) else quantity
            if asked_by:
                yield Issue(noun.i, noun.i + 1, words.plural_of(word), asked_by)
        elif noun.tag_ == "NNS" and words.is_plural(word) and not before & _COUNTED and not any(child.tag_ == "CD" for child in noun.lefts):
            single = sorted(before & _ONE)
            object_ = noun.dep_ in _OBJECTS and (noun.nbor(-1).tag_ == "JJ" or noun.nbor(-1).lower_ in ("a", "an", "another"))
            verbal = words.may_be_verb(word) and not object_ and noun.nbor().lower_ not in ("are", "were", "have")
            compound = noun.nbor().tag_ == "VBP" and words.is_singular(
                noun.nbor().lower_
            )  # “an activities plan”, whose noun is read as a verb
            if single and not verbal and not compound and not _is_split(noun, single[0]):
                yield Issue(noun.i, noun.i + 1, words.singular_of(word) or word, single[0])


def _is_head(noun: Any) -> bool:
    """The last noun of its phrase: no noun, hyphen or joint follows."""
    if noun.i + 1 >= noun.sent.end or noun.dep_ in ("compound", "nmod", "amod", "npadvmod", "advmod"):
        return False
    following = noun.nbor()
    if following.tag_ in ("VBZ", "VBP") and words.is_plural(following.lower_) and noun.tag_ == "NN":
        return False  # perhaps a noun: “these tooth replacements”
    return (
        following.tag_ in _ENDS and following.text not in "-/'" and (noun.nbor(-1).text not in "-/" if noun.i > noun.sent.start else True)
    )


def _is_split(noun: Any, determiner: str) -> bool:
    """Something between the determiner and the noun speaks against the parse: a name, a mark, another determiner or joint."""
    first = next(child for child in noun.lefts if child.lower_ == determiner)
    if first.text in _DIGITS:
        ahead = first.nbor(-1) if first.i > noun.sent.start else first
        return (
            first.i + 1 < noun.i
            or len(noun) < 4
            or not (ahead.tag_[:2] == "VB" or ahead.lower_ in ("for", "of", "in", "than", "about", "within", "after"))
        )
    between = noun.doc[first.i + 1 : noun.i]
    pronoun = determiner in ("these", "those") and words.is_base(noun.doc[first.i + 1].lower_)  # “These act as a shield”
    if pronoun and (between or noun.nbor().tag_ in ("IN", "TO", "DT", "PRP", "RB")):
        return True
    if (first.text == "A" and first.i > noun.sent.start) or (determiner == "this" and any(token.tag_ == "NN" for token in between)):
        return True
    ahead = first.nbor(-1) if first.i > noun.sent.start else None
    if determiner == "this" and ahead is not None and ahead.tag_ == "IN" and noun.nbor().tag_ in ("VBP", "VBD", "MD"):
        return True  # “with this patients can …”
    before = ahead.lower_ if ahead is not None else ""
    return (
        len(between) > 3
        or before in ("of", "-", "/")
        or any(
            token.tag_ not in ("JJ", "NN", "RB", "JJR", "JJS", "RBS", "VBN")
            or not token.is_alpha
            or token.lower_ in EITHER
            or words.is_plural(token.lower_)
            for token in between
        )
    )


def _quantity(noun: Any) -> str:
    """“one” in “one of our nurse”, “variety” in “a variety of reason”; empty where nothing asks for many."""
    if noun.dep_ != "pobj" or noun.head.lower_ != "of" or noun.i - noun.head.i > 4:
        return ""
    head = noun.head.head
    if head.lower_ not in _OF_MANY or head.i != noun.head.i - 1:
        return ""
    determined = {child.lower_ for child in noun.lefts}
    if head.lower_ in _MANY or head.lower_ == "one":
        return head.lower_ if determined & {"the", "our", "your", "their", "its", "my", "these", "those", "his", "her"} else ""
    if determined & {"the", "this", "that", "our", "your", "their", "its", "my"}:
        return ""
    return head.lower_ if any(child.lower_ in ("a", "wide", "the") for child in head.lefts) else ""
