"""The HTML scanner: one forward pass over a text that yields events with exact offsets, in linear time on any input."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping

from copycheck.readers.events import Close, Event, Open, Remark, Value, spell

RAW = frozenset({"script", "style", "textarea", "iframe", "noembed", "xmp"})  # text up to the closing tag is no mark-up
_NAME = re.compile(r"[A-Za-z][^\s/>]{0,63}")
_VALUE_OR_END = re.compile(r"""=\s{0,8}(["'])|>""")  # a quote elsewhere than after "=" opens nothing
_ATTRIBUTE = re.compile(r"""([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*)))?""")
_MAX_UNTERMINATED = 16  # an unterminated tag costs a scan to the end; after so many, "<" is taken for text at once


class Finder:
    """`str.find` for searches from left to right; it remembers the last answer, so that hostile input cannot make it look again."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.next: dict[str, int] = {}

    def find(self, what: str, start: int, within: int | None = None) -> int:
        """The first place of `what` at or after `start`, no more than `within` characters on; -1 for none."""
        at = self.next.get(what, -1)
        if at < start:
            at = self.text.find(what, start)
            self.next[what] = at = len(self.text) if at < 0 else at
        return -1 if at == len(self.text) or (within is not None and at - start > within) else at


class Index:
    """`str.find` for searches in any order: the places of what is looked for are listed once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.places: dict[str, list[int]] = {}

    def find(self, what: str, start: int, within: int) -> int:
        """The first place of `what` at or after `start`, no more than `within` characters on; -1 for none."""
        if what not in self.places:
            self.places[what] = [match.start() for match in re.finditer(re.escape(what), self.text)]
        places = self.places[what]
        following = bisect_left(places, start)
        return places[following] if following < len(places) and places[following] - start <= within else -1


_MARK = re.compile(r"""[{}()\[\]"'`]|/\*""")
BLADE = {  # what opens a string, and the rest of it but for what closes it
    '"': (re.compile(r'(?:[^"\\]|\\.)*+', re.DOTALL), '"'),
    "'": (re.compile(r"(?:[^'\\]|\\.)*+", re.DOTALL), "'"),
}
JSX = {
    '"': (re.compile(r'(?:[^"\\\n]|\\.)*+'), '"'),
    "'": (re.compile(r"(?:[^'\\\n]|\\.)*+"), "'"),
    "`": (re.compile(r"(?:[^`\\]|\\.)*+", re.DOTALL), "`"),
    "/*": (re.compile(r"(?:[^*]|\*(?!/))*+"), "*/"),
}


def balanced(text: str, begin: int, within: int, brackets: str, skipped: Mapping[str, tuple[re.Pattern[str], str]]) -> int:
    """The offset after the bracket that closes the one at `begin`; -1 for none `within` characters.

    What `skipped` opens holds no bracket. Where nothing closes it, it opens nothing, nor does its like as far as was looked: one pass.
    """
    end = min(begin + within, len(text))
    depth, at = 0, begin
    dead = dict.fromkeys(skipped, begin)
    while mark := _MARK.search(text, at, end):
        token, at = mark.group(), mark.end()
        if token in skipped and mark.start() >= dead[token]:
            rest, closer = skipped[token]
            stop = rest.match(text, at, end).end()  # type: ignore[union-attr]  # it matches nothing, too
            if text.startswith(closer, stop) and stop + len(closer) <= end:
                at = stop + len(closer)
            else:
                dead[token] = stop
        elif token in brackets:
            depth += 1 if token in "{([" else -1
            if not depth:
                return at
    return -1


def scan(text: str, offset: int = 0) -> Iterator[Event]:
    """Events of the cleaned and masked text; `offset` is added to every position."""
    finder = Finder(text)
    at = unterminated = 0
    written = 0  # text before this is yielded
    while True:
        less = text.find("<", at)
        if less < 0:
            break
        if text.startswith("<!--", less):
            close = _comment_end(text, less, finder)
            yield from spell(text[written:less], written + offset)
            yield Remark(less + offset, close + offset)
            at = written = close
            continue
        closing = text.startswith("/", less + 1)
        name_match = _NAME.match(text, less + 1 + closing)
        if not name_match:
            after = text[less + 1 : less + 2]
            close = finder.find(">", less) if after and after in "!?/" else -1
            if close < 0:
                at = less + 1
                continue
            yield from spell(text[written:less], written + offset)
            at = written = close + 1
            continue
        close = _tag_end(text, name_match.end(), finder) if unterminated < _MAX_UNTERMINATED else -1
        if close < 0:
            unterminated += 1
            at = less + 1
            continue
        yield from spell(text[written:less], written + offset)
        at = written = close
        name = name_match.group().lower()
        if closing:
            yield Close(name, less + offset, close + offset)
            continue
        empty = text[close - 2] == "/"
        body_end = close - 1 - empty
        yield Open(name, _attributes(text, name_match.end(), body_end, offset), less + offset, close + offset, empty)
        if name in RAW and not empty:
            found = re.compile(rf"</{name}[\s/>]", re.IGNORECASE).search(text, close)
            at = written = found.start() if found else len(text)
    yield from spell(text[written:], written + offset)


def _comment_end(text: str, less: int, finder: Finder) -> int:
    """The offset after a comment; an unclosed one reaches to the end, as in a browser."""
    for abrupt in ("<!-->", "<!--->"):
        if text.startswith(abrupt, less):
            return less + len(abrupt)
    found = finder.find("-->", less + 4)
    return len(text) if found < 0 else found + 3


def _tag_end(text: str, at: int, finder: Finder) -> int:
    """The offset after the `>` that ends a tag, quoted values skipped; -1 for an unterminated tag."""
    while match := _VALUE_OR_END.search(text, at):
        if match.group() == ">":
            return match.end()
        at = finder.find(match[1], match.end()) + 1
        if not at:  # an odd quote
            return finder.find(">", match.end()) + 1 or -1
    return -1


def _attributes(text: str, start: int, end: int, offset: int) -> dict[str, Value]:
    """The attributes written in text[start:end]; the first of a name wins."""
    found: dict[str, Value] = {}
    for match in _ATTRIBUTE.finditer(text, start, end):
        group = match.lastindex or 1
        value = Value("", match.end() + offset) if group == 1 else Value(match[group], match.start(group) + offset)
        found.setdefault(match[1].lower(), value)
    return found
