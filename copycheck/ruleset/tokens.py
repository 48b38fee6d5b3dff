"""Tokens: what a raw token dict of a pattern may say, so that spaCy's Matcher takes it and reads it as it was meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from copycheck.ruleset.words import BadPattern

_PLAIN = "ORTH TEXT NORM LOWER LENGTH SHAPE TAG POS MORPH LEMMA DEP ENT_TYPE LIKE_NUM OP"
_FLAGS = "SENT_START ALPHA ASCII DIGIT LOWER UPPER TITLE PUNCT SPACE STOP CURRENCY QUOTE"
ATTRIBUTES = frozenset([*_PLAIN.split(), *(f"IS_{name}" for name in _FLAGS.split())])
_TAGS = frozenset(  # of the Penn Treebank, as spaCy's English models give them
    "$ '' \" `` , -LRB- -RRB- . : ADD AFX CC CD DT EX FW HYPH IN JJ JJR JJS LS MD NFP NN NNP NNPS NNS PDT POS PRP PRP$ RB RBR RBS RP "
    "SYM TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB XX _SP".split()
)
_OPERATORS = re.compile(r"[?!]|1|\{(\d),(\d)\}|\{(\d)\}")
_FEATURES = re.compile(r"\w+=[\w,]+(?:\|\w+=[\w,]+)*")


def optional_tokens(token: Mapping[str, Any]) -> int:
    """How many tokens a token dict may leave out. Raises BadPattern where it has no bounds: expressions, repeats without end."""
    optional = 0
    for name, value in token.items():
        if name not in ATTRIBUTES:
            raise BadPattern(f"{name} cannot be used in a token; known: {', '.join(sorted(ATTRIBUTES))}")
        if name == "OP":
            match = _OPERATORS.fullmatch(str(value))
            if match is None or int(match[1] or 0) > int(match[2] or 9):
                raise BadPattern(f"the operator {value!r} has no bound; use ?, !, {{n}} or {{n,m}} with one digit")
            optional = 1 if value == "?" else int(match.group(2) or 0)
        elif wrong := _wrong(name, value):
            raise BadPattern(f"{name}: {wrong}")
    return optional


def _wrong(name: str, value: Any) -> str | None:
    """Why the Matcher could not take, or would misread, the value of an attribute."""
    if name.startswith("IS_") or name == "LIKE_NUM":
        return None if isinstance(value, bool) else "the value is true or false"
    is_number = name == "LENGTH"
    listed: list[Any] = [value]
    if not isinstance(value, str | int | bool | Mapping):
        return "the value is text, a number or true"
    if isinstance(value, Mapping):
        known = ("IN", "NOT_IN", "==", "!=", ">=", "<=", ">", "<") if is_number else ("IN", "NOT_IN")
        if not value or not set(value) <= set(known):
            return "only IN, NOT_IN and comparisons may stand in a token" + (", and none of text" if not is_number else "")
        if not all(isinstance(inner, list) and inner for key, inner in value.items() if key in ("IN", "NOT_IN")):
            return "IN and NOT_IN take a list"
        listed = [one for key, inner in value.items() for one in (inner if key in ("IN", "NOT_IN") else [inner])]
    if is_number:
        whole = all(isinstance(one, int) and not isinstance(one, bool) and 0 <= one < 10_000 for one in listed)
        return None if whole else "the value is a whole number from 0 to 9,999"
    if not all(isinstance(one, str) and one and one.isprintable() for one in listed):
        return "the value is text that can be printed"
    if name == "TAG" and not _TAGS.issuperset(listed):
        return f"there is no tag {next(one for one in listed if one not in _TAGS)}; tags are those of the Penn Treebank, such as NN or VBZ"
    if name == "MORPH" and not all(_FEATURES.fullmatch(one) for one in listed):
        return "the value is features such as Number=Plur, joined by |"
    return None
