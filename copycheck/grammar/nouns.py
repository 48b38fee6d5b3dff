"""Nouns: whether a noun is one or many, against the words that determine it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from copycheck.grammar import Issue, words
from copycheck.grammar.subjects import EITHER, is_clause

_MANY = frozenset("these those many several few various numerous countless two three four five six seven eight nine ten twelve".split())
_DIGITS = frozenset("2 3 4 5 6 7 8 9 10 12 14 15 20 24 30".split())
_ONE = frozenset("a an this each every another".split())
_OBJECTS = ("attr", "dobj", "pobj")
_OF_MANY = frozenset("one two three four five six variety number couple series handful lot lots plenty".split())
SINGLE = frozenset("system cavity spine tract jaw neck chest scalp pancreas uterus bladder liver".split())  # one a body
_PARTLY = frozenset("the our your their its my these those his her".split())
_UNDETERMINED = frozenset({"different", "multiple"})  # ask for many where no determiner stands before them
_COUNTED = frozenset("few many great good couple dozen hundred thousand million half minimum maximum additional lot such".split())
_MEASURED = frozenset(
    "advice information equipment furniture percent dozen hundred thousand million billion people pair head savings "
    "bachelors sans sets hour stone".split()
)
_UNCOUNTED = frozenset(
    "research hygiene intercourse evidence care advice information equipment feedback progress guidance furniture luggage".split()
)
_PLACES = ("day", "urgent")  # “a day care”
_EITHER = (EITHER | _MEASURED) - frozenset(  # one of many, where a word asks for many
    "type kind sort form team group pair company agency class family network panel board committee council selection collection".split()
)
_ENDS = frozenset("IN . , WDT WP VBP VBD VBZ MD TO PRP RB DT -RRB- EX WRB".split())


def misfits(sentence: Any) -> Iterator[Issue]:
    """Nouns whose number does not fit their determiner ("these symptom", "a health issues", "one of our nurse")."""
    for noun in sentence:
        if noun.tag_ == "NNS" and noun.dep_ == "compound" and _is_plural_before_plural(noun):
            yield Issue(noun.i, noun.i + 1, (words.singular_of(noun.lower_) or noun.lower_,), noun.head.text)
        if noun.tag_ == "NN" and _is_uncounted(noun):
            article = next(child for child in noun.lefts if child.lower_ in ("a", "an"))
            yield Issue(article.i, noun.i + 1, (noun.doc[article.i + 1 : noun.i + 1].text,), noun.text)
        if noun.tag_ not in ("NN", "NNS") or not noun.text.islower() or noun.lower_ in _EITHER or not _is_head(noun):
            continue
        word = noun.lower_
        if noun.nbor().lower_ == "by" and noun.i + 2 < noun.sent.end and noun.nbor(2).lower_ == word:  # “the four side by side”
            continue
        before = {child.lower_ for child in noun.lefts if child.i > noun.sent.start or child.text[0].isalpha()}
        asking = sorted(before & _MANY) or [child.text for child in noun.lefts if child.text in _DIGITS]
        if noun.tag_ == "NN" and words.is_countable(word) and ("few" in before or not before & {"a", "an", "one", "each", "every"}):
            asked_by = asking[0] if asking and not _is_split(noun, asking[0]) else ""
            asked_by = asked_by or _quantity(noun) or _adjective(noun) or _parallel(noun) or _most(noun)
            if asked_by:
                yield Issue(noun.i, noun.i + 1, (words.plural_of(word),), asked_by)
        elif noun.tag_ == "NNS" and words.is_plural(word) and not before & _COUNTED and not any(child.tag_ == "CD" for child in noun.lefts):
            single = sorted(before & _ONE)
            led = noun.i > noun.sent.start
            object_ = led and noun.dep_ in _OBJECTS and _is_described(noun.nbor(-1))
            verbal = words.may_be_verb(word) and not object_ and noun.nbor().lower_ not in ("are", "were", "have", "is", "was", "has")
            after = noun.nbor()  # “an activities plan”, whose noun is read as a verb
            compound = after.tag_ == "VBP" and after.lower_ not in ("are", "have") and words.is_singular(after.lower_)
            verbal = verbal or is_clause(noun)
            as_result = led and noun.nbor(-1).lower_ == "result"  # “as a result patients …”
            if single and not verbal and not compound and not as_result and not _is_split(noun, single[0]):
                yield Issue(noun.i, noun.i + 1, (words.singular_of(word) or word,), single[0])


def _is_plural_before_plural(noun: Any) -> bool:
    """“all tests results”: what says of which kind a noun is stands in the singular."""
    head = noun.head
    if head.i != noun.i + 1 or head.tag_ != "NNS" or not head.text.islower():
        return False
    if any(child.lower_ in ("the", "some", "those", "these") for child in head.lefts):  # “the questions patients ask”
        return False
    named = head.i + 1 < noun.sent.end and head.nbor().tag_ in ("VBP", "VBD", "MD")  # else perhaps a verb: “the cells results in”
    one = words.singular_of(noun.lower_) if noun.text.islower() and noun.lower_.endswith("s") else None
    return one in words.COUNTED and one != "solution" and (named or not words.may_be_verb(head.lower_))


def _is_described(before: Any) -> bool:
    """An article, an adjective or what is not counted: “a health issues”, not “teach a patient exercises”."""
    return before.tag_ == "JJ" or before.lower_ in ("a", "an", "another") or words.is_mass(before.lower_)


def _is_uncounted(noun: Any) -> bool:
    """“a detailed research”: what has no plural takes no “a”."""
    ends = noun.i + 1 >= noun.sent.end or noun.nbor().tag_ in ("IN", ".", "TO", "CC", "WDT", "RB")
    article = [child for child in noun.lefts if child.lower_ in ("a", "an")]
    plain = noun.dep_ in _OBJECTS and ends and noun.lower_ in _UNCOUNTED and bool(article) and noun.nbor(-1).lower_ not in _PLACES
    return plain and all(token.tag_ in ("JJ", "NN") and token.lower_ not in words.COUNTED for token in noun.doc[article[0].i + 1 : noun.i])


def _is_head(noun: Any) -> bool:
    """The last noun of its phrase: no noun, hyphen or joint follows."""
    if noun.i + 1 >= noun.sent.end or noun.dep_ in ("compound", "nmod", "amod", "npadvmod", "advmod"):
        return False
    following = noun.nbor()
    if following.tag_ in ("VBZ", "VBP") and words.is_plural(following.lower_) and noun.tag_ == "NN":
        told = following.i + 1 < noun.sent.end and following.nbor().tag_ in ("DT", "PRP", "PRP$", "JJ", "NNS", "CD")
        return told and noun.dep_ == "nsubj"  # else perhaps a noun: “these tooth replacements”
    return (
        (following.tag_ in _ENDS or following.lower_ == "available")
        and following.text not in "-/'"
        and (noun.nbor(-1).text not in "-/" if noun.i > noun.sent.start else True)
    )


def _is_split(noun: Any, determiner: str) -> bool:
    """Something between the determiner and the noun speaks against the parse: a name, a mark, another determiner or joint."""
    first = next(child for child in noun.lefts if child.lower_ == determiner)
    if first.text in _DIGITS:
        ahead = first.nbor(-1) if first.i > noun.sent.start else first
        last = noun.nbor(-1)
        if last.tag_ == "CD" and last.i == first.i + 2 and last.nbor(-1).lower_ in ("or", "to"):  # “5 or 6 drop”
            first = last
        return (
            first.i + 1 < noun.i
            or len(noun) < 4
            or not (ahead.tag_[:2] == "VB" or ahead.lower_ in ("for", "of", "in", "than", "about", "within", "after"))
        )
    between = noun.doc[first.i + 1 : noun.i]
    ahead = first.nbor(-1) if first.i > noun.sent.start else None
    if ahead is not None and between and between[0].tag_ == "VBN" and ahead.lower_ in ("in", "of"):  # “one in five received care”
        return True
    limit = ahead is not None and ahead.lower_ in ("under", "over") and ahead.head.tag_ == "NNS"
    if limit and not between and words.is_base(noun.lower_):  # “Kids under six play here”
        return True
    pronoun = determiner in ("these", "those") and words.is_base(noun.doc[first.i + 1].lower_)  # “These act as a shield”
    if pronoun and (between or noun.nbor().tag_ in ("IN", "TO", "DT", "PRP", "RB")):
        return True
    if between and between[0].tag_ == "NN" and determiner in _OF_MANY:
        return True  # “a four cell stage” lacks a hyphen
    if (first.text == "A" and first.i > noun.sent.start) or (determiner == "this" and any(token.tag_ == "NN" for token in between)):
        return True
    if ahead is not None and ahead.lower_ in ("as", "when", "once") and noun.nbor().text == "," and words.may_be_verb(noun.lower_):
        return True  # “as an individual ages,”
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
    determined = {child.lower_ for child in noun.lefts}
    persons = head.lower_ in ("many", "several", "few", "both") and noun.lower_ in words.COUNTED
    many = noun.nbor().tag_ == "VBP" and noun.nbor().lower_ != "have" and head.lower_ in ("most", "some", "many", "all")
    if (persons or many) and determined & _PARTLY:  # “most of our patient feel better”
        return str(head.lower_)
    if head.lower_ not in _OF_MANY or head.i != noun.head.i - 1 or (head.i > head.sent.start and head.nbor(-1).tag_ == "NN"):
        return ""  # “row three of our choir”
    if head.lower_ in _MANY or head.lower_ == "one":
        return head.lower_ if determined & _PARTLY else ""
    if determined & {"the", "this", "that", "our", "your", "their", "its", "my"}:
        return ""
    if head.lower_ in ("lot", "lots", "plenty"):
        return head.lower_ if noun.lower_ in words.COUNTED and noun.nbor(-1).tag_ in ("IN", "JJ") else ""
    return head.lower_ if any(child.lower_ in ("a", "wide", "the") for child in head.lefts) else ""


def _adjective(noun: Any) -> str:
    """“different” in “there are different material”."""
    first = next((child for child in noun.lefts if child.lower_ in _UNDETERMINED), None)
    if first is None or first.i != noun.left_edge.i or any(child.tag_ in ("DT", "PRP$", "POS", "PDT") for child in noun.lefts):
        return ""
    before = first.nbor(-1) if first.i > noun.sent.start else first
    plain = before.tag_ not in ("DT", "PRP$", "POS", "PDT", "CC", "RB", "WDT")
    common = words.frequency().get(words.plural_of(noun.lower_), 0.0) > words.frequency().get(noun.lower_, 9.0) - 0.6
    return first.text if plain and common and noun.i - first.i < 3 else ""


def _most(noun: Any) -> str:
    """“Most” in “Most injection requires three visits”."""
    first = noun.doc[noun.left_edge.i]
    opens = first.i == noun.sent.start or first.nbor(-1).lower_ in (",", "that", "and", "but", "as", "in", "for", "because", "since")
    plain = noun.lower_ in words.COUNTED and first.lower_ == "most" and noun.nbor().tag_ in ("VBZ", "VBP", "MD")
    return first.text if plain and opens and all(token.tag_ in ("NN", "NNP") for token in noun.doc[first.i + 1 : noun.i]) else ""


def _parallel(noun: Any) -> str:
    """The last of a list whose others are many: “nurses and private care assistant”."""
    if noun.dep_ != "conj" or noun.lower_ not in words.COUNTED or noun.nbor().tag_ != ".":
        return ""
    other, lefts = noun.head, list(noun.lefts)
    joined = bool(lefts) and lefts[0].tag_ == "JJ" and other.i < lefts[0].i and lefts[0].nbor(-1).lower_ in ("and", "or")
    if noun.lower_ in SINGLE:
        return ""
    shared = any(child.tag_ in ("PRP$", "POS") or child.lower_ in ("the", "these", "those") for child in other.lefts)
    return other.text if joined and not shared and other.tag_ == "NNS" else ""
