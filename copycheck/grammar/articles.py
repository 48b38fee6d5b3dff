"""Articles: singular nouns that always take a determiner and have none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from copycheck.grammar import Issue, words
from copycheck.grammar.nouns import SINGLE
from copycheck.spelling.articles import starts_with_vowel

_ONE_OF_ITS_KIND = words.COUNTED | frozenset("treatment therapy part form way method type kind sign step place stage".split())
"""What “is” makes a thing one of: “it is safe treatment”."""
_OF = frozenset(  # hardly ever without a determiner where “of” follows
    "number list result sign range variety majority combination source piece copy amount portion percentage level sample cause symptom "
    "history series set pair couple group example description feeling review course".split()
)
_CANDIDATES = _ONE_OF_ITS_KIND | _OF
_AILMENTS = frozenset("elbow finger liver kidney heel toe shoulder hip knee".split())  # “tennis elbow” is one
_DEEDS = frozenset({"consultation", "injection"})  # “early consultation can help”
_SUBSTANCES = frozenset({"factor", "solution"})  # “lens solution”, “nerve growth factor”
_IDIOMS = frozenset("cause history sample course example review number level amount percentage".split())  # “a rise in number of”
_LINKS = frozenset({"is", "was", "be", "become", "becomes", "became"})
_DETERMINERS = frozenset({"DT", "PRP$", "PRP", "WP$", "CD", "PDT", "WDT", "POS", "NNP", "NNPS", "VBG", "FW", "$"})
_NO_PHRASE = frozenset(
    "and or as so such much more most best same last next first heart patient "
    "that this what which her less little enough many several few these those various".split()
)
_WITH_ADJECTIVE = frozenset("with in by through for at into using like than".split())
_TAKES_ALONE = frozenset("lead leave leaves left leaving".split())  # “leave town”
_LETTING = frozenset("allow allows allowing enable enables help helps let lets make makes require requires".split())
_FIXED = frozenset(  # “in person”, “as a result”, “patient care”, “by injection”
    "person result patient example reason session problem center consultation injection prescription opportunity difference "
    "treatment therapy part form way method type kind sign step place stage condition exam fracture".split()
)
_OPENINGS = frozenset("if when before while after once".split())  # of a clause that ends with a comma: “if you plan trip, …”
_AFTER = frozenset({"IN", "TO", "VBZ", "MD", "WDT", "WP", "RB", ".", "VBD", "WRB", "PRP", ","})


def undetermined(sentence: Any) -> Iterator[Issue]:
    """Nouns that an article is missing before ("consult dentist", "offer permanent solution")."""
    if len(sentence) < 4 or (sentence[-2] if sentence[-1].text == '"' else sentence[-1]).text not in ".!?":
        return
    for noun in sentence:
        starts = noun.i == sentence.start
        if noun.lower_ not in _CANDIDATES or not (noun.tag_ == "NN" or (starts and noun.tag_ == "NNP")):
            continue
        first = min([child.left_edge.i for child in noun.lefts], default=noun.i)
        phrase = noun.doc[first : noun.i + 1]
        if not (noun.text.islower() or (starts and noun.text.istitle())) or not _is_open(noun, first) or not _is_plain(phrase):
            continue
        if _is_spelled_out(noun) or _is_second(phrase):
            continue
        if _asks(noun, phrase):
            yield Issue(first, noun.i + 1, tuple(_corrected(phrase)), noun.text)


def _corrected(phrase: Any) -> Iterator[str]:
    """With an article, or as many; the phrase in small letters but for its names."""
    opening = phrase[0].text
    asked = phrase[0].i > 1 and phrase.doc[phrase[0].i - 2].lower_ == "what"
    article = "the" if asked or phrase[-1].lower_ in SINGLE else "an" if starts_with_vowel(opening) else "a"
    text = phrase.text if opening.isupper() and len(opening) > 1 else opening[:1].lower() + phrase.text[1:]
    yield f"{article} {text}"
    yield text[: len(text) - len(phrase[-1])] + words.plural_of(phrase[-1].lower_)


def _is_plain(phrase: Any) -> bool:
    """Adjectives, adverbs and nouns, and “and” between two adjectives."""
    for token in phrase:
        inside = phrase[0].i < token.i < phrase[-1].i
        joint = inside and token.lower_ == "and" and token.nbor(-1).tag_ == token.nbor().tag_ == "JJ"
        hyphen = inside and token.text == "-" and token.nbor(-1).is_alpha and token.i < phrase[-1].i - 1  # no “open-label”
        if not (joint or hyphen) and (
            (token.tag_ in _DETERMINERS and token.i != phrase[-1].i and not (token.tag_ == "VBG" and token.i > phrase[0].i))
            or not token.is_alpha
            or token.lower_ in _NO_PHRASE
        ):
            return False
    return True


def _is_spelled_out(noun: Any) -> bool:
    """What letters stand for: “GP stands for general practitioner”."""
    verb = noun.head.head if noun.head.lower_ == "for" else noun.head
    names = verb.lower_ in ("mean", "means") and any(child.is_upper and len(child) > 1 for child in verb.lefts)
    return names or (verb != noun.head and verb.lower_ in ("stand", "stands", "short"))


def _is_second(phrase: Any) -> bool:
    """Read as a verb, the second of two nouns that share a determiner: “the memory and falls group”."""
    verb = phrase[-1].head
    if len(phrase) > 1 or verb.i != phrase[0].i - 1 or verb.tag_ != "VBZ" or not words.is_plural(verb.lower_) or verb.i < 3:
        return False
    noun = verb.nbor(-2)
    return verb.nbor(-1).lower_ in ("and", "or") and noun.tag_ == "NN" and noun.nbor(-1).tag_ in ("DT", "PRP$")


def _is_open(noun: Any, first: int) -> bool:
    """The words around let the phrase stand alone: no noun, name, mark or joint at its edges."""
    if any(child.dep_ in ("conj", "cc", "appos") for child in noun.children) or noun.dep_ == "conj":
        return False
    before = noun.doc[first - 1] if first > noun.sent.start else None
    if before is not None and (
        (before.tag_ in _DETERMINERS and not (before == noun.head and _is_doing(before) and noun.lower_ not in ("tooth", "ear")))
        or before.tag_ in ("NN", "NNS", "JJ", "CC", ":")
        or before.lower_ in _NO_PHRASE
        or (not before.is_alpha and before.text != ",")
    ):
        return False
    after = noun.nbor() if noun.i + 1 < noun.sent.end else None
    if after is None or after.tag_ not in _AFTER:
        return False
    return bool(after.i + 1 >= noun.sent.end or after.nbor().text != "-")  # “employee well-being”


def _is_doing(verb: Any) -> bool:
    """A form in -ing with an object, no adjective: “if you’re considering nose job”."""
    before = verb.nbor(-1) if verb.i > verb.sent.start else None
    return before is None or (before.tag_ in ("IN", "WRB", "VBP", "VBZ", "VBD") and before.lower_ != "of")


def _asks(noun: Any, phrase: Any) -> bool:
    if noun.lower_ in _AILMENTS and len(phrase) > 1:
        return False
    if noun.lower_ in _SUBSTANCES and len(phrase) > 1 and phrase[-2].tag_ == "NN":
        return False
    described = any(child.dep_ == "amod" and child.tag_ in ("JJ", "JJR") for child in noun.lefts)
    head, after = noun.head, noun.nbor()
    near = 0 < phrase[0].i - head.i < 3
    if noun.dep_ == "attr":
        subject = [child for child in head.children if child.dep_ == "nsubj" and child.tag_ not in ("WP", "WDT", "EX")]
        named = (
            (described and noun.lower_ in _ONE_OF_ITS_KIND) or noun.lower_ in words.COUNTED or (noun.lower_ in _OF and after.lower_ == "of")
        )
        many = any(child.tag_ == "NNS" for child in subject)
        links = head.lower_ in ("are", "were") and described if many else head.lower_ in _LINKS
        return bool(subject) and subject[0].i < head.i and links and near and named
    if noun.lower_ in _OF and after.lower_ == "of":
        if noun.dep_ == "pobj":
            return noun.lower_ not in _IDIOMS and head.lower_ in _WITH_ADJECTIVE and head.lower_ != "than" and head.i == phrase[0].i - 1
        verbal = noun.dep_ == "dobj" and head.tag_[:2] == "VB" and near and noun.doc[after.i + 1 : after.i + 2].text != "motion"
        opens = noun.dep_ in ("nsubj", "nsubjpass") and noun.i < head.i and _leads(phrase, described) and noun.i > noun.sent.start
        return verbal or (opens and noun.doc[after.i + 1 : after.i + 2].text != "motion")
    if noun.dep_ == "nsubj" and head.lower_ == "is" and head.i == phrase[0].i - 1 == noun.sent.start + 1:  # “What is dental implant?”
        return noun.sent[0].lower_ == "what" and (noun.lower_ in words.COUNTED or after.lower_ == "of")
    if noun.lower_ not in words.COUNTED:
        return False
    if noun.dep_ == "dobj":
        verbal = head.tag_ in ("VB", "VBP", "VBZ", "VBD", "VBG") and near and head.lower_ not in _TAKES_ALONE
        opening = noun.sent[0].lower_ in _OPENINGS and not any(token.text == "," for token in noun.doc[noun.sent.start : noun.i])
        return verbal and (after.text != "," or opening) and after.tag_ != "VBZ" and (described or noun.lower_ not in _FIXED)
    if noun.dep_ in ("nsubj", "nsubjpass"):
        if head.dep_ in ("ccomp", "xcomp") and head.head.i == phrase[0].i - 1:
            return head.head.lower_ in _LETTING and after.tag_ == "TO"
        plain = words.is_used(phrase[0].lower_) and (noun.lower_ not in _DEEDS or len(phrase) == 1)  # no name, no deed
        told = after.i + 1 < noun.sent.end and after.nbor().tag_ in ("DT", "CD", "PRP$")  # else perhaps “client testimonials”
        finite = after.tag_ == "MD" or (after.tag_ == "VBZ" and (told or not words.is_plural(after.lower_)))
        return plain and noun.i < head.i and _leads(phrase, described) and finite and words.is_countable(noun.lower_)
    led = (head.lower_ == "into" and noun.lower_ not in ("bed", "hospital")) or (described and head.lower_ in _WITH_ADJECTIVE)
    return noun.dep_ == "pobj" and led and head.i == phrase[0].i - 1 and noun.lower_ not in _FIXED


def _leads(phrase: Any, described: bool) -> bool:
    """The phrase begins its sentence, or stands after an opening such as “At our clinic,”."""
    start = phrase[0].sent.start
    if phrase[0].i == start:
        return True
    opening = phrase.doc[start : phrase[0].i]
    led = opening[-1].text == "," and opening[0].tag_ in ("IN", "VBG", "RB") and len(phrase) > 1
    return led and not any(token.tag_ in ("VBZ", "VBP", "VBD", "MD", "VB", "CC") for token in opening)
