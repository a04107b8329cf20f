"""Move a reader by what people chose since it was made, and no further than that asks for."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from threadpoolctl import threadpool_limits

from huying.reading.grams import Floats, Vocabulary, learn
from huying.reading.linear import Linear, shares
from huying.reading.training import Examples, matrix_of

FEW = 100  # corrections of which every run counts; among more, what stands in one of them says nothing
# How much a correction may move against what was learned before. With 30, eight corrections about glaring light also moved
# letters about dark streets.
PULL = 15.0


def adapted(base: Linear, given: Examples, names: Sequence[str]) -> Linear:
    """`base`, moved no further than what people chose since asks for. `names` begins with the labels of `base`."""
    model = base.widened(names)
    vocabulary = _joined(model.vocabulary, learn(given.rows, least=1 if given.rows.height < FEW else 2))
    weights = np.zeros((len(vocabulary), len(names)), dtype=np.float32)
    weights[vocabulary.number[model.vocabulary.hashes]] = model.weights
    rows = vocabulary.weighed(given.rows)
    wider = replace(model, vocabulary=vocabulary, weights=weights)
    fixed = wider.margins(rows)
    if given.likeness is not None:
        fixed = fixed + wider.of_likeness * given.likeness
    target = np.array([names.index(label) for label in given.labels])
    matrix = matrix_of(rows, len(vocabulary))
    with threadpool_limits(limits=1):  # so small a matrix in several threads takes eight times the CPU time, and pages wait
        moved = matrix.T @ _moves(np.asarray((matrix @ matrix.T).todense()), fixed, target, wider.sharpness)
    return replace(wider, weights=(weights + moved).astype(np.float32))


def _joined(one: Vocabulary, other: Vocabulary) -> Vocabulary:
    """The runs of both; those of the first keep their rarity."""
    hashes = np.union1d(one.hashes, other.hashes)
    rarity = np.zeros(len(hashes), dtype=np.float32)
    rarity[np.searchsorted(hashes, other.hashes)] = other.rarity
    rarity[np.searchsorted(hashes, one.hashes)] = one.rarity
    return Vocabulary(hashes, rarity)


def _moves(kernel: NDArray[np.floating], fixed: Floats, target: NDArray[np.integer], sharpness: float) -> NDArray[np.float64]:
    """How much of each example each label gains: logistic regression with the base as its prior, in its dual."""
    count, labels = fixed.shape
    wanted = np.zeros((count, labels))
    wanted[np.arange(count), target] = 1.0

    def cost(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        moves = flat.reshape(count, labels)
        through = kernel @ moves
        found = shares((fixed + through).astype(np.float32), None, sharpness, 0.0).astype(np.float64)
        loss = -np.log(np.maximum(found[np.arange(count), target], 1e-12)).sum() + (moves * through).sum() / (2 * PULL)
        slope = kernel @ (sharpness * (found - wanted) + moves / PULL)
        return float(loss), slope.ravel()

    best = minimize(cost, np.zeros(count * labels), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return np.asarray(best.x).reshape(count, labels)
