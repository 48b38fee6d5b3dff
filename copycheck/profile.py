"""Profile: what a page sells, to whom and in which form, told from the copy itself, with what told it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import regex

from copycheck import strictyaml
from copycheck.analysis import Unit
from copycheck.document import Document
from copycheck.literals import Index, literals

_VERTICAL_AT_LEAST = 3
_PROMOTIONAL_AT_LEAST = 3
_ARTICLE_WORDS = 250  # running text of this length under a title reads as an article unless it talks like a shop window
_SHOWN = 3
_READ = 3_000  # sentences that tell the profile; no article has more
_REPEATED = 3  # sentences with one and the same foreign signal


@dataclass(frozen=True)
class Told:
    """What the copy tells: each field with the signals that told it."""

    vertical: str
    promotional: bool
    page: str
    told_by: tuple[str, ...]
    foreign: str | None = None  # a jurisdiction other than us that the copy seems to be written for


@dataclass(frozen=True)
class _Signals:
    verticals: tuple[tuple[str, int, str], ...]  # name, weight and pattern
    index: Index  # of the verticals' patterns
    promotional: dict[str, tuple[int, Any]]
    foreign: dict[str, list[Any]]
    article: Any
    article_keys: frozenset[str]


def _either(patterns: Sequence[str]) -> str:
    """One pattern for several, as whole words."""
    return rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)"


@cache
def _signals() -> _Signals:
    data = strictyaml.load(files("copycheck").joinpath("data/profile.yaml").read_text(encoding="utf-8")).data
    verticals = tuple(
        (name, int(weight), _either(wordings)) for name, groups in data["verticals"].items() for weight, wordings in sorted(groups.items())
    )
    return _Signals(
        verticals,
        Index([literals(pattern) for _, _, pattern in verticals]),
        {name: (int(entry["weight"]), _compiled(_either(entry["patterns"]))) for name, entry in data["promotional"].items()},
        {name: [_compiled(pattern) for pattern in patterns] for name, patterns in data["foreign"].items()},
        _compiled(data["article"]["pattern"]),
        frozenset(data["article"]["front matter"]),
    )


@cache
def _compiled(pattern: str) -> Any:
    return regex.compile(pattern, regex.I)


def tell(document: Document, units: Sequence[Unit]) -> Told:
    """Vertical, promotional or not, article or landing page, from the article's own blocks and the page's furniture."""
    signals = _signals()
    units = units[:_READ]
    main = [unit for unit in units if unit.block.region == "main"]
    page = [unit for unit in units if unit.block.region in ("main", "header", "footer", "aside", "form", "nav")]
    told: list[str] = []
    vertical, by = _vertical(main, signals)
    told += by
    score, by = 0, []
    for name, (weight, pattern) in signals.promotional.items():
        match = next((m for unit in page if (m := pattern.search(unit.folded))), None)
        if match:
            score += weight
            by.append(f"{name} “{' '.join(match.group().split())[:40]}”" if name != "phone number" else name)
    promotional = score >= _PROMOTIONAL_AT_LEAST
    told += by[:_SHOWN] if promotional else []
    article = _is_article(document, main, signals)
    return Told(vertical, promotional, "article" if article else "landing", tuple(told), _foreign(page, signals.foreign))


def _foreign(units: Sequence[Unit], signals: dict[str, list[Any]]) -> str | None:
    """The jurisdiction outside the US for whose readers the page seems written: a single mention of a foreign body does not tell one."""
    if any(pattern.search(unit.folded) for unit in units for pattern in signals["domestic"]):
        return None
    for name, patterns in signals.items():
        met = [len({unit.folded for unit in units if pattern.search(unit.folded)}) for pattern in patterns]
        if name != "domestic" and (sum(map(bool, met)) >= 2 or max(met) >= _REPEATED):
            return name
    return None


def _vertical(units: Sequence[Unit], signals: _Signals) -> tuple[str, list[str]]:
    scores: dict[str, float] = {}
    wordings: dict[str, dict[str, float]] = {}
    for unit in units:
        double = 2 if unit.block.scope in ("title", "heading") or unit.block.scope.startswith("meta") else 1
        for number in signals.index.candidates(unit.folded):
            name, weight, pattern = signals.verticals[number]
            for match in _compiled(pattern).finditer(unit.folded):
                word = match.group().lower()
                met = wordings.setdefault(name, {})
                met[word] = max(met.get(word, 0), weight * double)
                scores[name] = scores.get(name, 0) + weight * double * 0.25
    for name, met in wordings.items():
        scores[name] += sum(met.values())
    if not scores or max(scores.values()) < _VERTICAL_AT_LEAST:
        return "other", []
    best = max(scores, key=lambda name: (scores[name], name))
    top = sorted(wordings[best], key=lambda word: (-wordings[best][word], word))[:_SHOWN]
    return best, [f"“{word}”" for word in top]


def _is_article(document: Document, units: Sequence[Unit], signals: _Signals) -> bool:
    if signals.article_keys & {key.lower() for key in document.meta}:
        return True
    if any(signals.article.search(unit.folded) for unit in units):
        return True
    prose = sum(len(unit.text.split()) for unit in units if unit.block.scope == "body")
    own_voice = sum(1 for unit in units if regex.search(r"\b(?:we|our|us)\b", unit.folded, regex.I))
    return prose >= _ARTICLE_WORDS and own_voice * 4 < len(units)
