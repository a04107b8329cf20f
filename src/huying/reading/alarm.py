"""How much a few words sound like somebody in danger, where no rule names what happens.

A linear machine over single characters and pairs of characters, learned by `tools/alarm.py` from sentences of our own
(`data/danger.tsv`) against everyday letters. What it holds, in `data/alarm.csv`, is a weight for each run and each number to
ring. It reads plainly, without NumPy: it runs within the request that takes an appeal.
"""

import csv
import functools
from collections.abc import Mapping
from importlib import resources
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

from huying.reading.segment import fold

REST = ""  # the row that holds what is added whatever the text says
STRETCH = 12  # characters of a text that are shown as what sounded so


class Weights(NamedTuple):
    """What a run of characters says for danger at all, and for each number to ring."""

    danger: float
    numbers: tuple[float, ...]


class Alarm:
    """Immutable, so threads share it."""

    def __init__(self, numbers: tuple[str, ...], weights: Mapping[str, Weights]) -> None:
        self._numbers = numbers
        self._weights = dict(weights)
        self._rest = self._weights.pop(REST)

    def score(self, text: str) -> float:
        """How much `text` sounds like danger; above 0 more like it than not."""
        known = self._known(text)
        return self._rest.danger + sum(weights.danger for weights in known) / sqrt(len(known) or 1)

    def number(self, text: str) -> str:
        """Which number to ring if it is danger."""
        known = self._known(text)
        size = sqrt(len(known) or 1)
        sums = [rest + sum(weights.numbers[at] for weights in known) / size for at, rest in enumerate(self._rest.numbers)]
        return self._numbers[sums.index(max(sums))]

    def stretch(self, text: str) -> tuple[int, int]:
        """From where to where the words stand that sound most like it: one unbroken stretch."""
        folded = fold(text)
        gains = [self._gain(folded, at) for at in range(len(folded))]
        begins = range(max(1, len(folded) - STRETCH + 1))
        best = max(begins, key=lambda begin: sum(gains[begin : begin + STRETCH]), default=0)
        return best, min(len(folded), best + STRETCH)

    def _gain(self, folded: str, at: int) -> float:
        found = (self._weights.get(folded[at : at + length]) for length in (1, 2))
        return sum(weights.danger for weights in found if weights is not None)

    def _known(self, text: str) -> list[Weights]:
        weights = self._weights
        return [weights[run] for run in runs_of(text) if run in weights]


def runs_of(text: str) -> set[str]:
    """The single characters and pairs of neighbours in `text`, each once; none across what only separates."""
    folded = fold(text)
    found = {sign for sign in folded if sign.isalnum()}
    found.update(one + other for one, other in pairwise(folded) if one in found and other in found)
    return found


@functools.cache
def alarm() -> Alarm:
    """The machine that came with this version."""
    text = resources.files("huying.reading").joinpath("data/alarm.csv").read_text("utf-8")
    (_, _, *numbers), *rows = csv.reader(text.splitlines())
    weights = {run: Weights(float(danger), tuple(map(float, of))) for run, danger, *of in rows}
    return Alarm(tuple(numbers), weights)
