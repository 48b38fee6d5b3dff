"""Features: what the scorer knows of a sentence: its evidence, its place in the page, its neighbours, and its words."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from copycheck.analysis import Unit
from copycheck.claims import evidence
from copycheck.claims.evidence import Evidence

HASH_BITS = 18
_MASK = (1 << HASH_BITS) - 1
_NEIGHBOUR_CUES = ("appeal", "percent", "benefit", "cta", "we", "question", "process", "symptom")
_PAGE_CUES = (
    "we",
    "cta",
    "phone",
    "money",
    "person-name",
    "place",
    "first-person",
    "symptom",
    "danger",
    "appeal",
    "service",
    "question",
    "caveat",
    "advice",
)


@dataclass(frozen=True, eq=False)
class Page:
    """A document's units with the evidence of each, and what holds for the page as a whole."""

    units: Sequence[Unit]
    evidence: Sequence[Evidence]

    @cached_property
    def rates(self) -> dict[str, float]:
        """How often cues and kinds of terms occur, per unit of the article."""
        main = [index for index, unit in enumerate(self.units) if unit.block.region == "main"] or list(range(len(self.units)))
        count: Counter[str] = Counter()
        for index in main:
            found = self.evidence[index]
            count.update(cue for cue in _PAGE_CUES if cue in found.cues)
            count.update({group.split(":")[0] for group in found.groups if ":" in group})
            count["effect>target"] += "strong effect>target" in found.pairs
            count["long"] += len(found.words) > 25
        return {f"page:{name}": min(2.0 * number / len(main), 1.5) for name, number in count.items()} | {
            "page:short": float(len(main) < 30),
            "page:length": min(len(main) / 100, 1.5),
        }

    @cached_property
    def of_block(self) -> dict[int, list[int]]:
        """Indexes of units by the index of their block."""
        blocks: dict[int, list[int]] = {}
        for index, unit in enumerate(self.units):
            blocks.setdefault(unit.block_index, []).append(index)
        return blocks


def page_of(units: Sequence[Unit]) -> Page:
    """The page of a document's units; equal sentences share their evidence."""
    known: dict[str, Evidence] = {}
    found = []
    for unit in units:
        text = unit.folded
        if text not in known:
            known[text] = evidence.gather(text)
        found.append(known[text])
    return Page(units, found)


def describe(page: Page, index: int) -> dict[str, float]:
    """Named features of a unit; absent ones are 0."""
    unit, own = page.units[index], page.evidence[index]
    names = own.groups | own.pairs
    features: dict[str, float] = dict.fromkeys(names, 1.0)
    features.update((f"cue:{cue}", 1.0) for cue in own.cues)
    _count(features, own)
    _shape(features, unit, own)
    _place(features, page, index)
    _context(features, page, index)
    _combine(features, own)
    features.update(page.rates)
    return features


def _count(features: dict[str, float], own: Evidence) -> None:
    for prefix in ("effect:", "target:", "treatment:"):
        number = sum(any(group.startswith(prefix) for group in hit.groups) for hit in own.hits)
        if number:
            features[prefix + "any"] = 1.0
            features[prefix + "count"] = min(number, 4) / 2
    size = max(len(own.words), 1)
    features["density"] = min(len(own.hits) / size * 2, 1.5)
    features["covered"] = min(sum(hit.last - hit.first for hit in own.hits) / size, 1.0)


def _shape(features: dict[str, float], unit: Unit, own: Evidence) -> None:
    size = len(own.words)
    for limit in (3, 6, 10, 16, 24, 36):
        if size <= limit:
            features[f"words<={limit}"] = 1.0
    features["size"] = min(size / 20, 2.0)
    features[f"kind:{unit.kind}"] = 1.0
    features[f"scope:{unit.block.scope.split('.')[0]}"] = 1.0
    features[f"region:{unit.block.region}"] = 1.0
    if own.words:
        features[f"first:{_word_class(own.words[0].text)}"] = 1.0


def _word_class(word: str) -> str:
    if word.endswith("ing"):
        return "-ing"
    if word.endswith("ed"):
        return "-ed"
    if word.isdigit():
        return "digit"
    return word if len(word) <= 4 else "other"


