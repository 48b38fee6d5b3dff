"""Sourcing: what supports a sentence: a link, a footnote, a reference, a name, an appeal to nobody, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from copycheck.analysis import Analysis, Unit
from copycheck.claims import domains, lexicon
from copycheck.claims.domains import Worth
from copycheck.document import Link

_RANK = {"cited": 6, "weak": 5, "broken": 4, "self": 3, "named": 2, "vague": 1, "none": 0, "unsourced": 0}
_SHORT_PARAGRAPH = 4  # sentences that one link at the end may cover
_YEAR = re.compile(r"\b(19[5-9]\d|20[0-4]\d)\b")
_CONTENT = re.compile(r"[a-z][a-z-]{3,}")
_COMMON = frozenset(
    (
        "this that these those with from your have been their they them also more most many some such when where which "
        "while than then into about over other each very what will would could should does because there here only even "
        "just like help helps people patients treatment"
    ).split()
)


@dataclass(frozen=True)
class Support:
    """What a sentence rests on. `source` is an address or a name; `reason` says why it is weak, broken or the own; `year` if told."""

    status: str
    source: str | None = None
    reason: str = ""
    year: int | None = None
    tier: str = ""


class Sources:
    """All that a document gives as sources, and the support of each of its sentences."""

    def __init__(
        self,
        analysis: Analysis,
        own: frozenset[str] = frozenset(),
        trusted: frozenset[str] = frozenset(),
        distrusted: frozenset[str] = frozenset(),
    ) -> None:
        self.analysis = analysis
        self.trusted, self.distrusted = trusted, distrusted
        self.own = own or _told_hosts(analysis)

    @cached_property
    def entries(self) -> list[str]:
        """The text of each entry of the reference list, addresses included, in order."""
        return list(_reference_entries(self.analysis))

    @cached_property
    def listed(self) -> int:
        """Entries of the reference list that point to a source that counts."""
        identifier = domains.rules().patterns["identifier"]
        count = 0
        for entry in self.entries:
            urls = re.findall(r"https?://\S+", entry)
            count += bool(identifier.search(entry)) or any(self._weigh(url, "").status == "cited" for url in urls)
        return count

    def support(self, unit: Unit) -> Support:
        """The best support that the sentence has: its own, else that which its lead-in, paragraph or neighbour lends it."""
        own = self._own(unit)
        if own.status in ("cited", "weak", "broken"):
            return own
        lent = self._lent(unit)
        if lent is not None and _RANK[lent.status] > _RANK[own.status]:
            return lent
        return own

    def _own(self, unit: Unit) -> Support:
        found = [*self._links(unit), *self._marks(unit)]
        best = max(found, key=lambda support: _RANK[support.status], default=None)
        if best is not None and best.status in ("cited", "weak", "broken"):
            return best
        by_words = said(unit.folded)
        if best is not None and _RANK[best.status] >= _RANK[by_words.status]:
            return best
        return by_words

    def _weigh(self, url: str, anchor: str) -> Worth:
        return domains.weigh(url, anchor, self.own, self.trusted, self.distrusted)

    def _links(self, unit: Unit) -> Iterator[Support]:
        for link in unit.block.links:
            if link.start < unit.end and unit.start < link.end + 1 and link.kind != "image":
                support = self._footnote(link) if link.kind == "footnote" else self._link(unit, link)
                if support is not None:
                    yield support

    def _link(self, unit: Unit, link: Link) -> Support | None:
        anchor = unit.block.text[link.start : link.end]
        if link.url.startswith("#") and len(link.url) > 1:
            return self._jump(link.url[1:], anchor)
        worth = self._weigh(link.url, anchor)
        if worth.status == "none":
            return None
        return Support(worth.status, link.url, worth.reason, _year_near(unit, link), worth.tier)

    def _jump(self, target: str, anchor: str) -> Support | None:
        """A link within the page: to its reference list, or merely to another section."""
        number = re.search(r"\d+", anchor) or re.search(r"\d+$", target)
        if (number and re.search(r"ref|note|fn|cite|source|bib", target, re.I)) or re.fullmatch(r"\W*\d{1,3}\W*", anchor):
            return self._numbered(int(number.group())) if number else None
        return None

    def _footnote(self, link: Link) -> Support:
        blocks = self.analysis.document.footnotes.get(link.url)
        if not blocks:
            return Support("broken", f"[^{link.url}]", "the footnote is not defined")
        found = self.analysis.document.blocks
        text = " ".join(found[at].text for at in blocks)
        worths = [(self._weigh(each.url, ""), each.url) for at in blocks for each in found[at].links if each.kind in ("link", "bare")]
        return self._entry(text, worths)

    def _entry(self, text: str, worths: list[tuple[Worth, str]]) -> Support:
        """What an entry of the references or a footnote counts for."""
        year = _YEAR.search(text)
        told = int(year.group()) if year else None
        counted = [(worth, url) for worth, url in worths if worth.status != "none"]
        if counted:
            worth, url = max(counted, key=lambda pair: _RANK[pair[0].status])
            return Support(worth.status, url, worth.reason, told, worth.tier)
        if domains.rules().patterns["entry"].search(text):
            return Support("cited", text[:120], "", told)
        return Support("named", text[:120]) if said(text).status == "named" else Support("broken", text[:120], "the note names no source")

    def _numbered(self, number: int) -> Support:
        if not 1 <= number <= len(self.entries):
            why = "there is no reference list" if not self.entries else f"the reference list has no number {number}"
            return Support("broken", f"[{number}]", why)
        entry = self.entries[number - 1]
        return self._entry(entry, [(self._weigh(url, ""), url) for url in re.findall(r"https?://[^\s)>\]]+", entry)])

    def _marks(self, unit: Unit) -> Iterator[Support]:
        patterns = domains.rules().patterns
        text = unit.text
        if patterns["citation-needed"].search(unit.folded):
            yield Support("broken", None, "it still asks for a citation")
        identifier = patterns["identifier"].search(text)
        if identifier:
            yield Support("cited", identifier.group(), "", _year(text), "B")
        footnotes = [link for link in unit.block.links if link.kind == "footnote"]
        for match in patterns["numbered"].finditer(text):
            at = unit.start + match.start()
            if any(link.start <= at < link.end for link in unit.block.links):
                continue
            if match.group(1) or (self.entries and not footnotes):
                yield self._numbered(_first_number(match.group()))
        if self.entries:
            for match in patterns["numbered-bare"].finditer(text):
                number = _first_number(match.group())
                if 1 <= number <= len(self.entries) and len(self.entries) >= 2:
                    yield self._numbered(number)
        for match in patterns["author-year"].finditer(text):
            yield self._author(match.group(1), match.group(2), match.group())

    def _author(self, name: str, year: str, whole: str) -> Support:
        for entry in self.entries:
            if name.lower() in entry.lower() and year in entry:
                found = self._entry(entry, [(self._weigh(url, ""), url) for url in re.findall(r"https?://[^\s)>\]]+", entry)])
                return found if found.status != "broken" else Support("cited", entry[:120], "", int(year))
        return Support("named", whole.strip("() "), "", int(year))

    def _lent(self, unit: Unit) -> Support | None:
        """Support from the list's lead-in, from the end of a short paragraph, or from the sentence next door on the same thing."""
        for source in (self._from_lead_in(unit), self._from_paragraph(unit), self._from_neighbour(unit)):
            if source is not None:
                return source
        return None

    def _from_lead_in(self, unit: Unit) -> Support | None:
        block = unit.block.lead_in
        lead = self.analysis.by_block.get(block, ()) if block is not None else ()
        if not lead:
            return None
        support = self._own(lead[-1])
        attributes = domains.rules().patterns["attributes"].search(lead[-1].folded)
        if support.status == "cited" and not attributes and self._is_aside(lead[-1]):
            return None
        return support if support.status in ("cited", "weak", "named", "vague") else None

    def _is_aside(self, unit: Unit) -> bool:
        """The only links of a lead-in are on a plain term, as in an encyclopaedia: they attribute nothing."""
        return False

    def _from_paragraph(self, unit: Unit) -> Support | None:
        members = self.analysis.by_block[unit.block_index]
        if len(members) < 2 or unit.index == members[-1].index:
            return None
        last = self._own(members[-1])
        if last.status != "cited":
            return None
        tail = members[-1]
        only_link = len(lexicon.words_of(tail.folded)) <= 8
        reach = len(members) if len(members) <= _SHORT_PARAGRAPH or (only_link and len(members) <= _SHORT_PARAGRAPH + 1) else 2
        near = members[-reach:]
        if unit not in near:
            return None
        return last if only_link or (unit.index == members[-2].index and self._same(unit, tail)) or self._same(unit, tail) else None

    def _from_neighbour(self, unit: Unit) -> Support | None:
        members = self.analysis.by_block[unit.block_index]
        for other in members:
            if abs(other.index - unit.index) == 1:
                support = self._own(other)
                if support.status == "cited" and self._same(unit, other):
                    return support
        return None

    def _same(self, one: Unit, two: Unit) -> bool:
        """Two sentences speak of the same thing: they share a term, or the later one refers back."""
        if _terms(one.folded) & _terms(two.folded):
            return True
        later = max(one, two, key=lambda unit: unit.index)
        return (
            re.match(
                r"(?:it|this|these|they|that|the (?:study|review|trial|research|authors?|results?|same|findings?))\b", later.folded, re.I
            )
            is not None
        )


