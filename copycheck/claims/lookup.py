"""Lookup: where a writer may look for the source of a claim: a ready search, made of the claim's own terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from copycheck.article import Sentence, lists_of

PUBMED = "https://pubmed.ncbi.nlm.nih.gov/"
_TERMS = 4  # more find nothing
TREATMENTS = frozenset(
    {"procedure", "drug", "supplement", "dietary-supplement", "device", "alternative-therapy", "drip", "cbd", "cannabis", "regenerative"}
    | {"invasive-treatment", "ketamine", "otc-drug", "rx-drug", "glp-1-drug", "glp-1-brand", "plasma-and-peptide"}
)
TARGETS = frozenset({"condition", "ailment", "symptom", "addiction", "body-function", "appearance"})
_ANYTHING = frozenset(  # words that find anything
    "adjustment condition device disease disorder drug extraction formula issue medication medicine problem procedure product recovery shot"
    " supplement surgeries surgery symptom therapies therapy treatment vitamin".split()
)


def terms(sentence: Sentence) -> tuple[str, ...]:
    """The claim's treatments, then what they are said to act on, in the claim's own words; nothing where it does not name both."""
    found = [(term.text.lower(), set(lists_of(term[0]))) for term in _terms(sentence.tokens) if _is_telling(term)]
    treatments, targets = (list(dict.fromkeys(text for text, lists in found if lists & names)) for names in (TREATMENTS, TARGETS))
    targets = [term for term in targets if term not in treatments]
    if not treatments or not targets:
        return ()
    room = max(_TERMS - len(targets), _TERMS // 2)
    treatments = treatments[:room]
    return (*treatments, *targets[: _TERMS - len(treatments)])


def _terms(tokens: Any) -> Iterator[Any]:
    """The terms among some tokens, each as tokens. `Span.ents` looks for them in the whole Doc, for every sentence anew."""
    for begin, token in enumerate(tokens):
        if token.ent_iob_ == "B":
            yield tokens[begin : next((at for at in range(begin + 1, len(tokens)) if tokens[at].ent_iob_ != "I"), len(tokens))]


def _is_telling(term: Any) -> bool:
    """A phrase, or a noun that does not find anything; “focused” is no noun."""
    word = term.text.lower()
    return len(term) > 1 or (term[0].tag_.startswith("N") and _ANYTHING.isdisjoint((word, word.removesuffix("s"))))


def query(words: Sequence[str]) -> str:
    """The address of a PubMed search for systematic reviews; empty without words, and for one plain word, which finds anything."""
    if len(words) < 2 and " " not in "".join(words):  # “tea”, “injury”
        return ""
    term = " AND ".join(f'"{word}"' if " " in word else word for word in words)
    return f"{PUBMED}?{urlencode({'term': term, 'filter': 'pubt.systematicreview'})}"
