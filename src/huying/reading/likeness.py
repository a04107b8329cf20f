"""How like the texts of each label a message is: for labels that come with words of their own, a duty or a category."""

from collections.abc import Mapping, Sequence

import numpy as np

from huying.reading.grams import Floats
from huying.reading.similar import Document, Index, Letter
from huying.reading.trust import MOST, trusts


class Likeness:
    """One document a label, found as duties are. Immutable."""

    def __init__(self, texts: Mapping[str, Sequence[tuple[str, float]]]) -> None:
        """`texts`: for each label its parts, each with what one mention in it weighs."""
        self.labels = tuple(texts)
        self._index = Index([Document(label, tuple(parts)) for label, parts in texts.items()])

    def read(self, texts: Sequence[str]) -> Floats:
        """A row a text: each label's share of all likeness found, zeros where nothing is shared."""
        return as_shares(self.scores(texts))

    def scores(self, texts: Sequence[str]) -> Floats:
        """A row a text: how like each label it is; they only compare within a row."""
        scores = np.array([self._index.scores(Letter(text)) for text in texts], dtype=np.float32)
        return scores.reshape(len(texts), len(self.labels))


def sureness(scores: Floats) -> list[float]:
    """For each row of scores how far the best label can be trusted beside the others of the best."""
    best = -np.sort(-scores, axis=1)[:, :MOST]
    return [trusts([one for one in row if one > 0])[0] if row[0] > 0 else 0.0 for row in best.tolist()]


def as_shares(scores: Floats) -> Floats:
    """Scores of one text as shares of their sum; they only compare within it."""
    sums = scores.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(scores, sums, out=np.zeros_like(scores), where=sums > 0), dtype=np.float32)
