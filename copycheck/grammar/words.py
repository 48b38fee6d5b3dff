"""Words: the number of nouns and the forms of verbs, by their spelling, their tag and the lexicon."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from copycheck.grammar import DATA
from copycheck.inflection import IRREGULAR, forms, inflect
from copycheck.spelling.lexicon import load

_RARER = 1.3  # log10
_KNOWN = 2.5  # log10 per billion words, from which a form counts as used
_PLURALS = {
    "tooth": "teeth", "foot": "feet", "child": "children", "woman": "women", "man": "men", "person": "people", "mouse": "mice",
    "life": "lives", "knife": "knives", "wife": "wives", "half": "halves", "vertebra": "vertebrae", "criterion": "criteria",
    "phenomenon": "phenomena", "bacterium": "bacteria", "diagnosis": "diagnoses", "analysis": "analyses", "crisis": "crises",
    "mitochondrion": "mitochondria", "diverticulum": "diverticula",
}  # fmt: skip
_SINGULARS = {plural: singular for singular, plural in _PLURALS.items()}
_BE = {"is": "are", "was": "were", "has": "have", "does": "do"}
_BE_ONE = {many: one for one, many in _BE.items()}
_IRREGULAR = {form: line.split()[0] for line in IRREGULAR.splitlines() for form in line.split()[1:]}
_LATIN = ("i", "a", "ae", "ese")
_STRONG = {word: word for word in "hurt cost hit shut spread burst split cast bid".split()} | {
    "feed": "fed", "bleed": "bled", "breed": "bred", "catch": "caught", "draw": "drawn", "drive": "driven", "fall": "fallen",
    "fly": "flown", "freeze": "frozen",
}  # fmt: skip
"""Participles of verbs beside those of `IRREGULAR`."""
COUNTED = frozenset((DATA / "count_nouns.txt").read_text(encoding="utf-8").split())
"""Persons, things and events that one counts, hardly ever without a determiner in edited text."""
_MASS = frozenset(
    "information equipment advice research evidence knowledge furniture feedback homework luggage traffic software hygiene "
    "progress nutrition weather stuff health care training guidance housing paperwork acupuncture yoga meditation dentistry physiotherapy "
    "hypnosis liposuction ketamine sobriety collagen keratin melatonin insulin caffeine nicotine cannabis turmeric magnesium zinc calcium "
    "asthma eczema anemia insomnia nausea dementia arthritis osteoporosis maintenance".split()
)
_NO_PLURAL = ("ss", "us", "is", "ics", "ous", "itis")
_ONE_IN_S = frozenset(
    "diabetes herpes rabies scabies series species means news hives shingles measles mumps rickets caries aids pilates lens gas bias atlas "
    "pancreas alias headquarters menses biceps triceps quadriceps forceps molasses ascites feces texas kansas dallas always perhaps".split()
)

ONE = frozenset("lens gas bias atlas pancreas diabetes rabies herpes".split())  # of those, never many


def is_singular(noun: str) -> bool:
    """Surely one: it has no ending of a plural, English or Latin."""
    if noun in ONE:
        return True
    if not noun.isalpha() or noun in _SINGULARS or (noun.endswith(_LATIN) and not is_used(noun + "s")):
        return False
    return is_used(noun) and is_used(plural_of(noun)) and not noun.endswith("ics") and (not noun.endswith("s") or noun.endswith(_NO_PLURAL))


def has_no_plural_ending(noun: str) -> bool:
    """What a parse that reads it as one can be trusted with."""
    return noun.isalpha() and not noun.endswith(("s", *_LATIN))


def is_mass(noun: str) -> bool:
    """Never counted in edited text, so its verb is always that of one."""
    return noun in _MASS


def is_countable(noun: str) -> bool:
    """Its plural is not much rarer than itself, as those of “equipment” and “advice” are."""
    return is_singular(noun) and frequency().get(plural_of(noun), _KNOWN) > frequency().get(noun, 0.0) - _RARER


def is_plural(noun: str) -> bool:
    """Surely many: it ends as a plural does, and without the ending is a word."""
    if noun in _SINGULARS:
        return True
    return (
        noun.isalpha() and noun.endswith("s") and not noun.endswith(_NO_PLURAL) and noun not in _ONE_IN_S and singular_of(noun) is not None
    )


@cache
def is_used(word: str) -> bool:
    """The lexicon lists the word or has met it more than once or twice."""
    return frequency().get(word, 0.0) >= _KNOWN or word in load().words


def frequency() -> Mapping[str, float]:
    return load().frequency


def plural_of(noun: str) -> str:
    return _PLURALS.get(noun) or inflect(noun, "NNS")


def singular_of(noun: str) -> str | None:
    """The word that the plural is of, where the lexicon knows one."""
    if noun in _SINGULARS:
        return _SINGULARS[noun]
    if noun in _ONE_IN_S:
        return None
    endings = [noun[:-3] + "y"] if noun.endswith("ies") else [noun[:-1], noun[:-2]] if noun.endswith("es") else [noun[:-1]]
    return next((word for word in endings if len(word) > 1 and is_used(word) and plural_of(word) == noun), None)


@cache
def is_base(word: str) -> bool:
    """A verb as the dictionary lists it, by its other forms."""
    if word in _IRREGULAR.values():
        return any(form.endswith("ing") for form in forms(word))
    if not word.isalpha() or word in _IRREGULAR:
        return False
    found = {form for form in forms(word) if form != word and is_used(form)}
    regular = any(form.endswith("ed") for form in found) or word in _STRONG
    return is_used(word) and any(form.endswith("ing") for form in found) and regular


@cache
def may_be_verb(form: str) -> bool:
    """A form in -s may be a verb: its stem has a form in -ing."""
    return any(is_used(found) for stem in (form[:-1], form[:-2]) if stem for found in forms(stem) if found.endswith("ing"))


@cache
def base_of(form: str) -> str | None:
    """The base of a verb's form, None where the word is no such form."""
    if form in _IRREGULAR:
        return _IRREGULAR[form]
    stems = []
    for ending in ("s", "ed", "ing"):
        if form.endswith(ending) and len(form) > len(ending) + 1:
            stem = form[: -len(ending)]
            stems += [stem, stem + "e", stem[:-1] if stem[-1] == stem[-2] else stem, stem[:-1] + "y" if stem[-1:] == "i" else stem]
            if ending == "s" and stem.endswith("e"):
                stems += [stem[:-1], stem[:-2] + "y" if stem.endswith("ie") else stem]
    return next((stem for stem in stems if is_base(stem) and form in forms(stem)), None)


def participle(base: str) -> str:
    return base if base.endswith(("come", "run")) else _STRONG.get(base) or inflect(base, "VBN")


def finite_number(token: Any) -> str | None:
    """`one` or `many`, as a finite verb's form asks for; None for forms that fit both."""
    word = token.lower_
    if word in _BE or word in ("'s",):
        return "one"
    if word in _BE_ONE or word in ("'re", "'ve"):
        return "many"
    if token.tag_ == "VBZ":
        return "one" if word.endswith("s") and base_of(word) else None
    if token.tag_ in ("VBP", "VB"):
        return "many" if is_base(word) else None
    return None


def other_number(verb: str) -> str:
    """The verb in the other number: is for are, helps for help."""
    many = _BE.get(verb) or (base_of(verb) if verb.endswith("s") else None)
    return many or _BE_ONE.get(verb) or inflect(verb, "VBZ")
