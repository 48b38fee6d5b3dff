"""Sourcing: what supports a sentence: a link, a footnote, a reference, a name, an appeal to nobody, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, partial
from itertools import islice

from copycheck.article import Article, Sentence
from copycheck.claims import domains
from copycheck.claims.attribution import Support, latest_year_in, said
from copycheck.claims.listed import RANK, References
from copycheck.claims.references import number_in
from copycheck.claims.site import own_hosts
from copycheck.claims.wording import figures as figures_of
from copycheck.claims.wording import terms as terms_of
from copycheck.document import Block, Link

_SHORT_PARAGRAPH = 4  # sentences that one link at the end may cover
_POINTER_WORDS = 3  # words of a sentence, links apart, that does nothing but point to a source
_NUMBERED_LEAST = 2  # sentences that end with a figure in brackets before such figures are taken for references
_SAME_CLAIM = 0.6  # of a sentence's terms that an earlier, cited one must hold to cover it
_SAME_CLAIM_TERMS = 3
_WORD = re.compile(r"\w[\w'-]*")
_MOST_CITED = 300  # cited sentences that are looked through; each claim is held against all of them
_MOST_TOLD = 12  # sentences over which one study may be told
_HERE = frozenset("i me my we us our ours you your yours".split())
_REFERS_BACK = re.compile(
    r"(?:it|this|these|they|that|the (?:study|review|trial|research|authors?|results?|same|findings?))\b(?! (?:is|'s) (?:why|how|when))",
    re.I,
)


class Sources:
    """All that a document gives as sources, and the support of each of its sentences."""

    def __init__(
        self,
        article: Article,
        own: frozenset[str] = frozenset(),
        trusted: frozenset[str] = frozenset(),
        distrusted: frozenset[str] = frozenset(),
    ) -> None:
        self.article = article
        self.own = own or own_hosts(article)
        self._weigh = partial(domains.weigh, own=self.own, trusted=trusted, distrusted=distrusted)  # no method, which would hold all this
        self.references = References(article, self._weigh)
        self._supports: dict[int, Support] = {}
        self._pointers: dict[int, bool] = {}
        self._leads: dict[int, Support] = {}

    def support(self, sentence: Sentence) -> Support:
        """The best support that the sentence has: its own, else that which its lead-in, paragraph or neighbour lends it."""
        own = self._own(sentence)
        if own.status in ("cited", "weak", "broken"):
            return own
        return _best((own, *self._lent(sentence)))

    def _own(self, sentence: Sentence) -> Support:
        """What stands in the sentence itself, its own words included."""
        given = self._given(sentence)
        return given if given.status in ("cited", "weak", "broken") else _best((given, said(sentence.folded)))

    def _given(self, sentence: Sentence) -> Support:
        """What the sentence links or marks."""
        if sentence.index not in self._supports:
            self._supports[sentence.index] = _best((*self._links(sentence), *self._marks(sentence)))
        return self._supports[sentence.index]

    def _links(self, sentence: Sentence) -> Iterator[Support]:
        for link in sentence.block.links:
            if link.start < sentence.end and sentence.start < link.end + 1 and link.kind != "image":
                support = self.references.footnote(link.url) if link.kind == "footnote" else self._link(sentence, link)
                if support is not None:
                    yield support

    def _link(self, sentence: Sentence, link: Link) -> Support | None:
        anchor = sentence.block.text[link.start : link.end]
        if link.url.startswith("#") and len(link.url) > 1:
            return self.references.jump(link.url[1:], anchor)
        worth = self._weigh(link.url, anchor)
        if worth.status == "none":
            return None
        around = sentence.block.text[max(link.start - 30, sentence.start) : min(link.end + 12, sentence.end)]
        return Support(worth.status, link.url, worth.reason, latest_year_in(around))

    def _marks(self, sentence: Sentence) -> Iterator[Support]:
        """Identifiers, numbers, names with a year, and places that wait for a source."""
        patterns, text = domains.rules().patterns, sentence.text
        if patterns["citation-needed"].search(sentence.folded):
            yield Support("broken", None, "it still asks for a citation")
        undefined = patterns["undefined-footnote"].search(text)
        if undefined:
            yield Support("broken", undefined.group(), "the footnote is not defined")
        identifier = patterns["identifier"].search(text)
        if identifier:
            yield Support("cited", identifier.group(), "", latest_year_in(text))
        key = patterns["citation-key"].search(text)
        if key:
            listed = self.article.document.meta.keys() & {"bibliography", "references"}  # pandoc sets the entry under the page
            yield Support("cited" if listed else "named", key.group().lstrip("[ "))
        for match in patterns["numbered"].finditer(text):
            at = sentence.start + match.start()
            if not any(link.start <= at < link.end for link in sentence.block.links):
                yield self.references.numbered(number_in(match.group()))
        if len(self.references.entries) >= 2:  # a bare figure is a reference only where there is a list to refer to
            for match in patterns["numbered-bare"].finditer(text):
                number = number_in(match.group())
                if number in self.references.entries:
                    yield self.references.numbered(number)
        elif not self.references.entries and self._is_numbered:
            for match in patterns["numbered-end"].finditer(text):
                yield self.references.numbered(number_in(match.group()))
        for match in patterns["author-year"].finditer(text):
            yield self.references.author(match.group(1), match.group(2), match.group())

    @cached_property
    def _is_numbered(self) -> bool:
        """Figures in brackets end several sentences, as where copy was taken over without its list of references."""
        pattern = domains.rules().patterns["numbered-end"]
        return sum(pattern.search(sentence.text) is not None for sentence in self.article.sentences) >= _NUMBERED_LEAST

    def _lent(self, sentence: Sentence) -> Iterator[Support]:
        """Support from a list's lead-in, the line below it, the end of a short paragraph, its neighbours, or one that says the same."""
        for support in (
            self._from_lead_in(sentence),
            self._from_line_below(sentence),
            self._from_paragraph(sentence),
            self._from_neighbour(sentence),
            self._from_study(sentence, -1),
            self._from_study(sentence, 1),
            self._from_repeat(sentence),
        ):
            if support is not None:
                yield support

    def _from_lead_in(self, sentence: Sentence) -> Support | None:
        number = sentence.block.lead_in if sentence.block.lead_in is not None else self._marked_lead_in(sentence)
        lead = self.article.by_block.get(number, ()) if number is not None else ()
        if not lead or _is_stronger(sentence.folded, lead[-1].folded):
            return None
        if lead[-1].index not in self._leads:
            self._leads[lead[-1].index] = self._of_lead(lead[-1])
        return self._leads[lead[-1].index]

    def _of_lead(self, lead: Sentence) -> Support:
        said_there = said(lead.folded)
        linked = _best(self._links(lead))
        if linked.status in ("weak", "self", "cited") and said_there.status == "unsourced" and not self._attributes(lead):
            linked = Support("unsourced")  # a link on a term, as in an encyclopaedia, attributes nothing
        return _best((linked, *self._marks(lead), said_there))

    def _attributes(self, lead: Sentence) -> bool:
        """The lead-in says where its list is from: in words, or by a link in brackets or a note at its end."""
        if domains.rules().patterns["attributes"].search(lead.folded):
            return True
        text = lead.block.text
        links = [link for link in lead.block.links if lead.start <= link.start < lead.end]
        return any(link.kind == "footnote" or text[: link.start].rstrip().endswith(("(", "[")) for link in links)

    def _marked_lead_in(self, sentence: Sentence) -> int | None:
        """The paragraph above a list that ends with a colon and a note: “Benefits:[1]”; or above a quotation, that ends with a colon."""
        block, blocks = sentence.block, self.article.document.blocks
        if block.list_id is None:
            at = sentence.block_index
            while at and blocks[at].scope.startswith("quote"):
                at -= 1
            return at if at < sentence.block_index and blocks[at].text.rstrip().endswith(":") else None
        at = self._around[0][sentence.block_index]
        return at if blocks[at].list_id != block.list_id and re.search(r":(?:\s*\[\^?\w{1,8}\])+\s*$", blocks[at].text) else None

    @cached_property
    def _around(self) -> tuple[list[int], list[int]]:
        """By block, those above and those below the list or table that it stands in."""
        return _beyond(self.article.document.blocks, -1), _beyond(self.article.document.blocks, 1)

    def _from_line_below(self, sentence: Sentence) -> Support | None:
        """The line right below a table or list that says where its figures are from: “Source: …”."""
        if sentence.block.scope not in ("table", "list"):
            return None
        line = next(iter(self.article.by_block.get(self._around[1][sentence.block_index], ())), None)
        return self._own(line) if line and domains.rules().patterns["source-line"].match(line.folded) else None

    def _from_paragraph(self, sentence: Sentence) -> Support | None:
        members = self.article.by_block[sentence.block_index]
        tail = members[-1]
        if sentence.index == tail.index or self._given(tail).status != "cited":
            return None
        if tail.index not in self._pointers:
            self._pointers[tail.index] = self._is_pointer(tail)
        points = self._pointers[tail.index]
        count = len(members) - points
        near = members[:-1] if count <= _SHORT_PARAGRAPH else members[-2:-1]
        return self._own(tail) if sentence in near and (points or self._same(sentence, tail)) else None

    def _is_pointer(self, sentence: Sentence) -> bool:
        """A sentence that only points to a source: “(Source: NCCIH)”."""
        shown = [
            (max(link.start, sentence.start), min(link.end, sentence.end)) for link in sentence.block.links if link.start < sentence.end
        ]
        rest = sentence.block.text[sentence.start : sentence.end]
        for start, end in reversed(shown):
            if start < end:
                rest = rest[: start - sentence.start] + " " + rest[end - sentence.start :]
        patterns = domains.rules().patterns
        bare = patterns["identifier"].sub(" ", rest)
        if re.search(r"\w", bare):
            return len(_WORD.findall(bare)) <= _POINTER_WORDS and patterns["pointer"].match(bare) is not None
        if bare != rest:
            return True
        return len(_WORD.findall(sentence.folded)) <= _POINTER_WORDS or patterns["pointer"].match(sentence.folded) is not None

    def _from_neighbour(self, sentence: Sentence) -> Support | None:
        """A citation next door on the same thing."""
        members = self.article.by_block[sentence.block_index]
        at = sentence.index - members[0].index
        for other in (*members[max(at - 1, 0) : at], *members[at + 1 : at + 2]):
            if self._given(other).status == "cited" and self._same(sentence, other):
                return self._own(other)
        return None

    def _from_study(self, sentence: Sentence, step: int) -> Support | None:
        """The source of a study told over several sentences, which stands at its first or its last one."""
        patterns, sentences = domains.rules().patterns, self.article.sentences
        is_study = patterns["study"].search(sentence.folded) is not None
        for index in range(sentence.index + step, len(sentences) if step > 0 else -1, step)[:_MOST_TOLD]:
            other = sentences[index]
            first, later = (sentence, other) if step > 0 else (other, sentence)
            refers = patterns["back"].match(later.folded) is not None
            if not _follows(first, later) or not (refers or _reports(sentence)):
                return None
            is_study = is_study or refers or patterns["study"].search(other.folded) is not None
            if is_study and self._own(other).status in ("cited", "named"):
                return self._own(other)
            sentence = other
        return None

    def _from_repeat(self, sentence: Sentence) -> Support | None:
        """An earlier sentence that says the same, figures included, and has its source."""
        own, figures = (terms_of(sentence.folded), figures_of(sentence.folded)) if self._cited_terms else (set(), set())
        if len(own) < _SAME_CLAIM_TERMS:
            return None
        for other, terms in self._cited_terms:
            alike = len(own & terms) >= _SAME_CLAIM * max(len(own), len(terms))
            if other.index < sentence.index and alike and figures <= figures_of(other.folded):
                return self._own(other)
        return None

    @cached_property
    def _cited_terms(self) -> list[tuple[Sentence, set[str]]]:
        marked = [
            sentence
            for sentence in self.article.sentences
            if sentence.block.region == "main" and sentence.block.scope in ("body", "list", "heading")
        ]
        cited = (sentence for sentence in marked if self._given(sentence).status == "cited")
        return [(sentence, terms_of(sentence.folded)) for sentence in islice(cited, _MOST_CITED)]

    def _same(self, one: Sentence, two: Sentence) -> bool:
        """Two sentences speak of the same thing: they share a term, or the later one refers back."""
        if terms_of(one.folded) & terms_of(two.folded):
            return True
        return _REFERS_BACK.match(max(one, two, key=lambda sentence: sentence.index).folded) is not None


