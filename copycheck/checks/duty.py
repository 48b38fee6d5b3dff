"""Duty: a document that triggers a required element (a disclaimer, a date, a reviewer) and does not have it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from copycheck.article import Article, Sentence, lists_of, remembered
from copycheck.checks import Check, Result, Site, missing
from copycheck.checks.wordings import Hit, Wordings, overlaps
from copycheck.document import Block
from copycheck.evidence import evidence, weights_of
from copycheck.quotation import fold, whole_words
from copycheck.ruleset.expressions import find_all
from copycheck.ruleset.models import Duty, DutyTrigger
from copycheck.verdicts import bars, is_denied, opinion

if TYPE_CHECKING:
    from copycheck.nlp.judge import Opinion

_SHOWN = 3  # triggers named in a message and given as related spans
_OTHERS = 3  # so many triggers, of which no element speaks, owe one of their own
_GENERIC = frozenset("treatment therapy procedure surgery injection dental medical laser".split())
_PERSONAL = frozenset("i me my mine he him his she her we us our they their".split())
_LABELS = frozenset({"heading", "caption", "alt"})  # of what a page shows
_COMPLAINTS = frozenset({"symptom", "ailment", "condition", "harm", "adverse"})
_BETTER = frozenset({"recovery", "heals", "treats", "benefit"})
_ENDED = frozenset("no not never without free since gone".split())
_CHANGED = frozenset("again finally now after since anymore longer".split())
_PAGE_CHROME = frozenset({"main", "header", "footer", "aside", "form"})

Found = Mapping[int, Mapping[Any, Sequence[Hit]]]


class _Place(NamedTuple):
    """A trigger in a sentence's text[start:end]."""

    sentence: Sentence
    start: int
    end: int

    @property
    def text(self) -> str:
        start, end = whole_words(self.sentence.text, self.start, self.end)
        return " ".join(self.sentence.text[start:end].split()).strip('"“”')


class DutyCheck(Check[Duty]):
    """All duties of a run."""

    @cached_property
    def _triggers(self) -> Wordings:
        """Lines looked for in each sentence, by (rule, number of the trigger, key); what takes a duty off has the trigger -1."""
        wordings = Wordings(self.lists)
        for number, rule in enumerate(self.rules):
            for at, trigger in enumerate(rule.triggers):
                keys = ("patterns", "strong", "shown", "titled", "with_", "without")
                wordings.add_all({(number, at, key): getattr(trigger, key) for key in keys})
            wordings.add_all({(number, -1, "except"): rule.except_})
        return wordings

    @cached_property
    def _element_lines(self) -> Wordings:
        """Lines looked for in each block, since a statement may run over sentences."""
        wordings = Wordings(self.lists)
        for number, rule in enumerate(self.rules):
            wordings.add_all({(number, key): getattr(rule, key) for key in ("met_by", "not_met_by", "headed", "listed")})
            for expression in rule.met_by_regex:
                wordings.add_regex((number, "met_by"), expression, rule.id)
        return wordings

    def check(self, article: Article, site: Site) -> Result:
        result = Result()
        main = [sentence for sentence in article.sentences if sentence.block.region == "main"]
        found = {sentence.index: self._triggers.find(sentence) for sentence in main}
        for number, rule in enumerate(self.rules):
            if rule.site in site.carries or _in_meta(rule, article.document.meta) or _included(rule, article):
                continue
            if any((number, -1, "except") in members for members in found.values()):
                continue
            places = [_places(number, at, trigger, article, found) for at, trigger in enumerate(rule.triggers)]
            if not all(places):
                continue
            owing = self._owing(number, places[0] if places else [], article)
            if owing is None:
                continue
            owing = _by_weight(owing)
            told = rule.message.replace("{trigger}", ", ".join(_named(owing)))
            made = missing(rule, told, [rule.offer] if rule.offer else [])
            related = tuple(place.sentence.span(place.start, place.end) for place in owing[:_SHOWN])
            result.findings.append(made._replace(related=related))
        return result

    def carried(self, article: Article) -> frozenset[str]:
        """The codes (`site.carries`) of the duties whose element stands in an article, such as a site's footer."""
        chrome = [at for at, block in enumerate(article.document.blocks) if block.region in _PAGE_CHROME]
        return frozenset(
            rule.site for number, rule in enumerate(self.rules) if rule.site and any(self._meets(number, at, article) for at in chrome)
        )

    def _owing(self, number: int, places: list[_Place], article: Article) -> list[_Place] | None:
        """The triggers, where the page lacks the element, or those that no element speaks of; None where the duty is met."""
        rule = self.rules[number]
        regions = _PAGE_CHROME if rule.page_chrome else {"main"}
        end = 1 + min((place.sentence.block_index for place in places), default=0) if rule.before else None
        meeting = [
            at
            for at, one in enumerate(article.document.blocks[:end])
            if one.region in regions and not one.folded and one.scope.split(".")[0] in rule.scope and self._meets(number, at, article)
        ]
        if meeting:
            return _unnamed(places, list(self._told(number, meeting, article)), article) or None if rule.each else None
        return places

    def _told(self, number: int, meeting: Sequence[int], article: Article) -> Iterator[str]:
        """The sentence of each element, with the heading above it."""
        for at in meeting:
            heading = article.document.blocks[at].heading
            above = article.docs[heading].text if heading is not None else ""
            for hit in self._elements(number, at, article):
                told = (s.text for s in article.docs[at].sents if s.start_char < hit.end and hit.start < s.end_char)
                yield " ".join((above, *told))

    def _meets(self, number: int, at: int, article: Article) -> bool:
        return any(True for _ in self._elements(number, at, article))

    def _elements(self, number: int, at: int, article: Article) -> Iterator[Hit]:
        """The wordings of a block that meet a duty."""
        yield from self._standing(number, "met_by", article.docs[at])
        if self.rules[number].listed and any(self._heads(number, article.docs[above]) for above in _above(article.document.blocks, at)):
            yield from self._standing(number, "listed", article.docs[at])

    def _heads(self, number: int, doc: Any) -> bool:
        """One of `headed` stands in a Doc; asked for each block below it."""
        return remembered(doc, (self._element_lines, number), lambda: any(True for _ in self._standing(number, "headed", doc)))

    def _standing(self, number: int, key: str, doc: Any) -> Iterator[Hit]:
        """The wordings of a key that nothing takes back: they may run over two sentences, what takes them back stands in one."""
        found = self._element_lines.find_in(doc, doc.text)
        ends = [sentence.end_char for sentence in doc.sents]
        not_met = [hit for hit in found.get((number, "not_met_by"), ()) if not any(hit.start < end < hit.end for end in ends)]
        return (hit for hit in found.get((number, key), ()) if not overlaps(hit, not_met))


