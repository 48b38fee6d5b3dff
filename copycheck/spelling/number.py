"""Number: nouns whose number does not fit the words around them, and verbs that do not fit a noun or an indefinite pronoun."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from copycheck.spelling.agreement import S_FORMS
from copycheck.spelling.lexicon import Lexicon
from copycheck.spelling.misspelling import Slip

_COUNTABLE = (
    "treatment symptom benefit cause method reason option type therapy condition disease disorder procedure technique product supplement "
    "ingredient factor sign step goal patient client hormone nutrient vitamin mineral muscle joint emotion habit session exercise "
    "medication medicine solution approach service issue problem injury complication risk question concern challenge feature advantage "
    "tool strategy resource location facility clinic center hospital doctor dentist surgeon therapist physician provider specialist "
    "professional study effect drug way part area component element aspect form organ tooth tissue gland infection illness allergy remedy"
).split()
_SINGULAR = frozenset(_COUNTABLE)
_NOT_AFTER_OF = frozenset("way part form center exercise".split())  # "one of the way …" may go on with a verb of its own
_NEXT = r"(?= (?:of|for|is|are|was|were|in|to|that|which|who|on|at|by|with|and can|can|may|will|has|have|we|you|they)\b|[.,;:!?]|$)"
_ONE_OF = re.compile(
    rf"\b([Oo]ne of (?:the|our|your|their|its|these|those|many|several) (?:(?:most|very|more|other|many|first|few) )?(?:[a-z-]+ )??)"
    rf"({'|'.join(_COUNTABLE)}){_NEXT}"
)
_SEVERAL = re.compile(
    rf"\b((?:[Tt]hese|[Tt]hose|[Ss]everal|[Vv]arious|[Mm]ultiple|[Nn]umerous|[Mm]any|[Bb]oth of these|[Aa] (?:wide )?(?:variety|range) of"
    rf"|[Aa] number of|[Aa] few|[Tt]he (?:two|three|four|five)) (?:(?:other|different|common|main|key|new|great|major|possible|basic) )?)"
    rf"({'|'.join(_COUNTABLE)}|vertebra|criterion|phenomenon){_NEXT}"
)
_WHAT_ARE = re.compile(
    rf"\b([Ww]hat (?:[Aa]re|[Ww]ere) (?:[Tt]he|[Yy]our|[Ss]ome) (?:(?:[Oo]f )?[Tt]he )?(?:[A-Za-z-]+ )?)"
    rf"((?i:{'|'.join(_COUNTABLE)}))(?= (?:[Oo]f|[Ff]or|[Tt]o|[Ii]n|[Aa]vailable)\b|\?)"
)
_SURE_PLURALS = (  # hardly ever verbs
    "treatments symptoms methods options therapies conditions diseases disorders procedures techniques products ingredients goals patients "
    "clients hormones nutrients vitamins minerals joints emotions habits sessions medications medicines solutions problems injuries "
    "complications tools strategies resources locations facilities clinics hospitals dentists surgeons therapists physicians providers "
    "specialists professionals components elements organs tissues infections illnesses allergies remedies cells genes mutations "
    "children activities"
).split()
_THIS = re.compile(rf"(?<![\w'-])(This|this) ((?:[a-z-]+ )?)({'|'.join(_SURE_PLURALS)})\b(?![-'])")
_OF_THIS = re.compile(
    r"\b(?i:of|in|for|with|by|at|from|on|about|during|through|between|among) (this) ([a-z]+s)"
    r"(?=[.,;:]|$| (?:are|were|have|may|can|will|that|which|is|was|should|could|and)\b)"
)
_STOPS_TOO = frozenset(
    "adds matters changes results depends affects impacts ends applies sounds varies shows means works comes goes".split()
)
_A_MANY = re.compile(rf"(?<![\w'-])((?:[Aa]|[Ee]very|[Ee]ach|[Aa]nother) )({'|'.join(_SURE_PLURALS)}){_NEXT}")
_IRREGULAR = {"tooth": "teeth", "vertebra": "vertebrae", "criterion": "criteria", "phenomenon": "phenomena"}

_WHO_MANY = re.compile(
    r"\b([Pp]eople|[Tt]hose|[Pp]atients|individuals|clients|women|men|children|adults|teens|persons|parents|doctors|therapists|professionals)"
    r" (who|that) (is|has|was|does|needs|wants|suffers|lives|struggles|takes|gets|feels|seeks|uses|experiences|requires|receives)\b"
)
_WHO_ONE = re.compile(
    r"\b([Ss]omeone|[Aa]nyone|[Ee]veryone|[Aa] person|[Aa]n individual|[Aa] patient|[Aa] loved one|[Ee]very patient|[Ee]ach patient)"
    r" (who|that) (are|have|were|do|need|want|suffer|live|struggle|take|get|feel|seek|use|experience|require|receive)\b"
)
_INDEFINITE = re.compile(
    r"(?:^|[.;:!?,] |\b(?:that|and|but|because|since|while|when|if) )"
    r"([Ee]veryone|[Ee]verybody|[Ss]omeone|[Ss]omebody|[Nn]obody|[Aa]nybody|[Ee]verything|[Nn]o one)"
    r" (are|have|were|do|need|want|deserve|know|feel|suffer|experience|respond|react)\b"
)
_ONE_VERB = re.compile(r"(?:^|[.;:!?] )(One of (?:the|our|your|my|their|these|those) (?:[a-z-]+ ){0,3}?([a-z]+s)) (are|were|have)\b")
_THIRD = {
    "are": "is", "have": "has", "were": "was", "do": "does", "need": "needs", "want": "wants", "suffer": "suffers", "live": "lives",
    "struggle": "struggles", "take": "takes", "get": "gets", "feel": "feels", "seek": "seeks", "use": "uses", "experience": "experiences",
    "require": "requires", "receive": "receives", "deserve": "deserves", "know": "knows", "respond": "responds", "react": "reacts",
}  # fmt: skip
_PLAIN = {third: base for base, third in _THIRD.items()}
_BASES = {
    "is": "are", "was": "were", "has": "have", "does": "do", "isn't": "aren't", "wasn't": "weren't", "hasn't": "haven't",
    "doesn't": "don't", "varies": "vary",
}  # fmt: skip
_MOOD = re.compile(
    r"\b(?:do|does|did|can|could|will|would|shall|should|may|might|must|let|lets|make|makes|made|help|helps|helping|helped|have|had|lest"
    r"|suggest\w*|recommend\w*|request\w*|insist\w*|require\w*|essential|important|vital|crucial|see|watch|hear|ensure|demand\w*|wish|if|as"
    r"|though)\b",
    re.I,
)

# verbs whose base form is hardly ever a noun or an adjective
_ONLY_VERBS = (
    "become seem appear remain require provide include contain reduce improve allow suffer recommend believe understand continue "
    "encourage ensure relieve promote enhance prevent restore stimulate strengthen occur produce create deliver involve consist depend "
    "enable accelerate heal begin bring eliminate inhibit regulate absorb receive"
).split()
_SINGULAR_HEAD = re.compile(
    r"(?:^|[.;:!?] [\"“]?)(?:[A-Z][a-z]+ [a-z]+, )?"
    rf"((?:This|Each|Every|Another|The|A|An|Our|Your) (?:[a-z][a-z-]+ ){{1,3}}?(?:[A-Z]\d{{0,2}} )?)"
    rf"({'|'.join(_ONLY_VERBS)})(?= [a-z])"
)
_AFTER_COMMA = re.compile(rf"(?<=, )(this (?:[a-z][a-z-]+ ){{1,2}}?)({'|'.join(_ONLY_VERBS)})(?= [a-z])")
_PLURAL_HEAD = re.compile(
    r"(?:^|[.;:!?] )((?:(?:These|Those|The|Our|Your|Many|Most|Some|All|Several|Various|Both) )?(?:[A-Za-z][a-z-]+ ){0,3}?([A-Za-z]+s))"
    r" (is|was|has|does|includes|consists|provides|requires|contains|becomes|seems|isn't|wasn't|hasn't|doesn't|varies)\b"
)
_OPENING = (  # of a clause
    r"(?:(?:^|[.;:!?] )(?:(?:In addition|However|Also|Additionally|For example|For instance|Sometimes|Furthermore|Moreover|Therefore|Thus"
    r"|Overall|Often|Typically|In fact|Of course|Unfortunately|Fortunately|In general|As a result), |But |And |So )?|, (?:and|but|so) "
    r"|\b(?:because|although|while|since|when|if|that) )"
)
_CHAIN = (
    r"((?: (?:of|in|for|with|on|from|between|by|toward|towards|among) (?:(?:the|an?|your|our|their|its|this|these|such) )?"
    r"(?:[a-z-]+ ){0,2}?[a-z-]+){1,3})"
)
_MANY_FAR = re.compile(  # "The benefits of massage is"
    rf"{_OPENING}((?:(?i:the|these|our|your|many|some|most|all|several) )?(?:[A-Za-z][a-z-]+ ){{0,2}}?([A-Za-z][a-z]+s)){_CHAIN}"
    r" (is|was|has|does|isn't|wasn't|hasn't|doesn't|includes|requires|becomes|remains|occurs|depends|varies)\b"
)
_ONE_FAR = re.compile(  # "The quality of the treatments are"
    rf"{_OPENING}((?i:the|this|each|every|a|an|our|your) (?:[a-z-]+ ){{0,1}}?([a-z-]+)) of "
    r"((?:the |your |our |these |such )?(?:[a-z-]+ ){0,2}?[a-z]+s)"
    r" (are|were|have|help|vary|depend|include|require|seem|appear|don't|do not|aren't|haven't)\b"
)
_COLLECTIVE = frozenset(
    "number variety range lot majority minority couple pair group team series host handful set wealth mix mixture array list rest half "
    "third quarter part portion percentage proportion combination kind type sort form bunch bulk plethora multitude myriad selection "
    "collection total average maximum minimum fraction quantity amount spectrum sample class family body network staff panel board "
    "committee crowd army generation population cohort subset subgroup dozen hundred thousand million billion trio cluster".split()
)
_KNOWN = 3.8  # log10 per billion words, from which a noun's number is told by its ending
_SEEN = 3.0  # the same, from which a word before the noun is taken for an adjective
_DETERMINERS = frozenset("these those the our your many most some all several various both".split())
_FUNCTION = frozenset(
    "a an the this that these those each every another some any no all both many most several few other such one two our your my his "
    "her its their i you he she it we they who which what whom whose and or but nor so yet if when while because since as than then "
    "though of in on at to for from by with about into through during before after above below between under over against without "
    "within along across around near off up down out not never always often also only just even still very too more less can cannot "
    "could will would shall should may might must do does did have has had be is are was were been being am where why how there here "
    "helps makes lets means needs way ways percent majority minority number range variety couple pair team staff family group public "
    "police crew faculty media data press government class committee board population community half rest youth elite poor rich sick "
    "ill disabled blind deaf young old elderly obese dead homeless wounded affected addicted following same people men women children "
    "feet teeth mice bacteria criteria vertebrae phenomena fungi nuclei stimuli alumni company council jury audience agency chinese "
    "japanese best first last next latter former right left wrong truth fact better worse let make help lot lots plenty remaining "
    "percentage proportion above-mentioned aforementioned combination list like unlike using ".split()
)
_NO_PLURAL = frozenset(
    "diabetes herpes rabies scabies series species means news always perhaps sometimes besides afterwards hives shingles measles mumps "
    "rickets yes thus this its as across less unless towards nowadays overseas sales sports needs helps makes lets does has was is "
    "pilates aids molasses glucosamines aerobics ascites caries pubes faeces feces arthritis headquarters premises barracks gas bus plus "
    "bias atlas canvas texas kansas arkansas dallas christmas lens pancreas perhaps whereas alas iris pelvis penis uterus focus lupus "
    "status virus corpus abs outdoors indoors upstairs downstairs ems years months weeks days hours minutes miles dollars pounds jeans "
    "physics ethics politics economics genetics orthopedics pediatrics obstetrics prosthetics kinetics dynamics biologics".split()
)
_BREAKS = _FUNCTION - frozenset(
    "the a an your our their its this these such of in for with on from between by toward towards among some all both many most several "
    "other same first last best old young left right high low common".split()
)
_FOREIGN_PLURAL = re.compile(r"(?:[^aeiou]i|a|ae|ese)$")  # glomeruli, atria, vertebrae
_LIKE_PLURAL = re.compile(r"(?:ss|us|is|ics|ous|ness|itis)$")


def slips(text: str, lexicon: Lexicon) -> Iterator[Slip]:
    """Slips of number; the text has plain apostrophes and spaces."""
    yield from _nouns(text, lexicon)
    yield from _pronouns(text)
    yield from _heads(text, lexicon)
    yield from _distant(text, lexicon)


def _nouns(text: str, lexicon: Lexicon) -> Iterator[Slip]:
    """Singular nouns after words that ask for the plural ("one of the most common cause of")."""
    for pattern in (_ONE_OF, _SEVERAL, _WHAT_ARE):
        for match in pattern.finditer(text):
            noun = match.group(2)
            before = match.group(1).lower().split()
            if pattern is _ONE_OF and (noun in _NOT_AFTER_OF or any(_looks_plural(word) for word in before[2:])):
                continue
            yield Slip(match.start(2), match.end(2), (_plural_of(noun),))
    for match in _THIS.finditer(text):
        word = match.group(2).strip()
        if not (word in _FUNCTION or _looks_plural(word) or word.endswith(("ly", "ing", "ed"))):
            yield Slip(match.start(1), match.end(1), ("These" if match.group(1) == "This" else "these",))
    for match in _OF_THIS.finditer(text):
        noun = match.group(2)
        if noun not in S_FORMS and noun not in _STOPS_TOO and _is_plural(noun, lexicon):
            yield Slip(match.start(1), match.end(1), ("these",))
    for match in _A_MANY.finditer(text):
        yield Slip(match.start(2), match.end(2), (_singular_of(match.group(2)),))


def _pronouns(text: str) -> Iterator[Slip]:
    for match in _WHO_MANY.finditer(text):
        if not re.search(r"\bone of (?:\w+ ){0,3}$", text[max(0, match.start() - 40) : match.start()], re.I):
            yield _put(match, 3, _PLAIN.get(match.group(3), match.group(3)[:-1]))
    for match in _WHO_ONE.finditer(text):
        before = text[max(0, match.start() - 12) : match.start()].lower()
        if not before.endswith((" and ", " or ")):
            yield _put(match, 3, _THIRD[match.group(3)])
    for match in _INDEFINITE.finditer(text):
        if not _MOOD.search(text[max(0, match.start() - 60) : match.start()]):
            yield Slip(match.start(1), match.end(2), (f"{match.group(1)} {_THIRD[match.group(2)]}",))
    for match in _ONE_VERB.finditer(text):
        words = match.group(1).split()[3:-1]
        if not any(_looks_plural(word) for word in words) and _looks_plural(match.group(2)):
            yield _put(match, 3, _THIRD[match.group(3)])


def _heads(text: str, lexicon: Lexicon) -> Iterator[Slip]:
    """A noun at the head of a sentence and the verb right after it."""
    for pattern in (_SINGULAR_HEAD, _AFTER_COMMA):
        for match in pattern.finditer(text):
            words = match.group(1).split()[1:]
            noun = words[-1] if words[-1][0].islower() else words[-2] if len(words) > 1 else ""
            if not noun or _is_many(noun, lexicon) or lexicon.frequency.get(noun, 0.0) < _KNOWN:
                continue
            if any(word in _FUNCTION or word.endswith("ly") or _looks_plural(word) for word in words):
                continue
            if pattern is _AFTER_COMMA and _MOOD.search(re.sub(r"^(?:As|If|Though) ", "", text[: match.start()])):
                continue
            verb = match.group(2)
            yield Slip(match.start(2), match.end(2), (verb + "s",))
    for match in _PLURAL_HEAD.finditer(text):
        listed = match.group(3) in ("consists", "includes")  # a heading over a list may have capitals
        capital = any(word[0].isupper() for word in match.group(1).split()[1:])
        words = match.group(1).lower().split()
        if (listed or not capital) and len(words) > 1 and _is_plain_head(words, lexicon):
            yield _put(match, 3, _plain(match.group(3)))


def _distant(text: str, lexicon: Lexicon) -> Iterator[Slip]:
    """A noun at the head of a sentence and a verb that other nouns stand before ("The benefits of massage is")."""
    for match in _MANY_FAR.finditer(text):
        words = match.group(1).split()
        between = match.group(3).split()
        if match.group().startswith("that ") and words[0].lower() not in _DETERMINERS:
            continue  # "injuries that occur in accidents"
        if any(word[0].isupper() for word in words[1:]) or any(word in _BREAKS or word.endswith("ing") for word in between):
            continue
        if _is_plain_head([word.lower() for word in words], lexicon):
            yield _put(match, 4, _plain(match.group(4)))
    for match in _ONE_FAR.finditer(text):
        words, noun, between = match.group(1).split()[1:], match.group(2), match.group(3).split()
        if noun in _COLLECTIVE or any(word in _FUNCTION or word.endswith(("ly", "ing")) or _looks_plural(word) for word in words):
            continue
        if not _is_plural(between[-1], lexicon) or any(word in _BREAKS or _looks_plural(word) for word in between[:-1]):
            continue
        if _is_many(noun, lexicon) or lexicon.frequency.get(noun, 0.0) < _KNOWN:
            continue
        verb = match.group(4)
        right = {"don't": "doesn't", "do not": "does not", "aren't": "isn't", "haven't": "hasn't", "vary": "varies"}.get(verb)
        yield _put(match, 4, right or _THIRD.get(verb, verb + "s"))


def _is_plain_head(words: Sequence[str], lexicon: Lexicon) -> bool:
    """The lower-case words are a determiner or none, adjectives, and a plural that surely is one."""
    rest = words[1:] if words[0] in _DETERMINERS else words
    if not rest or any(word in _FUNCTION or "-" in word for word in rest) or words[0].endswith("ing"):
        return False
    return _is_plural(rest[-1], lexicon) and not any(
        _looks_plural(word) or word.endswith("ing") or lexicon.frequency.get(word, 0.0) < _SEEN for word in rest[:-1]
    )


def _plain(verb: str) -> str:
    return _BASES.get(verb, verb[:-1])


def _put(match: re.Match[str], group: int, right: str) -> Slip:
    return Slip(match.start(group), match.end(group), (right,))


def _looks_plural(word: str) -> bool:
    word = word.lower()
    return word.endswith("s") and not _LIKE_PLURAL.search(word) and word not in _NO_PLURAL


def _is_many(noun: str, lexicon: Lexicon) -> bool:
    """Perhaps a plural: a Latin one, or one in -s or -us whose singular is a word (menus, gurus)."""
    return _FOREIGN_PLURAL.search(noun) is not None or (noun.endswith("us") and noun[:-1] in lexicon.frequency)


def _is_plural(word: str, lexicon: Lexicon) -> bool:
    """A plural by its ending whose singular is frequent."""
    if len(word) < 5 or not _looks_plural(word):
        return False
    singulars = [word[:-1], word[:-2], word[:-3] + "y"] if word.endswith("es") else [word[:-1]]
    return any(lexicon.frequency.get(singular, 0.0) >= _KNOWN for singular in singulars)


def _singular_of(noun: str) -> str:
    if noun == "children":
        return "child"
    return noun[:-3] + "y" if noun.endswith("ies") else noun.removesuffix("s")


def _plural_of(noun: str) -> str:
    lower = noun.lower()
    if lower in _IRREGULAR:
        plural = _IRREGULAR[lower]
    elif re.search("[^aeiou]y$", lower):
        plural = lower[:-1] + "ies"
    else:
        plural = lower + ("es" if lower.endswith(("s", "x", "ch", "sh")) else "s")
    return plural.capitalize() if noun[0].isupper() else plural
