"""Joined: agreement where the subject follows its verb, is two things, or is that of the verb before."""

from __future__ import annotations

from typing import Any

from copycheck.grammar import words
from copycheck.grammar.subjects import EITHER, PRONOUNS, is_amount, is_verb, number_of

_ASKED = frozenset("is are was were do does has have".split())
_OBJECT = frozenset({"DT", "PRP", "PRP$", "JJ", "NN", "NNS"})  # begin what a verb acts on
_OPENS = frozenset({",", "CC", "''", "``"})
_OTHER_VERB = frozenset({"TO", "MD", "VB", "VBP", "VBZ", "WDT", "WP", "WRB", "VBG", "EX", ":"})
_SHARED = frozenset({"DT", "PRP$", "POS"})
_BE = frozenset("is are was were 's 're".split())
_REACH = 14
_AMOUNTS = frozenset({"some", "all", "much"})
_ONE_EACH = frozenset("each every no any either neither another".split())


def subject_of(verb: Any, asked: str) -> str:
    """The subject whose number a verb does not have; empty where it has it, or nobody can tell."""
    subjects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    if verb.dep_ in ("aux", "auxpass"):
        subjects = [child for child in verb.head.children if child.dep_ in ("nsubj", "nsubjpass")]
    if len(subjects) == 1:
        return _asked_of(verb, subjects[0], asked) or _pair(verb, subjects[0], asked)
    return "" if subjects else _of_the_first(verb, asked)


def _asked_of(verb: Any, subject: Any, asked: str) -> str:
    """“Does they help?”, “Why do my knee hurt?”"""
    sentence = verb.sent
    opens = verb.i == sentence.start or (verb.i == sentence.start + 1 and sentence[0].tag_ in ("WRB", "WP"))
    if not opens or verb.lower_ not in _ASKED or sentence[-1].text != "?" or subject.left_edge.i != verb.i + 1 or is_amount(subject):
        return ""
    head = verb.head if verb.dep_ in ("aux", "auxpass") else verb
    inner = {token.tag_ for token in verb.doc[verb.i + 1 : subject.i]}
    if subject.nbor().tag_ in ("NN", "NNS", "VBG") or inner & {"CC", "NNP", "VB", "VBP"}:  # “Is teeth whitening safe?”
        return ""
    if any(child.dep_ == "attr" for child in head.children) or number_of(subject, verb) in (None, asked):
        return ""
    return "" if subject.lower_ == "i" else str(subject.text)


def _pair(verb: Any, first: Any, asked: str) -> str:
    """“The cost and length of a stay depends”: two things joined by “and”."""
    joints = [child for child in first.children if child.dep_ == "cc"]
    others = [child for child in first.children if child.dep_ in ("conj", "appos")]
    if (
        asked != "one"
        or first.lower_ in PRONOUNS
        or len(others) != 1
        or [joint.lower_ for joint in joints] != ["and"]
        or not joints[0].i < others[0].i < verb.i
    ):
        return ""
    doc, second, start = verb.doc, others[0], first.left_edge.i
    phrase = doc[start : verb.i]
    if any(token.text in ",;:()/–—-&" or token.tag_ in _OTHER_VERB or token.lower_ in _ONE_EACH for token in phrase):
        return ""
    if any(child.dep_ in ("conj", "cc") for child in second.children) or sum(token.tag_ == "CC" for token in phrase) != 1:
        return ""
    for noun in (first, second):
        plain = noun.text.islower() or noun.i == verb.sent.start
        if noun.tag_ not in ("NN", "NNS") or not plain or noun.lower_ in EITHER:
            return ""
    before = doc[start - 1] if start > verb.sent.start else None
    if before is not None and before.tag_ not in _OPENS and before.dep_ != "mark":
        return ""
    if any(token.tag_ == "IN" for token in doc[first.i : second.i]):  # “the quality of food and sleep varies”
        return ""
    if phrase[0].lower_ in _AMOUNTS:  # “some pain and stiffness is normal”
        return ""
    own = [any(child.tag_ in _SHARED for child in noun.lefts) for noun in (first, second)]
    described = any(child.dep_ == "amod" for child in first.lefts)
    opens = described and (before is None or before.is_quote) and verb.lower_ in _BE
    if opens and own == [False, True] and doc[second.left_edge.i].lower_ == "the":  # “Great product and the price is fair”
        return ""
    if not own[1]:  # “a cleaning and exam is best”, “the olive and palm oil blend works”
        one = any(child.lower_ in ("a", "an") or child.tag_ == "JJS" for child in first.lefts)
        unit = first.lower_.endswith("ing") and second.lower_.endswith("ing")
        blend = [any(child.dep_ == "compound" for child in noun.lefts) for noun in (first, second)]
        if one or unit or (blend[1] and not (blend[0] and any(child.tag_ == "PRP$" for child in first.lefts))):
            return ""
    return f"{first.text} and {second.text}" if any(own) else ""


def _of_the_first(verb: Any, asked: str) -> str:
    """“It relieves pain and help you sleep”: the second of two verbs joined by “and”."""
    first, doc = verb.head, verb.doc
    if (
        verb.dep_ != "conj"
        or first.dep_ == "relcl"
        or (first.dep_ == "advcl" and not any(child.tag_ == "PRP" and child.dep_ == "nsubj" for child in first.lefts))
        or first.tag_ not in ("VBZ", "VBP", "VB")
        or words.finite_number(first) in (None, asked)
        or verb.i - first.i > _REACH
        or any(outer.i < first.i and words.finite_number(outer) == asked for outer in first.ancestors)  # “sees how you walk and plans”
    ):
        return ""
    helpers = [child.tag_ for child in first.children if child.dep_ in ("aux", "auxpass")]
    if helpers != (["MD"] if first.tag_ == "VB" else []) or (helpers and verb.lower_ in _ASKED):
        return ""
    at = verb.i - 1
    while at > first.i and doc[at].tag_ == "RB":
        at -= 1
    between = doc[first.i + 1 : at - 1 if doc[at - 1].text == "," else at]
    if doc[at].lower_ not in ("and", "or") or any(token.tag_ in _OTHER_VERB or token.lower_ in ("that", ",") for token in between):
        return ""
    following = verb.nbor() if verb.i + 1 < verb.sent.end else verb
    goes_on = _OBJECT | ({"VBG"} if helpers else {"IN", "JJR"})
    goes_on |= {"VBG"} if verb.lower_ == "start" else set()
    goes_on |= {"TO"} if asked == "one" and not helpers else set()
    if following.tag_ not in goes_on:
        return ""
    if not helpers and not is_verb(verb):
        return ""
    subjects = [child for child in first.children if child.dep_ == "nsubj"]
    if not subjects and first.i == verb.sent.start and asked == "many":
        return str(doc[first.i : at].text)
    if len(subjects) != 1 or subjects[0].i > first.i or number_of(subjects[0], first) in (None, asked):
        return ""
    return str(subjects[0].text)
