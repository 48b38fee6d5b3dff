"""Across: paragraphs that stand on several pages of one run; told when all pages are read, from what each page hands over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import NamedTuple

from copycheck.analysis import Analysis, Unit
from copycheck.checks import finding, in_scope
from copycheck.checks.structure.compiled import WORD, Compiled
from copycheck.findings import Finding

_LEAST = 40  # words; shorter paragraphs are mottos, offers and addresses that a site means to repeat
_MOST = 3  # pages; what stands on more is the site's own boilerplate


class Paragraph(NamedTuple):
    """A paragraph by a digest of its words, and what would be told of it. Small and without spaCy, so that a worker can hand it over."""

    key: str
    finding: Finding


def paragraphs(compiled: Compiled, analysis: Analysis) -> tuple[Paragraph, ...]:
    """The long paragraphs of an article, each once, but those that may stand anywhere.

    Such are what the rule's patterns match (disclaimers, calls) and what stands under a heading that begins with "About".
    """
    found: dict[str, Paragraph] = {}
    for units in analysis.by_block.values():
        first, last = units[0], units[-1]
        if first.block.scope != "body" or not in_scope(compiled.rule, first) or _is_about(analysis, first):
            continue
        words = [word for unit in units for word in WORD.findall(unit.folded.lower())]
        if len(words) < _LEAST or any(True for unit in units for _ in compiled.matches(unit.folded)):
            continue
        key = blake2b(" ".join(words).encode(), digest_size=12).hexdigest()
        found.setdefault(key, Paragraph(key, _told(compiled, first, last)))
    return tuple(found.values())


def repeated(pages: Sequence[tuple[str, Iterable[Paragraph]]]) -> dict[int, list[Finding]]:
    """Findings by the number of the page, for every paragraph that stands on two or three of the pages (path, paragraphs).

    Each names the first other page; the order of the pages does not matter but for that.
    """
    places: dict[str, list[tuple[int, Finding]]] = {}
    for number, (_, members) in enumerate(pages):
        for paragraph in members:
            places.setdefault(paragraph.key, []).append((number, paragraph.finding))
    told: dict[int, list[Finding]] = {}
    for found in places.values():
        if 2 <= len(found) <= _MOST:
            for number, one in found:
                other = next(pages[place][0] for place, _ in found if place != number)
                told.setdefault(number, []).append(replace(one, message=one.message.replace("{page}", other)))
    return {number: sorted(findings, key=lambda one: one.span) for number, findings in sorted(told.items())}


def _is_about(analysis: Analysis, unit: Unit) -> bool:
    heading = unit.block.heading
    return heading is not None and analysis.document.blocks[heading].text.lower().startswith("about ")


def _told(compiled: Compiled, first: Unit, last: Unit) -> Finding:
    span = first.block.span(first.start, last.end)
    text = first.block.text[first.start : last.end]
    message = "This paragraph stands on {page} as well. Say it in new words here, or keep it on one page and link to it."
    return replace(finding(compiled.rule, first, 0, len(first.text), message), span=span, sentence=span, excerpt=text, context=text)
