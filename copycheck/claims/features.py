"""Features: what the scorer knows of a sentence: its evidence, its place in the page, its neighbours, and its words."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise

from copycheck.article import Sentence
from copycheck.claims import evidence
from copycheck.claims.evidence import Evidence, groups_of

HASH_BITS = 18
_MASK = (1 << HASH_BITS) - 1
_WORD_MARK = zlib.crc32(b"w")  # sets words apart from groups of letters
_PREFIXES = ("effect:", "target:", "treatment:")
_ACTS = ("strong effect>target", "weak effect>target")
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
    """A document's sentences with the evidence of each, and what holds for the page as a whole."""

    sentences: Sequence[Sentence]
    evidence: Sequence[Evidence]
    own: dict[int, dict[str, float]] = field(default_factory=dict)
    """Features by sentence without those of the page, once asked for."""
    above: dict[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)
    """Names of the features that a heading or a lead-in lends to what stands below it, once asked for."""

    @cached_property
    def rates(self) -> dict[str, float]:
        """How often cues and kinds of terms occur, per sentence of the article."""
        main = [index for index, sentence in enumerate(self.sentences) if sentence.block.region == "main"] or list(
            range(len(self.sentences))
        )
        count: Counter[str] = Counter()
        for index in main:
            found = self.evidence[index]
            count.update(cue for cue in _PAGE_CUES if cue in found.cues)
            count.update(found.kinds)
            count["effect>target"] += "strong effect>target" in found.pairs
            count["long"] += len(found.words) > 25
        return {f"page:{name}": min(2.0 * number / len(main), 1.5) for name, number in count.items()} | {
            "page:short": float(len(main) < 30),
            "page:length": min(len(main) / 100, 1.5),
        }

    @cached_property
    def of_block(self) -> dict[int, list[int]]:
        """Indexes of sentences by the index of their block."""
        blocks: dict[int, list[int]] = {}
        for index, sentence in enumerate(self.sentences):
            blocks.setdefault(sentence.block_index, []).append(index)
        return blocks


def page_of(sentences: Sequence[Sentence]) -> Page:
    """The page of a document's sentences; equal sentences share their evidence."""
    known: dict[str, Evidence] = {}
    found = []
    for sentence in sentences:
        text = sentence.folded
        if text not in known:
            known[text] = evidence.gather(text)
        found.append(known[text])
    return Page(sentences, found)


def describe(page: Page, index: int) -> dict[str, float]:
    """Named features of a sentence; absent ones are 0."""
    return own_features(page, index) | page.rates


def own_features(page: Page, index: int) -> dict[str, float]:
    """Named features of a sentence without the rates of its page."""
    if index not in page.own:
        page.own[index] = _own_features(page, index)
    return page.own[index]


def _own_features(page: Page, index: int) -> dict[str, float]:
    sentence, own = page.sentences[index], page.evidence[index]
    names = own.groups | own.pairs
    features: dict[str, float] = dict.fromkeys(names, 1.0)
    features.update((f"cue:{cue}", 1.0) for cue in own.cues)
    _count(features, own)
    _shape(features, sentence, own)
    _place(features, page, index)
    _context(features, page, index)
    _combine(features, own)
    return features


def _count(features: dict[str, float], own: Evidence) -> None:
    for prefix in _PREFIXES:
        number = sum([bool(groups_of(hit.groups, prefix)) for hit in own.hits])
        if number:
            features[prefix + "any"] = 1.0
            features[prefix + "count"] = min(number, 4) / 2
    size = max(len(own.words), 1)
    features["density"] = min(len(own.hits) / size * 2, 1.5)
    features["covered"] = min(sum([hit.last - hit.first for hit in own.hits]) / size, 1.0)


