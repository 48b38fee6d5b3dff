"""Words: what a word of a pattern line stands for: its forms, and the tokens that spaCy makes of it."""

from __future__ import annotations

import re

from copycheck.inflection import forms

_PARTS = re.compile(r"-|n't\b|'\w+|(?:(?!n't\b)[^'-])+")
_ENDINGS = {"n't": "not", "'re": "are", "'m": "am", "'ll": "will", "'ve": "have"}  # parts of contractions as spaCy's NORM has them
_STEMS = {"ca": "can", "wo": "will"}


class BadPattern(ValueError):
    """A pattern that does not compile; the message says why."""


def options_of(body: str) -> list[str]:
    """The alternatives of a piece of a line; those of a quoted group are quoted each. Raises BadPattern."""
    if body.isalpha():
        return [body]
    options: list[str] = []
    for quoted, plain in re.findall(r'"([^"]*)"|([^|"]+)', body):
        options += [f'"{word}"' for word in quoted.split("|")] if quoted else [plain]
    if "" in re.sub(r'"[^"]+"', "x", body).split("|"):
        raise BadPattern(f"{body!r}: an alternative is empty")
    return options


def places_of(option: str) -> list[frozenset[str]]:
    """For each token that spaCy makes of an alternative the words that may stand there: “side-effect” is three, “don't” is two.

    Raises BadPattern.
    """
    if option == "cannot":
        return [frozenset({"can"}), frozenset({"not"})]
    if option.isalpha():
        return [words_of(option)]
    parts: list[str] = _PARTS.findall(option.strip('"'))
    if len(parts) == 1 or not any(part.isalnum() for part in parts):
        return [words_of(option)]
    if "-" in (parts[0], parts[-1]):
        raise BadPattern(f"{option!r}: a hyphen stands between two words")
    exact = option.startswith('"') or "n't" in parts
    return [frozenset({_STEMS.get(part, part.lower())}) if exact and part not in _ENDINGS else words_of(part) for part in parts]


def keeps_whole(option: str) -> bool:
    """spaCy keeps “covid-19” and “b-12” in one token."""
    return "-" in option and re.search(r"\w-\d", option) is not None


def words_of(option: str) -> frozenset[str]:
    """Every form of a bare word, or a quoted one as it is; in lower case. Raises BadPattern."""
    if option.isalpha() and option.islower():
        return forms(option)
    word = option.strip('"')
    if len(word) > 1 and re.search(r"[%$€£\s]", word):
        raise BadPattern(f"{word!r}: words and signs are written apart, each quoted by itself")
    if not option.startswith('"') and re.search(r"[<>{}]", word):
        raise BadPattern(f"{word!r}: a list or a raw token is no alternative of a word; lists are written <name|name>")
    if option.startswith('"') or word in _ENDINGS:
        return frozenset({_ENDINGS.get(word, word.lower())})
    if option != option.lower():
        raise BadPattern(f"{option!r}: words are written in lower case; they match in any case")
    return forms(option)
