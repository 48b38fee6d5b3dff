"""Scorer: how likely a sentence makes a claim that must have a source, and of which kind; weights are learned off line."""

from __future__ import annotations

import json
import math
import sys
import zlib
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from operator import mul
from pathlib import Path
from typing import Any

from copycheck.claims.features import Page, describe, grams, own_features, word_grams

KINDS = ("efficacy", "mechanism", "statistic", "research", "comparative", "safety", "guarantee", "condition")
NAMED_SCALE = 0.2
"""Named features are worth this much beside the words when the weights are learned."""
TABLES = {"named": "f", "words": "b", "letters": "b", "near": "f", "kinds": "f", "kind_words": "b"}
"""The tables of a file of weights in their order, and what their numbers are: 32-bit floats or 8-bit integers (see `array`)."""

_SILENT = -6.0  # the logit of a sentence in which nothing speaks of health
_BOUND = 4.0  # a neighbour's logit counts no further
_WINDOW = 5  # sentences each side
_FAR = 700  # a logit whose chance is nothing, and beyond which `exp` has no number


@dataclass(frozen=True, eq=False)
class Weights:
    """All that was learned. `words` and `letters` hold a weight a hash, in steps of their `scales`; `named` and `kinds` one a name."""

    named: Mapping[str, float]
    words: Sequence[int]
    letters: Sequence[int]
    bias: float
    near: Sequence[float]  # weights of the scores round about: see `surroundings`
    near_bias: float
    kinds: Mapping[str, Sequence[float]]  # a weight a kind
    kind_words: Sequence[Sequence[int]]  # by kind
    kind_bias: Sequence[float]
    scales: Mapping[str, float]
    about: dict[str, Any]


@dataclass(frozen=True, eq=False)
class Scores:
    """Of each sentence of a page: the chance that it makes a claim (0 to 1), and its logit before neighbours were heard."""

    chances: Sequence[float]
    alone: Sequence[float]


@cache
def load() -> Weights:
    """The weights that ship with the program."""
    return read(Path(__file__).parent.parent.joinpath("data", "claims", "weights.bin").read_bytes())


def write(tables: Mapping[str, Iterable[float]], about: Mapping[str, Any]) -> bytes:
    """A file of weights: a line of JSON, then TABLES one after the other, little-endian and compressed."""
    made = {name: array(kind, tables[name]) for name, kind in TABLES.items()}
    head = json.dumps({**about, "sizes": {name: len(table) for name, table in made.items()}}, separators=(",", ":"))
    return head.encode("ascii") + b"\n" + zlib.compress(b"".join(_little_endian(table).tobytes() for table in made.values()), 9)


def read(data: bytes) -> Weights:
    """Weights from what `write` made. Raises ValueError for anything else."""
    head, _, body = data.partition(b"\n")
    try:
        about = json.loads(head)
        sizes, names, scales = (about.pop(name) for name in ("sizes", "names", "scales"))
        left = zlib.decompress(body)
    except (TypeError, KeyError, zlib.error) as error:
        raise ValueError(f"no weights: {error}") from None
    tables: dict[str, array[Any]] = {}
    for name, kind in TABLES.items():
        table = tables[name] = array(kind)
        length = sizes[name] * table.itemsize
        table.frombytes(left[:length])
        left = left[length:]
        _little_endian(table)
    kinds, words = tables["kinds"], tables["kind_words"]
    return Weights(
        dict(zip(names, tables["named"], strict=True)),
        tables["words"],
        tables["letters"],
        about["bias"],
        tables["near"].tolist(),
        about["near_bias"],
        {name: kinds[at :: len(names)].tolist() for at, name in enumerate(names)},
        [words[at : at + len(words) // len(KINDS)] for at in range(0, len(words), len(words) // len(KINDS))],
        about["kind_bias"],
        scales,
        about,
    )


def _little_endian(table: array[Any]) -> array[Any]:
    if sys.byteorder == "big":
        table.byteswap()
    return table


def score(page: Page, weights: Weights, asked: Sequence[int]) -> Scores:
    """Chances of the sentences `asked`; the others get 0."""
    alone = [_SILENT] * len(page.sentences)
    shared = weights.bias + _sum_of_named(page.rates, weights)
    for index in asked:
        alone[index] = shared + _alone(page, weights, index)
    chances = [0.0] * len(alone)
    near = surroundings(alone) if asked else []
    for index in asked:
        chances[index] = _logistic(sum(map(mul, weights.near, near[index])) + weights.near_bias)
    return Scores(chances, alone)


def _alone(page: Page, weights: Weights, index: int) -> float:
    """The logit of a sentence by itself, but for what its page has in common."""
    words, letters = grams(page.evidence[index])
    hashed = _mean(words, weights.words) * weights.scales["words"] + _mean(letters, weights.letters) * weights.scales["letters"]
    return _sum_of_named(own_features(page, index), weights) + hashed


def _sum_of_named(features: Mapping[str, float], weights: Weights) -> float:
    """The sum does not hang on the order in which sets were walked."""
    named = weights.named
    return math.fsum([named[name] * value for name, value in features.items() if name in named])


def _mean(hashes: Collection[int], table: Sequence[int]) -> float:
    """The sum of the hashes' weights over the root of their number; 0 for none."""
    return sum(map(table.__getitem__, hashes)) / math.sqrt(len(hashes)) if hashes else 0.0


def _logistic(logit: float) -> float:
    return 1 / (1 + math.exp(-logit)) if logit > -_FAR else 0.0


def surroundings(alone: Sequence[float]) -> list[tuple[float, ...]]:
    """A row a sentence: its own logit, its two neighbours', the mean of the five sentences each side, and of the page.

    Where a page ends, its mean stands in; a sentence that stands alone is its own neighbour.
    """
    size = len(alone)
    bounded = [min(max(logit, -_BOUND), _BOUND) for logit in alone]
    whole = math.fsum(bounded)
    edge = [whole / max(size, 1)] * _WINDOW
    padded = [*edge, *bounded, *edge]
    sums = list(accumulate(padded, initial=0.0))
    rows: list[tuple[float, ...]] = []
    for at, own in enumerate(bounded):
        window = (sums[at + 2 * _WINDOW + 1] - sums[at] - own) / (2 * _WINDOW)
        page = (whole - own) / (size - 1) if size > 1 else own
        rows.append((alone[at], padded[at + _WINDOW - 1], padded[at + _WINDOW + 1], window, page))
    return rows


def kinds_of(page: Page, weights: Weights, index: int) -> list[str]:
    """The kinds of claim, the likeliest for this sentence first."""
    told = [(weights.kinds[name], value) for name, value in describe(page, index).items() if name in weights.kinds]
    values = [value for _, value in told]
    columns = zip(*(row for row, _ in told), strict=True)
    totals = [bias + math.fsum(map(mul, column, values)) for bias, column in zip(weights.kind_bias, columns, strict=True)]
    pairs = word_grams(page.evidence[index])
    size = len(weights.kind_words[0])
    hashed = [found % size for found in pairs]
    for at, table in enumerate(weights.kind_words):
        totals[at] += _mean(hashed, table) * weights.scales["kind_words"]
    return [KINDS[at] for at in sorted(range(len(KINDS)), key=lambda at: -totals[at])]
