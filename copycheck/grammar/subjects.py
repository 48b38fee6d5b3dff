"""Subjects: whether what a verb is said of is one or many."""

from __future__ import annotations

from itertools import takewhile
from typing import Any

from copycheck.grammar import words

PRONOUNS = {
    **dict.fromkeys("i we they these those you both many several few others".split(), "many"),
    **dict.fromkeys(
        "he she it this that everyone everybody everything someone somebody something anyone anybody anything nobody nothing one each "
        "either neither another".split(),
        "one",
    ),
}
EITHER = frozenset(  # nouns that name many by one word, and words for a part or a measure
    "number variety range lot lots majority minority couple pair group team series host handful set wealth mix mixture array list rest "
    "half third fourth fifth tenth quarter part portion percentage percent proportion combination kind type sort form bunch bulk plethora "
    "multitude myriad selection collection total average maximum minimum fraction quantity amount spectrum class family body network "
    "staff management panel board remainder committee crowd army generation population cohort subset dozen hundred thousand million "
    "billion trio cluster faculty crew police media data press public government company agency council audience couple none all some any "
    "most more less half enough plenty what which who whoever whatever rest remainder same other such following former latter people men "
    "women personnel youth elite mine ours yours hers theirs fish sheep offspring sperm aircraft species percent %".split()
)
_MEASURES = frozenset(
    "second minute hour day week month year mile pound dollar cent kilogram gram milligram milliliter liter inch foot meter percent degree "
    "calorie dose mg ml kg lb lbs oz g cm mm".split()
)
_TITLES = frozenset("Dr Dr. Mr. Mrs. Ms. Professor".split())
_ASK_MANY = frozenset("these those many several few various both all two three".split())
_ONLY_VERBS = frozenset(  # whose plain form is hardly ever a noun
    "become seem appear remain require provide include contain reduce improve allow suffer recommend believe understand continue act come "
    "encourage ensure relieve promote enhance prevent restore stimulate strengthen occur produce create deliver involve consist depend go "
    "enable accelerate heal begin bring eliminate inhibit regulate absorb receive give vary make keep get take put live operate happen "
    "possess deserve respond react differ speak listen know say tell think hear choose ask emphasize offer develop exist lead serve start "
    "build secrete manufacture".split()
)
_RESULTS = frozenset(  # what a whole statement may do
    "be make mean allow help lead result cause give ensure enable trigger increase reduce improve lower require take prevent come "
    "include provide keep let show add raise put bring explain".split()
)
_ODD_PLURALS = frozenset(
    "people women men children teeth feet forceps tweezers scissors menses".split()
)  # plurals whose tag is often that of one
_LEADS = frozenset("if when because once until unless".split())
_SHOWS = ("DT", "PRP", "PRP$", "TO", "RP")
_FINITE = ("VBZ", "VBP", "VBD", "MD")
NOMINAL = ("NN", "NNS", "NNP", "NNPS", "CD")
JOINTS = frozenset({"conj", "appos", "cc"})
NEAR = 10


def number_of(noun: Any, verb: Any) -> str | None:
    """`one` or `many`; None where nobody can tell."""
    word = noun.lower_
    if is_relative(noun):
        return _of_antecedent(noun, verb)
    if word == "i" and noun.i > noun.sent.start and noun.nbor(-1).tag_ in NOMINAL:  # “type I”
        return None
    if any(child.dep_ in JOINTS for child in noun.children):
        return None
    if word in PRONOUNS:
        led = (",", "IN", "WRB") if word in ("that", "this") else ("CC", ",", "IN", "WRB")
        alone = noun.tag_ == "PRP" or noun.is_sent_start or noun.nbor(-1).tag_ in led or noun.nbor(-1).lower_ in ("each", "every")
        parts = {child.lower_ for child in noun.children if child.dep_ == "prep"}
        if (
            word in ("one", "each") and not parts and not (word == "each" and noun.is_sent_start)
        ):  # “one stop shop”, “both parents each carry”
            return None
        return PRONOUNS[word] if alone and parts <= {"of"} and (word != "i" or noun.text == "I") else None
    determined = {child.lower_ for child in noun.lefts}
    if any(token.lower_ == "one" for token in noun.doc[noun.left_edge.i : noun.i]):  # “one in four patients”
        return None
    if word in _ODD_PLURALS and noun.tag_ in ("NN", "NNS") and "a" not in determined:
        return "many"
    if any(child.text in _TITLES for child in noun.lefts) or (word == "number" and "the" in determined):
        return "one"
    if is_measure(noun) or noun.tag_ not in ("NN", "NNS"):
        return None
    opens = noun.is_sent_start or noun.nbor(-1).text == ":"
    if noun.text[0].isupper() and (not opens or noun.is_upper):
        return "one" if not opens and len(noun) == 1 and noun.nbor(-1).lower_ == "vitamin" else None
    own = [child for child in noun.children if child.i < noun.i]
    if word in words.ONE:
        return "one"
    if noun.tag_ == "NNS":
        return "many" if words.is_plural(word) and not any(child.lower_ in ("a", "an", "this", "each", "every") for child in own) else None
    if any(child.dep_ in ("nummod", "quantmod") or child.lower_ in _ASK_MANY for child in own) and "one" not in {
        child.lower_ for child in own
    }:
        return None
    return "one" if words.is_singular(word) or words.is_mass(word) else None


