"""How much more each label holds a term than all others do, kept small: a term is held by few of the labels.

Where a label holds a term not at all, its odds are what term and label say each by itself; only what goes beyond is kept.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
SMOOTH = 0.03  # as if each label had held each term so much


@dataclass(frozen=True)
class Odds:
    """Rows of terms, columns of labels: `of_term` and `of_label` where nothing is held, and `beyond` where something is."""

    of_term: Floats
    of_label: Floats
    starts: Ints
    columns: Ints
    beyond: Floats

    def rows(self, terms: Ints) -> Floats:
        """The log-odds of some terms, a row each."""
        found = self.of_term[terms][:, None] + self.of_label
        sizes = self.starts[terms + 1] - self.starts[terms]
        row = np.repeat(np.arange(len(terms)), sizes)
        at = np.arange(len(row)) + np.repeat(self.starts[terms] - np.cumsum(sizes) + sizes, sizes)
        found[row, self.columns[at]] += self.beyond[at]
        return found


def odds(places: Ints, worth: Floats, terms: int, labels: int) -> Odds:
    """The odds of what was counted: `places` are term times labels plus label, `worth` what stood there each time."""
    held, which = np.unique(places, return_inverse=True)
    mine = np.bincount(which, worth, len(held)) if len(held) else np.zeros(0)
    term, label = held // max(labels, 1), held % max(labels, 1)
    of_terms, of_labels = np.bincount(term, mine, terms), np.bincount(label, mine, labels)
    size = SMOOTH * terms
    by_term = np.log(SMOOTH) - np.log(of_terms + SMOOTH)
    by_label = np.log(of_labels.sum() - of_labels + size) - np.log(of_labels + size)
    beyond = np.log(mine + SMOOTH) - np.log(of_terms[term] - mine + SMOOTH) - by_term[term]
    starts = np.searchsorted(held, np.arange(terms + 1, dtype=np.int64) * labels).astype(np.int64)
    return Odds(by_term.astype(np.float32), by_label.astype(np.float32), starts, label, beyond.astype(np.float32))