def _shape(features: dict[str, float], sentence: Sentence, own: Evidence) -> None:
    size = len(own.words)
    for limit in (3, 6, 10, 16, 24, 36):
        if size <= limit:
            features[f"words<={limit}"] = 1.0
    features["size"] = min(size / 20, 2.0)
    features[f"kind:{sentence.kind}"] = 1.0
    features[f"scope:{sentence.block.scope.split('.')[0]}"] = 1.0
    features[f"region:{sentence.block.region}"] = 1.0
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
    sentence = page.sentences[index]
    members = page.of_block[sentence.block_index]
    if len(members) == 1:
        features["alone"] = 1.0
    elif members[0] == index:
        features["first of block"] = 1.0
    elif members[-1] == index:
        features["last of block"] = 1.0
    features["block size"] = min(len(members) / 5, 2.0)
    position = index / max(len(page.sentences), 1)
    features["position"] = position
    if position < 0.1:
        features["near top"] = 1.0
    elif position > 0.9:
        features["near end"] = 1.0


def _context(features: dict[str, float], page: Page, index: int) -> None:
    block = page.sentences[index].block
    for kind, above, tell in (("heading", block.heading, _of_heading), ("lead-in", block.lead_in, _of_lead_in)):
        if above is not None and above in page.of_block:
            if (kind, above) not in page.above:
                page.above[kind, above] = tell(page, page.of_block[above])
            features.update(dict.fromkeys(page.above[kind, above], 1.0))
        elif kind == "heading":
            features["heading:none"] = 1.0
    for name, other in (("before", index - 1), ("after", index + 1)):
        if 0 <= other < len(page.sentences):
            near = page.evidence[other]
            told = (*near.kinds, *(pair for pair in _ACTS if pair in near.pairs), *(cue for cue in _NEIGHBOUR_CUES if cue in near.cues))
            features.update([(f"{name}:{each}", 1.0) for each in told])


def _of_heading(page: Page, members: Sequence[int]) -> tuple[str, ...]:
    text = " ".join(page.sentences[at].folded for at in members)
    cues = [f"heading:{name}" for name in evidence.cues().heading.found_in(text)]
    return (*cues, *(f"heading:{group.split(':')[0]}" for at in members for group in page.evidence[at].groups))


def _of_lead_in(page: Page, members: Sequence[int]) -> tuple[str, ...]:
    lead = members[-1]
    cues = [f"lead-in:{name.split()[0]}" for name in evidence.cues().lead_in.found_in(page.sentences[lead].folded)]
    return (*cues, *(f"lead-in:{group.split(':')[0]}" for group in page.evidence[lead].groups), "lead-in")


_SUBJECTS = (
    "we-first",
    "our-product",
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
    claim = "effect>target" if any(pair in own.pairs for pair in _ACTS) else ""
    has = {prefix for prefix in _PREFIXES if prefix + "any" in features}
    kind = claim or "+".join(sorted(has)) or "nothing"
    features[f"has {kind}"] = 1.0
    for subject in _SUBJECTS:
        if subject in own.cues:
            features[f"{subject} & {kind}"] = 1.0
    for cue in ("percent", "ratio", "times", "count", "duration", "appeal", "safe", "compare", "cause", "danger", "number", "proven"):
        if cue in own.cues:
            features[f"{cue} & {'health' if has & {'target:', 'treatment:'} else 'no health'}"] = 1.0


@lru_cache(maxsize=65_536)
def _letter_grams(word: str) -> tuple[int, ...]:
    padded = f" {word} "
    return tuple(
        {zlib.crc32(padded[at : at + size].encode()) & _MASK for size in (3, 4, 5) for at in range(max(len(padded) - size, 0) + 1)}
    )


@lru_cache(maxsize=65_536)
def _hash(text: str) -> int:
    return zlib.crc32(text.encode(), _WORD_MARK) & _MASK


def grams(own: Evidence) -> tuple[set[int], set[int]]:
    """Hashed words and pairs of words; hashed groups of letters within words."""
    return word_grams(own), set().union(*map(_letter_grams, _texts(own)))


def word_grams(own: Evidence) -> set[int]:
    """Hashed words and pairs of words."""
    texts = _texts(own)
    return {*map(_hash, texts), *[zlib.crc32(f"{one} {two}".encode(), _WORD_MARK) & _MASK for one, two in pairwise(texts)]}


def _texts(own: Evidence) -> list[str]:
    return ["0" if word.text.isdigit() else word.text for word in own.words]
