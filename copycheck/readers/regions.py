"""Regions: what tells navigation, page header and footer, forms, readers' comments and references from the article."""

from __future__ import annotations

import re
from collections.abc import Mapping

from copycheck.readers.events import Value, decode

_BY_TAG = {"nav": "nav", "aside": "aside", "form": "form", "footer": "footer", "header": "header"}
_CERTAIN = {"main": "main", "#comments": "comments", "#nav": "nav", "#note": "references"}
_BY_ROLE = {
    "navigation": "nav",
    "menubar": "nav",
    "banner": "header",
    "contentinfo": "footer",
    "complementary": "aside",
    "search": "form",
    "form": "form",
    "main": "main",
}
_PLAIN = frozenset({"html", "body", "main", "article", "section"})  # classes here describe the page, not its furniture
_SECTIONING = frozenset({"article", "main", "section", "blockquote", "figure"})
_HINTS = (
    ("comments", r"(?:comments?(?:-?list|-?area|-?section|-?respond|-?form|-?wrapper)?|commentlist|respond|disqus_thread)"),
    (
        "nav",
        (
            r"(?:nav|navbar(?:-.+)?|(?:main|site|primary|top|mobile|mega)-?(?:nav|navigation|menu|bar)|navigation|menu|topbar"
            r"|breadcrumbs?(?:-.+)?|pagination|pager|skip-link|social(?:-?(?:links|icons|share|media))?|share(?:-.+)?"
            r"|post-navigation|toc|table-of-contents|offcanvas(?:-.+)?)"
        ),
    ),
    (
        "footer",
        r"(?:(?:site|page|main)-?footer|footer(?:-(?:widget|bottom|top|area|content|menu|nav|wrapper|container))?s?|colophon|copyright)",
    ),
    ("header", r"(?:site-?header|masthead|(?:main|top)-?header|header-top|top-?bar)"),
    (
        "related",
        r"(?:(?:widget_)?(?:related|recent|popular|latest)[-_]?(?:posts?|entries|articles?|comments)(?:-.+)?|cookie(?:s|-.+)?|gdpr(?:-.+)?)",
    ),
    ("aside", r"(?:side-?bar(?:-.+)?|widget(?:-?area|s)?|widget_.+)"),
    ("form", r"(?:wpcf7(?:-.+)?|(?:contact|lead|search|newsletter|subscribe)-?form)"),
)
_HINT = re.compile("|".join(f"(?P<{region}>{pattern})" for region, pattern in _HINTS), re.IGNORECASE)

_REFERENCES = re.compile(
    r"(?:(?:medical|scientific|selected|key|article|list of)? ?(?:references?|sources?|citations?|bibliography|works cited"
    r"|footnotes|literature(?: cited)?|further reading|resources)"
    r"(?: ?(?:and|&|/) ?(?:references?|sources?|citations?|further reading|resources|notes))?)[ .:]*",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"(?:\d+|one|no) (?:thoughts?|comments?|responses?|repl(?:y|ies))(?: (?:on|to)\b.*)?"
    r"|(?:leave|post|write|submit|add) (?:a|your) (?:reply|comment)\b.*|(?:readers?’?'? ?)?comments ?(?:\(\d+\))?:?|cancel reply"
    r"|join the (?:conversation|discussion)",
    re.IGNORECASE | re.DOTALL,
)
COMMENTS_CLOSED = re.compile(r"comments are (?:now )?(?:closed|off|disabled)\b.{0,40}", re.IGNORECASE)
_CREDITS = re.compile(r"(?:(?:medically|clinically|last|fact)[- ])*(?:reviewed|written|updated|edited|checked)(?: (?:by|on|in)\b|:)", re.I)
_CITED = re.compile(r"(?:19|20)\d\d|https?://|www\.|\bdoi\b|et al|\d\(\d+\)")


def region_of(name: str, attributes: Mapping[str, Value], ancestors: Mapping[str, int]) -> str | None:
    """The region that a tag opens, None if it opens none; `ancestors` counts the open elements by name."""
    if name in _CERTAIN:
        return _CERTAIN[name]
    if attributes:
        region = _BY_ROLE.get(decode(attributes.get("role")).lower())
        if region:
            return region
    if name in _BY_TAG and name != "aside":
        if name in ("header", "footer") and any(ancestors.get(outer) for outer in _SECTIONING):
            return None
        return _BY_TAG[name]
    if name in _PLAIN or not attributes:
        return _BY_TAG.get(name)
    for key in ("id", "class"):
        value = attributes.get(key)
        for word in value.raw[:400].split() if value else ():
            match = _HINT.fullmatch(word)
            if match:
                return match.lastgroup
    return _BY_TAG.get(name)


def section_of(text: str) -> str | None:
    """The region that a heading of this wording begins: references, comments or None."""
    if len(text) > 200:
        return None
    if _REFERENCES.fullmatch(text.strip()):
        return "references"
    return "comments" if _COMMENTS.fullmatch(text.strip()) else None


def is_statement(text: str, linked: bool) -> bool:
    """Whether a footnote, or a paragraph below the sources, says something of its own: who wrote the page, or prose in lower case."""
    if _CREDITS.match(text):
        return True
    words = text.split()
    lower = sum(word[:1].islower() for word in words)
    return not linked and len(words) > 3 and 5 * lower >= 3 * len(words) and text[-1:] in ".!?" and not _CITED.search(text)


def is_reference(text: str, linked: bool) -> bool:
    """Whether a paragraph in a references section can be part of it: it cites something, or is short."""
    return linked or len(text) < 160 or bool(_CITED.search(text))
