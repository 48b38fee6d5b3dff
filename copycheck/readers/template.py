"""Template code: where Jekyll, Hugo, Nunjucks, Twig, Blade, PHP, ERB or a shortcode stands in a text, and what it is to a reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from copycheck.readers.events import CONTROL, VALUE

_MAX_CODE = 4000  # characters of one {{ … }} or {% … %}; longer ones are braces that happen to stand in the text
_OPENERS = re.compile(
    r"\{\{|\{%|\{#|\{!!|<\?(?:php\b|=|(?=\s))|<%|(?<![\w@.])@(?:[a-zA-Z]+)|\[/?[a-z][a-z0-9]*[-_]?[\w-]*(?=[\s\]/])|\{:|\{(?=[#.][\w.-])"
)
_BLADE = frozenset(
    "if elseif else endif unless endunless isset endisset empty endempty auth endauth guest endguest switch case break default"
    " endswitch for endfor foreach endforeach forelse endforelse while endwhile continue section endsection yield extends show"
    " stop parent include includeif includewhen includefirst each push endpush stack prepend once endonce php endphp verbatim"
    " endverbatim csrf method error enderror props component endcomponent slot endslot livewire vite lang json class style checked"
    " selected disabled hassection sectionmissing overwrite append production endproduction env endenv can endcan cannot endcannot".split()
)
_BLADE_MARK = re.compile(r"^\s*@(?:extends|section|include|component|yield|foreach|if|php|push|props|csrf)\b", re.MULTILINE)
_STATEMENT = re.compile(
    r"[-~+\s]*(?:[#/^>!*]|(?:else|end|if|elif|elsif|elseif|unless|for|foreach|range|with|block|define|template|set|assign|capture|macro|import"
    r"|from|extends|include|render|layout|partial|partialCached|case|when|switch|break|continue|cycle|increment|decrement|liquid|paginate"
    r"|return|\$\w+\s*:?=|end\w+)\b)"
)
_BODIES = {  # statements whose body is no copy either
    "comment": "endcomment",
    "highlight": "endhighlight",
    "schema": "endschema",
    "style": "endstyle",
    "stylesheet": "endstylesheet",
    "javascript": "endjavascript",
}
_PHP_VALUE = re.compile(
    r"\s*(?:echo|print|printf|_e|the_\w+|bloginfo|esc_\w+_e|get_template_part|include|require|include_once|require_once)\b|\s*\w+\s*\([^;]*\)\s*;?\s*$"
)
_PHP_SILENT = re.compile(r"\s*(?:(?:get_(?:header|footer|sidebar)|wp_(?:head|footer|nav_menu)|session_start|define|defined|if|else|elseif|endif|for|foreach|endforeach|while|endwhile|endfor|function|class|return|require_once|use|namespace|switch)\b|//|/\*|#|\$)")
_INCLUDE = re.compile(
    r"(?:\b(?:include|require|include_once|require_once|includeif|includewhen|render|partial|partialCached|template|get_template_part"
    r"|include_relative|include_cached)\b[\s(]*|^[-~\s]*>\s*)(?:[$\w:.\[\]'\"]*\s*\.\s*)?[\"']?/?([\w./-]+)",
    re.IGNORECASE,
)
_GET_PART = re.compile(r"\bget_(header|footer|sidebar)\s*\(")
_SHORTCODE_ARGUMENT = re.compile(r"""\s+[\w-]+=(?:"[^"\]]*"|'[^'\]]*'|[^\s\]"']+)""")


class Code(NamedTuple):
    """A stretch of template code. kind: value (it puts something into the sentence), control, comment."""

    start: int
    end: int
    kind: str


class Templates(NamedTuple):
    """The template code of a text and the files that it includes."""

    codes: tuple[Code, ...]
    includes: tuple[str, ...]


