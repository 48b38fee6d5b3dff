"""Judge: the health claims of a page, each with its kind, its strength, what shows it, and what supports it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from copycheck.article import Article, Sentence
from copycheck.claims import domains, evidence, lexicon, scorer, strength
from copycheck.claims.evidence import Evidence, cue
from copycheck.claims.features import Page, page_of
from copycheck.claims.sourcing import Sources, Support
from copycheck.claims.strength import is_hedged, strength_of_claim

CLAIM, LIKELY, SURE = 0.48, 0.6, 0.8
"""Chances from which a sentence counts as a claim, as a claim of medium and of high confidence. The weights' file tells how
precise each was on articles of sites that the scorer had not seen (`cross_validated_by_site`)."""
_SCOPES = frozenset({"title", "heading", "body", "list", "table", "caption", "alt", "meta"})
_REACH = 9  # words from an effect to what it acts on
_LONGEST = 12  # words shown of a piece of evidence
_SPEAKING = ("effect:", "adjective", "noun", "modifier", "ill")
_SHOWS = {
    "statistic": ("percent", "ratio", "count", "times", "duration", "likely", "measure", "number"),
    "safety": ("safety", "safe", "danger"),
    "comparative": ("compare", "superlative", "likely"),
    "research": ("appeal", "proven", "according", "journal", "patients", "used"),
    "condition": ("cause", "danger", "symptom", "likely", "percent", "ratio"),
    "guarantee": ("guarantee", "universal", "youwill", "duration"),
}
"""Cues one of which a sentence must hold to be called a claim of that kind; their words are its evidence."""
_ILLS = frozenset({"target:condition", "target:symptom", "effect:cause", "ill", "risk"})
_NO_BENEFIT = re.compile(
    r"^no (?:\w+ ){1,3}(?:is|are|comes?) (?:entirely |completely |ever )?(?:without|risk[- ]free|free of risk|safe for|perfect)", re.I
)
_WEIGHT = re.compile(
    r"\bweight[- ]?loss\b|\b(?:los(?:e|es|ing)|lost|shed|drop|burn|melt)\w*\b[^.]{0,25}\b(?:weight|pounds|lbs|fat|inches)\b", re.I
)
_DENIED = re.compile(r"(?:\bnot|n't|\bnever|\bcannot) (?:\w+ly )?$")


@dataclass(frozen=True, eq=False)
class Judged:
    """A sentence that makes a claim. `evidence` are the words that show it (empty where only the scorer's words speak)."""

    sentence: Sentence
    kind: str
    chance: float
    strength: str
    hedged: bool
    evidence: tuple[str, ...]
    support: Support
    disease: bool  # it names a disease or speaks of losing weight
    found: Evidence  # all that speaks for it or against

    @property
    def confidence(self) -> str:
        """How sure it is that this sentence makes a claim that must have a source."""
        return "high" if self.chance >= SURE else "medium" if self.chance >= LIKELY else "low"


def load() -> None:
    """Load all that judging needs, before the first article: what the words of a text hold is then found for all patterns at once."""
    for each in (scorer.load, lexicon.load, evidence.cues, strength.patterns, domains.rules):
        each()


def judge(article: Article, sources: Sources) -> list[Judged]:
    """All claims of the article in the order of their places, sourced or not."""
    page = page_of(article.sentences)
    weights = scorer.load()
    asked = [index for index, sentence in enumerate(article.sentences) if is_read(sentence) and page.evidence[index].words]
    chances = scorer.score(page, weights, asked).chances
    likely = [index for index in asked if chances[index] >= CLAIM and not _is_denied(article.sentences[index], page.evidence[index])]
    return [_judged(page, weights, sources, index, chances[index]) for index in likely]


def is_read(sentence: Sentence) -> bool:
    """Sentences that may claim in the page's own voice: of the article itself, no long quotations and buttons."""
    return sentence.block.region == "main" and sentence.scope in _SCOPES


def _judged(page: Page, weights: scorer.Weights, sources: Sources, index: int, chance: float) -> Judged:
    sentence, found = page.sentences[index], page.evidence[index]
    hedged = is_hedged(sentence.folded)
    kind = _kind(page, weights, index)
    return Judged(
        sentence=sentence,
        kind=kind,
        chance=chance,
        strength=strength_of_claim(sentence.folded),
        hedged=hedged,
        evidence=_shown(sentence, found, kind),
        support=sources.support(sentence),
        disease="target:condition" in found.groups or _WEIGHT.search(sentence.folded) is not None,
        found=found,
    )


def _kind(page: Page, weights: scorer.Weights, index: int) -> str:
    """The likeliest kind of which the sentence shows a cue."""
    found = page.evidence[index]
    shown = {kind for kind, cues in _SHOWS.items() if set(cues) & found.cues} | ({"condition"} if _ILLS & found.groups else set())
    return next(kind for kind in scorer.kinds_of(page, weights, index) if kind not in _SHOWS or kind in shown)


def _is_denied(sentence: Sentence, found: Evidence) -> bool:
    """Every effect of the sentence is denied ("does not cure"), and no harm is; or safety itself ("No surgery is risk-free")."""
    if _NO_BENEFIT.search(sentence.folded):
        return True
    effects = [
        hit
        for hit in found.hits
        if any(group.startswith("effect:") for group in hit.groups) and found.words[hit.first].text not in ("do", "does", "did")
    ]
    if "safety" in found.cues or any("effect:cause" in hit.groups for hit in effects):
        return False
    before = [sentence.folded[: found.words[hit.first].start].lower() for hit in effects]
    return bool(before) and all(_DENIED.search(text) for text in before)


def _shown(sentence: Sentence, found: Evidence, kind: str) -> tuple[str, ...]:
    """The words of the sentence that show the claim: what names its kind, and the effect with what it acts on."""
    pieces = [piece for cue in _SHOWS.get(kind, ()) if (piece := _cue(sentence.folded, found, cue))][:1]
    spans = _acts(found) or [(hit.first, hit.last) for hit in found.hits if any(_speaks(group) for group in hit.groups)][:3]
    for first, last in spans:
        text = sentence.text[found.words[first].start : found.words[last - 1].end]
        if not any(text.lower() in piece.lower() for piece in pieces):
            pieces.append(text)
    return tuple(dict.fromkeys(" ".join(piece.split()[:_LONGEST]) for piece in pieces))[:3]


def _speaks(group: str) -> bool:
    return group.startswith((*_SPEAKING, "target:", "treatment:"))


def _acts(found: Evidence) -> list[tuple[int, int]]:
    """The shortest run of words from an effect to what it acts on, or from that to the effect ("pain relief")."""
    effects = [hit for hit in found.hits if any(group.startswith(_SPEAKING) for group in hit.groups)]
    targets = [hit for hit in found.hits if any(group.startswith("target:") for group in hit.groups)]
    runs = [
        (max(one.last, two.last) - min(one.first, two.first), one.first > two.first, min(one.first, two.first), max(one.last, two.last))
        for one in effects
        for two in targets
        if one is not two
    ]
    near = sorted(run for run in runs if run[0] <= _REACH)
    forward = [run for run in near if not run[1]] or near
    return [forward[0][2:]] if forward else []


def _cue(folded: str, found: Evidence, name: str) -> str:
    if name not in found.cues:
        return ""
    match = cue(name).search(folded)
    return " ".join(match.group().split()) if match else ""
