"""Which label a question means: each term speaks for a label by how much more its phrases hold it than all others.

Naive Bayes against the complement, over terms weighed by rarity and phrases of length one, so that neither a long phrase nor
a label with many counts more. Nothing is trained: it stands as soon as the phrases are counted.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import rjieba
from numpy.typing import NDArray

from huying.reading.common import is_common
from huying.reading.everyday.alike import Alike, Read
from huying.reading.everyday.odds import Odds, odds
from huying.reading.everyday.terms import EMPTY, Term, terms

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
_NONE: Ints = np.zeros(0, dtype=np.int64)
OF_LENGTH = {1: 0.5, 2: 1.0, 3: 1.0}  # what a run of characters weighs; a word of another script weighs as two
OF_PAIR = 0.5
TELLS = 1.0  # log-odds above which a run is said to have made a label match
MOST_TERMS = 2_000  # of one question: the rest of a long story tells nothing more
MOST_WORDS = 4


class Phrase(NamedTuple):
    """Words for a label; `weight` is 1 for what people say, more for its name, less for what only stands beside it."""

    label: str
    text: str
    weight: float = 1.0


class Found(NamedTuple):
    """A label for a question. `words` are the stretches of the question, as written, that made it match."""

    label: str
    score: float
    words: tuple[str, ...]


class Finder:
    """Immutable, so threads share it."""

    def __init__(self, phrases: Iterable[Phrase], alike: Alike) -> None:
        given = [phrase for phrase in phrases if phrase.text]
        self.alike = alike
        self.labels = tuple(sorted({phrase.label for phrase in given}))
        self._number: dict[str, int] = {}
        held = [self._numbers(alike.read(phrase.text).text) for phrase in given]
        self._weighs = self._rarity(held)
        self._odds_of = self._odds(given, held)

    def _numbers(self, plain: str) -> Ints:
        """Each term of a text once, by its number: kept as words, those of all phrases would fill many times the memory."""
        met = {self._number.setdefault(term.text, len(self._number)) for term in terms(plain)}
        return np.fromiter(met, dtype=np.int64, count=len(met))

    def _rarity(self, held: Sequence[Ints]) -> Floats:
        seen = np.bincount(np.concatenate([_NONE, *held]), minlength=len(self._number))
        lengths = np.fromiter(map(_length, self._number), dtype=np.float64, count=len(self._number))
        return ((np.log((1 + len(held)) / (1 + seen)) + 1) * lengths).astype(np.float32)

    def _odds(self, given: Sequence[Phrase], held: Sequence[Ints]) -> Odds:
        column = {label: at for at, label in enumerate(self.labels)}
        places, worth = [_NONE], [np.zeros(0, dtype=np.float32)]
        for phrase, at in zip(given, held, strict=True):
            weighs = self._weighs[at]
            places.append(at * len(self.labels) + column[phrase.label])
            worth.append(phrase.weight * weighs / max(float(np.linalg.norm(weighs)), 1e-9))
        return odds(np.concatenate(places), np.concatenate(worth), len(self._number), len(self.labels))

    def find(self, question: str, most: int = 6) -> list[Found]:
        """The labels that a question may mean, best first; only those of which some word of it tells."""
        read, met = self.alike.read(question), set[int]()
        known: dict[Term, int] = {}
        for term in _some(read):
            number = self._number.get(term.text)
            if number is not None and number not in met:
                met.add(number)
                known[term] = number
        if not known or not self.labels:
            return []
        at = np.fromiter(known.values(), dtype=np.int64, count=len(known))
        weighs = self._weighs[at]
        says = self._odds_of.rows(at)
        scores = weighs @ says / max(float(np.linalg.norm(weighs)), 1e-9)
        runs = [(place, term) for place, term in enumerate(known) if term.is_run]
        where = np.array([place for place, _ in runs], dtype=np.int64)
        telling = says[where] * weighs[where, None]
        stretches = [term for _, term in runs]
        found: list[Found] = []
        sure = False
        for column in np.argsort(-scores, kind="stable"):
            strong = np.where(says[where, column] > TELLS, telling[:, column], 0.0)
            words = _words(question, read, stretches, strong)
            sure |= bool(words)
            # beside what is sure, something may be meant of which less was said
            words = words or _words(question, read, stretches, np.maximum(telling[:, column], 0.0))
            if words:
                found.append(Found(self.labels[column], float(scores[column]), words))
            if len(found) == most:
                break
        return found if sure else []


def _words(question: str, read: Read, runs: Sequence[Term], worth: NDArray[np.floating]) -> tuple[str, ...]:
    """The stretches that speak for a label, those that say most first."""
    says = [0.0] * (len(read.text) + 1)
    for at in np.flatnonzero(worth).tolist():
        for place in range(runs[at].begin, runs[at].end):
            says[place] = max(says[place], float(worth[at]))
    return _stretches(question, read, says)


def _stretches(question: str, read: Read, says: Sequence[float]) -> tuple[str, ...]:
    """Whole words that lie at least by half in what speaks for it, those that follow each other together.

    Where no whole word does, the bare stretches. What belongs to any letter (今天, 怎么样) is no reason alone.
    """
    kept: dict[str, float] = {}
    for begin, end in _joined(read.text, says) or _bare(says):
        if end - begin > 1 and not is_common(read.text[begin:end]):
            kept[question[read.begins[begin] : read.ends[end - 1]]] = max(says[begin:end])
    return tuple(sorted(kept, key=lambda one: -kept[one])[:MOST_WORDS])


def _joined(text: str, says: Sequence[float]) -> list[tuple[int, int]]:
    """Where whole words stand that speak for it, neighbours as one."""
    found: list[tuple[int, int]] = []
    at = 0
    for word in rjieba.cut(text):
        end = at + len(word)
        if word not in EMPTY and 2 * sum(map(bool, says[at:end])) >= len(word):
            begin = found.pop()[0] if found and found[-1][1] == at else at
            found.append((begin, end))
        at = end
    return [(begin, end) for begin, end in found if end - begin > 1]


def _bare(says: Sequence[float]) -> list[tuple[int, int]]:
    """Where characters stand that speak for it."""
    bounds = [at for at in range(len(says)) if bool(says[at]) != bool(says[at - 1] if at else 0.0)]
    return list(zip(bounds[::2], bounds[1::2], strict=False))


def _length(text: str) -> float:
    return OF_PAIR if "+" in text else OF_LENGTH.get(len(text), 1.0)


def _some(read: Read) -> Iterable[Term]:
    return (term for _, term in zip(range(MOST_TERMS), terms(read.text), strict=False))