def _above(blocks: Sequence[Block], at: int) -> Iterator[int]:
    """What says what a block is of: its lead-in, the heads of its row and column, the headings over it but that of the page."""
    lead_in, heading = blocks[at].lead_in, blocks[at].heading
    yield from blocks[at].labels
    if lead_in is not None:
        yield lead_in
    while heading is not None and blocks[heading].level > 1:
        yield heading
        heading = blocks[heading].heading


def _places(number: int, at: int, trigger: DutyTrigger, article: Article, found: Found) -> list[_Place]:
    """Where a trigger's wordings occur; nothing if they stand in fewer different sentences than its count."""
    places: list[_Place] = []
    judged: list[_Place] = []
    sentences: set[str] = set()
    suffices = False
    titles = list(_titles(number, at, article, found)) if trigger.titled else []
    for index, own in found.items():
        sentence = article.sentences[index]
        scopes = {sentence.scope, "body"} if sentence.scope == "list" and sentence.kind == "sentence" else {sentence.scope}
        if not (own or trigger.judged or trigger.links) or (number, at, "without") in own or scopes.isdisjoint(trigger.scope):
            continue
        linked = list(_linked(trigger.links, sentence))
        sufficient = [*own.get((number, at, "strong"), ()), *(own.get((number, at, "shown"), ()) if sentence.scope in _LABELS else ())]
        strong = _unmarked(trigger, sentence, sufficient)
        hits = [*strong, *_unmarked(trigger, sentence, own.get((number, at, "patterns"), ()))]
        coupled = not trigger.with_ or (number, at, "with_") in own
        worded = coupled and bool(hits or linked)
        asked = not worded and bool(titles or hits if trigger.titled else coupled)
        claimed = _judged(trigger, article, sentence) if asked else []
        if not (worded or claimed):
            continue
        judged += claimed
        suffices = suffices or bool(strong or linked)
        sentences.add(sentence.folded.lower().strip())
        places += _apart([*(_Place(sentence, hit.start, hit.end) for hit in hits), *linked])
    return [*titles, *places, *([] if trigger.titled else judged)] if suffices or len(sentences) >= trigger.count else []


def _titles(number: int, at: int, article: Article, found: Found) -> Iterator[_Place]:
    """Where a title, or a heading of the first level, has one of the trigger's `titled`."""
    for index, own in found.items():
        sentence = article.sentences[index]
        heads = sentence.block.scope == "title" or (sentence.block.scope == "heading" and sentence.block.level == 1)
        if heads and (number, at, "without") not in own:
            yield from (_Place(sentence, hit.start, hit.end) for hit in own.get((number, at, "titled"), ()))


def _by_weight(places: Sequence[_Place]) -> list[_Place]:
    """The wordings that a page has most often first: what stands there once may be said of something else."""
    counts = Counter(place.text.lower() for place in places)
    return sorted(places, key=lambda place: -counts[place.text.lower()])


def _named(places: Sequence[_Place]) -> list[str]:
    """What a message quotes of the triggers: the first, each once, none that another one holds (“pain”, with “back pain”)."""
    named: dict[str, str] = {}
    for place in places:
        named.setdefault(place.text.lower(), f"“{place.text}”")
    return [text for key, text in named.items() if not any(key != other and f" {key} " in f" {other} " for other in named)][:_SHOWN]


