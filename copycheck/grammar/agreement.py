"""Agreement: a finite verb and its subject in the parse, next to each other or far apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from copycheck.grammar import Issue, words
from copycheck.grammar.joined import subject_of
from copycheck.grammar.subjects import (
    EITHER,
    JOINTS,
    NEAR,
    NOMINAL,
    PRONOUNS,
    is_amount,
    is_clause,
    is_measure,
    is_relative,
    is_verb,
    number_of,
)

_BE = frozenset({"is", "are", "was", "were"})
_EQUATES = frozenset("is was has seems takes makes means equals sounds costs".split())
_MOOD = frozenset("if though although lest whether unless as wish suppose imagine than".split())
_LETTING = frozenset("let make help see hear watch have feel notice get bid".split())
_ASKING = frozenset(
    "suggest recommend request insist require demand ask propose advise urge essential important vital crucial imperative necessary "
    "critical mandate prefer best".split()
)
_DECIDES = frozenset("a an this that each every another these those many several few both".split())
_HEAPS = frozenset("lot lots number couple".split())
_PREPOSITIONS = frozenset("for of to with in on by from at about as like through into between during over under".split())
_BREAKS = frozenset(":;?!|–—-•→()/")
_FINITE = ("VBZ", "VBP", "VBD", "MD")
_FAR = 20
_UNSURE = frozenset("be looses read quit mind".split())  # a slip of another kind, a past form, or a noun


def disagreements(sentence: Any) -> Iterator[Issue]:
    """Finite verbs whose number is not that of their subject."""
    for verb in sentence:
        asked = words.finite_number(verb)
        if asked is None or verb.lower_ in _UNSURE or "'" in verb.text or (verb.text[0].isupper() and verb.i > sentence.start):
            continue
        before = verb.nbor(-1) if verb.i > sentence.start else verb
        if (before.lower_ == "there" and before.dep_ == "expl") or (before.lower_ == "here" and verb.lower_ == "is"):
            yield from _existential(verb, asked)
            continue
        joined = subject_of(verb, asked)
        if joined:
            yield Issue(verb.i, verb.i + 1, (words.other_number(verb.lower_),), joined)
            continue
        subject = _subject(verb)
        if subject is None or not 0 < verb.i - subject.i < _FAR or _is_cut(subject, verb):
            continue
        number = number_of(subject, verb)
        if number is None or number == asked or (subject.lower_ == "i" and verb.lower_ == "was"):
            continue
        if _is_no_statement(verb, subject) if asked == "many" else _is_one_whole(subject, verb):
            continue
        right = "am" if subject.lower_ == "i" and verb.lower_ == "is" else words.other_number(verb.lower_)
        yield _issue(subject, verb, right)


def _issue(subject: Any, verb: Any, right: str) -> Issue:
    """The verb is to be changed, or, where it stands right after a noun that may be one or many, either of the two."""
    if is_relative(subject):
        return Issue(verb.i, verb.i + 1, (right,), subject.head.head.text)
    noun, determined = subject.lower_, {child.lower_ for child in subject.lefts}
    other = words.singular_of(noun) if subject.tag_ == "NNS" else words.plural_of(noun) if words.is_countable(noun) else None
    decided = bool(determined & _DECIDES) or any(child.tag_ == "CD" for child in subject.lefts)
    if subject.tag_ not in ("NN", "NNS") or verb.i - subject.i > 1 or other is None or decided:
        return Issue(verb.i, verb.i + 1, (right,), subject.text)
    return Issue(subject.i, verb.i + 1, (f"{subject.text} {right}", f"{other} {verb.text}"), subject.text)


def _existential(verb: Any, asked: str) -> Iterator[Issue]:
    """“There is many ways”, “there are a nurse”: the noun after the verb is its subject."""
    if verb.lower_ not in _BE:
        return
    for noun in verb.rights:
        if noun.dep_ in ("attr", "nsubj") and 0 < noun.i - verb.i < 5 and not any(child.dep_ in JOINTS for child in noun.children):
            if noun.lower_ == "lots" or (noun.lower_ in _HEAPS and noun.nbor(-1).lower_ == "a"):  # no set number
                noun = next((child for part in noun.rights if part.lower_ == "of" for child in part.rights if child.dep_ == "pobj"), noun)
            before = {child.lower_ for child in noun.lefts}
            many = noun.tag_ == "NNS" and words.is_plural(noun.lower_) and not is_measure(noun)
            one = noun.tag_ == "NN" and noun.lower_ not in EITHER and bool(before & {"a", "an"}) and words.is_singular(noun.lower_)
            if (many and asked == "one" and not before & {"a", "an", "more", "no"}) or (one and asked == "many"):
                yield Issue(verb.i, verb.i + 1, (words.other_number(verb.lower_),), noun.text)
            return


def _subject(verb: Any) -> Any | None:
    """What the verb is said of; None where it is not finite or has no subject of its own."""
    head = verb
    if verb.dep_ in ("aux", "auxpass"):
        head = verb.head
        if any(child.dep_ in ("aux", "auxpass") and child.i < verb.i for child in head.lefts) or verb.i > head.i:
            return None
    elif any(child.dep_ in ("aux", "auxpass") for child in verb.children):
        return None
    subjects = [child for child in head.children if child.dep_ in ("nsubj", "nsubjpass")]
    return subjects[0] if len(subjects) == 1 else None


def _is_cut(subject: Any, verb: Any) -> bool:
    """Something around the two speaks against the parse: a colon, a name, a verb between, a preposition before."""
    doc = verb.doc
    following = verb.nbor() if verb.i + 1 < verb.sent.end else verb
    if (verb.lower_, following.lower_) == ("knows", "as") or is_clause(subject):
        return True
    if doc[subject.i : subject.i + 2].text.lower() == "which of":  # “see which of these apply”
        return True
    if following.lower_ == "of" or subject.lower_ in ("help", "what") or (verb.lower_ == "ages" and following.tag_ == "CD"):
        return True
    if any(token.text.endswith("(s") or token.text == "(s)" for token in doc[verb.sent.start : verb.i]):  # one or many
        return True
    between = doc[subject.i + 1 : verb.i]
    if any(token.text in _BREAKS or token.is_space for token in between) or _is_another_clause(between, verb):
        return True
    left = doc[subject.left_edge.i - 1] if subject.left_edge.i > verb.sent.start else None
    if left is not None and _is_led_in(subject, verb, left):
        return True
    before = verb.i - 1
    while before > subject.i and doc[before].tag_ in ("RB", "RBR", "RBS", ","):
        before -= 1
    if before == subject.i:
        return bool(subject.tag_ in ("PRP", "DT", "EX") and left is not None and left.tag_[:2] in ("VB", "MD"))
    if subject.tag_ in ("PRP", "DT", "EX") and subject.lower_ not in ("each", "either", "neither", "one"):
        return True
    nearest = doc[before]
    if nearest.lower_ in ("able", "unable", "order"):
        return True  # “to” is missing
    described = any(token.tag_ in ("WDT", "WP") or token.lower_ == "that" for token in between)
    if described and nearest.dep_ == "relcl" and nearest.head == subject and subject.tag_ == "NNS":
        return False  # “the tests that we run”
    if nearest.tag_ in ("WDT", "WP", "WRB", "TO", "MD", "VB", "PRP", "VBG", "VBZ", "VBP") or not subject.is_ancestor(nearest):
        return True
    if nearest.tag_ in NOMINAL and nearest.dep_ not in ("pobj", "conj", "appos", "npadvmod") and doc[before + 1].text != ",":
        return True
    return not described and any(token.tag_ in ("VBZ", "VBP", "MD") for token in between)


def _is_led_in(subject: Any, verb: Any, left: Any) -> bool:
    """The word before the subject's phrase, or the first of the sentence, shows that the verb goes with something else."""
    clause = verb.head if verb.dep_ in ("aux", "auxpass") else verb
    noun, asked = clause.head, words.finite_number(verb)
    if left.dep_ == "mark" and left.tag_ == "IN" and noun.tag_ in NOMINAL and noun.i < left.i and number_of(noun, verb) in (None, asked):
        return True  # “Ice after injections eases the pain”: a preposition, no clause of its own
    if left.lower_ in _PREPOSITIONS or (not left.is_alpha and left.text[-1].isalpha()):  # “doesn't it help”, “2Does it help”
        return True
    if subject.tag_ not in ("NN", "NNS"):
        return False
    if left.lower_ in _BE:  # two statements run together: “This is no joke I mean it”
        return True
    opening = verb.doc[verb.sent.start : left.i + 1]  # turned around: “Central to our care are three steps”
    return verb.lower_ in _BE and opening[0].tag_ in ("JJ", "VBN") and not any(token.tag_ in _FINITE for token in opening)


