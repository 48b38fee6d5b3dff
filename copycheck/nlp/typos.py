"""Typos: a word with one sure correction is read as that word, so that a slip never hides what rules look for."""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Doc, Token

from copycheck.spelling import lexicon
from copycheck.spelling.suggest import credibility

_SHORTEST = 4  # letters
_KEPT = 50_000  # words whose correction is kept; hostile input must not fill the memory
_COMPARING = frozenset({"JJR", "RBR"})


class TypoFolder:
    """Sets `token.norm_` of a misspelt word to its correction; patterns compare `NORM`, reports show the text."""

    def __init__(self) -> None:
        self._lexicon = lexicon.load()
        self._correction = lru_cache(_KEPT)(self._correct)

    def __call__(self, doc: Doc) -> Doc:
        for token in doc:
            if token.norm_[:1].isupper():  # spaCy's own, of “Nov.” and the like
                token.norm_ = token.norm_.lower()
            if not token.is_alpha:
                continue
            lower = token.lower_
            if lower == "then":
                if _compares(token):
                    token.norm_ = "than"
            elif len(lower) >= _SHORTEST and lower not in self._lexicon.words and not token.is_upper:
                correction = self._correction(lower) if token.is_lower or token.is_sent_start else self._listed(lower)  # a capital: a name
                if correction:
                    token.norm_ = correction
        return doc

    def _listed(self, word: str) -> str | None:
        """The one correction of a misspelling that the lexicon lists."""
        listed = self._lexicon.typos.get(word, ())
        return listed[0] if len(listed) == 1 and listed[0].isalpha() else None

    def _correct(self, word: str) -> str | None:
        if word in self._lexicon.typos:
            return self._listed(word)
        if self._lexicon.knows(word):
            return None
        candidates = self._lexicon.suggest(word)
        if not candidates or credibility(word, candidates[0]) != "sure":
            return None
        return candidates[0].word if candidates[0].word.isalpha() else None


def _compares(token: Token) -> bool:
    """ "then" stands where "than" belongs: after a comparative within three tokens, and before a noun phrase."""
    before = token.doc[max(token.i - 3, 0) : token.i]
    after = token.doc[token.i + 1 : token.i + 2]
    return any(word.tag_ in _COMPARING or word.norm_ == "more" for word in before) and any(
        word.norm_ in ("any", "other", "others", "anyone", "all", "most", "every") for word in after
    )