def _unnamed(places: Sequence[_Place], told: Sequence[str], article: Article) -> list[_Place]:
    """The triggers that no element speaks of, where each element names some of them and enough others are left; else none."""
    named = {_content(place.text) for place in places}
    spoken = [{words for words in named if words & said} for said in map(_content, dict.fromkeys(told))]
    owing = named.difference({frozenset()}, *spoken) if all(spoken) else set()
    left = [place for place in places if _content(place.text) in owing and _has_section(place, article)]
    return left if len({_content(place.text) for place in left}) >= _OTHERS else []


def _has_section(place: _Place, article: Article) -> bool:
    """A trigger is a heading, or the one over it names it, or the copy has none; elsewhere, and in front matter, it is in passing."""
    block = place.sentence.block
    if block.heading is None:
        return place.sentence.scope != "meta"
    return block.scope == "heading" or bool(_content(place.text) & _content(article.docs[block.heading].text))


def _content(text: str) -> frozenset[str]:
    """The words of a text in the singular, without those that any treatment has in its name, and the initials of three or more."""
    words = [word.removesuffix("s") for word in re.findall(r"\w+", text.lower())]
    initials = ["".join(word[:1] for word in words)] if len(words) > 2 else []
    return frozenset((*words, *initials)) - _GENERIC


def _unmarked(trigger: DutyTrigger, sentence: Sentence, hits: Sequence[Hit]) -> list[Hit]:
    return [hit for hit in hits if not trigger.unless or sentence.marks(hit.start, hit.end, hit.words).isdisjoint(trigger.unless)]


def _apart(places: list[_Place]) -> list[_Place]:
    """Places of one sentence in order; of overlapping ones the first and longest."""
    kept: list[_Place] = []
    for place in sorted(places, key=lambda place: (place.start, -place.end)):
        if not (kept and place.start < kept[-1].end):
            kept.append(place)
    return kept


def _linked(parts: Sequence[str], sentence: Sentence) -> Iterator[_Place]:
    """The texts of the links that end in a sentence and whose address holds one of `parts`, all words of it."""
    for link in sentence.block.links if parts else ():
        if sentence.start < link.end <= sentence.end and any(all(word in link.url.lower() for word in part.split()) for part in parts):
            yield _Place(sentence, max(link.start - sentence.start, 0), link.end - sentence.start)


def _judged(trigger: DutyTrigger, article: Article, sentence: Sentence) -> list[_Place]:
    """What shows that the judge takes a sentence for one of the trigger's kinds of claim, or is sure of a patient's story; else nothing."""
    said = opinion(article, sentence) if trigger.judged else None
    if said is None or is_denied(sentence):
        return []
    if said.kind in trigger.judged and said.claim >= bars("claim")[0]:
        shown = evidence(weights_of(said, "claim", sentence), sentence)
    elif "testimonial" in trigger.judged and said.labels["testimonial"] >= bars("testimonial")[1] and _got_better(sentence, said):
        shown = evidence(weights_of(said, "testimonial", sentence), sentence)
    else:
        return []
    return [_Place(sentence, *(shown or (0, len(sentence.text))))]


def _got_better(sentence: Sentence, said: Opinion) -> bool:
    """It is of somebody other than the reader, and tells of a change; of a complaint alone it does not."""
    words = {token.lower_ for token in sentence.tokens}
    named = {name for token in sentence.tokens for name in lists_of(token)}
    personal = bool(words & _PERSONAL) or any(token.tag_ == "NNP" and not token.is_upper for token in sentence.tokens)
    changed = said.claim >= bars("claim")[0] or bool(words & _CHANGED)
    return personal and changed and not (named & _COMPLAINTS and not (named & _BETTER or words & _ENDED))


def _in_meta(rule: Duty, meta: Mapping[str, Any]) -> bool:
    """A key of `meta` has a value, and one that fits. Keys are compared without case, prefix ("article:author"), - and _."""
    keys = {known.replace("_", "") for known in rule.meta}
    for key, value in meta.items():
        name = key.lower().replace("-", "").replace("_", "")
        named = {name, name.rsplit(":", 1)[-1], name.rsplit(".", 1)[-1]} & keys
        filled = named and value not in (None, "", [], {}, False)
        if filled and (rule.meta_regex is None or find_all(rule.meta_regex, fold(_said(value)), rule.id)):
            return True
    return False


def _said(value: Any) -> str:
    """A front-matter value as one text: of a map or a list its values."""
    if isinstance(value, Mapping):
        return ", ".join(map(_said, value.values()))
    return ", ".join(map(_said, value)) if isinstance(value, list | tuple) else str(value)


def _included(rule: Duty, article: Article) -> bool:
    """A file is included whose name holds one of `includes`, hyphens, underscores and spaces alike."""
    names = [name.lower().replace("_", "-").replace(" ", "-") for name in article.document.includes]
    return any(part in name for part in rule.includes for name in names)
