"""Verdicts: the judge's opinion of each sentence of an article, read together with what the sentence stands in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from copycheck.article import Article, Sentence, lists_of, remembered
from copycheck.findings import Profile
from copycheck.quotation import nested, whole_words

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

    from copycheck.nlp.judge import Opinion

_SCOPES = frozenset({"title", "heading", "body", "list", "table", "caption", "alt", "meta", "quote", "cta"})
_HEADING, BEFORE, LONGEST = 10, 14, 64
"""Words that the judge reads of a heading, of what stands before, and of a sentence."""
_SHOWN = 8  # words of a piece of evidence
_STANDS_OUT = 0.12  # logits by which a word must weigh more than the mean of all to be shown
_JOINTS = frozenset({"CC", "WDT", "WP", "WRB"})
_ENDS = _JOINTS | {"MD"}
_NEAR = 6  # words between a noun and the verb it is shown with
_QUOTED = 24  # tokens of a sentence that a message quotes whole
_SHORT = 12  # tokens of a sentence that is quoted whole, though a part of it stands out
_DANGLING = _ENDS | {"DT", "IN", "TO", "PRP$", "WP$"}  # tags of words that no quotation ends with
_REPORTING = frozenset("say says said know knows known think thinks believe believes show shows showed suggest suggests suggested".split())
_EDGES = re.compile(r"^[^\w$€£#%(<>+~-]+|[\s\"“”]+$")  # of a quotation: the marks around it, and stars or pictures before it
_DATELINE = re.compile(r"[A-Z][^—–]{0,90}\b(?:19|20)\d\d\b[^—–]{0,40}[ )](?:—|–|--?) ")  # of a press release
AUXILIARIES = frozenset("be is are was were been being am do does did have has had 's 're".split())
_BENEFITS = frozenset({"safe", "free", "painless", "harmless", "gentle", "lift", "remove", "rebuild"})
_LASTING = frozenset({"permanent", "permanently", "guarantee", "guaranteed", "promise", "forever", "certain"})
_LEAST = 2  # words of a sentence that can say something by itself
_FEW = 3  # words beside a figure in a table


def is_judged(sentence: Sentence) -> bool:
    """A sentence of the article itself with two words or more, one word that a lead-in or heading explains, or a figure in a table."""
    if sentence.block.region != "main" or sentence.scope not in _SCOPES:
        return False
    block = sentence.block
    least = _LEAST if block.lead_in is None and block.heading is None else 1  # “Migraines”, under “It helps with:”
    return _is_figure(sentence) or sum(token.is_alpha for token in sentence.tokens) >= least


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
    """All that it says of treating, of safety or of lasting is denied (“does not cure anxiety”, “no treatment is risk-free”)."""
    said = [token for token in sentence.tokens if token.lower_ in _BENEFITS | _LASTING or "treats" in lists_of(token)]
    doc = sentence.tokens.doc
    return bool(said) and all("negated" in sentence.token_marks(doc[token.i : token.i + 1]) for token in said)


def bars(name: str) -> tuple[float, ...]:
    """The chances from which the judge's word counts for a label or `claim`, from the judge's card, lowest first."""
    from copycheck.nlp import judge

    return tuple(judge.load().card["bars"][name])


def evidence(said: Opinion, name: str, sentence: Sentence, figure: bool = False) -> tuple[int, int] | None:
    """The words that show a label or `claim`: offsets into the sentence's text; None where none stand out or say anything.

    The word that weighed most, with what it governs: on to the last noun or number before the next verb, joint or mark, and for a noun
    or number back over what qualifies it, and the verb it belongs to: “relapse” alone says nothing, “preventing relapse” does.

    Args:
        figure: the claim is a figure, so that only its numbers show it.
    """
    tokens, text = sentence.tokens, sentence.text
    words = [
        (start, weight)
        for (start, end), weight in zip(said.words, said.weights[name], strict=False)
        if any(map(str.isalnum, text[start:end]))
    ]
    weights: dict[int, float] = {}
    ends = [token.idx + len(token) - sentence.start for token in tokens]
    for start, weight in words:
        place = min(bisect_right(ends, start), len(tokens) - 1)
        weights[place] = max(weight, weights.get(place, weight))
    numbers = [at for at in weights if figure and _is_number(tokens[at])]
    numbers = [at for at in numbers if tokens[at + 1 : at + 2].text in ("%", "percent")] or numbers
    at = max(numbers or weights, key=weights.__getitem__, default=None)
    if at is None or (not numbers and weights[at] - sum(weight for _, weight in words) / len(words) < _STANDS_OUT):
        return None
    first, last = at, _last(tokens, at)
    while first and at - first < _SHOWN and tokens[first].tag_[:1] in "NC" and tokens[first - 1].tag_[:2] in ("NN", "JJ", "CD"):
        first -= 1
    while first > 1 and (
        (tokens[first - 1].text == "-" and not tokens[first - 2].whitespace_)  # “pain-free”
        or (tokens[first - 1].lower_ in ("in", "to", "or") and _is_number(tokens[first]) and _is_number(tokens[first - 2]))  # “one in ten”
    ):
        first -= 2
    if tokens[at].tag_[:2] in ("NN", "JJ", "CD"):
        verb = _verb(tokens, range(first - 1, max(first - _NEAR, 0) - 1, -1))
        if verb is not None:
            first = verb
        elif not numbers:
            verb = _verb(tokens, range(last + 1, min(last + _NEAR, len(tokens))))
            last = last if verb is None else _last(tokens, verb)
        if verb is None and not _is_number(tokens[at]) and any(token.tag_.startswith("N") for token in tokens[at : at + 2]):
            return None
    if first and tokens[first].head.i == tokens[first - 1].i and tokens[first - 1].tag_.startswith("VB"):  # “preventing| worsening of”
        first -= 1
    if first == last and tokens[at].lower_ in AUXILIARIES | {"it", "they"}:
        return None
    return whole_words(text, tokens[first].idx - sentence.start, tokens[last].idx + len(tokens[last]) - sentence.start)


def quote(sentence: Sentence, shown: tuple[int, int] | None) -> str:
    """What a message quotes of a sentence: the words that show what is meant, or all of a short one and of one without such words."""
    tokens, text = sentence.tokens, sentence.text
    if shown and len(tokens) > _SHORT and _says_enough(sentence, shown):
        return _within_marks(text[slice(*shown)])
    opening = _DATELINE.match(text)
    first = next((at for at, token in enumerate(tokens) if opening and token.idx - sentence.start >= opening.end()), 0)
    last = len(tokens) if all(token.is_punct for token in tokens[first + _QUOTED :]) else first + _QUOTED
    while 1 < last < len(tokens) and (tokens[last - 1].is_punct or tokens[last - 1].tag_ in _DANGLING or _is_joined(tokens, last)):
        last -= 1
    told = _within_marks(text[tokens[first].idx - sentence.start : tokens[last - 1].idx + len(tokens[last - 1]) - sentence.start])
    return told + "…" if last < len(tokens) else told.removesuffix(".")


def _says_enough(sentence: Sentence, shown: tuple[int, int]) -> bool:
    """The words shown have a verb with what it acts on, or a figure with what it counts; a noun or two (“naltrexone shot”) say nothing."""
    inside = [token for token in sentence.tokens if shown[0] <= token.idx - sentence.start < shown[1]]
    if len(inside) > 2 and any(map(_is_number, inside)):
        return True
    acting = inside[:-1] if any(token.tag_.startswith("N") for token in inside) else inside  # “never decays” needs no object
    verbs = (token for token in acting if token.tag_.startswith("VB") and token.lower_ not in AUXILIARIES | _REPORTING)
    return len(inside) > 1 and any(not (token.i and token.nbor(-1).tag_ in ("DT", "PRP$")) for token in verbs)  # “the neighboring teeth”


def _within_marks(text: str) -> str:
    """A text as a message quotes it, on one line and without marks around it."""
    return nested(_EDGES.sub("", " ".join(text.split())))


def _is_joined(tokens: Tokens, at: int) -> bool:
    """A cut before this token would be one within a word (“pain-|free”, “do|n't”)."""
    return not tokens[at - 1].whitespace_ and (tokens[at].text == "-" or not tokens[at].is_punct)


def _is_number(token: Token) -> bool:
    return bool(token.like_num or token.text[:1].isdigit())


def _last(tokens: Tokens, at: int) -> int:
    """The last noun or number that the word at `at` governs, by what follows."""
    last = at
    for number in range(at + 1, len(tokens)):
        tag = tokens[number].tag_
        ranged = last == number - 1 and _is_number(tokens[last]) and all(map(_is_number, tokens[number + 1 : number + 2]))  # “40 and 70”
        if (
            (tag in _ENDS and not ranged)
            or (tag.startswith("V") and tokens[number - 1].text != "-")  # “doctor-supervised”
            or (tag == "PRP$" and last == number - 1)
            or (tokens[number].is_punct and tokens[number].text not in "%-")
        ):
            break
        if number >= at + _SHOWN and not (last == number - 1 and _is_number(tokens[last])):  # “in 68 weeks”
            break
        if tag[:1] == "N" or tag == "CD" or tokens[number].text == "%":
            last = number
    return last


def _verb(tokens: Tokens, places: range) -> int | None:
    """The first full verb there, before any joint or mark."""
    for number in places:
        token = tokens[number]
        if token.is_punct or token.tag_ in _JOINTS:
            return None
        if token.tag_.startswith("VB") and token.lower_ not in AUXILIARIES | _REPORTING:
            return number
    return None


def passage(article: Article, sentence: Sentence) -> tuple[str, str]:
    """The sentence, and what it stands in: what the page sells, its heading, and its lead-in or the sentence before."""
    return first(labelled(article, sentence) if _is_figure(sentence) else sentence.folded, LONGEST), " | ".join(_setting(article, sentence))


def _is_figure(sentence: Sentence) -> bool:
    """A cell of a table that holds a number and few words: what it says stands in the cells that label it."""
    words = [token for token in sentence.tokens if token.is_alpha]
    return bool(sentence.block.labels) and len(words) <= _FEW and any(map(_is_number, sentence.tokens))


def labelled(article: Article, sentence: Sentence) -> str:
    """The sentence; of a short one in a table with what labels its cell ("Pain reduction, after 3 visits: 85%")."""
    if not sentence.block.labels or len(sentence.tokens) > _SHORT:
        return sentence.folded
    labels = [article.by_block[index][0].folded for index in sentence.block.labels if index in article.by_block]
    return f"{', '.join(labels)}: {sentence.folded}"


def _setting(article: Article, sentence: Sentence) -> Iterator[str]:
    block = sentence.block
    yield f"{article.profile.vertical} {_stance(article.profile)}"
    heading = article.by_block.get(block.heading, ()) if block.heading is not None else ()
    if heading:
        yield first(heading[0].folded, _HEADING)
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
