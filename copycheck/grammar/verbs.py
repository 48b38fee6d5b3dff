"""Verbs: forms that do not fit the auxiliary or “to” before them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from copycheck.grammar import Issue, words

_BE = ("be", "been")
_HAVE = ("have", "has", "had", "'ve")
_PARTICIPLES = frozenset("bound found wound read open".split())  # and bases of other verbs
_FORMS = ("VB", "VBP", "VBZ", "VBD", "VBN", "NN", "NNS")


def misformed(sentence: Any) -> Iterator[Issue]:
    """Verbs in the wrong form ("can adjusts", "able to restored", "have discover", "can be use")."""
    for verb in sentence[1:]:
        before = _helper(verb)
        if before is None or verb.tag_ not in _FORMS or not verb.is_alpha or len(verb) < 3 or verb.lower_ in _PARTICIPLES:
            continue
        word = verb.lower_
        if before.tag_ == "TO" and verb.tag_ == "NNS":  # “it begins to flowers”
            base = words.base_of(word)
            if base and verb.sent.start < before.i == verb.i - 1 and before.nbor(-1).tag_[:2] == "VB" and not words.is_base(word):
                yield Issue(verb.i, verb.i + 1, (base,), before.lower_)
        elif before.tag_ in ("MD", "TO") and verb.tag_ == "VB":
            base = words.base_of(word)
            if base and base != word and word.endswith(("s", "ed", "ing")) and not words.is_base(word):
                yield Issue(verb.i, verb.i + 1, (base,), before.lower_)
        elif before.lower_ in _HAVE and before.dep_ == "aux" and verb.tag_ in ("VB", "VBP", "VBN", "VBD"):
            nominal = verb.i + 1 < sentence.end and verb.nbor().tag_ in ("NN", "NNS")
            if words.is_base(word) and words.participle(word) != word and not nominal:
                yield Issue(verb.i, verb.i + 1, (words.participle(word),), before.lower_)
        elif before.lower_ in _BE and (verb.tag_ in ("VB", "VBP", "VBZ") or (word == "use" and verb.tag_ == "NN")):
            base = word if words.is_base(word) else words.base_of(word)
            if base and words.participle(base) != word:
                yield Issue(verb.i, verb.i + 1, (words.participle(base),), before.lower_)


def _helper(verb: Any) -> Any | None:
    """The auxiliary or “to” right before a verb; an adverb may stand between."""
    at = verb.i - 1
    while at > verb.sent.start and verb.doc[at].tag_ == "RB":
        at -= 1
    before = verb.doc[at]
    if at < verb.sent.start or (before.tag_ == "MD" and at == verb.sent.start):
        return None
    return None if at > verb.sent.start and before.nbor(-1).text == "-" else before  # “Dads-to-be often worry”
