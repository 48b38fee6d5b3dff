"""Judge: the health claims of a page, each with its kind, its strength, what shows it, and what supports it."""

from __future__ import annotations

from dataclasses import dataclass

from copycheck.article import Article, Sentence
from copycheck.claims import domains, kinds, strength
from copycheck.claims.attribution import Support
from copycheck.claims.sourcing import Sources
from copycheck.claims.strength import is_hedged, is_softened, strength_of_claim
from copycheck.evidence import AUXILIARIES, evidence, quote, weights_of
from copycheck.source import Span
from copycheck.verdicts import DENIED, bars, is_denied, labelled, opinion

_VERBS = frozenset({"VB", "VBP", "VBZ", "VBD", "VBG"})
_SAY_LITTLE = AUXILIARIES | frozenset("say says said tell tells told act acted find found rule ruled allege alleged".split())
_SCOPES = frozenset({"title", "heading", "body", "list", "table", "caption", "alt", "meta"})


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
    def firm(self) -> bool:
        """It asserts, and for sure needs a source: nothing softens it, what can happen apart (“can ease pain” says that it does)."""
        return self.confidence == "high" and self.kind != "condition" and not is_softened(self.sentence.folded)

    @property
    def disease(self) -> bool:
        """It says that something is done for a disease, or speaks of losing weight; or it names one, and the judge reads it so."""
        return kinds.is_for_disease(self.sentence) or (self.sold >= bars("disease")[1] and kinds.names_disease(self.sentence))

    @property
    def treatment(self) -> bool:
        """It names something that is done, taken or sold, or the page's own patients."""
        return kinds.is_of_treatment(self.sentence)


def load() -> None:
    """Load the expressions that judging needs."""
    for each in (strength.patterns, domains.rules, kinds.patterns):
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
        if said is None or said.claim < least:
            continue
        denied = is_denied(sentence)
        if not denied or (said.claim >= sure and _says_more(sentence)):
            kind, whole = kinds.kind_of(said, sentence, denied), labelled(article, sentence)
            weights = weights_of(said, "claim", sentence)
            shown = evidence(weights, sentence, kind == "statistic")
            if shown and not kinds.shows(kind, sentence, *shown):
                shown = None  # what weighed most is not what is claimed
            claims.append(
                Judged(
                    sentence=sentence,
                    kind=kind,
                    chance=said.claim,
                    strength=strength_of_claim(sentence.folded),
                    hedged=is_hedged(sentence.folded),
                    shown=shown,
                    evidence=quote(sentence, shown, weights) if whole == sentence.folded else whole,
                    support=sources.support(sentence),
                    sold=said.labels["disease"],
                    warns=kinds.warns(article, sentence),
                )
            )
    return claims


def _says_more(sentence: Sentence) -> bool:
    """Beside what it denies, it asserts something (“rather than treating symptoms, it restores balance”)."""
    doc = sentence.tokens.doc
    return any(
        token.tag_ in _VERBS and token.lower_ not in _SAY_LITTLE and DENIED.isdisjoint(sentence.token_marks(doc[token.i : token.i + 1]))
        for token in sentence.tokens
    )


def is_read(sentence: Sentence) -> bool:
    """Sentences that may claim in the page's own voice: of the article itself, no long quotations and buttons."""
    return sentence.block.region == "main" and sentence.scope in _SCOPES
