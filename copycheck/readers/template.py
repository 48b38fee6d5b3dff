"""Template code: where Jekyll, Hugo, Nunjucks, Twig, Blade, PHP, ERB or a shortcode stands in a text, and what it is to a reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from copycheck.readers.attributes import is_sentence
from copycheck.readers.events import CONTROL, TAG, VALUE
from copycheck.readers.scanner import BLADE, Finder, balanced

_MAX_CODE = 4000  # characters of one {{ … }} or {% … %}; longer ones are braces that happen to stand in the text
_MAX_COMMENT = 100_000
_MAX_UNBALANCED = 50  # Blade directives whose parentheses do not close; after so many, none is looked for
_OPENERS = re.compile(
    r"\{\{|\{%|\{#|\{!!|<\?(?:php\b|=|(?=\s))|<%|(?<![\w@.])@[a-zA-Z]{1,20}\b|\[/?[a-z][\w-]{0,40}(?=[\s\]/])|\{:|\{(?=[#.][\w.-])"
)
_BLADE = frozenset(
    "if elseif else endif unless endunless isset endisset empty endempty auth endauth guest endguest switch case break default"
    " endswitch for endfor foreach endforeach forelse endforelse while endwhile continue section endsection yield extends show"
    " stop parent include includeif includewhen includefirst each push endpush stack prepend once endonce php endphp verbatim"
    " endverbatim csrf method error enderror props component endcomponent slot endslot livewire vite lang json class style checked"
    " selected disabled hassection sectionmissing overwrite append production endproduction env endenv can endcan cannot endcannot".split()
)
_BLADE_MARK = re.compile(r"^[ \t]*@(?:extends|section|include|component|yield|foreach|if|php|push|props|csrf)\b", re.MULTILINE)
_STATEMENT = re.compile(
    r"[-~+\s]*(?:[#/^>!*]|(?:else|if|elif|elsif|elseif|unless|for|foreach|range|with|block|define|template|set|assign|capture|macro|import"
    r"|from|extends|include\w*|render|layout|partial|partialCached|case|when|switch|break|continue|cycle|increment|decrement|liquid"
    r"|paginate|return|raw|end\w*)\b|\$\w+\s*:?=)"
)
_BODIES = frozenset({"comment", "highlight", "schema", "style", "stylesheet", "javascript"})  # their bodies are no copy either
_BRACES = (  # opener, closer, kind; the last that is tried is {{ … }} itself
    ("{{!--", "--}}", "comment"),
    ("{{--", "--}}", "comment"),
    ("{{/*", "*/}}", "comment"),
    ("{{- /*", "*/ -}}", "comment"),
    ("{{<", ">}}", "shortcode"),
    ("{{%", "%}}", "shortcode"),
    ("{{{", "}}}", "value"),
)
_PHP_VALUE = re.compile(
    r"\s*(?:(?:echo|print|printf|_e|the_\w+|bloginfo|esc_\w+_e|get_template_part|include|require|include_once)\b|\w++\s*+\([^;]*\)\s*+;?\s*+$)"
)
_PHP_SILENT = re.compile(
    r"\s*(?:(?:get_(?:header|footer|sidebar)|wp_(?:head|footer|nav_menu)|session_start|define|defined|if|else|elseif|endif|for|foreach"
    r"|endforeach|while|endwhile|endfor|function|class|return|require_once|use|namespace|switch)\b|//|/\*|#|\$)"
)
_INCLUDE = re.compile(
    r"(?:\b(?:include|require|include_once|require_once|includeif|includewhen|render|partial|partialCached|template|get_template_part"
    r"|include_relative|include_cached)\b[\s(]*|^[-~\s]*>\s*)(?:(?:\$[\w:.\[\]'\"]*|__DIR__|\w+\([\w()]*\))\s*\.\s*)?[\"']?/?([\w./-]+)",
    re.IGNORECASE,
)
_GET_PART = re.compile(r"\bget_(header|footer|sidebar)\s*\(")
_SHORTCODE_ARGUMENT = re.compile(r"""\s+[\w-]+=(?:"[^"\]]*"|'[^'\]]*'|[^\s\]"']+)""")
_SHORTCODE_LAST = re.compile(r"\[/([a-z][\w-]{0,40})\]")
_STRING = re.compile(r"""(["'])([^"'\n]*+)\1""")
_SHORTCODE_END = re.compile(r"\s*/?\]")


class Code(NamedTuple):
    """A stretch of template code. kind: value (it puts something into the sentence), control, comment, or tag (JSX)."""

    start: int
    end: int
    kind: str


class Templates(NamedTuple):
    """The template code of a text and the files that it includes."""

    codes: tuple[Code, ...]
    includes: tuple[str, ...]


