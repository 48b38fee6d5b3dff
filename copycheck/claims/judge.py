"""Judge: the health claims of a page, each with its kind, its strength, what shows it, and what supports it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from copycheck.article import Article, Sentence, lists_of
from copycheck.claims import domains, strength
from copycheck.claims.attribution import Support
from copycheck.claims.lookup import TREATMENTS
from copycheck.claims.sourcing import Sources
from copycheck.claims.strength import is_hedged, strength_of_claim
from copycheck.source import Span
from copycheck.verdicts import AUXILIARIES, bars, evidence, is_denied, labelled, opinion, quote

if TYPE_CHECKING:
    from copycheck.nlp.judge import Opinion

_SCOPES = frozenset({"title", "heading", "body", "list", "table", "caption", "alt", "meta"})
_UNCERTAIN = frozenset({"negated", "hedged", "question", "myth", "condition", "advice_against"})
_VERBS = frozenset({"VB", "VBP", "VBZ", "VBD", "VBG"})
_TREATED = TREATMENTS | {"treatment", "product-form", "care"}
_OURS = re.compile(r"\bour (?:[\w-]+ )?(?:alumni|clients|customers|graduates|guests|members|patients|residents)\b")
_REACH = 4  # words from what people feel to the verb
_DISEASES = frozenset({"condition", "ailment", "addiction"})
_WARNS = re.compile(
    r"\b(?:side|adverse)[- ](?:effect|event|reaction)s?\b|\bcontraindicat\w+|\b(?:risks|complications) (?:include|are|may)\b"
    r"|\breactions are\b|\b(?:must|should) not (?:take|use|have|get)\b",
    re.I,
)
_AFTERWARDS = re.compile(  # “your skin will look sunburned”
    r"\byou(?:r \w+)? (?:will|may|might|can) (?:look|feel|be|get) (?:[a-z]+ )?"
    r"(?:sunburn(?:ed|t)|red|pink|swollen|sore|tender|bruised|puffy|itchy|numb|groggy)\b",
    re.I,
)
_PLAIN = re.compile(  # what a dose holds, how to keep it, who has not looked at it: no claim on health
    r"(?:[\w-]+ ){1,5}?(?:gives?|ha(?:s|ve)|holds?|contains?|provides?|delivers?) (?:you )?[\d,.]+ ?(?:mg|mcg|g|grams|iu|ml)"
    r"(?: (?:of|and|a) [\w ,-]+)?\.?"
    r"|(?:keep|store) (?:(?:it|them|this) )?(?:away|out|in|off|dry|cool)(?: \w+){0,6}\.?|the fda has not(?: \w+){1,6}\.?",
    re.I,
)
_WARNING = re.compile(
    r"\b(?:what can go wrong|safety information)\b"
    r"|\b(?:risks?(?! factors?| of (?:untreated|ignoring|skipping|delaying|not))|side effects?|complications|precautions)\b"
    r"|\bwho should (?:not|wait|avoid)\b",
    re.I,
)
_RESEARCH = re.compile(r"\b(?:stud[iy]|research|trial|evidence|scien|clinical|survey|review|data\b|pro(?:of|v[ei])|test|found|show)", re.I)
_FELT = frozenset(
    "feel feels felt have has had get gets got notice noticed report reported develop developed suffer suffered experienced".split()
)
_LESS = frozenset({"less", "fewer", "no", "little", "reduced", "lower", "zero", "minimal", "without"})
_WEIGHT = re.compile(
    r"\bweight[- ]?loss\b|\b(?:los(?:e|es|ing)|lost|shed|drop|burn|melt)\w*\b[^.]{0,25}\b(?:weight|pounds|lbs|fat|inches)\b", re.I
)
_LOWERED = re.compile(  # to lower what a disease raises is a disease claim under 21 CFR 101.93(g); to keep what is normal is none
    r"\b(?:lower|reduc|decreas|control|normali[sz])\w*\b[^.]{0,20}"
    r"\b(?:blood (?:pressure|sugars?|glucose)|cholesterol|ldl|triglycerides?|a1c)\b",
    re.I,
)


@dataclass(frozen=True, eq=False)
class Judged:
    """A sentence that makes a claim. `shown` are the words of it that weighed most, as offsets into its text."""

    sentence: Sentence
    kind: str
    chance: float
    strength: str
    hedged: bool
    shown: tuple[int, int] | None
    evidence: str  # the words that show the claim, of a cell of a table with what labels it
    support: Support
    sold: float  # the chance that it is a disease claim for what the page sells
    warns: bool  # it tells of side effects and risks: what protects a reader is no claim that sells

    @property
    def evidence_span(self) -> Span | None:
        """Where `shown` stands in the source."""
        return self.sentence.span(*self.shown) if self.shown else None

    @property
    def confidence(self) -> str:
        """How sure it is that this sentence makes a claim that must have a source: see `bars` of the judge's card."""
        _, likely, sure = bars("claim")
        return "high" if self.chance >= sure else "medium" if self.chance >= likely else "low"

    @property
    def disease(self) -> bool:
        """It names a disease, what is raised in one, or speaks of losing weight."""
        text = self.sentence.folded
        return not _DISEASES.isdisjoint(self.sentence.terms) or any(wording.search(text) for wording in (_WEIGHT, _LOWERED))

    @property
    def treatment(self) -> bool:
        """It names something that is done, taken or sold, or the page's own patients."""
        nouns = (token for token in self.sentence.tokens if token.tag_.startswith("N"))
        return any(not _TREATED.isdisjoint(lists_of(noun)) for noun in nouns) or _OURS.search(self.sentence.folded) is not None


