"""Kinds: whether a claim promises, is for a disease, is of a treatment, or warns."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from copycheck.article import Article, Sentence, lists_of
from copycheck.claims import domains
from copycheck.claims.data import Expressions, compiled, read_yaml
from copycheck.claims.lookup import TARGETS, TREATMENTS
from copycheck.claims.strength import is_hedged
from copycheck.evidence import AUXILIARIES, is_number

if TYPE_CHECKING:
    from spacy.tokens import Token

    from copycheck.nlp.judge import Opinion

_UNCERTAIN = frozenset({"negated", "hedged", "question", "myth", "condition", "advice_against"})
_COMPARED = frozenset({"JJR", "JJS", "RBR", "RBS"})
_TREATED = TREATMENTS | {"treatment", "product-form", "care"}
_DISEASES = frozenset({"condition", "ailment", "addiction"})
ILLS = frozenset({"condition", "ailment", "symptom", "addiction", "adverse", "harm"})
_BENEFITS = frozenset({"treats", "heals", "benefit", "recovery"})
_TELLING = (_BENEFITS - {"recovery"}) | TARGETS | {"adverse", "harm", "toxin", "organ", "body", "superlative"}  # no “normal”
_GOOD_FOR = frozenset(
    "cure cures effective good improvement improvements reduction reductions remedies remedy rid solution therapies therapy treatment"
    " treatments".split()
)
_NEEDS = frozenset("food foods guesswork hassle need needs use waste".split())
_FELT = frozenset(
    "feel feels felt have has had get gets got notice noticed report reported develop developed suffer suffered experienced".split()
)
_HAVING = frozenset("battling dealing experience experiencing facing living struggle struggling suffer suffering".split())  # a disease
_BODIES = frozenset({"organ", "body"})
_LEFT = frozenset("any initial leftover mild minor remaining residual temporary".split())
_REASSURING = frozenset("safe safely painless harmless".split())
_USUAL = frozenset("common expected normal subside subsides temporary".split())
_LESS = frozenset({"less", "fewer", "no", "little", "reduced", "lower", "zero", "minimal", "without", "few", "low"})
_REACH = 4  # words from what people feel to the verb


@cache
def patterns() -> Expressions:
    """The expressions by which kinds are told."""
    return compiled(read_yaml("kinds.yaml"))


def shows(kind: str, sentence: Sentence, start: int, end: int) -> bool:
    """A part of the text explains a claim: it has a comparison or something of health that it is on, or the figure of a statistic."""
    inside = [token for token in sentence.tokens if start <= token.idx - sentence.start < end]
    return any(_tells(token) or token.tag_ in _COMPARED or (kind == "statistic" and is_number(token)) for token in inside)


def _tells(token: Token) -> bool:
    return not _TELLING.isdisjoint(lists_of(token)) and not token.lower_.startswith("help")


def kind_of(said: Opinion, sentence: Sentence, denied: bool) -> str:
    """What the sentence mainly asserts; what it denies (“it is not permanent, and wears off”) it does not promise."""
    if is_promise(sentence):
        return "guarantee"
    if not denied:
        return said.kind
    return said._replace(kinds={kind: chance for kind, chance in said.kinds.items() if kind != "guarantee"}).kind


def is_promise(sentence: Sentence) -> bool:
    """What is claimed is claimed for certain: a word of certainty that is not denied, of no harm and no need, and no hedge."""
    if is_hedged(sentence.folded):
        return False
    found = domains.rules().patterns["promise"].finditer(sentence.folded)
    return any(sentence.marks(*match.span()).isdisjoint(_UNCERTAIN) and _is_good(sentence, match.span()) for match in found)


def _is_good(sentence: Sentence, span: tuple[int, int]) -> bool:
    """It is no “permanent damage” that lasts, no swelling that goes, and no need, food or waste, or what a body eliminates by itself."""
    for token in sentence.tokens:
        if span[0] <= token.idx - sentence.start < span[1]:
            subjects = [child for child in token.children if child.dep_ == "nsubj"]
            said_of = (token.head, *(child for child in token.head.children if child.dep_ == "nsubj"))
            if token.lower_ == "permanent" and any(not ILLS.isdisjoint(lists_of(word)) for word in said_of):
                return False
            if token.tag_.startswith("VB") and any(map(_passes, subjects)):
                return False
            if token.lower_.startswith("eliminat") and (
                any(not _BODIES.isdisjoint(lists_of(word)) for word in subjects)
                or any(other.lower_ in _NEEDS for child in token.children for other in (child, *child.children))
            ):
                return False
    return True


def _passes(token: Token) -> bool:
    """What is left of what follows a treatment (“any bruising”): that it goes is its course."""
    return "adverse" in lists_of(token) and any(child.lower_ in _LEFT for child in token.children)


def is_for_disease(sentence: Sentence) -> bool:
    """It names a disease, what is raised in one, or speaks of losing weight, and says that something is done for it."""
    if any(patterns()[name].search(sentence.folded) for name in ("weight", "lowered")):
        return True
    return any(_is_treated(token, sentence) for token in _diseases(sentence))


def names_disease(sentence: Sentence) -> bool:
    return any(True for _ in _diseases(sentence))


def _diseases(sentence: Sentence) -> Iterator[Token]:
    for token in sentence.tokens:
        if not _DISEASES.isdisjoint(lists_of(token)) or (token.lower_ == "loss" and token.i and token.nbor(-1).lower_ == "weight"):
            yield token


def _is_treated(token: Token, sentence: Sentence) -> bool:
    """On the way up to its verb stands a word of benefit; or it stands in a list without a verb, whose lead-in has one."""
    while not _is_good_for(token):
        if token.tag_.startswith("VB") and token.lower_ not in _HAVING:
            return token.lower_ in AUXILIARIES and any(map(_is_good_for, token.children))  # “the rash is gone”
        if token.head.i == token.i:
            return sentence.block.lead_in is not None
        token = token.head
    return True


def _is_good_for(token: Token) -> bool:
    words = (token, *(child for child in token.children if child.dep_ == "compound"))  # “a treatment method for”
    return any(word.lower_ in _GOOD_FOR or not _BENEFITS.isdisjoint(lists_of(word)) for word in words)


def is_of_treatment(sentence: Sentence) -> bool:
    """It names something that is done, taken or sold, or the page's own patients."""
    nouns = (token for token in sentence.tokens if token.tag_.startswith("N"))
    return any(not _TREATED.isdisjoint(lists_of(noun)) for noun in nouns) or patterns()["own-patients"].search(sentence.folded) is not None


