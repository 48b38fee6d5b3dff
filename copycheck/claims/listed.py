"""Listed: the sources in a reference list or a footnote, and what a mark that leads to one counts for."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from copycheck.article import Article
from copycheck.claims import attribution, domains, references
from copycheck.claims.attribution import Support, latest_year_in
from copycheck.claims.domains import Worth
from copycheck.claims.references import Entry
from copycheck.claims.wording import terms

RANK = {"cited": 6, "weak": 5, "broken": 4, "self": 3, "named": 2, "vague": 1, "none": 0, "unsourced": 0}
_SHOWN = 120  # characters of a reference that a report shows
_MOST = 300  # entries that are looked through for each mark that names none by its number
_LONGEST = 200  # characters of an address within the page that are looked at
_YEAR = re.compile(r"(?=(\d{4}))")


class References:
    """The reference list and the footnotes of an article. `weigh` gives the worth of an address with a wording."""

    def __init__(self, article: Article, weigh: Callable[[str, str], Worth]) -> None:
        self.article = article
        self._weigh = weigh
        self._by_mark: dict[int | str, Support] = {}  # by number, or by the label of a footnote: many marks lead to one source

    @cached_property
    def entries(self) -> dict[int, Entry]:
        """The reference list, by number."""
        return references.read(self.article)

    @cached_property
    def listed(self) -> int:
        """Entries of the reference list that point to a source that counts."""
        identifier = domains.rules().patterns["identifier"]
        return sum(
            identifier.search(entry.text) is not None or any(self._weigh(url, "").status == "cited" for url in entry.addresses)
            for entry in self.entries.values()
        )

    def jump(self, target: str, anchor: str) -> Support | None:
        """A link within the page: to its reference list, or merely to another section."""
        target = target[:_LONGEST]
        number = re.fullmatch(r"\W*(\d{1,3})\W*", anchor) or re.search(r"(?:ref|note|fn|cite|source|bib)\D*(\d{1,3})$", target, re.I)
        if number:
            return self.numbered(int(number.group(1)))
        if not self.entries or not re.search(r"ref|source|cit(?:e|ation)|bib|footnote", target, re.I):
            return None
        words = terms(anchor.lower())
        return self._entry(max(self._entry_terms, key=lambda pair: len(words & pair[1]))[0])

    @cached_property
    def _entry_terms(self) -> list[tuple[Entry, set[str]]]:
        return [(entry, terms(entry.text.lower())) for entry in list(self.entries.values())[:_MOST]]

    def footnote(self, label: str) -> Support:
        if label not in self._by_mark:
            self._by_mark[label] = self._noted(label)
        return self._by_mark[label]

    def _noted(self, label: str) -> Support:
        blocks = self.article.document.footnotes.get(label)
        if not blocks:
            return Support("broken", f"[^{label}]", "the footnote is not defined")
        found = self.article.document.blocks
        addresses = (each.url for at in blocks for each in found[at].links if each.kind in ("link", "bare"))
        return self._entry(Entry(0, " ".join(found[at].text for at in blocks), tuple(addresses)))

    def _entry(self, entry: Entry) -> Support:
        """What an entry of the references or a footnote counts for."""
        year = latest_year_in(entry.text)
        worths = [(worth, url) for url in entry.addresses if (worth := self._weigh(url, "")).status != "none"]
        best = max(worths, key=lambda pair: RANK[pair[0].status], default=None)
        patterns = domains.rules().patterns
        if best is not None and (best[0].status == "cited" or not patterns["identifier"].search(entry.text)):
            return Support(best[0].status, best[1], best[0].reason, year)
        if patterns["entry"].search(entry.text):
            return Support("cited", entry.text[:_SHOWN], "", year)
        status = "named" if attribution.named(entry.text) else "broken"
        return Support(status, entry.text[:_SHOWN], "" if status == "named" else "the note names no source", year)

    def numbered(self, number: int) -> Support:
        if number in self.entries:
            if number not in self._by_mark:
                self._by_mark[number] = self._entry(self.entries[number])
            return self._by_mark[number]
        why = f"the reference list has no number {number}" if self.entries else "there is no reference list"
        return Support("broken", f"[{number}]", why)

    def author(self, name: str, year: str, whole: str) -> Support:
        for entry in self._dated.get(year, ())[:_MOST]:
            if name.lower() in entry.text.lower():
                found = self._entry(entry)
                return found if found.status != "broken" else Support("cited", entry.text[:_SHOWN], "", int(year))
        return Support("named", whole.strip("() ;"), "", int(year))

    @cached_property
    def _dated(self) -> dict[str, list[Entry]]:
        """The entries of the reference list by each year in them."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries.values():
            for year in dict.fromkeys(_YEAR.findall(entry.text)):
                found.setdefault(year, []).append(entry)
        return found
