"""Strength: whether a claim says that things go together, may act, or do act; and whether it is hedged."""

from __future__ import annotations

from functools import cache

from copycheck.claims.data import Expressions, compiled, read_yaml

_NO_NOUN = r"(?<!\ban )(?<!\ba )(?<!\bthe )(?<!\bof )(?<!\bno )(?<!\bin )(?<!\bany )(?<!press )(?<!this )(?<!life )"  # "a release" is none
_TAKES_NONE = (
    r"(?! (?:in|of|for|from|with|among|by|over|since|between|even|is|are|was|were|has|to (?:the|an?))\b)"  # "costs increase over time"
)
_OBJECT = r"(?= (?:the|their|his|her|its|our|your|my|this|these|those|both|all|an?|risks?|levels?|rates?|symptoms?|pain|[a-z]+ing)\b)"
_FINITE = r"\b(?:significantly|greatly|dramatically|substantially|directly|markedly|sharply|has|have|had|also|virtually)"


@cache
def patterns() -> Expressions:
    """The patterns of effects, hedges and what goes together."""
    data = dict(read_yaml("strength.yaml"))
    stem = "(?:" + "|".join(sorted(data.pop("act-verbs"), key=len, reverse=True)) + ")"
    past = rf"{stem}(?:e?d|ted|ied)\b"
    data["act-verb"] = rf"{_NO_NOUN}\b{stem}(?:e|s|es|ing|ting|ning|y|ies)?\b{_TAKES_NONE}"
    data["act-past"] = rf"{_FINITE} {past}(?! (?:by|in|from)\b)|{_NO_NOUN}\b{past}{_OBJECT}|\b(?:cut|shrank|drove|broke|made)\b{_OBJECT}"
    return compiled(data)


def strength_of(folded: str) -> str:
    """What any statement says: `causal` (it does), `conditional` (it may), `correlational` (they go together) or `none`."""
    known = patterns()
    stated = known["frame"].sub(" ", folded)
    together = known["together"].search(stated) is not None
    if together and not known["beside"].search(stated):
        return "correlational"
    if known["request"].match(stated):
        return "none"
    if known["may-act"].search(stated):
        return "conditional"
    if any(known[name].search(stated) for name in ("act-verb", "act-past", "act-phrases", "fragment")):
        return "conditional" if is_hedged(stated) else "causal"
    return "correlational" if together or known["comparative"].search(stated) else "none"


def strength_of_claim(folded: str) -> str:
    """The strength of what is known to be a claim: one whose words name no effect (“for a calmer gut”) is asserted all the same."""
    found = strength_of(folded)
    if found != "none":
        return found
    return "conditional" if is_hedged(folded) else "causal"


def is_hedged(folded: str) -> bool:
    """The claim is softened: may, can, suggests, in some cases."""
    return patterns()["hedge"].search(folded) is not None


def is_softened(folded: str) -> bool:
    """The claim is softened by more than “can”, which says what a thing is able to do, and so that it does."""
    return any(match.group().lower() != "can" for match in patterns()["hedge"].finditer(folded))
