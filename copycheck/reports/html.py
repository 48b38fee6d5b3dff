"""HTML report: a folder with a page for each article and an index; each page is one file that loads nothing and runs only its own script.

The pages are made from the templates in data/html by Jinja2, which escapes all that is not theirs. Their policy follows Content Security
Policy Level 3 (w3.org/TR/CSP3): only the style and the script with the hashes named are taken.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from copycheck import __version__
from copycheck.document import Block
from copycheck.findings import Profile, Report
from copycheck.reference import says
from copycheck.reports import Options, ledger, marked
from copycheck.reports.entries import Entry, entries
from copycheck.reports.printable import one_line, printable
from copycheck.reports.summary import by_path, count, posix_path, ranked
from copycheck.reports.wording import ADDRESS, GUIDANCE, closing, failure, profile_line, verdict
from copycheck.source import Span

if TYPE_CHECKING:
    from copycheck.ruleset.models import Metric, Rule

INDEX = "index.html"
_FOLDER = Path(__file__).parent.parent / "data" / "html"
_SLUG = 60  # characters of a path in the name of its page
KINDS = ("error", "warning", "note", "silenced")  # labels of entries that a page marks, the worst first


class Card(NamedTuple):
    """`place` is line and column, empty where there is none; `at` the number of the block that shows it."""

    entry: Entry
    rule: Rule | None = None
    place: str = ""
    at: int | None = None
    offers: tuple[str, ...] = ()  # wordings and texts to use
    addresses: tuple[str, ...] = ()  # where to look for a source
    related: tuple[tuple[str, int | None], ...] = ()  # places, each with the block that shows it

    @property
    def family(self) -> str:
        return self.entry.rule.partition("/")[0]

    @property
    def span(self) -> Span | None:
        """What is to be marked in the article; None where no block shows it."""
        return self.entry.finding.pointed if self.entry.finding and self.at is not None else None


def render(reports: Sequence[Report], options: Options) -> Iterator[tuple[str, bytes]]:
    """The files of the folder by name, in UTF-8: a page an article, by path, and the index, which ranks them.

    They hold all, whatever the options. The same reports give the same files, in any order.
    """
    ordered = by_path(reports)
    names = dict(zip(map(id, ordered), file_names([posix_path(report.path) for report in ordered]), strict=True))
    for report in ordered:
        yield names[id(report)], page("article.html", **_article(report, options))
    rows = [(report, names[id(report)], counts) for report, counts in ranked(ordered)]
    yield INDEX, page("index.html", rows=rows, told=closing(count(reports)))


def file_names(paths: Sequence[str]) -> list[str]:
    """A name for the page of each path: safe on every system, the same in every run, another one for another path."""
    names = []
    seen: Counter[str] = Counter()
    for path in paths:
        slug = re.sub(r"[^a-z0-9]+", "-", path.lower())[-_SLUG:].strip("-") or "page"
        digest = sha256(path.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()[:10]
        seen[digest] += 1
        names.append(f"{slug}-{digest}{f'-{seen[digest]}' if seen[digest] > 1 else ''}.html")
    return names


def _article(report: Report, options: Options) -> dict[str, Any]:
    """What the page of an article shows."""
    blocks = marked.blocks_of(report) if report.text else ()
    cards = [_card(entry, blocks, options) for entry in entries(report, options)]
    counted = [card for card in cards if card.entry.finding]
    return {
        "report": report,
        "told": failure(report) if report.error is not None else verdict(count([report])),
        "counts": count([report]),
        "profile": profile_line(report.profile, True),
        "cards": cards,
        "apart": sorted((number for number, card in enumerate(cards) if card.at is None), key=lambda number: _standing(cards[number])),
        "groups": list(marked.groups(blocks, {number: card.span for number, card in enumerate(cards) if card.span})),
        "kinds": Counter(card.entry.label for card in counted),
        "families": sorted(Counter(card.family for card in counted).items()),
        "on": KINDS if options.notes else tuple(kind for kind in KINDS if kind != "note"),
        "claims": [(row, marked.number_at(blocks, row.claim.span)) for row in ledger.rows_of([report]) if row.claim],
        "sections": [(section, marked.number_at(blocks, section.span)) for section in report.sections],
        "aim": _aim(report.profile, options) if report.sections else None,
        "worst": lambda numbers: min((cards[number].entry.label for number in numbers), key=KINDS.index),
    }


def _aim(profile: Profile, options: Options) -> float | None:
    """The grade from which a section is told to read hard, for the readers that the site has."""
    rules = [cast("Metric", rule) for rule in options.rules().values() if rule.kind == "metric"]
    aims = [
        rule.limits.get(cast("Any", profile.audience)) for rule in rules if (rule.metric, rule.level) == ("flesch_kincaid_grade", "section")
    ]
    return min((aim for aim in aims if aim is not None), default=None)


def _standing(card: Card) -> tuple[bool, int]:
    """What cards outside the article are sorted by: why the file was not checked, findings, the worst first, notices."""
    label = card.entry.label
    return card.entry.kind == "notice", KINDS.index(label) if label in KINDS else -1


def _card(entry: Entry, blocks: Sequence[Block], options: Options) -> Card:
    found, source = entry.finding, entry.source
    if found is None:
        return Card(entry)
    offered = [one_line(text) for text in found.suggestions]
    return Card(
        entry,
        options.rules().get(entry.rule),
        source.place(found.pointed.start) if entry.span else "",
        marked.number_at(blocks, found.pointed) if entry.span else None,
        tuple(text for text in offered if not text.startswith(ADDRESS)),
        tuple(text for text in offered if text.startswith(ADDRESS)),
        tuple((source.place(span.start), marked.number_at(blocks, span)) for span in found.related),
    )


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        finalize=lambda value: printable(value) if type(value) is str else value,
    )  # fmt: skip
    made.filters |= {"line": one_line, "path": posix_path}
    made.tests["address"] = lambda text: re.match(r"https?://[^\s/]", text) is not None
    inlined = {name: (_FOLDER / f"report.{end}").read_text(encoding="utf-8") for name, end in (("style", "css"), ("script", "js"))}
    made.globals |= {name: Markup(text) for name, text in inlined.items()}
    made.globals |= {f"{name}_hash": f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}" for name, text in inlined.items()}
    made.globals |= {"version": __version__, "guidance": GUIDANCE, "index": INDEX, "says": says, "cited_means": ledger.CITED}
    return made


def page(template: str, **values: Any) -> bytes:
    """A page made of one of the templates."""
    return (_environment().get_template(template).render(values) + "\n").encode("utf-8")
