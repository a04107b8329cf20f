"""What readers would have said of messages they had not learned from: they are judged by it, and told how sure they may be."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import log, sqrt
from typing import NamedTuple

import numpy as np

from huying.kernel import dispatch
from huying.kernel.lessons import Example
from huying.reading.adapting import adapted
from huying.reading.grams import Floats
from huying.reading.linear import Linear
from huying.reading.training import examples, fold_of
from huying.reading.twins import clusters

MEASURED_MOST = 1500  # pairs of confidence and right that a card keeps
FOLDS = 3
# What the duties' words may count for beside what people choose, against what they counted for before; tried from so many on.
WORTH = (1.0, 0.6, 0.35, 0.2)
TRIED_FROM, TRIED_WITH = 30, 400


LEAST = 1e-9


class Asked(NamedTuple):
    """What a reader said of a message, how surely, and what it truly was."""

    sure: float
    said: str
    truth: str
    surprise: float  # how little it expected what it truly was: the negative logarithm of its share

    @property
    def right(self) -> bool:
        """Whether that was so."""
        return self.said == self.truth


def ask(model: Linear, given: Sequence[Example]) -> list[Asked]:
    """What `model` says of each."""
    if not given:
        return []
    texts, marks = [example.text for example in given], [dispatch.marks(example.area) for example in given]
    found = model.shares(model.read(texts, marks), dispatch.likeness(texts, model.labels))
    said = likeliest(found, model.labels)
    return [_asked(row, model.labels, name, one.label) for row, name, one in zip(found, said, given, strict=True)]


def _asked(shares: Floats, labels: Sequence[str], said: str, truth: str) -> Asked:
    of_truth = float(shares[labels.index(truth)]) if truth in labels else 0.0
    return Asked(float(shares.max()), said, truth, -log(max(of_truth, LEAST)))


def beats(mine: Sequence[bool], theirs: Sequence[bool]) -> bool:
    """Whether `mine`, by message, is right more often than `theirs`, and by more than a fair coin explains.

    Where only one of the two is right the sides would be a coin's throws: more by one standard deviation is asked for, the
    square root of their number (McNemar's test). One message more of twenty would else change readers at every turn.
    """
    won = sum(one and not other for one, other in zip(mine, theirs, strict=True))
    lost = sum(other and not one for one, other in zip(mine, theirs, strict=True))
    return won - lost > sqrt(won + lost)


def moved(base: Linear, given: Sequence[Example]) -> Linear:
    """`base`, moved by what was chosen of labels it knows."""
    kept = [example for example in given if example.label in base.labels]
    if not kept:
        return base
    texts, marks = [example.text for example in kept], [dispatch.marks(example.area) for example in kept]
    like = dispatch.likeness(texts, base.labels)
    return adapted(base, examples(texts, [one.label for one in kept], range(len(kept)), like, marks), base.labels)


def weighed(base: Linear, learned: Sequence[Example]) -> Linear:
    """`base`, the duties' words counting for as much as fits best what people chose: moved by some, the others asked."""
    if len(learned) < TRIED_FROM:
        return base
    tried, newest = [replace(base, of_likeness=base.of_likeness * worth) for worth in WORTH], learned[-TRIED_WITH:]
    return min(tried, key=lambda one: sum(asked.surprise for asked in ask_in_turns(one, newest, ())))


def ask_in_turns(base: Linear, learned: Sequence[Example], others: Sequence[Example]) -> list[Asked]:
    """What `base`, moved by those of `learned` that are no near copies, says of each of `learned`, then of `others`."""
    everything = [*learned, *others]
    part = fold_of(np.array(clusters([example.text for example in everything])), FOLDS)
    found: dict[int, Asked] = {}
    for fold in range(FOLDS):
        asked = [number for number, at in enumerate(part) if at == fold]
        rest = [one for one, at in zip(learned, part, strict=False) if at != fold]
        found |= zip(asked, ask(moved(base, rest), [everything[number] for number in asked]), strict=True) if asked else {}
    return [found[number] for number in range(len(everything))]


def likeliest(found: Floats, names: Sequence[str]) -> list[str]:
    """The label of each row's largest value; '' where several are as large: whoever cannot tell has not said it."""
    once = (found == found.max(axis=1, keepdims=True)).sum(axis=1) == 1
    return [names[int(n)] if single else "" for n, single in zip(found.argmax(axis=1), once, strict=True)]


def measured(pairs: Sequence[tuple[float, bool]], before: Iterable[tuple[float, bool]] = ()) -> list[list[float | bool]]:
    """The pairs as a card keeps them, and as many of those measured before as there is room for."""
    step = -(-len(pairs) // MEASURED_MOST) or 1
    return [[round(float(sure), 4), bool(right)] for sure, right in [*pairs[::step], *before][:MEASURED_MOST]]
