"""Readers: a source becomes a document; one reader a format, each with exact places in the source."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from copycheck.document import Block, Comment, Document, Segment
from copycheck.source import MAX_FILE_SIZE, Source, Span, Unreadable, decode

if TYPE_CHECKING:
    from copycheck.readers.events import Event
    from copycheck.readers.mdx import Jsx

_EXTENSIONS = {
    "markdown": "md markdown mdown mkd mkdn qmd rmd",
    "mdx": "mdx",
    "jsx": "jsx tsx",
    "html": "html htm xhtml shtml php phtml njk nunjucks liquid hbs handlebars mustache ejs erb twig jinja jinja2 j2 astro vue svelte aspx",
    "text": "txt text",
    "word": "docx",
}
FORMATS = tuple(_EXTENSIONS)
_FORMAT = {extension: name for name, extensions in _EXTENSIONS.items() for extension in extensions.split()}
_EXPRESSIONS = frozenset({"astro", "svelte"})  # HTML with {expression}
_OWN_PARTS = {  # Astro's script fence; Vue's elements that show what stands in them
    "astro": re.compile(r"\A\s*---\n.*?\n---(?=\n|\Z)|\A\s*---\r\n.*?\r\n---(?=\r|\Z)", re.DOTALL),
    "vue": re.compile(r"""</?template\b(?![^<>]*\blang=["']?(?:pug|jade))(?:[^<>"']|"[^"]*"|'[^']*')*+>"""),
}
_SCRIPT = re.compile(r"<script\b[^>]*+>?+(.*?)(?:</script|\Z)", re.DOTALL | re.IGNORECASE)
_HTML = re.compile(
    r"\s*(?:<\?(?:xml|php)\b|<!doctype\s+html|<!--|<(?:html|head|body|main|article|section|header|div|p|h[1-6]|ul|table)\b[^<>]*>|@extends\()",
    re.IGNORECASE,
)
_CODE_ELEMENT = re.compile(r"<(?:script|style|pre|code|textarea)\b", re.IGNORECASE)
_CODE_IN_MARKDOWN = re.compile(rf"{_CODE_ELEMENT.pattern}|^ {{0,3}}(?:```|~~~)|(?<!`)`(?!`)[^`\n]{{1,200}}`", re.IGNORECASE | re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE)
_LINK = r"\[[^\]\n]{1,200}\]\((?:https?:|/)[^)\n]{1,500}\)"
_MARKDOWN = re.compile(rf"^#{{1,6}}[ \t]+\S|{_LINK}|^\*\*[^*\n]{{1,200}}\*\*", re.MULTILINE)
_SPANS = re.compile(rf"{_LINK}|\*\*[^\s*][^*\n]{{0,200}}\*\*")
_LINES = re.compile(r"\S[ \t]*\r?\n[A-Za-z“\"]")  # a paragraph a line, which Markdown would join
_CODE = re.compile(r"^(?:#!|import \w|from \w+ import|package \w|#include|use strict|\{\s*$|\[\s*$|<\?xml)", re.MULTILINE)


def format_of(path: str, text: str) -> str:
    """The format of a file: by its extension, else by its content. Raises Unreadable for what is no article."""
    name = path.replace("\\", "/").rsplit("/", 1)[-1].lower()
    extension = name.rsplit(".", 1)[-1] if "." in name.lstrip(".") else ""
    told = _FORMAT.get(extension)
    if told == "text":  # pasted copy: often Markdown or HTML in truth
        if len(_HEADING.findall(text)) >= 2 or (_SPANS.search(text) and not _LINES.search(text)):
            return "markdown"
        return "html" if _HTML.match(text) else "text"
    if told == "html" and extension in ("html", "htm") and _is_module(text):
        return "jsx"
    if told:
        return told
    if _HTML.match(text):
        return "html"
    if text.startswith(("---\n", "---\r\n", "+++\n")) or _MARKDOWN.search(text):
        return "markdown"
    if not extension or _is_prose(text):
        return "text"
    raise Unreadable(f"its extension .{extension} is not known and its content is no copy; rename it or leave it out")


def _is_module(text: str) -> bool:
    """Whether a page is a module of JavaScript in truth: the source of a site's page saved under another name."""
    from copycheck.readers import jsx

    return jsx.MODULE.match(text) is not None


def is_article(name: str) -> bool:
    """A file of this name is taken for copy where a folder is walked: its extension names a format."""
    return "." in name and name.rsplit(".", 1)[-1].lower() in _FORMAT and not name.startswith("~$")  # what Word leaves beside an open file


def is_word(path: str) -> bool:
    """A Word document, by its name."""
    return path.lower().endswith(".docx")


def source_of(data: bytes, path: str) -> Source:
    """The source of a file's bytes. Raises Unreadable for what is neither text nor a Word document."""
    if not is_word(path):
        return decode(data, path)
    from copycheck.readers import word

    return word.source(data, path)


def max_size(path: str) -> int:
    """The bytes of a file above which it is not read, if nothing else was set; a Word document holds its pictures too."""
    return MAX_FILE_SIZE * (10 if is_word(path) else 1)


def _is_prose(text: str) -> bool:
    """Whether a text of unknown kind reads like copy: sentences, and few of the signs of code or data."""
    sample = text[:20_000]
    words = len(re.findall(r"(?<![A-Za-z’'])[A-Za-z’']{2,}+[ ,.;:!?\n]", sample))
    signs = len(re.findall(r"[{}\[\]<>=;|\\@#$%&*_/]", sample))
    return words > 20 and signs * 4 < words and not _CODE.match(sample)


def read(source: Source, format: str | None = None) -> Document:
    """The document of a source; `format` is told from path and content where it is None.

    Raises Unreadable where the text cannot be taken apart: broken front matter, an unknown kind of file.
    """
    from copycheck.readers import frontmatter, template
    from copycheck.readers.assemble import Assembly
    from copycheck.readers.events import CONTROL, Remark, Unread, clean

    text = clean(source.text)
    format = format or format_of(source.path, text)
    if format not in FORMATS:
        raise Unreadable(f"there is no reader for the format {format!r}; choose one of {', '.join(FORMATS)}")
    carriage: list[int] = []
    if format in ("markdown", "mdx") and "\r" in text:
        text, carriage = _line_feeds(text)
    extension = source.path.rsplit(".", 1)[-1].lower()
    front = frontmatter.NONE if format in ("text", "jsx", "word") or extension == "astro" else frontmatter.read(text)
    jsx = None
    unread: list[Span] = []
    if format == "mdx" or extension in _EXPRESSIONS:
        from copycheck.readers import jsx as module
        from copycheck.readers import mdx

        jsx = mdx.find(text, front.end, module.reader(text), markdown=format == "mdx")
        found = template.Templates(jsx.codes, ())
    elif format == "jsx":
        found = template.Templates((), ())
    else:
        found = template.find(text, front.end, blade=".blade." in source.path, markdown=format == "markdown")
        unread = [Span(code.start, code.end) for code in template.sentences(text, found.codes)]
    blank = re.sub(r"[^\r\n]", " ", text[: front.end])
    masked = blank + template.mask(text, found.codes, front.end, lines=format not in ("html", "jsx"))
    if extension in ("astro", "svelte", "vue"):
        jsx = _with_scripts(text, extension, jsx)
    if extension in ("astro", "vue"):
        masked = _OWN_PARTS[extension].sub(lambda match: CONTROL * len(match.group()), masked)
    assembly = Assembly(len(text))
    assembly.feed(_events(masked, format, jsx, source.tags))
    by = len(front.blocks)
    blocks = (*front.blocks, *(_moved(block, by) for block in assembly.finish()))
    beside = [(type(event), Span(event.start, event.end)) for event in assembly.beside]
    spans = [span for kind, span in beside if kind is Remark]
    unread += [span for kind, span in beside if kind is Unread]
    spans += [Span(code.start, code.end) for code in found.codes if code.kind == "comment"]
    code = list(_shown(text, fenced=format == "markdown")) if spans else []
    starts = [span.start for span in code]
    spans = [span for span in spans if not (at := bisect_right(starts, span.start)) or code[at - 1].end <= span.start]
    if carriage:
        blocks = tuple(_relocated(block, carriage) for block in blocks)
        spans, unread = ([Span(_place(at, carriage), _place(end - 1, carriage) + 1) for at, end in some] for some in (spans, unread))
    return Document(
        source,
        format,
        blocks,
        {**assembly.meta, **front.meta},
        tuple(Comment(span, _inside(source.text[span.start : span.end])) for span in sorted(spans)),
        {label: tuple(index + by for index in indexes) for label, indexes in assembly.page.footnotes.items()},
        problem=front.problem,
        includes=found.includes,
        unread=tuple(unread),
    )


def _shown(text: str, fenced: bool) -> Iterator[Span]:
    """The code of a page that readers see or that is no copy: in elements, fences and backticks; what is not closed goes on."""
    at = 0
    while match := (_CODE_IN_MARKDOWN if fenced else _CODE_ELEMENT).search(text, at):
        name = match.group().strip()
        close: re.Match[str] | None = match
        if name in ("```", "~~~") or name[0] == "<":
            end = rf"</{name[1:]}\b" if name[0] == "<" else rf"^ {{0,3}}{name}"
            close = re.compile(end, re.IGNORECASE | re.MULTILINE).search(text, match.end())
        at = close.end() if close else len(text)
        yield Span(match.start(), at)


def _events(masked: str, format: str, jsx: Jsx | None, tags: tuple[Event, ...]) -> Iterator[Event]:
    if format == "word":
        from copycheck.readers import word

        return word.events(masked, tags)
    if format == "html":
        from copycheck.readers import mdx
        from copycheck.readers.scanner import scan

        return mdx.restore(scan(masked), jsx) if jsx else scan(masked)
    if format == "text":
        from copycheck.readers import text

        return text.events(masked)
    if format == "jsx":
        from copycheck.readers import jsx as module

        return module.events(masked)
    from copycheck.readers import markdown

    if jsx is None:
        return markdown.events(masked)
    from copycheck.readers import mdx

    return mdx.restore(markdown.events(masked, indented_code=False), jsx)


def _with_scripts(text: str, extension: str, jsx: Jsx | None) -> Jsx:
    """The JSX of a component with the copy in its scripts, which hold the data that it shows."""
    from copycheck.readers import jsx as module
    from copycheck.readers import mdx

    read = module.reader(text)
    fence = _OWN_PARTS["astro"].match(text) if extension == "astro" else None
    end = fence.end() if fence else 0
    spans = [(0, end), *(script.span(1) for script in _SCRIPT.finditer(text, end))]
    tags = {at: events for at, events in (jsx.tags if jsx else {}).items() if at >= end}
    return mdx.Jsx(jsx.codes if jsx else (), tags | {at: tuple(read(at, to)) for at, to in spans})


def _line_feeds(text: str) -> tuple[str, list[int]]:
    """The text with `\\n` line ends, and where in it a carriage return was dropped."""
    dropped, parts, at, length = [], [], 0, 0
    while (found := text.find("\r\n", at)) >= 0:
        parts.append(text[at:found])
        length += found - at
        dropped.append(length)
        at = found + 1
    parts.append(text[at:])
    return "".join(parts).replace("\r", "\n"), dropped


def _place(offset: int, dropped: list[int]) -> int:
    return offset + bisect_right(dropped, offset)


def _moved(block: Block, by: int) -> Block:
    """The block with `by` added to its indexes of other blocks."""
    if not by or (block.heading is None and block.lead_in is None and not block.labels):
        return block
    heading = None if block.heading is None else block.heading + by
    lead_in = None if block.lead_in is None else block.lead_in + by
    return replace(block, heading=heading, lead_in=lead_in, labels=tuple(label + by for label in block.labels))


def _relocated(block: Block, dropped: list[int]) -> Block:
    """The block with its offsets moved past the dropped carriage returns."""
    segments = []
    for at, start, length, size in block.segments:
        if size != length:
            begin = _place(start, dropped)
            segments.append(Segment(at, begin, length, _place(start + size - 1, dropped) + 1 - begin))
            continue
        lines = [start, *dropped[bisect_right(dropped, start) : bisect_left(dropped, start + length)], start + length]
        for first, last in itertools.pairwise(lines):
            segments.append(Segment(at + first - start, _place(first, dropped), last - first, last - first))
    return replace(block, segments=tuple(segments))


def _inside(comment: str) -> str:
    """The text of a comment without its delimiters."""
    for opener, closer in (
        ("<!--", "-->"),
        ("{{!--", "--}}"),
        ("{{--", "--}}"),
        ("{{/*", "*/}}"),
        ("{{- /*", "*/ -}}"),
        ("{/*", "*/}"),
        ("/*", "*/"),
        ("<%--", "--%>"),
        ("<%#", "%>"),
        ("{#", "#}"),
        ("{{!", "}}"),
    ):
        if comment.startswith(opener):
            return comment[len(opener) :].removesuffix(closer).strip()
    if comment.startswith("{%"):  # Liquid's {% comment %} … {% endcomment %}
        begin, end = comment.find("%}") + 2, comment.rfind("{%")
        return comment[begin:end].strip() if begin <= end else comment.strip()
    return comment.strip()