def find(text: str, start: int = 0, blade: bool = False, markdown: bool = False) -> Templates:
    """Template code in text[start:], in order and not overlapping."""
    blade = blade or bool(_BLADE_MARK.search(text))
    codes: list[Code] = []
    includes: list[str] = []
    missing: set[str] = set()
    at = start

    def closed(closer: str, begin: int, limit: int = _MAX_CODE) -> int:
        if closer in missing:
            return -1
        found = text.find(closer, begin, begin + limit)
        if found < 0 and text.find(closer, begin) < 0:
            missing.add(closer)
        return found

    while match := _OPENERS.search(text, at):
        opener, begin = match.group(), match.start()
        code = _code(text, opener, begin, closed, blade, markdown)
        if not code:
            at = match.end()
            continue
        codes.append(code)
        at = code.end
        if code.kind != "comment":
            includes += _included(text[begin : min(code.end, begin + 500)])
    return Templates(tuple(codes), tuple(dict.fromkeys(includes)))


def _code(text, opener, begin, closed, blade, markdown):  # type: ignore[no-untyped-def]
    if opener.startswith("<?"):
        end = closed("?>", begin, len(text))
        end = len(text) if end < 0 else end + 2
        inner = text[begin + len(opener) : end - 2]
        if opener == "<?=":
            return Code(begin, end, "value")
        value = bool(_PHP_VALUE.match(inner)) and not _PHP_SILENT.match(inner)
        return Code(begin, end, "value" if value else "control")
    if opener == "<%":
        end = closed("%>", begin)
        if end < 0:
            return None
        mark = text[begin + 2 : begin + 3]
        return Code(begin, end + 2, "value" if mark in "=-" else "comment" if mark == "#" or text.startswith("--", begin + 2) else "control")
    if opener == "{#":
        end = closed("#}", begin, 20 * _MAX_CODE)
        if end >= 0 and not (markdown and "\n" in text[begin:end] and text[begin + 2 : begin + 3].isalnum()):
            return Code(begin, end + 2, "comment")
        return _attribute_list(text, begin, closed) if markdown else None
    if opener in ("{:", "{"):
        return _attribute_list(text, begin, closed) if markdown else None
    if opener == "{!!":
        end = closed("!!}", begin)
        return Code(begin, end + 3, "value") if end >= 0 else None
    if opener == "{%":
        return _statement(text, begin, closed)
    if opener == "{{":
        return _braces(text, begin, closed)
    if opener[0] == "@":
        if not blade or opener[1:].lower() not in _BLADE:
            return None
        end = begin + len(opener)
        if opener[1:].lower() in ("php", "verbatim") and not text.startswith("(", end):
            end_at = closed("@end" + opener[1:].lower(), end, len(text))
            if opener[1:].lower() == "php" and end_at >= 0:
                return Code(begin, end_at + 7, "control")
        return Code(begin, _after_parentheses(text, end), "value" if opener[1:].lower() in ("lang", "yield", "json") else "control")
    return _shortcode(text, opener, begin, closed)


def _statement(text, begin, closed):  # type: ignore[no-untyped-def]
    end = closed("%}", begin, 5 * _MAX_CODE)
    if end < 0:
        return None
    inner = text[begin + 2 : end].strip("-~+ \t\r\n")
    name = re.match(r"\w*", inner).group()  # type: ignore[union-attr]
    if name in _BODIES:
        body_end = re.compile(r"\{%[-~+]?\s*" + _BODIES[name] + r"\s*[-~+]?%\}").search(text, end)
        if body_end:
            return Code(begin, body_end.end(), "comment" if name == "comment" else "control")
    silent = _STATEMENT.match(inner) or name.startswith("end")
    return Code(begin, end + 2, "control" if silent or not name else "value")