def _place(features: dict[str, float], page: Page, index: int) -> None:
    unit = page.units[index]
    members = page.of_block[unit.block_index]
    if len(members) == 1:
        features["alone"] = 1.0
    elif members[0] == index:
        features["first of block"] = 1.0
    elif members[-1] == index:
        features["last of block"] = 1.0
    features["block size"] = min(len(members) / 5, 2.0)
    position = index / max(len(page.units), 1)
    features["position"] = position
    if position < 0.1:
        features["near top"] = 1.0
    elif position > 0.9:
        features["near end"] = 1.0


def _context(features: dict[str, float], page: Page, index: int) -> None:
    unit = page.units[index]
    rules = evidence.cues()
    block = unit.block
    if block.heading is not None and block.heading in page.of_block:
        heading = page.of_block[block.heading]
        text = " ".join(page.units[at].folded for at in heading)
        features.update((f"heading:{name}", 1.0) for name in rules.heading.found_in(text))
        features.update((f"heading:{group.split(':')[0]}", 1.0) for at in heading for group in page.evidence[at].groups)
    else:
        features["heading:none"] = 1.0
    if block.lead_in is not None and block.lead_in in page.of_block:
        lead = page.of_block[block.lead_in][-1]
        features.update((f"lead-in:{name.split()[0]}", 1.0) for name in rules.lead_in.found_in(page.units[lead].folded))
        features.update((f"lead-in:{group.split(':')[0]}", 1.0) for group in page.evidence[lead].groups)
        features["lead-in"] = 1.0
    for name, other in (("before", index - 1), ("after", index + 1)):
        if not 0 <= other < len(page.units):
            continue
        near = page.evidence[other]
        features.update((f"{name}:{group}", 1.0) for group in {group.split(":")[0] for group in near.groups if ":" in group})
        features.update((f"{name}:{pair}", 1.0) for pair in ("strong effect>target", "weak effect>target") if pair in near.pairs)
        features.update((f"{name}:{cue}", 1.0) for cue in _NEIGHBOUR_CUES if cue in near.cues)


_SUBJECTS = (
    "we-first",
    "you-first",
    "it-first",
    "the-first",
    "how-to",
    "question",
    "advice",
    "conditional",
    "process",
    "definition",
    "modal",
    "may",
    "past",
)


def _combine(features: dict[str, float], own: Evidence) -> None:
    """Products that a linear model cannot make by itself."""
    claim = "effect>target" if {"strong effect>target", "weak effect>target"} & own.pairs else ""
    has = {prefix for prefix in ("effect:", "target:", "treatment:") if any(group.startswith(prefix) for group in own.groups)}
    kind = claim or "+".join(sorted(has)) or "nothing"
    features[f"has {kind}"] = 1.0
    for subject in _SUBJECTS:
        if subject in own.cues:
            features[f"{subject} & {kind}"] = 1.0
    for cue in ("percent", "ratio", "times", "count", "duration", "appeal", "safe", "compare", "cause", "danger", "number", "proven"):
        if cue in own.cues:
            features[f"{cue} & {'health' if has & {'target:', 'treatment:'} else 'no health'}"] = 1.0


@lru_cache(maxsize=65_536)
def _word_grams(word: str) -> tuple[int, ...]:
    padded = f" {word} "
    return tuple(
        {zlib.crc32(padded[at : at + size].encode()) & _MASK for size in (3, 4, 5) for at in range(max(len(padded) - size, 0) + 1)}
    )


@lru_cache(maxsize=65_536)
def _hash(text: str) -> int:
    return zlib.crc32(b"w" + text.encode()) & _MASK


def grams(own: Evidence) -> tuple[set[int], set[int]]:
    """Hashed words and pairs of words; hashed groups of letters within words."""
    texts = ["0" if word.text.isdigit() else word.text for word in own.words]
    pairs = {_hash(text) for text in texts} | {_hash(f"{one} {two}") for one, two in pairwise(texts)}
    letters: set[int] = set()
    for text in texts:
        letters.update(_word_grams(text))
    return pairs, letters


def vector(names: Mapping[str, int], features: Mapping[str, float]) -> list[tuple[int, float]]:
    """The features that `names` knows, as (index, value)."""
    return [(names[name], value) for name, value in features.items() if name in names]
