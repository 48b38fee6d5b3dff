"""Metric: rules that fire where a readability number of the page, a section, a paragraph or a sentence crosses a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from copycheck.article import Article, Sentence
from copycheck.checks import Check, Result, Site, finding, finding_over, missing
from copycheck.findings import Finding, Section, Severity
from copycheck.readability import prose as readers
from copycheck.readability import scores
from copycheck.readability.formulas import published
from copycheck.readability.prose import Counted
from copycheck.readability.scores import Band, Counts
from copycheck.readability.syllables import syllables
from copycheck.readability.words import frequency, plain
from copycheck.ruleset.models import Metric
from copycheck.source import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_SENTENCES = 3  # sentences and words named as what makes the text hard
_WORDS = 4
_CUTTABLE = 15  # words; a shorter sentence is hard by its words
_PLAIN = 1.5  # syllables a word in plain prose
_GAIN = 0.05  # grades; less is not worth a word
_RARE = 4.6  # log10 of uses in a billion words; commoner long words (information) are no obstacle
_WORSE = 1.5  # grades that a section must be above the page to be named where the page is over the line itself
_SHOWN = 7  # words of a sentence shown in a message
_APART = 6  # tokens that a cut leaves on either side
_NAMED = 4  # tokens that name the place of a cut
_STOPS = frozenset(";–—")
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "expl", "csubj"))


class MetricCheck(Check[Metric]):
    """All metric rules; the prose is counted once for all of them."""

    def check(self, article: Article, site: Site) -> Result:
        prose = readers.sentences(article)
        result = Result(metrics=_metrics(prose), sections=_sections(prose, article))
        for rule in self.rules:
            limit = _line(rule.limits, article)
            if limit is not None:
                result.findings += _LEVELS[rule.level](rule, limit, prose, article)
        return result


def _metrics(prose: list[Counted]) -> dict[str, float]:
    """The page's figures to one decimal; no grade for a page of fewer than scores.LEAST sentences."""
    counts = scores.total(counted.counts for counted in prose)
    metrics: dict[str, float] = {"words": counts.words, "sentences": counts.sentences}
    if counts.sentences >= scores.LEAST:
        metrics |= {name: round(value, 1) for name, value in published([counted.words for counted in prose]).items()}
        for name in ("dale_chall_grade", "jargon_load", "words_per_sentence"):
            metrics[name] = round(scores.SCORES[name](counts), 1)
    return metrics


def _sections(prose: list[Counted], article: Article) -> list[Section]:
    """How each section reads, for the reports that show it."""
    found = []
    for heading, members in readers.sections(prose):
        counts = scores.total(counted.counts for counted in members)
        band = scores.band("flesch_kincaid_grade", counts)
        grades = (max(round(band.low, 1), 1.0), max(round(band.high, 1), 1.0)) if band else None
        block = None if heading is None else article.document.blocks[heading]
        title, span = (block.text, block.span()) if block and block.text else ("", Span(0, 0))
        found.append(Section(title, span, counts.sentences, counts.words, grades))
    return found


def _on_page(rule: Metric, limit: float, prose: list[Counted], article: Article) -> Iterator[Finding]:
    counts = scores.total(counted.counts for counted in prose)
    band = scores.band(rule.metric, counts)
    if band is None or not _over(rule, band, limit):
        return
    hard = _hardest(prose, counts)
    found = missing(rule, _message(rule, band, limit, _drivers(rule, prose, counts)))
    yield _graded(rule, found._replace(related=tuple(counted.sentence.span() for counted, _ in hard)), band, article)


def _on_section(rule: Metric, limit: float, prose: list[Counted], article: Article) -> Iterator[Finding]:
    whole = scores.band(rule.metric, scores.total(counted.counts for counted in prose))
    for heading, members in readers.sections(prose):
        counts = scores.total(counted.counts for counted in members)
        band = scores.band(rule.metric, counts)
        if heading is None or band is None or not _over(rule, band, limit):
            continue
        if whole and _over(rule, whole, limit) and band.value < whole.value + _WORSE:
            continue  # the whole page is told; say it again only where a section stands out
        sentences = article.by_block.get(heading)
        if sentences:
            sentence = sentences[0]
            hard = _hardest(members, counts)
            spans = [counted.sentence.span() for counted, _ in hard]
            message = _message(rule, band, limit, _drivers(rule, members, counts))
            yield _graded(rule, finding(rule, sentence, 0, len(sentence.text), message, related=spans), band, article)


def _on_paragraph(rule: Metric, limit: float, prose: list[Counted], article: Article) -> Iterator[Finding]:
    for members in readers.paragraphs(prose):
        band = scores.band(rule.metric, scores.total(counted.counts for counted in members))
        if band and _over(rule, band, limit) and len(members) > 1:
            found = finding_over(rule, members[0].sentence, members[-1].sentence, _message(rule, band, limit))
            yield _graded(rule, found, band, article)


def _on_sentence(rule: Metric, limit: float, prose: list[Counted], article: Article) -> Iterator[Finding]:
    for counted in prose:
        band = scores.band(rule.metric, counted.counts)
        if band and _over(rule, band, limit):
            message = _message(rule, band, limit).replace("{cut}", _cut(counted.sentence))
            yield _graded(rule, finding(rule, counted.sentence, 0, len(counted.sentence.text), message), band, article)


