"""Context: what holds around a span: negated, hedged, quoted, asked, in a myth-busting frame (after ConText, Harkema et al. 2009)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from copycheck.nlp.matcher import Match, RuleMatcher
from copycheck.quotation import quotations
from copycheck.ruleset.language import Cue
from copycheck.ruleset.pattern import Pattern

ENCLOSING = frozenset({"quoted", "organization_name", "name"})
"""Marks that hold for a span only where their scope covers all of it; of the others a scope that touches it suffices."""

_BODIES = frozenset(
    """administration association institute institutes agency center centers centre society council board act department foundation
    services service academy college commission committee coalition network office bureau program division alliance federation
    partnership hotline helpline survey report journal university hospital""".split()
)
_JOINTS = frozenset("and of on for in the & ,".split())
_FINITE = frozenset({"VBZ", "VBD", "MD"})
_NO_NAMES = frozenset({"at", "best", "most", "leading", "number"})


class Scope(NamedTuple):
    """`mark` holds for doc[start:end] because of the cue at doc[cue_start:cue_end] (an empty cue where punctuation sets it).

    Where it holds `below`, it holds for no tokens of the Doc itself, but for the blocks that stand under it.
    """

    mark: str
    cue_start: int
    cue_end: int
    start: int
    end: int
    below: bool = False


class ContextMarker:
    """Sets `doc._.context`, the scopes that hold in a Doc, and `doc._.below`, the marks of what stands under it, by cues that are data."""

    def __init__(self, vocab: Vocab, cues: Sequence[Cue]) -> None:
        self._cues = cues
        self._wordings = _Roles(vocab, [(number, role, line) for number, cue in enumerate(cues) for role, line in cue.wordings])
        self._stops = _Roles(vocab, [(number, "until", line) for number, cue in enumerate(cues) for line in cue.until])

    def __call__(self, doc: Doc) -> Doc:
        scopes = [*_quoted(doc), *_organizations(doc)]
        for sentence in doc.sents:
            scopes += _names(sentence)
            if sentence.text.rstrip("\"'”’) ").endswith("?"):
                scopes.append(Scope("question", sentence.start, sentence.start, sentence.start, sentence.end))
            scopes += self._cued(sentence)
        doc._.context = tuple(scope for scope in scopes if not scope.below)
        doc._.below = frozenset(scope.mark for scope in scopes if scope.below)
        return doc

    def _cued(self, sentence: Span) -> Iterator[Scope]:
        found = self._wordings(sentence)
        stops = self._stops(sentence) if found else {}
        for (number, role), matches in found.items():
            if role != "cue":
                continue
            cue = self._cues[number]
            pseudo = found.get((number, "unless"), [])
            for match in matches:
                if any(other.start <= match.start < other.end for other in pseudo):
                    continue
                start, end = _reach(cue, match, sentence, stops.get((number, "until"), []))
                if start < end:
                    yield Scope(cue.mark, match.start, match.end, start, end, cue.scope == "below")


class _Roles:
    """Lines matched together, each known by its cue's number and the role it has for it."""

    def __init__(self, vocab: Vocab, lines: Sequence[tuple[int, str, Pattern]]) -> None:
        self._roles = [(number, role) for number, role, _ in lines]
        self._matcher = RuleMatcher(vocab, [line for _, _, line in lines])

    def __call__(self, sentence: Span) -> dict[tuple[int, str], list[Match]]:
        found: dict[tuple[int, str], list[Match]] = {}
        for match in self._matcher(sentence):
            found.setdefault(self._roles[match.pattern], []).append(match)
        return found


def _reach(cue: Cue, match: Match, sentence: Span, stops: Sequence[Match]) -> tuple[int, int]:
    if cue.scope == "below" and stops:
        return 0, 0
    if cue.scope in ("sentence", "below"):
        return sentence.start, sentence.end
    if cue.scope == "forward":
        ends = [stop.start for stop in stops if stop.start >= match.end]
        return match.end, min(sentence.end, match.end + cue.within, *ends)
    starts = [stop.end for stop in stops if stop.end <= match.start]
    return max(sentence.start, match.start - cue.within, *starts), match.start