def find(text: str, start: int = 0, blade: bool = False, markdown: bool = False) -> Templates:
    """Template code in text[start:], in order and not overlapping. `blade`: @directives; `markdown`: attribute lists {: .class}."""
    blade = blade or bool(_BLADE_MARK.search(text))
    finder = Finder(text)
    codes: list[Code] = []
    includes: list[str] = []
    at = start
    unbalanced = 0
    ends: dict[str, int] = {}  # where the last end of a shortcode stands, by its name; looked for with the first of them
    while match := _OPENERS.search(text, at):
        opener, begin = match.group(), match.start()
        if opener[0] == "@":
            code = _directive(finder, begin, opener[1:].lower()) if blade and unbalanced < _MAX_UNBALANCED else None
            unbalanced += code is not None and code.end == match.end() and text.startswith("(", match.end())
        elif opener[0] == "[":
            ends = ends or {end[1]: end.start() for end in _SHORTCODE_LAST.finditer(text)} | {"": 0}
            code = _shortcode(finder, begin, opener, ends)
        elif opener in ("{:", "{") or opener == "{#":
            code = _comment(finder, begin, markdown) if opener == "{#" else None
            code = code or (_attribute_list(finder, begin) if markdown else None)
        else:
            code = _FINDERS[opener[:3] if opener == "{!!" else opener[:2]](finder, begin)
        if not code:
            at = match.end()
            continue
        codes.append(code)
        at = code.end
        if code.kind != "comment":
            includes += _included(text[begin : min(code.end, begin + 500)])
    return Templates(tuple(codes), tuple(dict.fromkeys(includes)))


def _php(finder: Finder, begin: int) -> Code:
    end = finder.find("?>", begin)
    end = len(finder.text) if end < 0 else end + 2
    code = finder.text[begin : min(end, begin + _MAX_CODE)]
    if code.startswith("<?="):
        return Code(begin, end, "value")
    inner = re.sub(r"\?>$", "", code[5 if code.startswith("<?php") else 2 :])
    return Code(begin, end, "value" if _PHP_VALUE.match(inner) and not _PHP_SILENT.match(inner) else "control")


def _erb(finder: Finder, begin: int) -> Code | None:
    end = finder.find("%>", begin, _MAX_COMMENT)
    if end < 0:
        return None
    mark = finder.text[begin + 2 : begin + 4]
    kind = "comment" if mark[0] == "#" or mark == "--" else "value" if mark[0] in "=-" else "control"
    return Code(begin, end + 2, kind)


def _comment(finder: Finder, begin: int, markdown: bool) -> Code | None:
    end = finder.find("#}", begin, _MAX_COMMENT)
    if end < 0 or (markdown and finder.text[begin + 2].isalnum() and 0 <= finder.find("\n", begin) < end):  # a heading's {#id}
        return None
    return Code(begin, end + 2, "comment")


def _unescaped(finder: Finder, begin: int) -> Code | None:
    end = finder.find("!!}", begin + 3, _MAX_CODE)
    return Code(begin, end + 3, "value") if end >= 0 else None


def _statement(finder: Finder, begin: int) -> Code | None:
    end = finder.find("%}", begin, 5 * _MAX_CODE)
    if end < 0:
        return None
    inner = finder.text[begin + 2 : end].strip("-~+ \t\r\n")
    name = re.match(r"\w*", inner)
    if name and name.group() in _BODIES:
        body_end = finder.find("end" + name.group(), end)
        close = finder.text.find("%}", body_end, body_end + _MAX_CODE) if body_end >= 0 else -1
        if close >= 0:
            return Code(begin, close + 2, "comment" if name.group() == "comment" else "control")
    return Code(begin, end + 2, "control" if not inner or _STATEMENT.match(inner) else "value")


def _braces(finder: Finder, begin: int) -> Code | None:
    text = finder.text
    for opener, closer, kind in _BRACES:
        if text.startswith(opener, begin):
            end = finder.find(closer, begin, _MAX_COMMENT)
            if end >= 0:
                if kind == "shortcode":
                    kind = "control" if text[begin + 3 : begin + 6].lstrip().startswith("/") else "value"
                return Code(begin, end + len(closer), kind)
    end = finder.find("}}", begin, _MAX_CODE)
    inner = text[begin + 2 : end] if end >= 0 else "\n\n"
    if "\n\n" in inner or ("</" in inner and '"' not in inner and "'" not in inner):
        return None
    return Code(begin, end + 2, "comment" if inner.startswith("!") else "control" if _STATEMENT.match(inner) else "value")


_FINDERS: dict[str, Callable[[Finder, int], Code | None]] = {
    "<?": _php,
    "<%": _erb,
    "{!!": _unescaped,
    "{%": _statement,
    "{{": _braces,
}


