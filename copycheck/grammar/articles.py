"""Articles: singular nouns that always take a determiner and have none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from copycheck.grammar import Issue, words
from copycheck.spelling.articles import starts_with_vowel

_COUNTED = frozenset(  # hardly ever without a determiner in edited text: persons, things and events that one counts
    "dentist doctor physician surgeon therapist nurse specialist clinician practitioner patient client person individual woman man "
    "pharmacist chiropractor psychologist psychiatrist counselor abscess appointment machine device procedure hospital clinic center "
    "website problem option team tool plan method approach solution difference symptom tooth crown implant injection consultation "
    "prescription session checkup microscope opportunity goal result reason example  wheelchair brace "
    "lump tablet capsule needle pump mask".split()
)
_DETERMINERS = frozenset({"DT", "PRP$", "WP$", "CD", "PDT", "WDT", "POS", "NNP", "NNPS", "VBG", "FW", "$"})
_NO_PHRASE = frozenset("and or as so such much more most best same last next first heart patient".split())
_WITH_ADJECTIVE = frozenset("with in by through for at into using".split())
_FIXED = frozenset(  # “in person”, “as a result”, “patient care”, “by injection”
    "person result patient example plan reason session problem center consultation injection prescription opportunity difference".split()
)


def undetermined(sentence: Any) -> Iterator[Issue]:
    """Nouns that an article is missing before ("consult dentist", "offer permanent solution")."""
    if len(sentence) < 5 or sentence[-1].text not in ".!?":
        return
    for noun in sentence:
        if noun.tag_ != "NN" or not noun.text.islower() or noun.lower_ not in _COUNTED:
            continue
        first = min([child.left_edge.i for child in noun.lefts], default=noun.i)
        phrase = noun.doc[first : noun.i + 1]
        if not _is_open(noun, first) or any(
            token.tag_ in _DETERMINERS or not token.is_alpha or token.lower_ in _NO_PHRASE for token in phrase
        ):
            continue
        if _asks(noun, phrase):
            opening = phrase[0].text
            lower = opening if opening.isupper() else opening[:1].lower() + opening[1:]
            article = "an" if starts_with_vowel(opening) else "a"
            yield Issue(
                first, noun.i + 1, f"{article} {lower}{noun.doc.text[phrase[0].idx + len(opening) : noun.idx + len(noun)]}", noun.text
            )


def _is_open(noun: Any, first: int) -> bool:
    """The words around let the phrase stand alone: no noun, name, mark or joint at its edges."""
    if any(child.dep_ in ("conj", "cc", "appos") for child in noun.children) or noun.dep_ == "conj":
        return False
    before = noun.doc[first - 1] if first > noun.sent.start else None
    if before is not None and (
        before.tag_ in _DETERMINERS or before.tag_ in ("NN", "NNS", "JJ", "CC", ":") or (not before.is_alpha and before.text != ",")
    ):
        return False
    after = noun.nbor().tag_ if noun.i + 1 < noun.sent.end else ""
    return after in ("IN", "TO", "VBZ", "MD", "WDT", "WP", "RB", ".", "VBD", "WRB", "PRP")


def _asks(noun: Any, phrase: Any) -> bool:
    described = any(child.dep_ == "amod" and child.tag_ == "JJ" for child in noun.lefts)
    head = noun.head
    if noun.dep_ == "dobj":
        return head.tag_ in ("VB", "VBP", "VBZ", "VBD", "VBG") and 0 < phrase[0].i - head.i < 3 and (described or noun.lower_ not in _FIXED)
    if noun.dep_ in ("nsubj", "nsubjpass"):
        if not words.is_used(phrase[0].lower_):  # a name
            return False
        return noun.i < head.i and phrase[0].i == noun.sent.start and noun.nbor().tag_ in ("VBZ", "MD") and words.is_countable(noun.lower_)
    if noun.dep_ == "attr":
        subject = [child for child in head.children if child.dep_ == "nsubj" and child.tag_ not in ("NNS", "WP", "WDT", "EX")]
        return bool(subject) and subject[0].i < head.i and head.lower_ in ("is", "was") and phrase[0].i - head.i < 3
    return noun.dep_ == "pobj" and described and head.lower_ in _WITH_ADJECTIVE and head.i == phrase[0].i - 1 and noun.lower_ not in _FIXED