def _braces(text, begin, closed):  # type: ignore[no-untyped-def]
    for opener, closer, kind in (("{{!--", "--}}", "comment"), ("{{--", "--}}", "comment"), ("{{/*", "*/}}", "comment"), ("{{- /*", "*/ -}}", "comment"), ("{{<", ">}}", ""), ("{{%", "%}}", ""), ("{{{", "}}}", "value")):
        if text.startswith(opener, begin):
            end = closed(closer, begin, 20 * _MAX_CODE)
            if end >= 0:
                inner = text[begin + 3 : begin + 5].strip()
                return Code(begin, end + len(closer), kind or ("control" if inner.startswith("/") else "value"))
    end = closed("}}", begin)
    inner = text[begin + 2 : end] if end >= 0 else "</"
    if "</" in inner and '"' not in inner and "'" not in inner or "\n\n" in inner:
        return None
    if inner.startswith("!"):
        return Code(begin, end + 2, "comment")
    return Code(begin, end + 2, "control" if _STATEMENT.match(inner) else "value")


def _attribute_list(text, begin, closed):  # type: ignore[no-untyped-def]
    """Kramdown's `{: .class}` and the `{#id .class}` after a heading."""
    end = closed("}", begin, 200)
    if end < 0 or "\n" in text[begin:end] or text[end + 1 : end + 2] not in ("", "\n", "\r", " "):
        return None
    return Code(begin, end + 1, "control")


def _shortcode(text, opener, begin, closed):  # type: ignore[no-untyped-def]
    """WordPress: `[name key="value"]` and `[/name]`; a bare `[name]` only where its end stands somewhere."""
    at = begin + len(opener)
    if opener[1] == "/":
        return Code(begin, at + 1, "control") if text.startswith("]", at) else None
    arguments = at
    while arguments - begin < 1000 and (match := _SHORTCODE_ARGUMENT.match(text, arguments, arguments + 300)):
        arguments = match.end()
    if arguments == at and closed(f"[/{opener[1:]}]", at, len(text)) < 0:
        return None
    end = re.compile(r"\s*/?\]").match(text, arguments, arguments + 80)
    return Code(begin, end.end(), "control") if end else None


def _after_parentheses(text: str, at: int) -> int:
    """The offset after a balanced (…) that starts at `at`, quotes respected; `at` if there is none."""
    begin = at
    while text.startswith(" ", at):
        at += 1
    if not text.startswith("(", at):
        return begin
    depth = 0
    for match in re.compile(r"""[()]|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'""").finditer(text, at, at + _MAX_CODE):
        depth += {"(": 1, ")": -1}.get(match.group(), 0)
        if not depth:
            return match.end()
    return begin


def _included(code: str) -> Iterator[str]:
    inner = code.lstrip("{%<?@=- ")
    if inner.lower().startswith(("extends", "layout")):
        return
    part = _GET_PART.search(code)
    if part:
        yield f"{part[1]}.php"
    match = _INCLUDE.search(code[2:])
    if match and match[1].strip("./"):
        yield match[1].strip("/")


def mask(text: str, codes: tuple[Code, ...], start: int = 0, lines: bool = False) -> str:
    """text[start:] with template code replaced by as many mask characters.

    With `lines`, code that is no value and stands alone on its lines becomes blank lines, as Jekyll and Hugo leave them.
    """
    parts, at = [], start
    for code in codes:
        parts.append(text[at : code.start])
        raw = text[code.start : code.end]
        alone = lines and _alone(text, code)
        if alone and code.kind != "value":
            parts.append(re.sub(r"[^\r\n]", " ", raw))
        else:
            parts.append((VALUE if code.kind == "value" else CONTROL) * len(raw))
        at = code.end
    parts.append(text[at:])
    return "".join(parts)


def _alone(text: str, code: Code) -> bool:
    """Whether nothing else stands on the lines of the code."""
    begin = max(text.rfind("\n", 0, code.start), text.rfind("\r", 0, code.start)) + 1
    ends = [end for end in (text.find("\n", code.end), text.find("\r", code.end)) if end >= 0]
    return not text[begin : code.start].strip() and not text[code.end : min(ends, default=len(text))].strip()
