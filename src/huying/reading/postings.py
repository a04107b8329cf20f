"""Inverted lists as arrays: what all characters, pairs and triples of a text weigh in every document, reckoned at once.

A character, pair or triple of characters of the first plane is a number, its characters side by side, 16 bits each;
whatever else is looked for (words, characters beyond the plane) is asked for by itself.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from huying.base.codes import codes
from huying.reading.segment import han_table

Numbers = NDArray[np.intp]
_HAN = han_table()


class Postings:
    """The lists of an index; immutable after it is made, so threads may share it."""

    def __init__(self, lists: Mapping[str, Sequence[tuple[int, float]]], documents: int) -> None:
        self._documents = documents
        grams = sorted(lists, key=lambda gram: (len(gram) if _is_code(gram) else 4, gram))
        self._number = {gram: number for number, gram in enumerate(grams)}
        self._singles = np.array([ord(gram) for gram in grams if len(gram) == 1 and _is_code(gram)], dtype=np.uint32)
        self._pairs = np.array([_code(gram) for gram in grams if len(gram) == 2 and _is_code(gram)], dtype=np.uint32)
        self._triples = np.array([_code(gram) for gram in grams if len(gram) == 3 and _is_code(gram)], dtype=np.uint64)
        self._lengths = np.array([len(lists[gram]) for gram in grams], dtype=np.intp)
        self._starts = np.cumsum(self._lengths) - self._lengths
        entries = [entry for gram in grams for entry in lists[gram]]
        self._documents_of = np.array([number for number, _ in entries], dtype=np.intp)
        self._weights = np.array([weight for _, weight in entries], dtype=np.float64)

    def scores(self, factors: Mapping[int, float]) -> list[float]:
        """What the documents weigh when each gram, by its number, counts so often. Characters alone weigh nothing in one
        that shares no more than these."""
        if not factors:
            return [0.0] * self._documents
        numbers = np.fromiter(factors, np.intp, len(factors))
        lengths = self._lengths[numbers]
        ends = np.cumsum(lengths)
        at = np.arange(ends[-1]) + np.repeat(self._starts[numbers] - ends + lengths, lengths)
        weights = self._weights[at] * np.repeat(np.fromiter(factors.values(), np.float64, len(factors)), lengths)
        found = np.bincount(self._documents_of[at], weights, self._documents)
        more = np.repeat(numbers >= len(self._singles), lengths)
        found[np.bincount(self._documents_of[at[more]], minlength=self._documents) == 0] = 0.0
        return list(found.tolist())

    def numbers(self, grams: Iterable[str]) -> list[int]:
        """Those of the grams that stand in any document, by number."""
        return [self._number[gram] for gram in grams if gram in self._number]

    def in_text(self, folded: str, until: int) -> tuple[list[int], list[int]] | None:
        """The characters, pairs and triples of a folded text that stand in any document: all, and those of the stretches of
        it that begin before `until`. None where a character beyond the first plane would shift all places."""
        units = codes(folded).astype(np.uint32)
        if len(units) != len(folded):
            return None
        han = _HAN[units]
        single = np.flatnonzero(han)
        singles, single = _known(self._singles, units[single], single)
        at = np.flatnonzero(han[:-1] & han[1:])
        first = units[at].astype(np.uint32) << np.uint32(16)
        pairs, at = _known(self._pairs, first | units[at + 1], at)
        # a triple stands nowhere where one of its pairs does not
        follows = at[:-1][at[1:] == at[:-1] + 1]
        wide = units.astype(np.uint64)
        wanted = (wide[follows] << 32) | (wide[follows + 1] << 16) | wide[follows + 2]
        triples, places = _known(self._triples, wanted, follows)
        before = len(self._singles)
        numbers = np.concatenate((singles, pairs + before, triples + before + len(self._pairs)))
        opening = np.concatenate((single, at, places)) < _run_end(han, until)
        return numbers.tolist(), numbers[opening].tolist()


def _known(there: NDArray[np.unsignedinteger], wanted: NDArray[np.unsignedinteger], places: Numbers) -> tuple[Numbers, Numbers]:
    """Which of those wanted are there, by number, and their places."""
    if not len(there):
        return places[:0], places[:0]
    near = np.minimum(np.searchsorted(there, wanted), len(there) - 1)
    known = there[near] == wanted
    return near[known], places[known]


def _is_code(gram: str) -> bool:
    return len(gram) in (1, 2, 3) and max(map(ord, gram)) < len(_HAN) and all(_HAN[ord(char)] for char in gram)


def _code(gram: str) -> int:
    number = 0
    for char in gram:
        number = (number << 16) | ord(char)
    return number


def _run_end(han: NDArray[np.bool_], until: int) -> int:
    """Where the stretch of characters ends in which `until` lies; `until` itself where none runs over it."""
    while 0 < until < len(han) and han[until - 1] and han[until]:
        until += 1
    return until