def _is_another_clause(between: Any, verb: Any) -> bool:
    """What stands between subject and verb may be the start of another clause, or of a list of verbs: “Lower it, improve sleep”."""
    many = words.finite_number(verb) == "many"
    if between and between[0].lower_ == "over":  # “World over people …”
        return True
    commas = [token.i for token in between if token.text == ","]
    closed = bool(commas) and commas[-1] == verb.i - 1
    if closed and (len(between) == 1 or (many and (len(commas) == 1 or not any(token.tag_ in ("WDT", "WP") for token in between)))):
        return True  # “if the wound leaks, smells or opens”
    if not many and verb.i + 1 >= verb.sent.end and words.is_plural(verb.lower_):  # “symptoms such as headaches or body aches”
        return True
    joints = [token.i for token in between if token.tag_ == "CC" and (not _is_shared(token) if many else token.nbor(-1).text == ",")]
    goes_on = joints and not many and any(token.tag_ in ("IN", "TO", "WDT") for token in verb.doc[joints[-1] : verb.i])
    return bool(joints and not goes_on) or verb.nbor(-1).lower_ == "not"


def _is_shared(joint: Any) -> bool:
    """One “of” and one determiner hold for both nouns that it joins: “the quality of our tools and services”."""
    others = [child for child in joint.head.children if child.dep_ == "conj"]
    own = ("DT", "PRP$", "POS", "CD")
    if joint.head.dep_ != "pobj" or len(others) != 1 or not any(child.tag_ in own for child in joint.head.lefts):
        return False
    alone = not any(child.tag_ in own or child.dep_ in ("prep", "conj", "relcl") for child in others[0].children)
    return joint.lower_ == "and" and alone and others[0].tag_ in ("NN", "NNS")


