"""Profile: what a page sells, to whom and in which form, told from the copy itself, with what told it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from copycheck import strictyaml
from copycheck.analysis import Unit
from copycheck.document import Document
from copycheck.pieces import PIECES, Index
from copycheck.screen import Pattern

_VERTICAL_AT_LEAST = 3
_PROMOTIONAL_AT_LEAST = 3
_ARTICLE_WORDS = 250  # running text of this length under a title reads as an article unless it talks like a shop window
_SHOWN = 3
_READ = 3_000  # sentences that tell the profile; no article has more
_REGIONS = frozenset({"main", "header", "footer", "aside", "form", "nav"})
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
class _Signal:
    """One pattern. `group`: vertical, promotional, foreign (a name of `domestic` speaks against it) or article."""

    group: str
    name: str
    weight: int
    pattern: Pattern


@dataclass(frozen=True)
class _Signals:
    every: tuple[_Signal, ...]
    index: Index
    promotional: tuple[str, ...]  # names, in their order
    foreign: tuple[str, ...]
    article_keys: frozenset[str]


def _either(patterns: Sequence[str]) -> Pattern:
    """One pattern for several, as whole words."""
    return Pattern(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.I)


def patterns() -> list[Pattern]:
    """The patterns of all signals."""
    return [signal.pattern for signal in _signals().every]


@cache
def _signals() -> _Signals:
    data = strictyaml.load(Path(__file__).parent.joinpath("data", "profile.yaml").read_text(encoding="utf-8")).data
    every = [
        _Signal("vertical", name, int(weight), _either(wordings))
        for name, groups in data["verticals"].items()
        for weight, wordings in sorted(groups.items())
    ]
    every += [_Signal("promotional", name, int(entry["weight"]), _either(entry["patterns"])) for name, entry in data["promotional"].items()]
    every += [_Signal("foreign", name, 1, Pattern(pattern, re.I)) for name, patterns in data["foreign"].items() for pattern in patterns]
    every += [_Signal("article", "", 1, Pattern(data["article"]["pattern"], re.I))]
    every += [_Signal("own voice", "", 1, Pattern(r"\b(?:we|our|us)\b", re.I))]
    return _Signals(
        tuple(every),
        Index(PIECES, [signal.pattern.guard.wanted for signal in every]),
        tuple(data["promotional"]),
        tuple(name for name in data["foreign"] if name != "domestic"),
        frozenset(data["article"]["front matter"]),
    )


@dataclass
class _Met:
    """What one pass over a page's sentences met."""

    promotional: dict[str, tuple[int, str]] = field(default_factory=dict)  # of each signal its weight and the first wording met
    foreign: dict[str, dict[str, set[str]]] = field(default_factory=dict)  # by name and pattern the different sentences
    article: bool = False
    own_voice: int = 0  # sentences
    wordings: dict[str, dict[str, float]] = field(default_factory=dict)  # by vertical, what each wording weighs
    mentions: dict[str, float] = field(default_factory=dict)  # by vertical


def tell(document: Document, units: Sequence[Unit]) -> Told:
    """Vertical, promotional or not, article or landing page, from the article's own blocks and the page's furniture."""
    signals = _signals()
    read = [unit for unit in units[:_READ] if unit.block.region in _REGIONS]
    met = _Met()
    for unit in read:
        for number in signals.index.candidates(unit.folded):
            _meet(met, signals.every[number], unit)
    vertical, told = _vertical(met)
    by = []
    for name in [name for name in signals.promotional if name in met.promotional]:
        wording = " ".join(met.promotional[name][1].split())[:40]
        by.append(f"{name} “{wording}”" if name != "phone number" else name)
    promotional = sum(weight for weight, _ in met.promotional.values()) >= _PROMOTIONAL_AT_LEAST
    told += by[:_SHOWN] if promotional else []
    article = _is_article(document, [unit for unit in read if unit.block.region == "main"], met, signals)
    return Told(vertical, promotional, "article" if article else "landing", tuple(told), _foreign(met, signals))


def _meet(met: _Met, signal: _Signal, unit: Unit) -> None:
    """Note what a signal that may stand in a sentence finds there."""
    if signal.group == "promotional" and signal.name in met.promotional:
        return
    if signal.group not in ("promotional", "foreign") and unit.block.region != "main":
        return
    pattern, text = signal.pattern, unit.folded
    if signal.group == "vertical":
        double = 2 if unit.block.scope in ("title", "heading") or unit.block.scope.startswith("meta") else 1
        for match in pattern.finditer(text):
            word, wordings = match.group().lower(), met.wordings.setdefault(signal.name, {})
            wordings[word] = max(wordings.get(word, 0), signal.weight * double)
            met.mentions[signal.name] = met.mentions.get(signal.name, 0) + signal.weight * double * 0.25
    elif first := pattern.search(text):
        if signal.group == "promotional":
            met.promotional[signal.name] = signal.weight, first.group()
        elif signal.group == "foreign":
            met.foreign.setdefault(signal.name, {}).setdefault(signal.pattern.pattern, set()).add(text)
        elif signal.group == "article":
            met.article = True
        else:
            met.own_voice += 1


def _foreign(met: _Met, signals: _Signals) -> str | None:
    """The jurisdiction outside the US for whose readers the page seems written: a single mention of a foreign body does not tell one."""
    if "domestic" in met.foreign:
        return None
    for name in signals.foreign:
        counts = [len(sentences) for sentences in met.foreign.get(name, {}).values()]
        if len(counts) >= 2 or max(counts, default=0) >= _REPEATED:
            return name
    return None


def _vertical(met: _Met) -> tuple[str, list[str]]:
    scores = {name: met.mentions[name] + sum(wordings.values()) for name, wordings in met.wordings.items()}
    if not scores or max(scores.values()) < _VERTICAL_AT_LEAST:
        return "other", []
    best = max(scores, key=lambda name: (scores[name], name))
    top = sorted(met.wordings[best], key=lambda word: (-met.wordings[best][word], word))[:_SHOWN]
    return best, [f"“{word}”" for word in top]


def _is_article(document: Document, main: Sequence[Unit], met: _Met, signals: _Signals) -> bool:
    if met.article or signals.article_keys & {key.lower() for key in document.meta}:
        return True
    prose = sum(len(unit.text.split()) for unit in main if unit.block.scope == "body")
    return prose >= _ARTICLE_WORDS and met.own_voice * 4 < len(main)
