"""Links: images without alternative text, links that do not say where they lead, telephone numbers that disagree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from copycheck import lazy
from copycheck.analysis import Analysis, Unit
from copycheck.checks import MAIN, Site, finding
from copycheck.checks.structure.compiled import Compiled, units
from copycheck.document import PLACEHOLDER
from copycheck.findings import Finding

_FILE_NAME = lazy.pattern(
    r"\S+\.(?:jpe?g|png|gif|webp|svg|avif|bmp|tiff?)"
    r"|(?:img|image|dsc[nf]?|photo|pic|picture|screen ?shot|shutterstock|istock(?:photo)?|adobestock|getty(?:images)?|pexels|unsplash"
    r"|untitled|banner|hero|featured)?[ _-]*\d{3,}[ _\dx-]*(?:scaled|copy)?",
    re.IGNORECASE,
)
_DECORATION = lazy.pattern(
    r"spacer|bullet|arrow|pointer|pixel|blank|divider|separator|shadow|border|corner|background|\bbg\b|icon|star|\bline\b|dot|transparent"
    r"|logo|spinner|loading|check|quote|shape|wave|\.svg$",
    re.IGNORECASE,
)
_SMALL = lazy.pattern(r"""\b(?:width|height)\s*[=:]\s*["']?\s*[1-4]?\d(?![\d%])""", re.IGNORECASE)  # under 50 pixels
_CARD = frozenset({"click here", "here", "link", "this link", "click this link", "tap here"})  # empty even where a heading stands above
_PHONE = lazy.pattern(r"(?<![\d.+-])(?:\+?1[ .-]?)?\(?(\d{3})\)?[ .-]{0,2}(\d{3})[ .-](\d{4})(?!\d|-\d)")
_USUAL = 20  # numbers of a page that others are compared with
_FAX = lazy.pattern(r"fax|text|tty|toll", re.IGNORECASE)
_KEYS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "22233344455566677778889999")


def missing_alt(compiled: Compiled, analysis: Analysis, site: Site) -> Iterator[Finding]:
    """Images of the article without alternative text, or with a file name for it, each file once.

    Fine are those that are empty on purpose (`alt=""`), and spacers, arrows and the like, told by their name or size.
    """
    told: set[str] = set()
    for unit in analysis.units:
        block = unit.block
        if block.scope != "alt" or block.region not in MAIN or not block.links or block.links[0].kind != "image":
            continue
        url = block.links[0].url
        name = url.rsplit("/", 1)[-1].partition("?")[0]
        text = unit.text.strip()
        source = analysis.document.source.text[slice(*unit.span())]
        if url in told or _DECORATION.search(name) or _SMALL.search(source):
            continue
        if text == PLACEHOLDER and name and not url.startswith("data:"):
            fault = f"has no alternative text ({name[:60]})"
        elif _FILE_NAME.fullmatch(text):
            fault = "has a file name for its alternative text"
        else:
            continue
        told.add(url)
        yield finding(compiled.rule, unit, 0, len(unit.text), compiled.rule.message.replace("{fault}", fault))


def link_text(compiled: Compiled, analysis: Analysis, site: Site) -> Iterator[Finding]:
    """Links whose words are one of the rule's phrases and nothing more; "Read more" alone belongs to the card that it ends."""
    empty = {phrase.lower() for phrase in compiled.rule.phrases}
    for unit in units(compiled, analysis):
        for link in unit.block.links:
            start, end = link.start - unit.start, link.end - unit.start
            if link.kind == "link" and 0 <= start < end <= len(unit.text):
                words = re.sub(r"[^\w\s]+", " ", unit.folded[start:end].lower())
                said = " ".join(words.split())
                if said in empty and (said in _CARD or unit.text[:start].strip() or unit.text[end:].strip(" .!>»→")):
                    yield finding(compiled.rule, unit, start, end)


def phone_mismatch(compiled: Compiled, analysis: Analysis, site: Site) -> Iterator[Finding]:
    """A number that dials another one, and a number that differs from the page's usual one by a slip of one digit."""
    shown: list[tuple[str, Unit, int, int]] = []
    for unit in analysis.units:
        if unit.block.region in ("comments", "references"):
            continue
        dialled = set()
        for link in unit.block.links:
            start, end = link.start - unit.start, link.end - unit.start
            if link.url.lower().startswith("tel:") and 0 <= start < end <= len(unit.text):
                target = _digits(link.url[4:])
                said = {"".join(match.groups()) for match in _PHONE.finditer(unit.text, start, end)}
                dialled.add((start, end))
                if len(target) == 10 and len(said) == 1 and target not in said:
                    message = compiled.rule.message.replace("{other}", f"the link dials {_written(target)}")
                    yield finding(compiled.rule, unit, start, end, message)
        shown += [("".join(match.groups()), unit, *match.span()) for match in _PHONE.finditer(unit.text)]
    counts = Counter(number for number, *_ in shown)
    often = [number for number, times in counts.most_common(_USUAL) if times > 1]
    for number, unit, start, end in shown:
        usual = [other for other in often if _slip(number, other)]
        if usual and counts[number] == 1 and not _FAX.search(unit.text):
            message = compiled.rule.message.replace("{other}", f"the rest of the page says {_written(usual[0])}")
            yield finding(compiled.rule, unit, start, end, message)


def _digits(text: str) -> str:
    digits = re.sub(r"\D", "", text.lower().translate(_KEYS))
    return digits[1:] if len(digits) == 11 and digits[0] == "1" else digits


def _written(number: str) -> str:
    return f"{number[:3]}-{number[3:6]}-{number[6:]}"


def _slip(one: str, other: str) -> bool:
    """One digit wrong (not the last: offices have lines in a row) or two neighbours swapped."""
    wrong = [at for at in range(10) if one[at] != other[at]]
    if len(wrong) == 1:
        return wrong[0] != 9
    return len(wrong) == 2 and wrong[1] == wrong[0] + 1 and one[wrong[0]] == other[wrong[1]] and one[wrong[1]] == other[wrong[0]]