def said(folded: str) -> Support:
    """What a sentence's own words say of its source: a name, a vague appeal, or nothing."""
    data = domains.rules()
    for pattern in data.named:
        match = pattern.search(folded)
        if match:
            return Support("named", match.group().strip(" (,"), "", _year(folded))
    for pattern in data.vague:
        match = pattern.search(folded)
        if match:
            return Support("vague", match.group().strip())
    return Support("unsourced")


def animal(folded: str) -> str | None:
    """The words by which a sentence rests on animals or test tubes, unless it says that people were not studied."""
    patterns = domains.rules().patterns
    match = patterns["animal"].search(folded)
    return match.group() if match and not patterns["animal-told"].search(folded) else None


def _terms(folded: str) -> set[str]:
    return {word[:6] for word in _CONTENT.findall(folded.lower()) if word not in _COMMON}


def _year(text: str) -> int | None:
    match = _YEAR.search(text)
    return int(match.group()) if match else None


def _year_near(unit: Unit, link: Link) -> int | None:
    around = unit.block.text[max(link.start - 30, 0) : link.end + 12]
    return _year(around)


def _first_number(mark: str) -> int:
    plain = mark.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))
    found = re.search(r"\d+", plain)
    return int(found.group()) if found else 0


def _reference_entries(analysis: Analysis) -> Iterator[str]:
    pattern = domains.rules().patterns["references"]
    blocks = analysis.document.blocks
    heading: int | None = None
    for number, block in enumerate(blocks):
        if block.scope in ("heading", "title") and pattern.search(block.text):
            heading = number
            continue
        under = block.region == "references" or (heading is not None and block.heading == heading)
        if under and block.scope not in ("heading", "title"):
            addresses = " ".join(link.url for link in block.links if link.kind in ("link", "bare"))
            for line in block.text.split("\n"):
                if line.strip():
                    yield f"{line} {addresses}"


def _told_hosts(analysis: Analysis) -> frozenset[str]:
    """The site's own host where the front matter or the menu tells it."""
    found: set[str] = set()
    for key in ("canonical", "canonical_url", "link", "url", "permalink", "og:url", "site"):
        value = analysis.document.meta.get(key)
        match = re.match(r"https?://(?:www\.)?([\w.-]+)", value) if isinstance(value, str) else None
        if match:
            found.add(match.group(1).lower())
    return frozenset(found)
