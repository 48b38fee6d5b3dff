"""Lookup: where a writer may look for the source of a claim: a ready search, made of the claim's own terms."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from copycheck.claims import evidence

PUBMED = "https://pubmed.ncbi.nlm.nih.gov/"
_TERMS = 4  # more find nothing


def terms(folded: str) -> tuple[str, ...]:
    """The claim's treatments, then what they are said to act on, in the claim's own words."""
    found = evidence.gather(folded)
    by_prefix: dict[str, list[str]] = {"treatment:": [], "target:": []}
    for hit in found.hits:
        for prefix, words in by_prefix.items():
            if any(group.startswith(prefix) for group in hit.groups):
                words.append(" ".join(word.text for word in found.words[hit.first : hit.last]))
                break
    treatments, targets = (list(dict.fromkeys(words)) for words in by_prefix.values())
    room = max(_TERMS - len(targets), _TERMS // 2)
    treatments = treatments[:room]
    return (*treatments, *targets[: _TERMS - len(treatments)])


def query(words: Sequence[str], reviews: bool = True) -> str:
    """The address of a PubMed search for `words`; empty where there are none. `reviews` asks for systematic reviews."""
    if not words:
        return ""
    term = " AND ".join(_quoted(word) for word in words)
    fields = {"term": term} | ({"filter": "pubt.systematicreview"} if reviews else {})
    return f"{PUBMED}?{urlencode(fields)}"


def _quoted(term: str) -> str:
    return f'"{term}"' if " " in term else term