def marks(span: Span, named: Collection[str] = frozenset()) -> frozenset[str]:
    """The marks that hold for a span.

    Args:
        span: the tokens asked about.
        named: words that the pattern which found the span asks for. A cue of these inside the span is part of what was found ("no pain").
    """
    found = set()
    for scope in span.doc._.context:
        if scope.end <= span.start or span.end <= scope.start:
            continue
        if scope.mark in ENCLOSING:
            if not (scope.start <= span.start and span.end <= scope.end):
                continue
        elif span.start <= scope.cue_start < scope.cue_end <= span.end and any(
            token.norm_ in named or token.lower_ in named for token in span.doc[scope.cue_start : scope.cue_end]
        ):
            continue
        found.add(scope.mark)
    return frozenset(found)


def _quoted(doc: Doc) -> Iterator[Scope]:
    """Passages between double quotation marks; they may run over several sentences."""
    passages = quotations(doc.text)
    if not passages:
        return
    starts = [token.idx for token in doc]
    for start, end in passages:
        first, last = bisect_left(starts, start), bisect_right(starts, end - 1)
        yield Scope("quoted", first, first, first, last)


def _organizations(doc: Doc) -> Iterator[Scope]:
    """Names of bodies, laws and programs: a capitalized run that holds a word such as Administration or Act."""
    end = 0
    for token in doc:
        if token.i < end or token.norm_ not in _BODIES or not token.is_title:
            continue
        start = token.i
        while start > end and (
            _is_capital(doc, start - 1) or (doc[start - 1].lower_ in _JOINTS and start - 1 > end and _begins_name(doc, start - 2))
        ):
            start -= 1
        end = token.i + 1
        while end < len(doc) and (_is_capital(doc, end) or (doc[end].lower_ in ("of", "for", "on", "and", "the") and _goes_on(doc, end))):
            end += 1
        if end - start > 1:
            yield Scope("organization_name", start, start, start, end)


def _names(sentence: Span) -> Iterator[Scope]:
    """Names of firms: capitalized words that are the subject of a verb written small, or stand behind “at” and before a pause."""
    doc, end = sentence.doc, sentence.start
    for start in range(sentence.start, sentence.end):
        if start < end or not doc[start].is_title or doc[start].lower_ in _NO_NAMES or doc[start].tag_ in ("DT", "PRP$"):
            continue
        end = start + 1
        while end < sentence.end and (doc[end].text[:1].isupper() or (doc[end].text == "&" and end + 1 < sentence.end)):
            end += 1
        following = doc[end] if end < sentence.end else None
        acts = following is not None and following.is_lower and following.tag_ in _FINITE
        placed = start > sentence.start and doc[start - 1].lower_ == "at" and (following is None or following.text in ",.!")
        if end - start > 1 and ((acts and _begins(sentence, start)) or placed):
            yield Scope("name", start, start, start, end)


def _begins(sentence: Span, at: int) -> bool:
    return at == sentence.start or sentence.doc[at - 1].lower_ in (",", "that", "which", "and", "but", "because", "“", '"')


def _is_capital(doc: Doc, at: int) -> bool:
    return doc[at].text[:1].isupper() and not doc[at].is_sent_start


def _begins_name(doc: Doc, at: int) -> bool:
    return doc[at].text[:1].isupper() or (doc[at].lower_ in _JOINTS and at > 0 and doc[at - 1].text[:1].isupper())


def _goes_on(doc: Doc, at: int) -> bool:
    following = doc[at + 1 : at + 3]
    return any(token.text[:1].isupper() for token in following[:1]) or (
        len(following) == 2 and following[0].lower_ == "the" and following[1].text[:1].isupper()
    )
