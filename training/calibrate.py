"""Calibrate: from the logits of sentences whose site was not trained on, the chances and bars of the judge's card."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

CLAIM_PRECISION = (0.89, 0.92, 0.95)
"""Of sentences that need a source, the precision of a claim, of one of medium and of one of high confidence."""
ALONE_PRECISION = 0.87
"""Of sentences with a label, the precision from which the judge speaks alone."""
LEAST_CHANCE = 0.3
"""The chance below which the judge never speaks alone, even where the precision would allow it."""
DOUBT_RECALL = 0.95
"""Of sentences with a label, the share that a pattern must not be doubted on."""


def chance(logit: float, pair: Sequence[float]) -> float:
    return 1 / (1 + math.exp(-max(min(pair[0] * logit + pair[1], 50.0), -50.0)))


def platt(logits: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    """Slope and intercept of the logistic curve through the logits (Platt 1999, with his smoothed targets), by Newton's method."""
    positive, negative = truth.sum(), (~truth).sum()
    target = np.where(truth, (positive + 1) / (positive + 2), 1 / (negative + 2))
    features = np.stack([logits, np.ones_like(logits)], 1)
    weights = np.zeros(2)

    def loss(some: np.ndarray) -> float:
        return float(np.sum(np.logaddexp(0, features @ some) - target * (features @ some)))

    for _ in range(50):
        guess = 1 / (1 + np.exp(-np.clip(features @ weights, -50, 50)))
        gradient = features.T @ (guess - target)
        hessian = features.T @ (features * (guess * (1 - guess))[:, None]) + 1e-6 * np.eye(2)
        step = np.linalg.solve(hessian, gradient)
        while loss(weights - step) > loss(weights) and np.abs(step).max() > 1e-9:  # it would jump over the lowest point
            step /= 2
        weights = weights - step
    return float(weights[0]), float(weights[1])


def bar(chances: np.ndarray, truth: np.ndarray, neutral: np.ndarray, precision: float) -> float:
    """The lowest chance from which on the precision is reached; 1.01 where it never is on ten sentences or more."""
    order = np.argsort(-chances)
    right, wrong, found = 0, 0, 1.01
    for at in order:
        right += bool(truth[at])
        wrong += not truth[at] and not neutral[at]
        if right >= 10 and right / (right + wrong) >= precision:
            found = float(chances[at])
    return round(found, 4)


def card(rows: Sequence[dict[str, Any]], kinds: Sequence[str], labels: dict[str, str]) -> dict[str, Any]:
    """Calibration, bars and figures. `labels`: the names of the labels by their code in the label files, in the order of the logits."""
    logits = np.array([row["logits"] for row in rows])
    need = np.array([row["need"] for row in rows])
    calibration, bars, figures = {}, {}, {}
    claims = need == 2
    calibration["claim"] = platt(logits[need != 1, 0], claims[need != 1])
    chances = np.array([chance(value, calibration["claim"]) for value in logits[:, 0]])
    bars["claim"] = [bar(chances, claims, need == 1, wanted) for wanted in CLAIM_PRECISION]
    figures["claim"] = _figures(chances, claims, need == 1, bars["claim"])
    flagged = [at for at, row in enumerate(rows) if row["flagged"]]
    for number, (code, name) in enumerate(labels.items()):
        column = logits[flagged, 1 + len(kinds) + number]
        truth = np.array([code in rows[at]["flags"] for at in flagged])
        other = np.array([bool(rows[at]["flags"]) or rows[at]["need"] == 2 for at in flagged]) & ~truth
        calibration[name] = platt(column, truth)
        chances = np.array([chance(value, calibration[name]) for value in column])
        doubt = float(np.quantile(chances[truth], 1 - DOUBT_RECALL))
        bars[name] = [round(doubt, 4), max(bar(chances, truth, other, ALONE_PRECISION), LEAST_CHANCE)]
        figures[name] = _figures(chances, truth, other, bars[name])
    rounded = {name: [round(value, 5) for value in pair] for name, pair in calibration.items()}
    return {"kinds": list(kinds), "labels": list(labels.values()), "calibration": rounded, "bars": bars, "by_site": figures}


def _figures(chances: np.ndarray, truth: np.ndarray, neutral: np.ndarray, bars: Sequence[float]) -> list[dict[str, float]]:
    found = []
    for least in bars:
        on = chances >= least
        right, wrong = int((on & truth).sum()), int((on & ~truth & ~neutral).sum())
        found.append(
            {
                "bar": least,
                "precision": round(right / max(right + wrong, 1), 3),
                "recall": round(right / max(int(truth.sum()), 1), 3),
                "of": int(truth.sum()),
            }
        )
    return found
