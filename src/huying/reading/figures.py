"""How good a reader is, in figures that others know: F1, accuracy, how much it can do alone at a promised precision."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FEWEST = 30  # with fewer answers at hand a precision says nothing


@dataclass(frozen=True, slots=True)
class OfLabel:
    """One label's figures; `count` is how many messages truly bear it."""

    precision: float
    recall: float
    f1: float
    count: int


def per_label(truth: Sequence[str], said: Sequence[str]) -> dict[str, OfLabel]:
    """The figures of every label that was meant or said."""
    found = {}
    for label in sorted({*truth, *said}):
        right = sum(t == s == label for t, s in zip(truth, said, strict=True))
        meant, named = sum(t == label for t in truth), sum(s == label for s in said)
        precision, recall = right / named if named else 0.0, right / meant if meant else 0.0
        f1 = 2 * precision * recall / (precision + recall) if right else 0.0
        found[label] = OfLabel(round(precision, 4), round(recall, 4), round(f1, 4), meant)
    return found


def macro_f1(found: dict[str, OfLabel]) -> float:
    """The mean F1 of the labels that were meant at least once."""
    meant = [of.f1 for of in found.values() if of.count]
    return sum(meant) / len(meant) if meant else 0.0


def coverage_at(precision: float, confidence: NDArray[np.floating], right: NDArray[np.bool_]) -> tuple[float, float]:
    """The largest share of answers, the surest first, of which `precision` are right; and the confidence it begins at.

    Answers of one confidence go together. (0, inf) where no share reaches it.
    """
    order = np.argsort(-confidence, kind="stable")
    sure, hits = confidence[order], np.cumsum(right[order])
    counts = np.arange(1, len(order) + 1)
    last_of_equals = np.concatenate((sure[1:] < sure[:-1], [True])) if len(order) else np.zeros(0, dtype=bool)
    reached = np.flatnonzero(last_of_equals & (hits >= precision * counts) & (counts >= min(FEWEST, len(order))))
    if not len(reached):
        return 0.0, float("inf")
    return float(counts[reached[-1]] / len(order)), float(sure[reached[-1]])


def calibration_error(confidence: NDArray[np.floating], right: NDArray[np.bool_], parts: int = 10) -> float:
    """How far, on average, a stated confidence lies from the share that was right, over `parts` equal stretches."""
    order = np.argsort(confidence, kind="stable")
    gaps = [abs(confidence[part].mean() - right[part].mean()) * len(part) for part in np.array_split(order, parts) if len(part)]
    return float(sum(gaps) / len(order)) if len(order) else 0.0
