"""Judge: the trained component that says of a sentence whether it must have a source, what it asserts, and what could be held against it.

A small transformer (MiniLM, Wang et al. 2020), fine-tuned by `training/train.py` and run by onnxruntime. It reads one sentence at a time,
so that what it says never depends on what else is read.
"""

from __future__ import annotations

import json
import math
import os
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy
from spacy.tokens import Doc

FOLDER = Path(__file__).parent.parent / "data" / "judge"
_RECENT = 256
"""Opinions that are remembered: pages repeat themselves, hostile ones without end. One takes up to 50 kB."""


class Opinion(NamedTuple):
    """What the judge says of a sentence.

    Args:
        claim: the calibrated chance (0 to 1) that it must have a source.
        kinds: for each kind of claim, and `none`, the chance that this is what it mainly asserts; they sum to 1.
        labels: for each label the calibrated chance that it holds.
        weights: by label and `claim`, what each of `words` weighed (logits).
        words: the sentence's words, as offsets into its text.
    """

    claim: float
    kinds: Mapping[str, float]
    labels: Mapping[str, float]
    weights: Mapping[str, Sequence[float]]
    words: Sequence[tuple[int, int]] = ()

    @property
    def kind(self) -> str:
        """The likeliest kind of claim, `none` left out."""
        return max((kind for kind in self.kinds if kind != "none"), key=lambda kind: self.kinds[kind])


@dataclass
class Judge:
    """The model in a folder: `model.onnx`, `tokenizer.json`, and `card.json` with its labels, calibration and figures."""

    folder: Path = FOLDER

    @cached_property
    def card(self) -> dict[str, Any]:
        return dict(json.loads(self.folder.joinpath("card.json").read_text(encoding="utf-8")))

    @cached_property
    def _session(self) -> Any:
        os.putenv("ORT_DISABLE_TELEMETRY", "1")  # read by version 1.32 on when it is loaded; or it reports to its maker
        import onnxruntime

        onnxruntime.disable_telemetry_events()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # a run already has a process for each core
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(self.folder / "model.onnx", options, providers=["CPUExecutionProvider"])

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        return Tokenizer.from_file(str(self.folder / "tokenizer.json"))

    def __call__(self, sentence: str, setting: str = "") -> Opinion:
        """The opinion of a sentence. `setting`: what it stands in, as `copycheck.verdicts.setting` puts it."""
        return self._recent(sentence, setting)

    @cached_property
    def _recent(self) -> Callable[[str, str], Opinion]:
        return lru_cache(_RECENT)(self._read)

    def _read(self, sentence: str, setting: str) -> Opinion:
        encoding = self._tokenizer.encode(sentence, setting)
        inputs = {"ids": numpy.array([encoding.ids]), "types": numpy.array([encoding.type_ids])}
        logits, weights = self._session.run(None, inputs)
        return self._opinion(logits[0].tolist(), weights[0], encoding)

    def _opinion(self, logits: Sequence[float], weights: Any, encoding: Any) -> Opinion:
        kinds, labels, calibration = self.card["kinds"], self.card["labels"], self.card["calibration"]
        shares = [math.exp(value - max(logits[1 : 1 + len(kinds)])) for value in logits[1 : 1 + len(kinds)]]
        chances = {
            name: _logistic(calibration[name][0] * value + calibration[name][1])
            for name, value in zip(("claim", *labels), (logits[0], *logits[1 + len(kinds) :]), strict=True)
        }
        return Opinion(
            chances.pop("claim"),
            {kind: share / sum(shares) for kind, share in zip(kinds, shares, strict=True)},
            chances,
            *_words(("claim", *labels), weights, encoding),
        )


@cache
def load() -> Judge:
    """The judge that ships."""
    return Judge()


@dataclass
class DocJudge:
    """Sets `doc._.opinions`, one for each of `doc.sents`. `setting`: vertical and stance of the page, a heading and more after bars."""

    setting: str

    def __call__(self, doc: Doc) -> Doc:
        doc._.opinions = tuple(load()(sentence.text, self.setting) for sentence in doc.sents)
        return doc


def _words(names: Sequence[str], weights: Any, encoding: Any) -> tuple[dict[str, Sequence[float]], tuple[tuple[int, int], ...]]:
    """By name what each word of the sentence weighed, the sum of its pieces; and the words. Arrays, for editors keep many opinions."""
    places: dict[int, tuple[int, int]] = {}
    first: list[int] = []
    for at, (word, own, (start, end)) in enumerate(zip(encoding.word_ids, encoding.sequence_ids, encoding.offsets, strict=True)):
        if own == 0:
            stop = at + 1
            if word not in places:
                first.append(at)
            places[word] = (places.get(word, (start, end))[0], end)
    if not first:
        return dict.fromkeys(names, ()), ()
    sums = numpy.add.reduceat(weights[:stop, : len(names)], first, axis=0).T.tolist()
    return {name: array("d", column) for name, column in zip(names, sums, strict=True)}, tuple(places.values())


def _logistic(logit: float) -> float:
    return 1 / (1 + math.exp(-max(min(logit, 50.0), -50.0)))
