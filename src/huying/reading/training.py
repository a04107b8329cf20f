"""Learn a linear reader from labelled messages, and fit how sure it may be on messages it has not seen.

Only here scikit-learn and SciPy are needed: who reads with a model imports NumPy alone.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.exceptions import ConvergenceWarning
from sklearn.svm import LinearSVC

from huying.reading.grams import Floats, Ints, Rows, Vocabulary, chosen, counts_of, learn
from huying.reading.linear import Linear, empty, shares

STRICTNESS = 1.5  # how dearly a message on the wrong side is paid for
SMALLEST = 2e-3  # a weight below this share of the largest says nothing
FOLDS = 5


@dataclass(frozen=True)
class Examples:
    """Labelled messages: what stands in them, their labels, their clusters of near copies, how like each label they are."""

    rows: Rows
    labels: Sequence[str]
    cluster: Ints
    likeness: Floats | None = None

    def some(self, numbers: Ints) -> "Examples":
        """Some of them."""
        like = self.likeness[numbers] if self.likeness is not None else None
        return Examples(chosen(self.rows, numbers), [self.labels[n] for n in numbers], self.cluster[numbers], like)


@dataclass(frozen=True)
class Trained:
    """A reader, and what it said of each example when that example's cluster had been left out."""

    model: Linear
    said: list[str]
    confidence: Floats


def examples(
    texts: Sequence[str],
    labels: Sequence[str],
    cluster: Sequence[int],
    likeness: Floats | None = None,
    marks: Sequence[Sequence[str]] | None = None,
) -> Examples:
    """Count what stands in the texts."""
    return Examples(counts_of(texts, marks), labels, np.array(cluster, dtype=np.int64), likeness)


def train(given: Examples, names: Sequence[str], folds: int = FOLDS, seed: int = 0) -> Trained:
    """A reader of all examples, calibrated on what it said of each with its cluster left out.

    `names` are the labels in the order of the columns of likeness; each example bears one of them.
    """
    target = np.array([names.index(label) for label in given.labels])
    left_out = np.zeros((len(target), len(names)), dtype=np.float32)
    parts = fold_of(given.cluster, folds, seed)
    for part in range(folds):
        test, rest = np.flatnonzero(parts == part), np.flatnonzero(parts != part)
        if len(test) and len(rest):
            found = fit(given.some(rest), names)
            left_out[test] = found.margins(found.vocabulary.weighed(chosen(given.rows, test)))
    sharpness, of_likeness = _best_joined(left_out, given.likeness, target)
    model = replace(fit(given, names), sharpness=sharpness, of_likeness=of_likeness)
    found_shares = shares(left_out, given.likeness, sharpness, of_likeness)
    return Trained(model, [names[n] for n in found_shares.argmax(axis=1)], found_shares.max(axis=1))


def _best_joined(left_out: Floats, likeness: Floats | None, target: NDArray[np.integer]) -> tuple[float, float]:
    """With likeness where it names more of them rightly, else without: words of labels can mislead who has learned enough."""
    alone = calibrated(left_out, None, target)
    if likeness is None:
        return alone
    both = calibrated(left_out, likeness, target)
    right = [(shares(left_out, likeness, *one).argmax(axis=1) == target).sum() for one in (alone, both)]
    return both if right[1] > right[0] else alone


def fold_of(cluster: Ints, folds: int, seed: int = 0) -> Ints:
    """In which of `folds` parts each example lies: near copies in one."""
    names, place = np.unique(cluster, return_inverse=True)
    order = np.random.default_rng(seed).permutation(len(names))
    return np.asarray(order % folds, dtype=np.int64)[place]


def fit(given: Examples, names: Sequence[str]) -> Linear:
    """Weights of one linear machine for each label against all others."""
    vocabulary = learn(given.rows)
    matrix = matrix_of(vocabulary.weighed(given.rows), len(vocabulary))
    met = sorted(set(given.labels), key=names.index)
    weights = np.zeros((len(vocabulary), len(names)), dtype=np.float32)
    bias = np.full(len(names), -1.0, dtype=np.float32)
    for label in met:
        mine = np.array([other == label for other in given.labels])
        at = names.index(label)
        if mine.all():
            bias[at] = 1.0
            continue
        machine = LinearSVC(C=STRICTNESS, random_state=0)
        with warnings.catch_warnings():  # what it has after its steps is as good as it gets here
            warnings.simplefilter("ignore", ConvergenceWarning)
            machine.fit(matrix, mine)
        weights[:, at], bias[at] = machine.coef_[0], machine.intercept_[0]
    return Linear(tuple(names), *_lean(vocabulary, weights), bias)


def _lean(vocabulary: Vocabulary, weights: Floats) -> tuple[Vocabulary, Floats]:
    """Without the runs that say nothing about any label."""
    strength = np.abs(weights).max(axis=1, initial=0.0)
    kept = np.flatnonzero(strength > SMALLEST * strength.max(initial=0.0))
    return Vocabulary(vocabulary.hashes[kept], vocabulary.rarity[kept]), weights[kept]


def matrix_of(rows: Rows, width: int) -> csr_matrix:
    return csr_matrix((rows.values, rows.columns, rows.starts), shape=(rows.height, width))


def calibrated(margins: Floats, likeness: Floats | None, target: NDArray[np.integer]) -> tuple[float, float]:
    """The sharpness, and the weight of likeness, under which the truth is likeliest."""

    def surprise(at: NDArray[np.float64]) -> float:
        found = shares(margins, likeness, float(np.exp(at[0])), float(np.exp(at[1])) if likeness is not None else 0.0)
        return float(-np.log(np.maximum(found[np.arange(len(target)), target], 1e-9)).mean())

    best = minimize(surprise, np.array([1.0, 0.0]), method="Nelder-Mead", options={"maxiter": 120, "xatol": 0.01})
    return float(np.exp(best.x[0])), float(np.exp(best.x[1])) if likeness is not None else 0.0


def taught_itself(rows: Rows, likeness: Floats, names: Sequence[str], share: float = 0.7) -> Linear:
    """A reader without any label: it learns from the messages of which likeness is surest, as if that were the truth."""
    said = likeness.argmax(axis=1)
    ordered = np.sort(likeness, axis=1)
    lead = ordered[:, -1] - ordered[:, -2] if likeness.shape[1] > 1 else ordered[:, -1]
    sure: list[int] = []
    for label in range(len(names)):
        mine = np.flatnonzero((said == label) & (lead > 0))
        sure += mine[np.argsort(-lead[mine], kind="stable")[: int(len(mine) * share)]].tolist()
    numbers = np.array(sorted(sure), dtype=np.int64)
    if not len(numbers):
        return empty(names, 1.0, 1.0)
    picked = chosen(rows, numbers)
    return fit(Examples(picked, [names[n] for n in said[numbers]], numbers), names)
