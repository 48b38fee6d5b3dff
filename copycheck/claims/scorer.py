"""Scorer: how likely a sentence makes a claim that must have a source, and of which kind; weights are learned off line."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import as_file, files
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from copycheck.claims.features import Page, describe, grams, own_features, vector, word_grams

KINDS = ("efficacy", "mechanism", "statistic", "research", "comparative", "safety", "guarantee", "condition")
NAMED_SCALE = 0.2
"""Named features are worth this much beside the words when the weights are learned."""

Floats = np.ndarray[Any, np.dtype[np.float32]]
Doubles = np.ndarray[Any, np.dtype[np.float64]]
_SILENT = np.float32(-6.0)  # the logit of a unit in which nothing speaks of health


@dataclass(frozen=True, eq=False)
class Weights:
    """All that was learned. `words` and `letters` hold a weight a hash; `named` and `kinds` one a name (kinds: a row each)."""

    names: dict[str, int]
    named: Floats
    words: Floats
    letters: Floats
    bias: float
    near: Floats  # weights of the scores round about: see `_surroundings`
    near_bias: float
    kinds: Floats
    kind_words: Floats
    kind_bias: Floats
    about: dict[str, Any]

    @cached_property
    def named_by_name(self) -> dict[str, float]:
        """`named` by its names, as plain numbers."""
        return dict(zip(self.names, self.named.tolist(), strict=True))


@dataclass(frozen=True, eq=False)
class Scores:
    """Of each unit of a page: the chance that it makes a claim (0 to 1), and its logit before neighbours were heard."""

    chances: Sequence[float]
    alone: Sequence[float]


@cache
def load() -> Weights:
    """The weights that ship with the program."""
    with as_file(files("copycheck").joinpath("data", "claims", "weights.npz")) as path:
        return read(path)


def read(path: Path) -> Weights:
    """Weights from a file; arrays of numbers and one JSON text, never pickled objects. Raises ValueError for another file."""
    with np.load(path, allow_pickle=False) as data:
        about = json.loads(bytes(data["about"]).decode())
        names = {name: index for index, name in enumerate(about.pop("names"))}

        def table(name: str) -> Floats:
            return np.asarray(data[name].astype(np.float32) * float(about["scales"][name]))

        return Weights(
            names,
            table("named"),
            table("words"),
            table("letters"),
            about["bias"],
            table("near"),
            about["near_bias"],
            table("kinds"),
            table("kind_words"),
            np.asarray(about["kind_bias"], dtype=np.float32),
            about,
        )


def score(page: Page, weights: Weights, asked: Sequence[int]) -> Scores:
    """Chances of the units `asked`; the others get 0."""
    alone = np.full(len(page.units), _SILENT, dtype=np.float32)
    if len(asked):
        alone[list(asked)] = _alone(page, weights, asked)
    logits = surroundings(alone) @ weights.near + weights.near_bias
    chances = 1 / (1 + np.exp(-logits))
    chances[alone == _SILENT] = 0.0
    return Scores(chances.tolist(), alone.tolist())


def _alone(page: Page, weights: Weights, asked: Sequence[int]) -> Doubles:
    """The logits of units by themselves. Sums do not hang on the order in which sets are walked."""
    named = weights.named_by_name
    shared = weights.bias + math.fsum([named[name] * value for name, value in page.rates.items() if name in named])
    totals = np.array(
        [math.fsum([named[name] * value for name, value in own_features(page, index).items() if name in named]) for index in asked]
    )
    found = [grams(page.evidence[index]) for index in asked]
    totals += _means([pairs for pairs, _ in found], weights.words) + _means([letters for _, letters in found], weights.letters)
    return totals + shared


def _means(rows: Sequence[set[int]], table: Floats) -> Doubles:
    """Of each row the sum of its hashes' weights over the root of their number; 0 for an empty one."""
    sizes = np.array([len(row) for row in rows])
    hashes = np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=int(sizes.sum()))
    sums = np.bincount(np.repeat(np.arange(len(rows)), sizes), weights=table[hashes], minlength=len(rows))
    return np.asarray(sums / np.sqrt(np.maximum(sizes, 1)))


def surroundings(alone: Floats) -> Floats:
    """A row a unit: its own logit, its two neighbours', the mean of the five units each side, and of the page.

    Where a page ends, its mean stands in; a sentence that stands alone is its own neighbour.
    """
    size = len(alone)
    bounded = np.clip(alone, -4.0, 4.0)
    edge = np.full(5, bounded.mean() if size else 0.0, dtype=np.float32)
    padded = np.concatenate([edge, bounded, edge])
    sums = np.concatenate([[0.0], np.cumsum(padded)])
    window = (sums[11 : 11 + size] - sums[:size] - bounded) / 10
    page = (bounded.sum() - bounded) / (size - 1) if size > 1 else bounded
    return np.stack([alone, padded[4 : 4 + size], padded[6 : 6 + size], window, page], axis=1).astype(np.float32)


def kinds_of(page: Page, weights: Weights, index: int) -> list[str]:
    """The kinds of claim, the likeliest for this unit first."""
    told = vector(weights.names, describe(page, index))
    totals = weights.kind_bias + weights.kinds[:, [at for at, _ in told]] @ np.array([value for _, value in told])
    pairs = word_grams(page.evidence[index])
    if pairs:
        size = weights.kind_words.shape[1]
        totals += weights.kind_words[:, [found % size for found in pairs]].sum(axis=1) / math.sqrt(len(pairs))
    return [KINDS[at] for at in np.argsort(-totals, kind="stable")]
