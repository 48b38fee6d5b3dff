"""Questions: those that ask in the word order of a statement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from copycheck.grammar import Issue, words

_ASKING = frozenset({"how", "why", "when", "where"})
_AUXILIARIES = frozenset(
    "do does did is are was were am be has have had can could will would should may might must shall 's 're 'd 'll 've ca wo".split()
)
_NOMINAL = ("NN", "NNS", "NNP", "NNPS", "PRP", "DT", "PRP$", "VBG", "CD", "EX")
_REPORTING = frozenset("know tell say explain understand show learn describe ask think decide".split())
_NO_QUESTION = frozenset("about come not else to so".split())


def statements(sentence: Any) -> Iterator[Issue]:
    """Questions whose subject stands before its verb ("How it works?", "How often one can freeze eggs?")."""
    if (
        len(sentence) < 4
        or sentence[-1].text != "?"
        or sentence[0].lower_ not in _ASKING | {"what", "who"}
        or sentence[1].lower_ in _NO_QUESTION
        or (sentence[0].lower_ == "why" and sentence[1].tag_ in ("VB", "VBP"))  # “Why live with pain that you can treat?”
    ):
        return
    yield from _second(sentence)
    if sentence[0].lower_ not in _ASKING or any(
        token.text in ",:;–—-()|" or token.lower_ in ("before", "until", "if") for token in sentence
    ):
        return
    first = next((token for token in sentence[1:-1] if token.lower_ in _AUXILIARIES), None)
    if first is None and sentence[1].tag_ == "PRP" and sentence[2].tag_[:2] == "VB":
        verb = sentence[2]
    elif first is None:
        verb = next((token for token in sentence[2:-1] if _is_third(token, sentence)), None)
    else:
        verb = first if _has_subject_before(first) else None
    if verb is not None:
        yield Issue(sentence.start, verb.i + 1, (), "")


def _second(sentence: Any) -> Iterator[Issue]:
    """“What is it and how it works?”: a second question, joined to one in the right order."""
    if sentence[1].lower_ not in _AUXILIARIES or any(token.lower_ in _REPORTING for token in sentence):
        return
    for token in sentence[2:-2]:
        asks = token.lower_ in _ASKING and token.nbor(-1).lower_ in ("and", "&", "or")
        if asks and token.nbor().tag_ == "PRP" and token.nbor(2).tag_ in ("VBZ", "VBP", "MD", "VB"):
            yield Issue(token.i, token.i + 3, (), "")


def _is_third(token: Any, sentence: Any) -> bool:
    """“How stress affects sleep?”: a verb in -s after a noun, and no auxiliary anywhere."""
    known = words.base_of(token.lower_) if token.lower_.endswith("s") else None
    before = token.nbor(-1)
    return (
        bool(known)
        and (token.tag_ == "VBZ" or (sentence[0].lower_ == "how" and token.i == sentence.end - 2 and len(sentence) > 4))
        and before.tag_ in _NOMINAL
    )


def _has_subject_before(verb: Any) -> bool:
    """Its subject stands before it and is not what the question word asks for (“how many patients have”)."""
    sentence, before = verb.sent, verb.nbor(-1).tag_
    named = before == "NNP" and sentence[0].lower_ != "how"
    if verb.i == sentence.start + 2 and not named and before not in ("PRP", "NN", "NNS", "EX"):
        return False  # “How common is it?”
    head = verb.head if verb.dep_ in ("aux", "auxpass") else verb
    subject = next((child for child in head.children if child.dep_ in ("nsubj", "nsubjpass", "expl", "csubj")), None)
    if subject is None or not verb.sent.start < subject.i < verb.i:
        return False
    if any(token.tag_ in ("WRB", "WP", "WDT", "WP$") for token in subject.subtree):
        return False
    counted = sentence[1].lower_ in ("much", "many")
    if counted and (sentence[1].is_upper or subject.left_edge.i == sentence.start + 2):  # capitals mislead; “How much THC is in it?”
        return False
    return bool(subject.left_edge.i > verb.sent.start and head.dep_ != "relcl")
