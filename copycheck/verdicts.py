"""Verdicts: the judge's opinion of each sentence of an article, read together with what the sentence stands in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from copycheck.article import Article, Sentence, lists_of, remembered
from copycheck.evidence import SHORT, is_number
from copycheck.findings import Profile

if TYPE_CHECKING:
    from copycheck.nlp.judge import Opinion

_SCOPES = frozenset({"title", "heading", "body", "list", "table", "caption", "alt", "meta", "quote", "cta"})
DENIED = frozenset({"negated", "myth", "denounced"})  # what a page does not assert itself
HEADING, BEFORE, LONGEST = 10, 14, 64
"""Words that the judge reads of a heading, of what stands before, and of a sentence."""
_BENEFITS = frozenset({"safe", "free", "painless", "harmless", "gentle", "lift", "remove", "rebuild"})
_LASTING = frozenset({"permanent", "permanently", "guarantee", "guaranteed", "promise", "forever", "certain"})
_HAS = frozenset({"is", "are", "was", "were", "come", "comes"})
_LEAST = 2  # words of a sentence that can say something by itself
_FEW = 3  # words beside a figure in a table


def is_judged(sentence: Sentence) -> bool:
    """A sentence of the article itself: two words or more, one but “no” that a lead-in or heading explains, or a figure in a table."""
    if sentence.block.region != "main" or sentence.scope not in _SCOPES:
        return False
    block = sentence.block
    least = _LEAST if block.lead_in is None and block.heading is None else 1  # “Migraines”, under “It helps with:”
    return _is_figure(sentence) or sum(token.is_alpha and token.lower_ != "no" for token in sentence.tokens) >= least


def opinion(article: Article, sentence: Sentence) -> Opinion | None:
    """What the judge says of a sentence; None of one that it does not read. Loads the judge when first asked."""
    if not is_judged(sentence):
        return None
    if sentence.index not in article.opinions:
        from copycheck.nlp import judge

        before: dict[tuple[str, str], Opinion] = remembered(sentence.tokens, "judge", dict)
        read = passage(article, sentence)
        if read not in before:
            before.clear()  # of the sentence as it stood in another setting
            before[read] = judge.load()(*read)
        said = before[read]
        if _is_figure(sentence):  # what weighed is mostly in other cells
            said = said._replace(weights=dict.fromkeys(said.weights, ()))
        article.opinions[sentence.index] = said
    return article.opinions[sentence.index]


def is_denied(sentence: Sentence) -> bool:
    """All that it says of treating, of safety or of lasting is denied, or what others are blamed for (“does not cure anxiety”)."""
    doc = sentence.tokens.doc
    said = [token for token in sentence.tokens if token.lower_ in _BENEFITS | _LASTING or "treats" in lists_of(token)]
    said += [token for token in sentence.tokens if token.lower_ == "without" and doc[max(token.i - 1, 0)].lower_ in _HAS]
    return bool(said) and not any(DENIED.isdisjoint(sentence.token_marks(doc[token.i : token.i + 1])) for token in said)


def is_named(sentence: Sentence) -> bool:
    """All its words of praise are part of the name of a firm (“Superior Foot Clinics has two rooms”)."""
    doc = sentence.tokens.doc
    praise = [token for token in sentence.tokens if "superlative" in lists_of(token)]
    return bool(praise) and all("name" in sentence.token_marks(doc[token.i : token.i + 1]) for token in praise)


def bars(name: str) -> tuple[float, ...]:
    """The chances from which the judge's word counts for a label or `claim`, from the judge's card, lowest first."""
    from copycheck.nlp import judge

    return tuple(judge.load().card["bars"][name])


def passage(article: Article, sentence: Sentence) -> tuple[str, str]:
    """The sentence, and what it stands in: what the page sells, its heading, and its lead-in or the sentence before."""
    return first(labelled(article, sentence) if _is_figure(sentence) else sentence.folded, LONGEST), " | ".join(_setting(article, sentence))


def _is_figure(sentence: Sentence) -> bool:
    """A cell of a table that holds a number and few words: what it says stands in the cells that label it."""
    words = [token for token in sentence.tokens if token.is_alpha]
    return bool(sentence.block.labels) and len(words) <= _FEW and any(map(is_number, sentence.tokens))


def labelled(article: Article, sentence: Sentence) -> str:
    """The sentence; of a short one in a table with what labels its cell ("Pain reduction, after 3 visits: 85%")."""
    if not sentence.block.labels or len(sentence.tokens) > SHORT:
        return sentence.folded
    labels = [article.by_block[index][0].folded for index in sentence.block.labels if index in article.by_block]
    return f"{', '.join(labels)}: {sentence.folded}"


def _setting(article: Article, sentence: Sentence) -> Iterator[str]:
    block = sentence.block
    yield f"{article.profile.vertical} {_stance(article.profile)}"
    heading = article.by_block.get(block.heading, ()) if block.heading is not None else ()
    if heading:
        yield first(heading[0].folded, HEADING)
    lead_in = article.by_block.get(block.lead_in, ()) if block.lead_in is not None else ()
    before = article.sentences[sentence.index - 1] if sentence.index else None
    if lead_in:
        yield last(lead_in[-1].folded, BEFORE)
    elif before is not None and before.block_index == sentence.block_index:
        yield last(before.folded, BEFORE)


def _stance(profile: Profile) -> str:
    """What the copy shows, or what the user said of it."""
    if "promotional" in profile.guessed:
        return profile.stance
    return "promotional" if profile.promotional else "editorial"


def first(text: str, words: int) -> str:
    """The text's first words."""
    return " ".join(text.split()[:words])


def last(text: str, words: int) -> str:
    """The text's last words."""
    return " ".join(text.split()[-words:])
