"""Slips: words doubled, spaces missing, marks repeated, quotes and brackets left open; told from a text alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copycheck.spelling.lexicon import Lexicon
from copycheck.spelling.misspelling import Slip

_DOUBLED = re.compile(r"(?<![\w'’&/.-])([^\W\d_]+)([ \t]+)(\1)(?![\w'’/&-]|\.\w)", re.I)
_MAY_DOUBLE = frozenset(
    "that had bye very so no now ha there well many much really long out in do her you yo aye knock night tut hush never far up more "
    "again loa mahi pom tsk yada beri chop choo win wink dum boom blah etc tom cha can-can hip yum really over on million billion "
    "lomi ylang kava agar piri peri".split()
)
_SAID = re.compile(r"\b(?:what|it|that|this|there|he|she|problem|question|truth|reason|fact|who)(?: \w+)? $", re.I)

_AFTER_STOP = re.compile(
    r"(?<![\w./@\\-])([a-z]{2,}|[A-Z][a-z]{2,}|[A-Z]{3,}|\))([.!?])([A-Z][a-z]++|[AI])(?![\w.]*\w\.\w|\w*[(/@\\])(?=[\s,.;:!?'’]|$)"
)
_USUAL = 5.0  # log10 per billion words: what follows a capitalised word, which may be the first half of a name ("Node.Js")
_NO_START = frozenset("com net org gov edu info js io co uk us tv".split())
_AFTER_YEAR = re.compile(r"(?<![\w.,:/-])((?:1[0-9]|20)\d\d)(by|and|to|in|of|the|for|is|was|were|with|from|at|we|our)(?![\w-])")
_AFTER_COMMA = re.compile(r"(?<![\w./@\\-])([a-z]{2,})( ?)([,;])([a-z]{2,})(?![\w./@\\,])")
_SMALL_AFTER_STOP = re.compile(
    r"(?<![\w./@\\-])([a-z]{3,})(\.)(the|this|they|there|we|you|our|your|these|but|he|she|when"
    r"|it(?= (?:is|was|can|will|has|does|may|also) ))(?= [a-z])"
)
_PERCENT_AFTER_STOP = re.compile(r"(?<![\w./@\\-])([A-Za-z]{3,})([.!?])(\d{1,3}%)")
_AFTER_BRACKET = re.compile(r"(?<=[\w.] )(\([a-zA-Z\d][\w ,.-]+\))([a-z]{2,})(?![\w-])")
_BEFORE_BRACKET = re.compile(r"(?<![\w./@\\-])([A-Z]?[a-z]{3,})(\((?!(?:e?s|ren|ies|d|r|ed|ing|ly|al|er|ers)\))[A-Za-z]{3,}[ ,)])")
_TOUCHES = re.compile(r"[.!?][A-Z\d]|[.,;)\d][a-z]|[a-z]\(")  # without which none of these matches

_REPEATED = (
    (re.compile(r"(?<=[a-z)])\.\.(?![.\w])"), "."),
    (re.compile(r"(?<=\w),,+(?=\s|$)"), ","),
    (re.compile(r"(?<=\w);;+(?=\s|$)"), ";"),
    (re.compile(r"(?<=\w)::(?=\s|$)"), ":"),
    (re.compile(r"(?<=[a-z]{3}),\.(?=\s|$)"), "."),
    (re.compile(r"(?<=[a-z]{5})\.,(?=\s[a-z])"), ","),
)
_LOUD = re.compile(r"(?<=\w)(\?\?+|!!+)(?!\w)")
_MARKS = re.compile(r"[.,;:?!]{2}")  # without which none of these matches

_ITEM = re.compile(r"(?:^|[\s,;])(?:[a-zA-Z]|\d{1,2}|[ivx]{1,4})$")  # "a)", "2)": an item's number
_SKIP = re.compile(r"[:;=]-?[()](?=\s|$)|(?<![\"“\d.])\d+(?:\.\d+)?[\"”]|\\[()\[\]]")
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"))
_PAIRED = re.compile(r"[()\[\]“”\"]")


_STRAY_HYPHEN = re.compile(r"(?<![\w.-])([A-Za-z]{3,}(?:-[a-z]+)*)-[ \t]([a-z]{4,})(?![\w-])")
_STRAY_MARK = re.compile(r"(?<!\w)(\w+\)?)[ \t]([,;]|[.!?](?=\s|$))")
_SECOND = re.compile(
    r".*ed$|free|based|resistant|specific|related|friendly|minded|like|term|frequent|quality|level|risk|visit|known|being|care"
)
"""Second halves of compounds; before other words the hyphen may stand for a dash."""


def stray_space(text: str, lexicon: Lexicon) -> Iterator[Slip]:
    """A space within a compound ("sugar- free") or, less surely, before a mark ("help .")."""
    for match in _STRAY_HYPHEN.finditer(text):
        first, second = match.groups()
        if _SECOND.fullmatch(second) or lexicon.frequency.get(first.lower() + second, 0.0) >= _PLAIN:
            yield Slip(match.start(), match.end(), (f"{first}-{second}",))
    for match in _STRAY_MARK.finditer(text):
        yield Slip(match.start(), match.end(), (match.group(1) + match.group(2),), sure=False)


def doubled(text: str) -> Iterator[Slip]:
    """The same word twice in a row ("the the"), but not where English doubles words or names do."""
    for match in _DOUBLED.finditer(text):
        first, second = match.group(1), match.group(3)
        lower = first.lower()
        if lower in _MAY_DOUBLE or (len(lower) == 1 and lower not in ("a", "i")):
            continue
        if any(letter.isupper() for letter in first[1:]) and not first.isupper():
            continue  # a brand
        if first.isupper() and len(first) > 1 and not second.isupper():
            continue  # an acronym, then a word
        if second[0].isupper() and (first[0].isupper() or len(second) > 1):
            continue
        if lower == "is" and _SAID.search(text[max(0, match.start() - 30) : match.start()]):
            continue
        yield Slip(match.start(), match.end(), (first,))


def missing_space(text: str, lexicon: Lexicon) -> Iterator[Slip]:
    """No space after a stop, a comma or a bracket, where both sides are plain words."""
    if not _TOUCHES.search(text):
        return
    for match in _AFTER_STOP.finditer(text):
        before, stop, after = match.groups()
        lower = after.lower()
        named = before[0].isupper()
        if named and (lower in _NO_START or _SHORTENED.search(f"{before}. ")):
            continue
        usual = lexicon.frequency.get(lower, 0.0) >= (_USUAL if named else 3.5)
        if (before == ")" or before.isupper() or lexicon.knows(before.lower())) and (usual or len(after) == 1):
            yield Slip(match.start(), match.end(), (f"{before}{stop} {after}",))
    for match in (*_SMALL_AFTER_STOP.finditer(text), *_PERCENT_AFTER_STOP.finditer(text)):
        if lexicon.knows(match.group(1).lower()):
            after = match.group(3)
            yield Slip(match.start(), match.end(), (f"{match.group(1)}{match.group(2)} {after[:1].upper()}{after[1:]}",))
    for match in _AFTER_COMMA.finditer(text):
        before, _, mark, after = match.groups()
        if lexicon.knows(before) and lexicon.frequency.get(after, 0.0) >= 3.0 and len(before) > 2:
            yield Slip(match.start(), match.end(), (f"{before}{mark} {after}",))
    for match in _AFTER_BRACKET.finditer(text):
        if lexicon.frequency.get(match.group(2), 0.0) >= 4.5 and len(match.group(1)) > 3:
            yield Slip(match.end(1) - 1, match.end(), (f") {match.group(2)}",))
    for match in _BEFORE_BRACKET.finditer(text):
        if lexicon.knows(match.group(1).lower()):
            yield Slip(match.start(), match.start(2) + 1, (f"{match.group(1)} (",))
    for match in _AFTER_YEAR.finditer(text):
        yield Slip(match.start(), match.end(), (f"{match.group(1)} {match.group(2)}",))


def repeated_marks(text: str) -> Iterator[Slip]:
    """Two stops or commas in a row; `!!` and `??` are unsure, for they may be meant."""
    if not _MARKS.search(text):
        return
    for pattern, mark in _REPEATED:
        for match in pattern.finditer(text):
            yield Slip(match.start(), match.end(), (mark,))
    for match in _LOUD.finditer(text):
        yield Slip(match.start(), match.end(), (match.group()[0],), sure=False)


_SMALL_START = re.compile(r"(?<=[a-z]{2}\. )([a-z]{2,})(?=,? [a-z])")
_PLAIN = 4.0  # log10 per billion words: a rarer word may be a brand in small letters
_SHORTENED = re.compile(
    r"(?:\b|\d)(?:etc|vs|approx|inc|ltd|dept|min|max|est|avg|cal|ref|fig|figs|vol|sec|hrs|ext|incl|prof|esp|mod|tel|vit|temp|resp|corp|assn|univ"
    r"|dist|prep|diff|subq|tbsp|tabs|caps|al|dr|mr|mrs|ms|st|no|pt|ft|oz|lb|lbs|hr|yr|yrs|mo|mos|cf|eg|ie|ca|co|ed|eds|op|pp|ch|pl|sp|spp|jr|sr|wt"
    r"|mg|ml|kg|cm|mm|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|prof|hon|rev|gen|gov|capt|mt|ave|blvd|rd|phd)\. $",
    re.I,
)


def small_start(text: str, lexicon: Lexicon) -> Iterator[Slip]:
    """A common word in small letters right after a full stop; the text has plain spaces."""
    for match in _SMALL_START.finditer(text):
        if lexicon.frequency.get(match.group(), 0.0) >= _PLAIN and not _SHORTENED.search(text, max(match.start() - 12, 0), match.start()):
            yield Slip(match.start(), match.end(), (match.group().capitalize(),))


def unbalanced(text: str) -> Iterator[Slip]:
    """Of each kind of bracket or curly quote the first without its partner in a whole block; and a straight quote left over."""
    if not _PAIRED.search(text):
        return
    plain = _SKIP.sub(lambda match: " " * len(match.group()), text)
    for opener, closer in _PAIRS:
        opened: list[int] = []
        for at, char in enumerate(plain):
            if char == opener:
                opened.append(at)
            elif char == closer:
                if not opened and _ITEM.search(plain[max(0, at - 5) : at]):
                    continue
                if not opened:
                    yield Slip(at, at + 1)
                    opened = []
                    break
                opened.pop()
        if opened:
            yield Slip(opened[0], opened[0] + 1)
    straight = [at for at, char in enumerate(plain) if char == '"']
    if len(straight) % 2 and "“" not in plain and "”" not in plain:
        yield Slip(straight[-1], straight[-1] + 1)
