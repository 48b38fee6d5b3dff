"""Kinds: what a sentence can claim by its words: a promise, a figure, a benefit for a disease; and what claims nothing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from copycheck.article import Article, Sentence, lists_of
from copycheck.claims import domains
from copycheck.claims.data import Expressions, compiled, read_yaml
from copycheck.claims.lookup import TARGETS, TREATMENTS
from copycheck.claims.strength import is_hedged
from copycheck.evidence import AUXILIARIES, FINITE

if TYPE_CHECKING:
    from spacy.tokens import Token

    from copycheck.nlp.judge import Opinion

_UNCERTAIN = frozenset({"negated", "hedged", "question", "myth", "condition", "advice_against"})
_COMPARED = frozenset({"JJR", "JJS", "RBR", "RBS"})
_TREATED = TREATMENTS | {"treatment", "product-form", "care"}
_DISEASES = frozenset({"condition", "ailment", "addiction"})
_ILLS = frozenset({"condition", "ailment", "symptom", "addiction", "adverse", "harm"})
_BENEFITS = frozenset({"treats", "heals", "benefit", "recovery"})
_EFFECTS = _BENEFITS | TARGETS | {"adverse", "harm", "toxin", "organ", "body", "rapid-pounds"}
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
_USUAL = frozenset("common expected normal subside subsides temporary".split())
_RELATIVE = frozenset({"WDT", "WP", "WP$"})
_ADVISE = frozenset("advise encourage recommend suggest".split())
_LEAVE = frozenset("avoid limit skip".split())
_PROCEDURES = frozenset("drug medication medicine operation procedure surgery".split())
_LESS = frozenset({"less", "fewer", "no", "little", "reduced", "lower", "zero", "minimal", "without"})
_REACH = 4  # words from what people feel to the verb
_FEW = 3  # words of a fragment that must name something of health to claim


@cache
def patterns() -> Expressions:
    """The expressions by which kinds are told, those that each kind must have under its name."""
    data = dict(read_yaml("kinds.yaml"))
    return compiled(data.pop("cues") | data)


def shows(kind: str, sentence: Sentence, start: int = 0, end: int | None = None) -> bool:
    """The text, or a part of it, has what a claim of this kind must have; of an effect, something of health that it is on."""
    text = sentence.folded[start:end]
    inside = [token for token in sentence.tokens if start <= token.idx - sentence.start < (len(sentence.text) if end is None else end)]
    if kind == "comparative" and any(token.tag_ in _COMPARED for token in inside):
        return True
    if kind in patterns():
        return patterns()[kind].search(text) is not None
    if kind == "guarantee":
        return domains.rules().patterns["promise"].search(text) is not None
    return any(not _EFFECTS.isdisjoint(lists_of(token)) and not token.lower_.startswith("help") for token in inside)


def kind_of(said: Opinion, sentence: Sentence, denied: bool) -> str:
    """What the sentence mainly asserts; what it denies (“it is not permanent, and wears off”) it does not promise."""
    if is_promise(sentence):
        return "guarantee"
    if patterns()["afterwards"].search(sentence.folded):
        return "condition"
    impossible = {kind for kind in ("research", "statistic", "comparative", "safety") if not shows(kind, sentence)}
    if denied or any(patterns()[name].search(sentence.folded) for name in ("warns", "fails")):
        impossible.add("guarantee")
    if patterns()["cautions"].search(sentence.folded):
        impossible |= {"guarantee", "safety"}
    return said._replace(kinds={kind: chance for kind, chance in said.kinds.items() if kind not in impossible}).kind


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
            if token.lower_ == "permanent" and any(not _ILLS.isdisjoint(lists_of(word)) for word in said_of):
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
    told = any(known[name].search(sentence.folded) for name in ("warns", "afterwards", "cautions"))
    return told or _is_adverse(sentence) or any(known["warning-heading"].search(part.folded) for part in above)


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


def claims_nothing(sentence: Sentence) -> bool:
    """It is no claim, whatever it sounds like: a dose, a rank, an approval, an aim, a visit, advice, a remark, a heading of risks."""
    text, known = sentence.folded.strip(), patterns()
    if known["plain"].fullmatch(text) or known["came-with"].fullmatch(text) or known["remark"].match(text):
        return True
    if any(_is_whole(name, sentence) for name in ("free-of-risk", "aim")):
        return True
    if any(told(sentence) for told in (_is_approval, _is_visit, _is_advice, _is_definition, _is_topic)):
        return True
    if sentence.block.lead_in is not None or sentence.block.labels:  # which say what it is of
        return False
    if known["names-risks"].fullmatch(text):
        return True
    words = [token for token in sentence.tokens if token.is_alpha]
    if not 1 < len(words) <= _FEW or any(token.ent_type for token in words):
        return False
    return not any(shows(kind, sentence) for kind in ("comparative", "statistic", "safety"))


def is_whom(article: Article, sentence: Sentence, kind: str) -> bool:
    """A fragment below a heading or lead-in that says whom a treatment is for (“Best for”), when to call for help, or asks what one has."""
    block, known = sentence.block, patterns()
    at = block.lead_in if block.lead_in is not None else block.heading
    above = article.by_block.get(at, ()) if at is not None else ()
    if not above or any(token.tag_ in FINITE for token in _main(sentence)):
        return False
    told = above[-1].folded.strip()
    if known["whom"].search(told):
        return not _effects(sentence) and (kind != "safety" or names_disease(sentence))
    return kind == "condition" and (known["signs"].search(told) or known["asks"].match(told)) is not None


def _main(sentence: Sentence) -> Iterator[Token]:
    """The tokens outside relative clauses, which only qualify a noun (“swelling that gets worse”)."""
    relative = (token for token in sentence.tokens if token.dep_ == "relcl" or any(child.tag_ in _RELATIVE for child in token.children))
    within = {inner.i for token in relative for inner in token.subtree}
    return (token for token in sentence.tokens if token.i not in within)


def _effects(sentence: Sentence) -> list[Token]:
    """The words by which something does good, those apart that only name a thing (“pain relief tablets”)."""
    good = _BENEFITS - {"recovery"}  # “normal”
    return [token for token in sentence.tokens if not good.isdisjoint(lists_of(token)) and token.dep_ not in ("compound", "nsubj")]


def _is_approval(sentence: Sentence) -> bool:
    """That an authority approved it, and neither an effect, a disease nor more that is said of it."""
    found = patterns()["approval"].search(sentence.folded)
    if found is None or names_disease(sentence) or any(token.dep_ == "relcl" for token in sentence.tokens):
        return False
    parts = (0, found.start()), (found.end(), None)
    return not any(shows(kind, sentence, *part) for kind in ("efficacy", "comparative", "safety", "research") for part in parts)


def _is_whole(name: str, sentence: Sentence) -> bool:
    """What is told by an expression, such as how something is to be as far as can be, and no effect beside it."""
    found = patterns()[name].search(sentence.folded)
    if found is None:
        return False
    return all(found.start() <= token.idx - sentence.start < found.end() for token in _effects(sentence))


def _is_visit(sentence: Sentence) -> bool:
    """When a patient is seen again or how many visits a treatment takes, and no result of them, nothing that a disease does by then."""
    if patterns()["visits"].search(sentence.folded) is None or patterns()["outcomes"].search(sentence.folded):
        return False
    return not any(token.dep_ == "nsubj" for token in _diseases(sentence))


def _is_advice(sentence: Sentence) -> bool:
    """What readers are to use or to leave for a time (“We suggest taking a tablet”, “You'll avoid the sun for a week”), and no effect."""
    root = sentence.tokens.root
    whose = {child.lower_ for child in root.children if child.dep_ == "nsubj"}
    if root.lower_ in _ADVISE and whose & {"we", "i"}:
        if any(token.dep_ != "compound" for token in _diseases(sentence)) or is_promise(sentence):
            return False
        verbs = [token for token in sentence.tokens if token.tag_.startswith("VB") and token.dep_ != "xcomp" and token.i != root.i]
        other = {token.lower_ for token in _effects(sentence)} - {"help", "with"}
        return not other and all(verb.lower_ == "help" and not _names_target(verb) for verb in verbs)
    if root.lower_ not in _LEAVE or "you" not in whose or patterns()["for-a-time"].search(sentence.folded) is None:
        return False
    return not any("procedure" in lists_of(token) for token in sentence.tokens)  # “You'll avoid surgery for years”


def _names_target(verb: Token) -> bool:
    return any(not TARGETS.isdisjoint(lists_of(token)) for token in verb.subtree)


def _is_definition(sentence: Sentence) -> bool:
    """What a procedure or drug is and what it treats (“Angioplasty is a procedure to treat narrowed arteries”), not how well."""
    root = sentence.tokens.root
    what = [child for child in root.children if child.dep_ == "attr" and child.lower_ in _PROCEDURES]
    if root.lower_ not in AUXILIARIES or not what or patterns()["outcomes"].search(sentence.folded):
        return False
    if any(shows(kind, sentence) for kind in ("comparative", "statistic")):
        return False
    effects = {token.lower_ for token in _effects(sentence)}
    return bool(effects) and effects <= {"treat", "treating", "treats"}


def _is_topic(sentence: Sentence) -> bool:
    """A heading that begins with what its section is on (“Preventing falls”)."""
    if sentence.kind != "heading" or any(token.tag_ in FINITE for token in sentence.tokens):
        return False
    first = next((token for token in sentence.tokens if token.is_alpha), None)
    if first != sentence.tokens.root or first.tag_ != "VBG" or is_promise(sentence):
        return False
    return not any(shows(kind, sentence) for kind in ("comparative", "statistic", "safety"))