def _of_antecedent(pronoun: Any, verb: Any) -> str | None:
    """The number of what a relative clause is about, where all nouns that it may be about agree."""
    clause = pronoun.head
    noun, before = clause.head, pronoun.nbor(-1) if pronoun.i > pronoun.sent.start else pronoun
    asked = words.finite_number(verb)
    if clause.dep_ != "relcl" or not 0 < pronoun.i - noun.i < NEAR or noun.dep_ == "conj" or before.tag_ not in NOMINAL:
        return None
    if asked == "one" and pronoun.lower_ == "which" and (noun.i < pronoun.i - 1 or words.base_of(verb.lower_) in (None, *_RESULTS)):
        return None  # it may stand for the whole statement
    between = [_plain_number(token) for token in noun.doc[noun.i : pronoun.i] if token.tag_ in NOMINAL]
    if len(set(between)) != 1 or "?" in between or any(token.dep_ in JOINTS for token in noun.doc[noun.i : pronoun.i]):
        return None
    around = []
    if asked == "many" or noun.dep_ in ("pobj", "oprd", "appos"):
        around = [token for token in noun.doc[max(noun.sent.start, noun.i - NEAR) : noun.i] if token.dep_ not in ("compound", "nmod")]
    others = {_plain_number(token) for token in around if token.tag_ in NOMINAL}
    return between[0] if asked not in others and "?" not in others else None


def _plain_number(token: Any) -> str:
    word = token.lower_
    if word in _ODD_PLURALS:
        return "many"
    if word in PRONOUNS and token.tag_ == "NN":
        return PRONOUNS[word]
    if (
        token.tag_ not in ("NN", "NNS", "NNP")
        or word in EITHER
        or any(child.lower_ in ("a", "an") and token.tag_ == "NNS" for child in token.lefts)
    ):
        return "?"
    if token.tag_ != "NNS":
        return "one" if words.is_singular(word) or words.has_no_plural_ending(word) else "?"
    return "many" if words.is_plural(word) else "?"


def is_relative(token: Any) -> bool:
    return token.tag_ in ("WDT", "WP") or (token.lower_ == "that" and token.head.dep_ == "relcl")


def is_clause(noun: Any) -> bool:
    """A verb in -s that was read as a noun: “the best that a clinic offers is time”, “he measures your feet, explains the plan”."""
    if noun.tag_ == "NNS" and any(child.dep_ in ("nsubj", "dobj") for child in noun.children):
        return True
    first = noun.left_edge.i
    led = first > noun.sent.start and noun.doc[first - 1].lower_ in ("that", "which", "who", "whom", "what")
    return bool(noun.tag_ == "NNS" and led and noun.i > first and words.may_be_verb(noun.lower_))


def is_measure(noun: Any) -> bool:
    return noun.lower_ in EITHER or (words.singular_of(noun.lower_) or noun.lower_) in _MEASURES


def is_amount(noun: Any) -> bool:
    """What is counted may be one amount, price, time or rate: “two visits a week”, “20 sessions”."""
    lefts = list(noun.lefts)
    if noun.i + 1 < noun.sent.end and noun.nbor().lower_ in ("a", "an", "per", "each", "every", "or", "to"):
        return True
    return any(child.tag_ == "CD" for child in lefts) and not any(child.tag_ in ("DT", "PRP$", "PDT") for child in lefts)


def is_verb(verb: Any) -> bool:
    """The plain form is no noun: an article, a pronoun, “to” or an adverb follows, “if” leads its clause, or it is rare as a noun."""
    following = verb.nbor() if verb.i + 1 < verb.sent.end else None
    shown = following is not None and (following.tag_ in _SHOWS or (following.tag_ == "RB" and following.head == verb))
    rest = takewhile(lambda token: token.text != ",", verb.doc[verb.i + 1 : verb.sent.end])
    led = verb.dep_ == "advcl" and any(child.lower_ in _LEADS for child in verb.lefts) and all(token.tag_ not in _FINITE for token in rest)
    return shown or led or verb.lower_.endswith(("alize", "ify")) or verb.lower_ in _ONLY_VERBS or words.base_of(verb.lower_) in _ONLY_VERBS
