"""Agreement: a pronoun and the verb right after it that do not go together ("I needs", "it increase", "can helps")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copycheck.spelling.misspelling import Slip

BASES = (
    "need want get give take make say think know feel see become seem appear remain require provide offer help include contain cause "
    "increase reduce improve support allow treat suffer recommend believe understand use find keep start stop begin continue lead come "
    "bring show tell ask live love tend happen hope let put sit stand run play eat drink sleep struggle deserve receive accept encourage "
    "ensure specialize strive aim seek trust hear mean remember heal relieve promote boost affect enhance prevent restore stimulate "
    "strengthen lower raise work look like enjoy choose lose gain decide call visit develop occur produce create build relax deliver hurt"
).split()
S_FORMS = {base + "s": base for base in BASES} | {
    "has": "have", "is": "are", "was": "were", "does": "do", "goes": "go", "tries": "try", "carries": "carry", "doesn't": "don't",
    "hasn't": "haven't", "isn't": "aren't", "wasn't": "weren't", "focuses": "focus", "teaches": "teach", "reaches": "reach",
}  # fmt: skip
_UNLIKE = ("are", "were", "aren't", "weren't", "put", "let", "hurt", "like")  # plural, or the same in the past
_THIRD = {base: form for form, base in S_FORMS.items() if base not in _UNLIKE} | {
    "are": "is", "aren't": "isn't", "discuss": "discusses", "miss": "misses", "pass": "passes",
}  # fmt: skip
_ALSO_NOUNS = frozenset(
    "needs offers helps causes increases supports uses finds starts stops leads shows lives loves hopes stands runs plays drinks sleeps "
    "struggles aims seeks works looks likes gains calls visits reaches focuses builds boosts lowers produces".split()
)
_ADVERB = r"(?:also |always |often |never |really |only |still |just |usually |sometimes |[a-z]+ly )?"
_PLURAL = re.compile(rf"(?<![\w'’-])(I|[Ww]e|[Tt]hey|[Yy]ou) {_ADVERB}({'|'.join(S_FORMS)})(?![\w'’-])")
_SINGULAR = re.compile(rf"(?<![\w'’-])([Hh]e|[Ss]he|[Ii]t) {_ADVERB}({'|'.join(_THIRD)})(?![\w'’-])")
_MODAL = re.compile(
    rf"(?<![\w'’-])((?:[Cc]an|[Cc]ould|[Ww]ill|[Ww]ould|[Ss]hould|may|[Mm]ight|[Mm]ust|[Cc]annot|[Dd]oesn't|[Dd]idn't|[Dd]on't|[Cc]an't"
    rf"|[Ww]on't|(?:does|do|did|can|will|may|should) not)(?: also| help)?|to) ({'|'.join(f for f in S_FORMS if len(f) > 3)})(?![\w'’-])"
)
_SUBJECT_MODAL = re.compile(  # a pronoun before it, so that it is no question ("How can treatments …"); then any verb may be meant
    r"(?<![\w'’-])(?:(?:[Ii]|[Ww]e|[Tt]hey|[Yy]ou|[Hh]e|[Ss]he|[Ii]t|that) |(?=(?:[Ii]|[Ww]e|[Tt]hey|[Yy]ou|[Hh]e|[Ss]he|[Ii]t)'ll ))"
    r"((?:can|could|will|would|should|may|might|must|can't|won't|couldn't|wouldn't|shouldn't|cannot|don't|doesn't|didn't|[A-Za-z]+'ll)"
    r"(?: (?:also|always|often|never|really|only|still|just|usually|not))?) ([a-z]{2,}[^\Wsuia_\d]s)(?![\w'’-])"
)
_ENDING = re.compile(r"(?:(?<=[cs]h)|(?<=ss)|(?<=[xo])|(?<=zz))es$|s$")
_NO_VERBS = frozenset("always perhaps besides sometimes afterwards nowadays".split())
_THERE = re.compile(
    r"(?<![\w'’-])([Tt]here) (is|was|isn't|wasn't) (many|several|numerous|various|countless|two|three|four|five|multiple|different types"
    r"|lots of|plenty of [a-z]+s|a number of|a variety of [a-z]+s)\b(?! (?:a|an|reason)\b)"
)
_THESE = re.compile(
    r"(?:^|[,;:] (?:and |but )?|\b(?:and|but|because|while|when|if|although) )([Tt]hese|[Tt]hose|[Tt]his) (is|has|was|are|have|were)\b"
)
_OPENER = re.compile(
    r"(?:^|[.,;:!?(–—\"] ?(?:and |but |so |then |or )?|\b(?:and|but|because|when|while|since|so|as|until|before|after|though|although"
    r"|unless|once|where|how|why|then|also)\s)$",
    re.I,
)
_YOU_OPENER = re.compile(
    r"(?:^|[.;:!?(–—] ?|\b(?:if|when|because|while|since|until|before|after|once|unless|although|though|whether|where|why|how) )$", re.I
)
_MOOD = re.compile(
    r"\b(?:do|does|did|can|could|will|would|shall|should|may|might|must|let|lets|make|makes|made|help|helps|have|had|that|if|lest|whether|suggest\w*"
    r"|recommend\w*|request\w*|insist\w*|require\w*|essential|important|see|watch|to|not|n't|rather)\b",
    re.I,
)
_NUMERAL = re.compile(
    r"\b(?:[A-Z]\w*|type|types|phase|stage|level|part|class|axis|bipolar|schedule|grade|step|group|factor|case|and|or|of|tier|category|title)\s$"
)


def disagreements(text: str) -> Iterator[Slip]:
    """Slips of agreement; the text has plain apostrophes and spaces."""
    for match in _PLURAL.finditer(text):
        pronoun, verb = match.group(1), match.group(2)
        before = text[max(0, match.start() - 40) : match.start()]
        if pronoun == "I" and (_NUMERAL.search(before) or before.endswith(("-", "/", "&"))):
            continue
        if pronoun.lower() == "you" and not _YOU_OPENER.search(before):
            continue
        if verb == "was" and pronoun == "I":
            continue
        right = "am" if pronoun == "I" and verb == "is" else "'m not" if pronoun == "I" and verb == "isn't" else S_FORMS[verb]
        if right == "'m not":
            right = "am not"
        yield _slip(match, right)
    for match in _SINGULAR.finditer(text):
        pronoun, verb = match.group(1), match.group(2)
        before = text[max(0, match.start() - 60) : match.start()]
        clause = re.split(r"[.,;:!?()–—]", before)[-1]
        if _MOOD.search(clause) or not (
            _OPENER.search(before) or (pronoun.lower() != "it" and not before.rstrip().endswith(("and", "or", "of", "than")))
        ):
            continue
        if before.rstrip().lower().endswith((" and", " or")) and re.search(r"\b(?:he|she|you|i|they|we)\W+(?:and|or)\W*$", before, re.I):
            continue
        yield _slip(match, _THIRD[verb])
    for match in _MODAL.finditer(text):
        verb = match.group(2)
        if match.group(1) == "to" and (verb in _ALSO_NOUNS or len(verb) < 5 or verb in ("becomes",)):
            continue
        if match.group(1) in ("may", "will", "can", "must", "might", "Will", "Can") and text[match.start() - 4 : match.start()].lower() in (
            "the ",
            " of ",
        ):
            continue
        yield _slip(match, {"has": "have", "does": "do"}.get(verb, "be" if verb in ("is", "was") else S_FORMS[verb]))
    for match in _SUBJECT_MODAL.finditer(text):
        verb = match.group(2)
        told = verb in S_FORMS and not match.group(1).endswith("'ll")  # by _MODAL
        if not told and verb not in _NO_VERBS:
            yield _slip(match, verb[:-3] + "y" if verb.endswith("ies") and len(verb) > 4 else _ENDING.sub("", verb))
    for match in _THERE.finditer(text):
        plural = {"is": "are", "was": "were", "isn't": "aren't", "wasn't": "weren't"}[match.group(2)]
        yield Slip(match.start(), match.end(2), (f"{match.group(1)} {plural}",))
    for match in _THESE.finditer(text):
        many = match.group(1).lower() != "this"
        if match.group(2) == "were" and re.search(r"\b(?:if|though|wish|suppose|unless)\W*$", text[: match.start(1)], re.I):
            continue
        if many == (match.group(2) in ("is", "has", "was")):
            verb = {"is": "are", "has": "have", "was": "were", "are": "is", "have": "has", "were": "was"}[match.group(2)]
            yield Slip(match.start(1), match.end(2), (f"{match.group(1)} {verb}",))


def _slip(match: re.Match[str], right: str) -> Slip:
    return Slip(match.start(1), match.end(2), (match.string[match.start(1) : match.start(2)] + right,))


_FIRST = "|".join(base.capitalize() for base in BASES if base not in ("let", "like"))
_SECOND = "|".join(form for form in S_FORMS if form not in _ALSO_NOUNS and len(form) > 4)
_IMPERATIVE = re.compile(rf"({_FIRST}) [^.!?;:()]{{3,80}}? and ({_SECOND}) (?!of\b|and\b)")
_OWN_SUBJECT = re.compile(r"\b(?:that|which|who|it|this|what|how|whatever|everything|anything|each|one|someone|everyone)\b", re.I)


def uneven_pair(text: str) -> Iterator[Slip]:
    """A bullet whose first verb has no ending and whose second one has ("Reduce stress and makes sleep easier")."""
    match = _IMPERATIVE.match(text)
    if match and not _OWN_SUBJECT.search(text[: match.start(2)]):
        yield Slip(match.start(2), match.end(2), (S_FORMS[match.group(2)],))
