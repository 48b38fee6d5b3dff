"""Links: images without alternative text, links that do not say where they lead, telephone numbers that disagree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from copycheck.article import Article, Sentence
from copycheck.checks import Site, finding
from copycheck.checks.structure.common import sentences
from copycheck.document import PLACEHOLDER
from copycheck.findings import Finding
from copycheck.ruleset.models import Structure

_FILE_NAME = re.compile(
    r"\S+\.(?:jpe?g|png|gif|webp|svg|avif|bmp|tiff?)"
    r"|(?:img|image|dsc[nf]?|photo|pic|picture|screen ?shot|shutterstock|istock(?:photo)?|adobestock|getty(?:images)?|pexels|unsplash"
    r"|untitled|banner|hero|featured)?[ _-]*\d{3,}[ _\dx-]*(?:scaled|copy)?",
    re.IGNORECASE,
)
_DECORATION = re.compile(
    r"spacer|bullet|arrow|pointer|pixel|blank|divider|separator|shadow|border|corner|background|\bbg\b|icon|star|\bline\b|dot|transparent"
    r"|logo|spinner|loading|check|quote|shape|wave|\.svg$",
    re.IGNORECASE,
)
_SMALL = re.compile(r"""\b(?:width|height)\s*+[=:]\s*+["']?\s*+[1-4]?\d(?![\d%])""", re.IGNORECASE)  # under 50 pixels
_CARD = frozenset({"click here", "here", "link", "this link", "click this link", "tap here"})  # empty even where a heading stands above
_PHONE = re.compile(r"(?<![\d.+-])(?:\+?1[ .-]?)?\(?(\d{3})\)?[ .-]{0,2}(\d{3})[ .-](\d{4})(?!\d|-\d)")
_USUAL = 20  # numbers of a page that others are compared with
_FAX = re.compile(r"fax|text|tty|toll", re.IGNORECASE)
_KEYS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "22233344455566677778889999")


def missing_alt(rule: Structure, article: Article, site: Site) -> Iterator[Finding]:
    """Images of the article without alternative text, or with a file name for it, each file once.

    Fine are those that are empty on purpose (`alt=""`), and spacers, arrows and the like, told by their name or size.
    """
    told: set[str] = set()
    for sentence in article.sentences:
        block = sentence.block
        if block.scope != "alt" or block.region != "main" or not block.links or block.links[0].kind != "image":
            continue
        url = block.links[0].url
        name = url.rsplit("/", 1)[-1].partition("?")[0]
        text = sentence.text.strip()
        source = article.document.source.text[slice(*sentence.span())]
        if url in told or _DECORATION.search(name) or _SMALL.search(source):
            continue
        if text == PLACEHOLDER and name and not url.startswith("data:"):
            fault = f"has no alternative text ({name[:60]})"
        elif _FILE_NAME.fullmatch(text):
            fault = "has a file name for its alternative text"
        else:
            continue
        told.add(url)
        yield finding(rule, sentence, 0, len(sentence.text), rule.message.replace("{fault}", fault))


def link_text(rule: Structure, article: Article, site: Site) -> Iterator[Finding]:
    """Links whose words are one of the rule's phrases and nothing more; "Read more" alone belongs to the card that it ends."""
    empty = {phrase.lower() for phrase in rule.phrases}
    for sentence in sentences(rule, article):
        for link in sentence.block.links:
            start, end = link.start - sentence.start, link.end - sentence.start
            if link.kind == "link" and 0 <= start < end <= len(sentence.text):
                words = re.sub(r"[^\w\s]+", " ", sentence.folded[start:end].lower())
                said = " ".join(words.split())
                if said in empty and (said in _CARD or sentence.text[:start].strip() or sentence.text[end:].strip(" .!>»→")):
                    yield finding(rule, sentence, start, end)


def phone_mismatch(rule: Structure, article: Article, site: Site) -> Iterator[Finding]:
    """A number that dials another one, and a number that differs from the page's usual one by a slip of one digit."""
    shown: list[tuple[str, Sentence, int, int]] = []
    for sentence in article.sentences:
        if sentence.block.region in ("comments", "references"):
            continue
        dialled = set()
        for link in sentence.block.links:
            start, end = link.start - sentence.start, link.end - sentence.start
            if link.url.lower().startswith("tel:") and 0 <= start < end <= len(sentence.text):
                target = _digits(link.url[4:])
                said = {"".join(match.groups()) for match in _PHONE.finditer(sentence.text, start, end)}
                dialled.add((start, end))
                if len(target) == 10 and len(said) == 1 and target not in said:
                    message = rule.message.replace("{other}", f"the link dials {_written(target)}")
                    yield finding(rule, sentence, start, end, message)
        shown += [("".join(match.groups()), sentence, *match.span()) for match in _PHONE.finditer(sentence.text)]
    counts = Counter(number for number, *_ in shown)
    often = [number for number, times in counts.most_common(_USUAL) if times > 1]
    for number, sentence, start, end in shown:
        usual = [other for other in often if _slip(number, other)]
        if usual and counts[number] == 1 and not _FAX.search(sentence.text):
            message = rule.message.replace("{other}", f"the rest of the page says {_written(usual[0])}")
            yield finding(rule, sentence, start, end, message)


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
