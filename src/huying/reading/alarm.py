"""How much a few words sound like somebody in danger, where no rule names what happens.

A linear machine over single characters, pairs of characters and words, learned by `tools/alarm.py` from sentences of our own.
A word says something by itself, and by the company it keeps in other texts: so one that stands in few of them is judged by
those that stand where it does. What it holds, in `data/alarm.npz`, is a weight for each of them and each number to ring.
"""

import functools
import re
from collections.abc import Iterable, Mapping
from importlib import resources
from itertools import accumulate, pairwise
from math import sqrt
from typing import NamedTuple

import numpy as np
import rjieba

from huying.reading.segment import fold

WORD = "="  # before a word, that it is not taken for a run of characters
_HALF = re.compile("[\ud800-\udfff]")
STRETCH = 12  # characters of a text that are shown as what sounded so


class Machine(NamedTuple):
    """What is added whatever a text says, what each run and each word in it says, and what each word says by its company."""

    rest: float
    runs: Mapping[str, float]
    company: Mapping[str, float]

    def score(self, runs: Iterable[str], words: Iterable[str]) -> float:
        """What a text says that has these runs, each once, and these words, as often as they stand."""
        own = [self.runs[run] for run in runs if run in self.runs]
        near = [self.company[word] for word in words if word in self.company]
        return self.rest + sum(own) / sqrt(len(own) or 1) + sum(near) / (len(near) or 1)


class Alarm:
    """Immutable, so threads share it. `danger` is for danger at all, `numbers` for each number to ring."""

    def __init__(self, danger: Machine, numbers: Mapping[str, Machine]) -> None:
        self._danger = danger
        self._numbers = dict(numbers)

    def score(self, text: str) -> float:
        """How much `text` sounds like danger; above 0 more like it than not."""
        words = words_of(text)
        return self._danger.score(runs_of(text, words), words)

    def number(self, text: str) -> str:
        """Which number to ring if it is danger."""
        words = words_of(text)
        runs = runs_of(text, words)
        return max(self._numbers, key=lambda number: self._numbers[number].score(runs, words))

    def stretch(self, text: str) -> tuple[int, int]:
        """From where to where the words stand that sound most like it: one unbroken stretch."""
        folded, gains = fold(text), [0.0] * len(text)
        for at in range(len(folded)):
            gains[at] += sum(self._danger.runs.get(folded[at : at + length], 0.0) for length in (1, 2))
        words = _cut(folded)
        for word, at in zip(words, accumulate(map(len, words), initial=0), strict=False):
            gains[at] += self._danger.runs.get(WORD + word, 0.0)
        begins = range(max(1, len(folded) - STRETCH + 1))
        best = max(begins, key=lambda begin: sum(gains[begin : begin + STRETCH]), default=0)
        end = min(len(folded), best + STRETCH)
        while best < end and not folded[best].isalnum():  # it begins with what is said
            best += 1
        return best, end


def _cut(folded: str) -> list[str]:
    """The words of a folded text, as long together as it is. Half a pair of UTF-16 is no word."""
    return list(rjieba.cut(_HALF.sub("?", folded)))


@functools.lru_cache(maxsize=4)  # a text is asked how much it sounds so and then whom to ring
def words_of(text: str) -> tuple[str, ...]:
    """The words of `text` one behind the other, without what only separates."""
    return tuple(word for word in _cut(fold(text)) if not word.isspace())


def runs_of(text: str, words: Iterable[str]) -> set[str]:
    """The single characters and pairs of neighbours in `text`, and its `words` marked as such, each once; no pair across what
    only separates."""
    folded = fold(text)
    found = {sign for sign in folded if sign.isalnum()}
    found.update(one + other for one, other in pairwise(folded) if one in found and other in found)
    found.update(WORD + word for word in words)
    return found


@functools.cache
def alarm() -> Alarm:
    """The machine that came with this version."""
    with resources.files("huying.reading").joinpath("data/alarm.npz").open("rb") as file, np.load(file) as held:
        runs, words = (str(held[name]).split("\n") for name in ("runs", "words"))
        own, near = (held[name] * held[f"{name}_unit"] for name in ("of_runs", "of_words"))
        machines = [
            Machine(float(rest), dict(zip(runs, of_runs, strict=True)), dict(zip(words, of_words, strict=True)))
            for rest, of_runs, of_words in zip(held["rest"], own.tolist(), near.tolist(), strict=True)
        ]
        danger, *others = machines
        return Alarm(danger, dict(zip(str(held["numbers"]).split("\n"), others, strict=True)))
