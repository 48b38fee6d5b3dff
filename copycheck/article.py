"""Article: a document's blocks as spaCy Docs, its sentences with their place in the source, and what the page sells."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from copycheck.document import PLACEHOLDER, Block, Document
from copycheck.findings import Profile
from copycheck.quotation import fold
from copycheck.source import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Tokens

    from copycheck.nlp.judge import Opinion

T = TypeVar("T")

_LONG_RUN = re.compile(r"\S{257,}")  # spaCy's tokenizer is quadratic on runs of brackets or quotes
_GLUED = re.compile(  # “No side effects.100% safe”
    r"(?<!\S)(?!(?:approx|sept|figs|vols|refs|tabs|caps|incl|excl)\.)([a-z]{4,}+)\.(?=\d{1,3}(?:[%+]|[ -][a-z]))", re.IGNORECASE
)
_SPEAKER = re.compile(
    r"(?:^|\s)[—–-]{1,2}\s*[A-Z][\w.'’-]+(?:[ ,].{0,60})?$|\b(?:said|says|told|writes|wrote|recalls?|explains?)\b|^According to\b"
)
_SIGNED = re.compile(r"\s*[—–-]{1,2}\s*[A-Z][\w.'’-]+.{0,60}$")
_OWN_VOICE = re.compile(
    r"\b(?:we|our|ours|us|(?:co-?)?founder|owner|ceo|chief \w+ officer|(?:medical|clinical|executive) director|president"
    r"|spokes(?:man|woman|person))\b",
    re.I,
)
_BULLETS = frozenset("•‣◦")


@dataclass(eq=False)
class Sentence:
    """A sentence, bullet or heading: `text` is block.text[start:end]; `folded` the same with plain quotes and spaces.

    kind: `sentence`, `bullet` (a list item that is one fragment) or `heading`. `tokens` are its tokens in the block's Doc, whose
    offsets are offsets into the block's text. `scope` is the first part of the block's, but `body` for a block quotation or callout
    that names nobody else: that is the page's own voice. `framed` are marks that the heading of its column or its lead-in sets.
    """

    index: int
    block_index: int
    block: Block
    tokens: Tokens
    kind: str
    scope: str
    framed: frozenset[str] = frozenset()

    @cached_property
    def start(self) -> int:
        return int(self.tokens.start_char)

    @cached_property
    def end(self) -> int:
        return int(self.tokens.end_char)

    @cached_property
    def text(self) -> str:
        return self.block.text[self.start : self.end]

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def terms(self) -> frozenset[str]:
        """The term lists that hold a term of this sentence."""
        return frozenset(name for token in self.tokens if token.ent_type for name in lists_of(token))

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The source span of text[start:end]."""
        return self.block.span(self.start + start, self.end if end is None else self.start + end)

    def marks(self, start: int, end: int, named: Collection[str] = frozenset()) -> frozenset[str]:
        """Which of `ruleset.language.MARKS` hold for text[start:end]. `named`: see `nlp.context.marks`."""
        doc = self.tokens.doc
        tokens = doc.char_span(self.start + start, self.start + end, alignment_mode="expand")
        return self.token_marks(tokens, named) if tokens is not None else frozenset()

    def token_marks(self, tokens: Tokens, named: Collection[str] = frozenset()) -> frozenset[str]:
        """The marks of some tokens of the sentence, and those that its block gives: a quotation of somebody named, “Myth” above it."""
        from copycheck.nlp.context import marks

        found = marks(tokens, named) | self.framed
        if self.scope == "quote":
            found |= {"quoted"}
        if "quoted" in found and not _is_own_voice(self.block.text):
            found |= {"third_party_quote"}
        return found


@lru_cache(maxsize=16)  # a paragraph is asked about for each of its quotations
def _is_own_voice(text: str) -> bool:
    return _OWN_VOICE.search(text) is not None