def _directive(finder: Finder, begin: int, name: str) -> Code | None:
    """Blade's @name(…)."""
    if name not in _BLADE:
        return None
    at = begin + 1 + len(name)
    if name == "php" and not finder.text.startswith("(", at):
        end = finder.find("@endphp", at)
        return Code(begin, end + 7, "control") if end >= 0 else None
    return Code(begin, _after_parentheses(finder, at), "value" if name in ("lang", "yield", "json") else "control")


def _after_parentheses(finder: Finder, begin: int) -> int:
    """The offset after a balanced (…) that starts at `begin`, quotes respected; `begin` if there is none."""
    text = finder.text
    at = begin + len(text[begin : begin + 40]) - len(text[begin : begin + 40].lstrip(" "))
    end = balanced(text, at, _MAX_CODE, "()", BLADE) if text.startswith("(", at) else -1
    return begin if end < 0 else end


def _attribute_list(finder: Finder, begin: int) -> Code | None:
    """Kramdown's `{: .class}` and the `{#id .class}` after a heading."""
    end = finder.find("}", begin, 200)
    if end < 0 or "\n" in finder.text[begin:end]:
        return None
    return Code(begin, end + 1, "control")


def _shortcode(finder: Finder, begin: int, opener: str, ends: Mapping[str, int]) -> Code | None:
    """WordPress: `[name key="value"]` and `[/name]`; a bare `[name]` only where its end stands somewhere."""
    text, at = finder.text, begin + len(opener)
    if opener[1] == "/":
        return Code(begin, at + 1, "control") if text.startswith("]", at) else None
    arguments = at
    while arguments - begin < 1000 and (match := _SHORTCODE_ARGUMENT.match(text, arguments, arguments + 300)):
        arguments = match.end()
    if arguments == at and ends.get(opener[1:], -1) < at:
        return None
    end = _SHORTCODE_END.match(text, arguments, arguments + 80)
    if not end or text.startswith(("(", "["), end.end()):  # a Markdown link
        return None
    return Code(begin, end.end(), "control")


def _included(code: str) -> Iterator[str]:
    if re.match(r"[{%<?@=\s-]*(?:extends|layout)\b", code, re.IGNORECASE):
        return
    part = _GET_PART.search(code)
    if part:
        yield f"{part[1]}.php"
    match = _INCLUDE.search(code[1 if code[0] == "@" else 2 :])
    if match and match[1].strip("./"):
        yield match[1].strip("/")


def sentences(text: str, codes: tuple[Code, ...]) -> list[Code]:
    """The code that holds a sentence in a string, as an argument of a shortcode or an include."""
    told = (code for code in codes if code.kind == "value" or (code.kind == "control" and text[code.start] in "{["))
    return [code for code in told if any(is_sentence(string[2]) for string in _STRING.finditer(text, code.start, code.end))]


_NO_LINE_END = re.compile(r"[^\r\n]")
_MASKS = {"value": VALUE, "tag": TAG}


def mask(text: str, codes: tuple[Code, ...], start: int = 0, lines: bool = False) -> str:
    """text[start:] with template code replaced by as many mask characters.

    With `lines`, code that is no value and stands alone on its lines becomes blank lines, as Jekyll and Hugo leave them.
    """
    parts, at = [], start
    for group in _groups(text, codes) if lines else [(code,) for code in codes]:
        blank = lines and all(code.kind != "value" for code in group) and _alone(text, group[0].start, group[-1].end)
        for code in group:
            raw = text[code.start : code.end]
            parts.append(text[at : code.start])
            if not blank:
                parts.append(_MASKS.get(code.kind, CONTROL) * len(raw))
            elif code.kind == "tag" and len(raw) > 3:
                parts.append("<!X" + CONTROL * (len(raw) - 4) + ">")  # a declaration: a block of its own that shows nothing
            else:
                parts.append(_NO_LINE_END.sub(" ", raw))
            at = code.end
    parts.append(text[at:])
    return "".join(parts)


def _groups(text: str, codes: tuple[Code, ...]) -> Iterator[tuple[Code, ...]]:
    """Codes with nothing but blanks between them."""
    group: list[Code] = []
    for code in codes:
        if group and text[group[-1].end : code.start].strip(" \t"):
            yield tuple(group)
            group = []
        group.append(code)
    if group:
        yield tuple(group)


def _alone(text: str, start: int, end: int) -> bool:
    """Whether nothing else stands on the lines of text[start:end]."""
    while start and text[start - 1] in " \t":
        start -= 1
    while end < len(text) and text[end] in " \t":
        end += 1
    return (not start or text[start - 1] in "\r\n") and (end == len(text) or text[end] in "\r\n")