def _is_no_statement(verb: Any, subject: Any) -> bool:
    """The plain form may be a subjunctive, stand after let, help, see …, or be a noun."""
    doc = verb.doc
    head = verb.head if verb.dep_ in ("aux", "auxpass") else verb
    before = doc[max(verb.sent.start, subject.i - NEAR) : subject.i]
    spoken = {token.lower_ for token in before}
    if subject.tag_ in ("NN", "NNS") and (_is_listed(subject) or any(token.tag_ in ("WDT", "WP") for token in before)):
        return True
    if verb.lower_ == "were":
        return bool(spoken & _MOOD) or (verb.i + 1 < len(doc) and verb.nbor().tag_ == "PRP")  # “a place were you rest” means “where”
    if verb.lower_ == "are":
        return False
    bases = {words.base_of(word) or word for word in spoken}
    if bases & _ASKING or (bases & _LETTING and subject.tag_ not in ("WDT", "WP")):
        return True
    if verb.tag_ == "VB" and head.dep_ in ("ccomp", "xcomp") and not any(child.dep_ == "mark" for child in head.children):
        return True
    return subject.tag_ in ("NN", "NNS") and subject.lower_ not in PRONOUNS and verb.lower_ not in ("have", "do") and not is_verb(verb)


def _is_one_whole(subject: Any, verb: Any) -> bool:
    """A singular verb after many may be right: a clause, an activity, a title or a list is its subject."""
    doc = verb.doc
    first = verb.sent.start
    head = verb.head if verb.dep_ in ("aux", "auxpass") else verb
    if subject.tag_ in ("PRP", "WDT", "WP"):
        return False
    if is_amount(subject) and (verb.lower_ in _EQUATES or is_measure(subject)):
        return True
    if verb.dep_ == "relcl" and subject.i == verb.i - 1 and doc[subject.left_edge.i - 1].lower_ in ("that", "which", "whom"):
        return False  # “the problems that families faces”
    opening = doc[first : subject.i]
    own = {child.i for child in head.children if child.tag_ == "WRB" and child.lower_ in ("when", "where", "while")}
    if any((token.tag_ in ("VBG", "WRB", "WP", "WDT") and token.i not in own) or token.lower_.endswith("ing") for token in opening):
        return True
    if any(token.text.istitle() and token.nbor(-1).text != ":" for token in doc[max(subject.left_edge.i, first + 1) : verb.i]):
        return True
    clause = [token for token in opening[-3:] if token.lower_ in ("whether", "what", "that", "how", "to")]
    return _is_listed(subject) or any(token.lower_ != "that" or token.dep_ != "mark" or token.head != head for token in clause)


def _is_listed(subject: Any) -> bool:
    """Other nouns joined to it may stand before the subject."""
    doc, at = subject.doc, subject.i - 1
    while at > subject.sent.start and doc[at].tag_ not in ("VBZ", "VBP", "VBD", "MD", ":") and doc[at].dep_ != "mark":
        listed = doc[at - 1].text != "," or any(token.text == "," for token in doc[max(subject.sent.start, at - 5) : at - 1])
        if doc[at].lower_ in ("and", "or", "nor", "&", "/", "plus") and listed:
            return True
        if doc[at].lower_ in ("percent", "%", "each", "every") or (doc[at].text == "," and at > subject.left_edge.i):
            return True
        at -= 1
    return doc[at].lower_ in ("and", "or") and doc[at - 1].text == "," and subject.left_edge.i == subject.i