@dataclass(eq=False)
class Article:
    """A document that was read: `docs[i]` is the Doc of block i.

    The profile is set by the engine; `opinions` are the judge's by the index of the sentence, once asked for (`copycheck.verdicts`).
    """

    document: Document
    docs: tuple[Doc, ...]
    sentences: tuple[Sentence, ...]
    profile: Profile = field(default_factory=Profile)
    opinions: dict[int, Opinion] = field(default_factory=dict)

    @cached_property
    def by_block(self) -> dict[int, tuple[Sentence, ...]]:
        """Sentences by the index of their block."""
        found: dict[int, list[Sentence]] = {}
        for sentence in self.sentences:
            found.setdefault(sentence.block_index, []).append(sentence)
        return {block: tuple(members) for block, members in found.items()}


def readable(text: str) -> str:
    """A block's text as the pipeline reads it: plain quotes and spaces, a word for template code, a line's end for a stop that is glued
    to a number; offsets stay."""
    plain = _GLUED.sub(r"\1\n", fold(text)).replace(PLACEHOLDER, "X").encode("utf-8", "replace").decode("utf-8")
    return _LONG_RUN.sub(lambda match: "x" * len(match.group()), plain) if len(plain) > 256 else plain


def parse(documents: Sequence[Document], nlp: Language) -> list[Article]:
    """Read documents with one pass of the pipeline over all their blocks; equal blocks are read once."""
    texts = dict.fromkeys(readable(block.text) for document in documents for block in document.blocks)
    docs = dict(zip(texts, nlp.pipe(texts), strict=True))
    return [_article(document, tuple(docs[readable(block.text)] for block in document.blocks)) for document in documents]


def lists_of(token: Token) -> list[str]:
    """The term lists that a token stands in, by name; `[""]` for none."""
    return str(token.ent_type_).lower().split("|")


def remembered(tokens: Any, asker: Hashable, work: Callable[[], T]) -> T:
    """What `work` finds in a Doc or Span, looked for once: the Doc remembers it. In an editor most Docs of a page outlive its edits.

    What is found must not hold Docs, Spans or Tokens: a Doc that holds itself is freed late.
    """
    doc = getattr(tokens, "doc", tokens)
    key = ("copycheck", asker, getattr(tokens, "start", 0), getattr(tokens, "end", len(doc)))
    if key not in doc.user_data:
        doc.user_data[key] = work()
    found: T = doc.user_data[key]
    return found


def _article(document: Document, docs: tuple[Doc, ...]) -> Article:
    sentences: list[Sentence] = []
    for number, (block, doc) in enumerate(zip(document.blocks, docs, strict=True)):
        spans = [span for span in map(_trimmed, doc.sents) if span is not None]
        kind, scope = _kind(block, len(spans)), _scope(document.blocks, number)
        led = block.scope == "quote" and number and document.blocks[number - 1].text.endswith(":")
        lead_in = number - 1 if led else block.lead_in
        above = (*block.labels, *(() if lead_in is None else (lead_in,)))
        framed = frozenset[str]().union(*(docs[index]._.below for index in above))
        for tokens in spans:
            sentences.append(Sentence(len(sentences), number, block, tokens, kind, scope, framed))
    return Article(document, docs, tuple(sentences))


def _kind(block: Block, sentences: int) -> str:
    if block.scope in ("heading", "title"):
        return "heading"
    if block.scope == "list" and sentences == 1 and not block.text.rstrip().endswith((".", "!", "?")):
        return "bullet"
    return "sentence"


def _scope(blocks: Sequence[Block], number: int) -> str:
    """The scope of a block's sentences: who speaks in a quotation is said in it, or right after it."""
    scope = blocks[number].scope.split(".")[0]
    if scope != "quote":
        return scope
    following = blocks[number + 1].text if number + 1 < len(blocks) else ""
    named = _SPEAKER.search(blocks[number].text) or _SIGNED.match(following)
    return "quote" if named else "body"


def _trimmed(sentence: Any) -> Tokens | None:
    """A sentence without white space and bullets around it; None where nothing is left."""
    start, end = sentence.start, sentence.end
    while start < end and (sentence.doc[start].is_space or sentence.doc[start].text in _BULLETS):
        start += 1
    while end > start and sentence.doc[end - 1].is_space:
        end -= 1
    return sentence.doc[start:end] if start < end else None
