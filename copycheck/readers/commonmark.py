"""CommonMark: markdown-it-py with its inline rules wrapped in one, so that every text token remembers which characters it stands for.

markdown-it-py tells lines but not columns. The wrapping uses its public ruler; a token's `meta["segments"]` are
(offset in the token's text, offset in its paragraph, length there).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import blockquote
from markdown_it.rules_inline import fragments_join
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin

from copycheck.readers.events import CONTROL
from copycheck.readers.page import refuse_crowded

_RUN = re.compile(r"([\[\]!(*_~`<&|\\])(?:[ \t]?\1){63,}|(?:<!--\s*){32,}|(?:!?\[){32,}|(?:\]\(){32,}|^(?: {0,3}>){9,}", re.MULTILINE)
_DENSE = 4000  # marks in one paragraph; beyond that it is no writing, and its marks are taken for text
_DEEPEST = 4  # brackets that stand open in a paragraph, as in `[![alt](image)](page)`: each is looked for in all that follows
_MOST_PENDING = 2_000  # characters of text that are gathered before they are a token
_MOST_LAZY = 20  # lines of a quotation that lack its mark
_TOKENS = 6  # tokens, or lines and marks before they are that, are counted as one block
_PLAIN = re.compile(r"[^\n\[\]<`*_~&\\!]+")
_MARK = re.compile(r"[\[\]<`*_~&\\!|]")
_BEGINNINGS = {  # the marks at which each of markdown-it's rules may match; at others it is not tried
    "newline": "\n",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "link": "[",
    "image": "!",
    "footnote_ref": "[",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
}


def defused(text: str) -> str:
    """The text with absurd runs of mark-up replaced by letters, which keeps markdown-it linear. Raises Unreadable for too many."""
    text = _RUN.sub(lambda match: CONTROL * len(match.group()), text)
    marks = len(_MARK.findall(text))
    refuse_crowded((marks + text.count("\n")) // _TOKENS, len(text))
    if marks < _DENSE:
        return text
    return "".join(_MARK.sub(CONTROL, one) if len(_MARK.findall(one)) > _DENSE else one for one in re.split(r"(\n[ \t]*\n)", text))


_BOX = re.compile(r"\s*[\w\ue000-\uf8ff]")  # ":::tip Rest", "::: {.callout-note}"


@lru_cache(maxsize=2)
def parser(indented_code: bool, boxes: bool = False) -> MarkdownIt:
    """A parser for defused text; `indented_code` as in CommonMark, not as in MDX; `boxes`: blocks between lines of `:::`."""
    parser = MarkdownIt("gfm-like", {"linkify": False}).use(footnote_plugin)
    if boxes:
        parser.use(container_plugin, "box", validate=lambda params, markup: _BOX.match(params) is not None)
    parser.disable(["text", "text_join", "linkify", "footnote_inline", "footnote_tail"])
    if not indented_code:
        parser.disable("code")
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]  # addresses stay as written
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    ruler = parser.inline.ruler
    rules = list(zip(ruler.get_active_rules(), ruler.getRules(""), strict=True))
    ruler.push("located", _located({mark: [rule for name, rule in rules if mark in _BEGINNINGS[name]] for mark in "\n[]<`*_~&\\!"}))
    ruler.enableOnly("located")
    parser.inline.ruler2.at("fragments_join", _joined)
    parser.core.ruler.at("inline", _inlines)
    block = parser.block.ruler
    block.before("table", "crowded", _crowded)
    block.at("blockquote", _quotation, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    block.before("table", "lazy", _lazy, {"alt": ["blockquote"]})
    return parser


def _crowded(state: Any, line: int, end: int, silent: bool) -> bool:
    """A rule that takes no line: asked at each, it stops the parser where there are more blocks than an article has."""
    refuse_crowded(len(state.tokens) // _TOKENS, len(state.src))
    return False


def _quotation(state: Any, line: int, end: int, silent: bool) -> bool:
    """markdown-it's rule for a quotation, which then counts the lines without `>` that it goes on in."""
    if not silent:
        state.env["lazy"] = 0
    return bool(blockquote(state, line, end, silent))


def _lazy(state: Any, line: int, end: int, silent: bool) -> bool:
    """Ends a quotation after so many lines without `>`: markdown-it gathers all, and drops them again where a heading or code ended it."""
    if not silent or state.parentType != "blockquote":  # a table asks too
        return False
    state.env["lazy"] += 1
    return bool(state.env["lazy"] > _MOST_LAZY)


def _inlines(state: Any) -> None:
    """Inline content into tokens; what has no mark and no line end is one token, and needs no rules."""
    count = len(state.tokens)
    for token in state.tokens:
        if token.type == "inline":
            refuse_crowded(count // _TOKENS, len(state.src))
            token.children = []
            if _PLAIN.fullmatch(token.content):
                token.children.append(Token("text", "", 0, content=token.content, meta={"segments": [(0, 0, len(token.content))]}))
            else:
                state.md.inline.parse(token.content, state.md, state.env, token.children)
                count += len(token.children)


def _prepare(state: Any) -> None:
    """Make a state remember where its pending text came from: (offset in the text, position, length)."""
    state.segments = []
    state.level = state.md.options["maxNesting"] - _DEEPEST
    push = state.pushPending

    def push_pending() -> Token:
        token: Token = push()
        token.meta = {**token.meta, "segments": state.segments}
        state.segments = []
        return token

    state.pushPending = push_pending


def _located(by_mark: Mapping[str, Sequence[Callable[[Any, bool], bool]]]) -> Callable[[Any, bool], bool]:
    """The rules as one, which also takes text up to the next mark, or a mark that is none, and notes what a token stands for."""

    def located(state: Any, silent: bool) -> bool:
        if not hasattr(state, "segments"):
            _prepare(state)
        pending = len(state.pending)
        if pending > _MOST_PENDING and state.pending[-1] != " ":  # adding to it copies it; the end of a line looks at blanks
            state.pushPending()
            pending = 0
        begin, count = state.pos, len(state.tokens)
        for rule in by_mark.get(state.src[begin], ()):
            if rule(state, silent):
                break
        else:
            plain = _PLAIN.match(state.src, begin, state.posMax)
            state.pos = plain.end() if plain else begin + 1
            if not silent:
                state.pending += state.src[begin : state.pos]
        if silent:
            return True
        if len(state.tokens) == count:
            grown, size = len(state.pending) - pending, state.pos - begin
            last = state.segments[-1] if state.segments else (0, 0, 0)
            if grown == size and last[0] + last[2] == pending and last[1] + last[2] == begin and state.segments:
                state.segments[-1] = (*last[:2], last[2] + size)
            elif grown:
                state.segments.append((pending, begin, size))
            return True
        at = begin
        for token in state.tokens[count:]:
            if "segments" in token.meta:
                continue
            if token.type == "text":
                at = max(at, state.src.find(token.content, at, state.pos))
                token.meta = {**token.meta, "segments": [(0, at, len(token.content))]}
                at += len(token.content)
            else:
                token.meta = {**token.meta, "segments": [(0, begin, state.pos - begin)]}
        return True

    return located


def _joined(state: Any) -> None:
    """Join text tokens that touch, and what they note."""
    run: list[Token] = []
    for token in [*state.tokens, None]:
        if token is not None and token.type == "text" and "segments" in token.meta:
            run.append(token)
            continue
        if len(run) > 1:
            segments, offset = [], 0
            for part in run:
                segments += [(at + offset, begin, size) for at, begin, size in part.meta["segments"]]
                offset += len(part.content)
            run[-1].meta = {**run[-1].meta, "segments": segments}
        run = []
    fragments_join(state)