def load() -> None:
    """Load the expressions that judging needs."""
    for each in (strength.patterns, domains.rules):
        each()


def judge(article: Article, sources: Sources) -> list[Judged]:
    """All claims of the article in the order of their places, sourced or not."""
    claims = []
    least, _, sure = bars("claim")
    labels = {index for block in article.document.blocks for index in block.labels}
    for sentence in article.sentences:
        if sentence.block_index in labels and not any(token.like_num or token.tag_ in _VERBS for token in sentence.tokens):
            continue  # it says what other cells are of: “Our success rate”; “85% pain reduction” says more
        said = opinion(article, sentence) if is_read(sentence) else None
        if said is None or said.claim < least or _PLAIN.fullmatch(sentence.folded.strip()):
            continue
        denied = is_denied(sentence)
        if not denied or (said.claim >= sure and _says_more(sentence)):
            kind, whole = _kind(said, sentence, denied), labelled(article, sentence)
            shown = evidence(said, "claim", sentence, kind == "statistic")
            claims.append(
                Judged(
                    sentence=sentence,
                    kind=kind,
                    chance=said.claim,
                    strength=strength_of_claim(sentence.folded),
                    hedged=is_hedged(sentence.folded),
                    shown=shown,
                    evidence=quote(sentence, shown) if whole == sentence.folded else whole,
                    support=sources.support(sentence),
                    sold=said.labels["disease"],
                    warns=_warns(article, sentence),
                )
            )
    return claims


def _warns(article: Article, sentence: Sentence) -> bool:
    """It says so itself, or stands under a heading such as “Risks”, not “Risk factors”, which are those of a condition."""
    heading = article.by_block.get(sentence.block.heading, ()) if sentence.block.heading is not None else ()
    told = _WARNS.search(sentence.folded) or _AFTERWARDS.search(sentence.folded)
    return told is not None or _is_adverse(sentence) or any(_WARNING.search(part.folded) for part in heading)


def _is_adverse(sentence: Sentence) -> bool:
    """People have something of what may follow a treatment (“half of them feel some soreness”), not less of it."""
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        if "adverse" in lists_of(token):
            for before in reversed(tokens[max(at - _REACH, 0) : at]):
                if before.lower_ in _LESS:
                    break
                if before.lower_ in _FELT:
                    return True
    return False


def _kind(said: Opinion, sentence: Sentence, denied: bool) -> str:
    """What the sentence mainly asserts; what it denies (“it is not permanent, and wears off”) it does not promise."""
    if is_promise(sentence):
        return "guarantee"
    if _AFTERWARDS.search(sentence.folded):
        return "condition"
    possible = {"guarantee": not denied, "research": _RESEARCH.search(sentence.folded) is not None}
    kinds = {kind: chance for kind, chance in said.kinds.items() if possible.get(kind, True)}
    return said._replace(kinds=kinds).kind


def _says_more(sentence: Sentence) -> bool:
    """Beside what it denies, it asserts something (“rather than treating symptoms, it restores balance”)."""
    doc = sentence.tokens.doc
    return any(
        token.tag_ in _VERBS and token.lower_ not in AUXILIARIES and "negated" not in sentence.token_marks(doc[token.i : token.i + 1])
        for token in sentence.tokens
    )


def is_promise(sentence: Sentence) -> bool:
    """What is claimed is claimed for certain: a word of certainty that is not denied, and no hedge."""
    match = domains.rules().patterns["promise"].search(sentence.folded)
    return match is not None and not is_hedged(sentence.folded) and sentence.marks(*match.span()).isdisjoint(_UNCERTAIN)


def is_read(sentence: Sentence) -> bool:
    """Sentences that may claim in the page's own voice: of the article itself, no long quotations and buttons."""
    return sentence.block.region == "main" and sentence.scope in _SCOPES
