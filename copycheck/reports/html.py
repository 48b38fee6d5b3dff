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
from typing import TYPE_CHECKING, Any, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from copycheck import __version__
from copycheck.findings import Profile, Report
from copycheck.reference import says
from copycheck.reports import ledger, marked
from copycheck.reports.cards import KINDS, cards_of, standing
from copycheck.reports.options import Options
from copycheck.reports.printable import one_line, printable
from copycheck.reports.summary import by_path, count, posix_path
from copycheck.reports.wording import GUIDANCE, closing, failure, profile_line, verdict

if TYPE_CHECKING:
    from copycheck.ruleset.models import Metric

INDEX = "index.html"
_FOLDER = Path(__file__).parent.parent / "data" / "html"
_SLUG = 60  # characters of a path in the name of its page


def render(reports: Sequence[Report], options: Options) -> Iterator[tuple[str, bytes]]:
    """The files of the folder by name: a page an article, by path, and the index, which ranks them. They hold all, whatever the options."""
    ordered = by_path(reports)
    names = file_names([posix_path(report.path) for report in ordered])
    for report, name in zip(ordered, names, strict=True):
        yield name, page("article.html", **_article(report, options))
    rows = [(report, name, count([report])) for report, name in zip(ordered, names, strict=True)]
    rows.sort(key=lambda row: (row[0].error is None, -row[2].errors, -row[2].warnings, -row[2].infos))  # stable: by path where equal
    yield INDEX, page("index.html", rows=rows, told=closing(count(reports), False))


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
    cards = cards_of(report, blocks, options)
    counted = [card for card in cards if card.entry.finding]
    return {
        "report": report,
        "told": failure(report) if report.error is not None else verdict(count([report])),
        "counts": count([report]),
        "profile": profile_line(report.profile, True),
        "cards": cards,
        "apart": sorted((number for number, card in enumerate(cards) if card.at is None), key=lambda number: standing(cards[number])),
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