def _beyond(blocks: Sequence[Block], step: int) -> list[int]:
    """For each block the one above (-1) or below (1) it and the list or table that it stands in; an end of the page for want of one."""
    beyond = list(range(len(blocks)))
    runs = [block.scope if block.list_id is None and block.scope in ("table", "list") else block.list_id for block in blocks]
    for at in range(1, len(blocks)) if step < 0 else range(len(blocks) - 2, -1, -1):
        beyond[at] = beyond[at + step] if runs[at] is not None and runs[at] == runs[at + step] else at + step
    return beyond


def _follows(first: Sentence, later: Sentence) -> bool:
    """Two neighbours stand in one paragraph, or in two of the running text."""
    return first.block_index == later.block_index or (first.scope == later.scope == "body" and first.block.heading == later.block.heading)


def _reports(sentence: Sentence) -> bool:
    """It tells in the past what was seen, and of nobody here: “Pain fell by a third.”"""
    tags, words = {token.tag_ for token in sentence.tokens}, {token.lower_ for token in sentence.tokens}
    return "VBD" in tags and not tags & {"VBZ", "VBP", "MD"} and not words & _HERE


def _best(found: Iterable[Support]) -> Support:
    """The first of the best, or none."""
    return max(found, key=lambda support: RANK[support.status], default=Support("unsourced"))


def _is_stronger(item: str, lead: str) -> bool:
    """The item promises what its lead-in does not, so that the lead-in's source need not say it."""
    promise = domains.rules().patterns["promise"]
    return promise.search(item) is not None and promise.search(lead) is None
