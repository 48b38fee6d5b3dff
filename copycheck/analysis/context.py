"""Context: what holds around a match: negated, quoted, asked, in a myth-busting frame, part of a name."""

from __future__ import annotations

import re
from functools import lru_cache

from copycheck import lazy

MARKS = frozenset({"negated", "quoted", "outsider", "question", "myth", "organisation"})
"""The closed set that a rule's `unless` may name. `outsider`: quoted, and the speaker does not speak for the seller."""

_NEGATOR = lazy.pattern(
    r"\b(?:not|never|no(?!-)|none|neither|nor|cannot|without|n't|isn't|aren't|wasn't|weren't|don't|doesn't|didn't|won't|can't|couldn't"
    r"|shouldn't|wouldn't|hasn't|haven't|hadn't|avoid(?:s|ing)?|beware of|rather than|instead of|far from|lack(?:s|ing)?"
    r"|stop (?:saying|using)|hardly|nobody|nothing|there (?:is|are) no|fails? to|failed to|unable to|unlikely to)\b",
    re.I,
)
_CLAUSE = lazy.pattern(r"[;:!?–—]|,\s*(?:but|and|so|yet|while|which|it|we|you|they)\b|\b(?:but|however|although|because)\b", re.I)
_NOT_NEGATING = lazy.pattern(
    r"\bnot only\b|\bno (?:doubt|matter|longer|wonder|problem)\b|\bwithout (?:a )?(?:doubt|question)\b"
    r"|\bwhy not\b|\bnot just\b|\bnothing (?:beats|works better)\b",
    re.I,
)
_MYTH = lazy.pattern(
    r"\b(?:myths?|misconceptions?|fiction|false claims?|debunk\w*|claims? (?:to|that|of|like|such as)|(?<!may )(?<!might )(?<!who )be wary"
    r"|beware|skeptical|sceptical"
    r"|red flags?|watch out for|so-called|too good to be true|contrary to|scams?"
    r"|(?:some|many) (?:people|sellers|companies|clinics|products) (?:say|claim|promise|believe|think)s?"
    r"|no evidence|not proven|isn't proven|unproven|old saying|does(?:n't| not) mean"
    r"|there is no(?! (?:pain|risk|danger|down-?time|discomfort|side[- ]effect|recovery|better|other|substitute)))\b",
    re.I,
)
_ORGANISATION_WORD = (
    r"(?:Administration|Association|Institutes?|Agency|Center|Centers|Centre|Society|Council|Board|Act|Department|Foundation|Services|Service|"
    r"Academy|College|Commission|Committee|Coalition|Network|Office|Bureau|Program|Division|Alliance|Federation|Partnership|Hotline|Helpline|Survey|Report|Journal|University|Hospital)"
)
_OF_WHAT = r"(?:on|for|of)\s+(?:the\s+)?[A-Z][\w&'’-]*(?:(?:\s+(?:and|of|on|for|the|&))*\s+[A-Z][\w&'’-]*)*"
_ORGANISATION = lazy.pattern(
    rf"(?:\b[A-Z][\w&'’.-]{{0,40}}(?:[ ,]+(?:and|of|on|for|the|in|&)\b){{0,4}}[ ,]+){{1,12}}{_ORGANISATION_WORD}\b(?:\s+{_OF_WHAT})?"
    rf"|\b{_ORGANISATION_WORD}\s+{_OF_WHAT}"
)
_OWN_VOICE = lazy.pattern(
    r"\b(?:we|our|ours|us|(?:co-?)?founder|owner|ceo|chief \w+ officer|(?:medical|clinical|executive) director|president"
    r"|spokes(?:man|woman|person))\b",
    re.I,
)
_QUOTES = {'"': '"', "“": "”", "«": "»", "„": "“"}
_OPENING = lazy.pattern(r'(?<!\d)"|[“«„]')  # 5" is inches


def fold(text: str) -> str:
    """The text with curly quotes, odd hyphens and odd spaces made plain, character by character: offsets stay."""
    return text.translate(_FOLD)


_FOLD = {
    **dict.fromkeys(map(ord, "‘’‚‛ʼ′`´"), "'"),
    **dict.fromkeys(map(ord, "“”„‟″«»"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒"), "-"),
    **dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2007\u2009\u202f\n\r\t\u200a"), " "),
    0: "\ufffd",
}


@lru_cache(maxsize=8)
def quotations(text: str) -> tuple[tuple[int, int], ...]:
    """Offsets of passages between double quotation marks (closed ones, and one that runs to the end), in order.

    The last texts are remembered: each sentence of a paragraph asks for those of the whole.
    """
    spans, at = [], 0
    while opening := _OPENING.search(text, at):
        start = opening.start()
        end = text.find(_QUOTES[opening.group()], start + 1)
        if end < 0:
            spans.append((start, len(text)))
            break
        spans.append((start, end + 1))
        at = end + 1
    return tuple(spans)


def negated(text: str, start: int) -> bool:
    """A negator stands before `start` in its clause, within eight words."""
    clause = text[max(start - 90, 0) : start]
    last = 0
    for match in _CLAUSE.finditer(clause):
        last = match.end()
    clause = clause[last:]
    clause = " ".join(clause.split()[-8:])
    clause = _NOT_NEGATING.sub(" ", clause)
    return _NEGATOR.search(clause) is not None


def organisations(text: str) -> list[tuple[int, int]]:
    """Offsets of names of bodies, laws and programmes: capitalised runs with a word such as Administration or Act."""
    return [match.span() for match in _ORGANISATION.finditer(text)]


def own_voice(text: str) -> bool:
    """A quotation's paragraph speaks for the seller: an owner or doctor quoted ("we", "our", "says the founder")."""
    return _OWN_VOICE.search(text) is not None


def is_question(text: str) -> bool:
    return text.rstrip("\"'”’) ").endswith("?")


def is_myth(text: str) -> bool:
    """The sentence reports a claim in order to question it ("Be wary of products that claim to …")."""
    return _MYTH.search(text) is not None