_LEVELS = {"document": _on_page, "section": _on_section, "paragraph": _on_paragraph, "sentence": _on_sentence}


def _line(lines: Mapping[Any, float], article: Article) -> float | None:
    return lines.get(article.profile.audience)


def _over(rule: Metric, band: Band, limit: float) -> bool:
    """Surely over the line: reading ease falls as text gets harder, all other figures rise."""
    return band.high < limit if rule.metric == "flesch_reading_ease" else band.low > limit


def _graded(rule: Metric, found: Finding, band: Band, article: Article) -> Finding:
    """A warning from the rule's second line on."""
    warn = _line(rule.warn, article)
    return found._replace(severity=Severity.warning) if warn is not None and _over(rule, band, warn) else found


def _message(rule: Metric, band: Band, limit: float, drivers: str = "") -> str:
    values = {
        "value": f"{band.value:.1f}" if rule.metric in scores.GRADES else f"{band.value:g}",
        "range": str(band),
        "limit": f"{limit:g}",
        "sentences": str(band.sentences),
        "drivers": drivers,
    }
    text = rule.message
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return " ".join(text.split())


def _hardest(prose: list[Counted], counts: Counts) -> list[tuple[Counted, str]]:
    """The sentences that add most to the grade, with what mending each would gain: cut in two, or in plainer words if short."""
    grade = scores.flesch_kincaid_grade(counts)
    in_two = grade - scores.flesch_kincaid_grade(counts._replace(sentences=counts.sentences + 1))
    weights = []
    for counted in prose:
        own = counted.counts
        others = counts._replace(sentences=counts.sentences - 1, words=counts.words - own.words, syllables=counts.syllables - own.syllables)
        weight = grade - scores.flesch_kincaid_grade(others)
        if weight > 0:
            weights.append((weight, counted))
    weights.sort(key=lambda pair: (-pair[0], pair[1].sentence.index))
    told = []
    for _, counted in weights[:_SENTENCES]:
        own = counted.counts
        plainer = 11.8 * (own.syllables - _PLAIN * own.words) / counts.words
        gain = f"cutting it in two gains {in_two:.1f}" if own.words > _CUTTABLE else f"plainer words gain {plainer:.1f}"
        told.append((counted, f"{own.words} words; {gain}"))
    return told


def _heavy_words(rule: Metric, prose: list[Counted], counts: Counts) -> list[tuple[str, int, float]]:
    """Long, rare words with their number, and what a word of two syllables for each would gain in grades."""
    needed = {word.lower() for word in rule.allow}
    seen = Counter(plain(word) for counted in prose for word in counted.words if word[0].isalpha() and word[1:].islower())
    gains = []
    for word, number in seen.items():
        extra = syllables(word) - 2
        if extra > 0 and frequency(word) < _RARE and word not in needed and word.removesuffix("s") not in needed:
            gains.append((word, number, 11.8 * extra * number / counts.words))
    gains.sort(key=lambda item: (-item[2], item[0]))
    return [gain for gain in gains[:_WORDS] if gain[2] >= _GAIN]


def _drivers(rule: Metric, prose: list[Counted], counts: Counts) -> str:
    """What makes the text hard, each with what a change would gain."""
    parts = [f"“{_opening(counted)}” ({gain})" for counted, gain in _hardest(prose, counts)]
    told = f"The hardest sentences: {'; '.join(parts)}." if parts else ""
    heavy = [f"“{word}”{f' ×{number}' if number > 1 else ''} ({gain:.1f})" for word, number, gain in _heavy_words(rule, prose, counts)]
    return f"{told} Long words, with the grades that a short one would gain: {', '.join(heavy)}." if heavy else told


def _opening(counted: Counted) -> str:
    shown = " ".join(counted.sentence.text.split()[:_SHOWN]).rstrip(",;:.")
    return shown + " …"


def _cut(sentence: Sentence) -> str:
    """Where a long sentence may be cut: before the clause that begins nearest to its middle; nothing where it is not parsed."""
    tokens = sentence.tokens
    if not tokens.doc.has_annotation("DEP"):
        return ""
    starts = [start for token in tokens for start in _clause_starts(token) if _APART <= start - tokens.start <= len(tokens) - _APART]
    if not starts:
        return ""
    nearest = min(starts, key=lambda start: abs(2 * start - tokens.start - tokens.end))
    after = tokens.doc[nearest : min(nearest + _NAMED, tokens.end)].text.rstrip(".,;:")
    return f"One place to cut: before “{after} …”."


def _clause_starts(token: Token) -> Iterator[int]:
    """The index of the first token of the clause that a verb heads, where the clause could be a sentence of its own."""
    if token.text in _STOPS:
        yield token.i + 1
    if token.tag_[:2] not in ("VB", "MD") or token.i < token.head.i:
        return
    first = token.left_edge.i
    if token.dep_ == "conj" and any(child.dep_ in _SUBJECTS for child in token.children):
        yield max((child.i for child in token.head.children if child.dep_ == "cc" and child.i < token.i), default=first)
    marked = token.dep_ == "advcl" and any(child.dep_ in ("mark", "advmod") and child.i < token.i for child in token.children)
    if marked or (token.dep_ == "relcl" and first > 0 and token.doc[first - 1].text == ","):
        yield first
