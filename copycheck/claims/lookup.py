"""Lookup: where a writer may look for the source of a claim: a ready search, made of the claim's own terms."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from copycheck.article import Sentence

PUBMED = "https://pubmed.ncbi.nlm.nih.gov/"
_TERMS = 4  # more find nothing
TREATMENTS = frozenset(
    {"procedure", "drug", "supplement", "dietary-supplement", "device", "alternative-therapy", "drip", "cbd", "cannabis", "regenerative"}
    | {"invasive-treatment", "ketamine", "otc-drug", "rx-drug", "glp-1-drug", "glp-1-brand", "plasma-and-peptide"}
)
_TARGETS = frozenset({"condition", "ailment", "symptom", "addiction", "body-function", "appearance"})


def terms(sentence: Sentence) -> tuple[str, ...]:
    """The claim's treatments, then what they are said to act on, in the claim's own words."""
    treatments, targets = (
        list(dict.fromkeys(term.text.lower() for term in sentence.tokens.ents if names & set(term.label_.lower().split("|"))))
        for names in (TREATMENTS, _TARGETS)
    )
    targets = [term for term in targets if term not in treatments]
    room = max(_TERMS - len(targets), _TERMS // 2)
    treatments = treatments[:room]
    return (*treatments, *targets[: _TERMS - len(treatments)])


def query(words: Sequence[str]) -> str:
    """The address of a PubMed search for systematic reviews; empty without words, and for one plain word, which finds anything."""
    if len(words) < 2 and " " not in "".join(words):  # “tea”, “injury”
        return ""
    term = " AND ".join(_quoted(word) for word in words)
    return f"{PUBMED}?{urlencode({'term': term, 'filter': 'pubt.systematicreview'})}"


def _quoted(term: str) -> str:
    return f'"{term}"' if " " in term else term