def warns(article: Article, sentence: Sentence) -> bool:
    """It tells of side effects and risks, or stands under a heading such as “Risks”, not “Risk factors”, which are those of a condition."""
    known, block = patterns(), sentence.block
    above = (part for at in (block.heading, block.lead_in) if at is not None for part in article.by_block.get(at, ()))
    told = known["warns"].search(sentence.folded) is not None
    return told or _is_adverse(sentence) or any(known["warning-heading"].search(part.folded) for part in above)


def admits(sentence: Sentence) -> bool:
    """It says that there are side effects or risks (“vaccines can have side effects”), not that there are few or none."""
    found = patterns()["warns"].finditer(sentence.folded)
    words = ((match, sentence.folded[: match.start()].lower().split()[-3:]) for match in found)
    told = any(_LESS.isdisjoint(before) and "negated" not in sentence.marks(*match.span()) for match, before in words)
    return told and all(token.lower_ not in _REASSURING for token in sentence.tokens)


def _is_adverse(sentence: Sentence) -> bool:
    """People have something of what may follow a treatment (“half of them feel some soreness”), or it is usual; not less of it."""
    tokens = sentence.tokens
    usual = patterns()["after"].search(sentence.folded) is not None and any(token.lower_ in _USUAL for token in tokens)
    for at, token in enumerate(tokens):
        if "adverse" in lists_of(token):
            for before in reversed(tokens[max(at - _REACH, 0) : at]):
                if before.lower_ in _LESS:
                    break
                if before.lower_ in _FELT:
                    return True
            else:
                if usual:
                    return True
    return False
