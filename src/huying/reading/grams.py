"""Texts as sparse vectors of character runs of one to three, reckoned for many texts at once.

Each run is known by a hash of 22 bits. What a vocabulary holds is thereby numbers alone: nobody can read out of a model
what people wrote.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from huying.reading.segment import fold
from huying.reading.similar import opening, shorten

BITS = 22
LENGTHS = (1, 2, 3)
OPENING = 2.0  # what a run of the opening counts against one of the rest
_APART = np.uint32(0)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SEEDS = tuple(np.uint64(seed) for seed in (0, 0x2545F4914F6CDD1D, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F))

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


class Runs(NamedTuple):
    """Every run of some texts as it stands in them: of which text, where it begins, its length and its hash."""

    text: Ints
    start: Ints
    length: Ints
    hash: Ints
    weight: Floats


class Rows(NamedTuple):
    """A sparse matrix by rows: row `i` holds `columns[starts[i]:starts[i + 1]]` with `values` beside them."""

    starts: Ints
    columns: Ints
    values: Floats

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self.starts) - 1


def _signs() -> NDArray[np.uint32]:
    """For each code point the one it is read as: 0 where it only separates; a digit is a digit, whichever."""
    table = np.arange(0x30000, dtype=np.uint32)
    plain = np.array([chr(code).isalnum() for code in range(0x30000)])
    table[~plain] = _APART
    table[ord("0") : ord("9") + 1] = ord("0")
    return table


_SIGNS = _signs()


def runs_of(texts: Sequence[str]) -> Runs:
    """All runs of `texts`, none across a separator."""
    read = [fold(shorten(text)) for text in texts]
    codes = np.frombuffer("\0".join([*read, ""]).encode("utf-32-le", "replace"), dtype=np.uint32)
    codes = _SIGNS[np.minimum(codes, len(_SIGNS) - 1)]
    sizes = np.array([len(text) + 1 for text in read], dtype=np.int64)
    begins = np.concatenate(([0], np.cumsum(sizes)))[:-1]
    owner = np.repeat(np.arange(len(read), dtype=np.int64), sizes)
    place = np.arange(len(codes), dtype=np.int64) - begins[owner]
    until = np.array([opening(text) for text in read], dtype=np.int64)
    weight = np.where(place < until[owner], OPENING, 1.0).astype(np.float32)
    return _joined(codes, owner, place, weight)


def _joined(codes: NDArray[np.uint32], owner: Ints, place: Ints, weight: Floats) -> Runs:
    parts = []
    wide = codes.astype(np.uint64)
    for length in LENGTHS:
        size = len(codes) - length + 1
        if size <= 0:
            continue
        mixed = np.full(size, _SEEDS[length], dtype=np.uint64)
        whole = np.ones(size, dtype=bool)
        for step in range(length):
            mixed = (mixed ^ wide[step : step + size]) * _MIX
            mixed ^= mixed >> np.uint64(29)
            whole &= codes[step : step + size] != _APART
        at = np.flatnonzero(whole)
        hashed = (mixed[at] * _MIX >> np.uint64(64 - BITS)).astype(np.int64)
        parts.append((owner[at], place[at], np.full(len(at), length), hashed, weight[at]))
    if not parts:
        nothing = np.zeros(0, dtype=np.int64)
        return Runs(nothing, nothing, nothing, nothing, np.zeros(0, dtype=np.float32))
    return Runs(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def counted(runs: Runs, texts: int, marks: Sequence[Sequence[str]] | None = None) -> Rows:
    """How often each run stands in each text, by hash, those of the opening more; and each mark as if it stood there once."""
    beside = [(number << BITS) | (crc32(mark.encode()) >> (32 - BITS)) for number, of in enumerate(marks or ()) for mark in of]
    keys = np.concatenate([(runs.text << BITS) | runs.hash, np.array(beside, dtype=np.int64)])
    order = np.argsort(keys, kind="stable")
    keys, weights = keys[order], np.concatenate([runs.weight, np.ones(len(beside), dtype=np.float32)])[order]
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else np.zeros(0, dtype=np.int64)
    values = np.add.reduceat(weights, first) if len(keys) else weights
    found = keys[first]
    starts = np.searchsorted(found, np.arange(texts + 1, dtype=np.int64) << BITS)
    return Rows(starts.astype(np.int64), found & ((1 << BITS) - 1), values.astype(np.float32))


class Vocabulary:
    """Which runs a model knows, each with its number and what its rarity weighs. Immutable."""

    def __init__(self, hashes: Ints, rarity: Floats) -> None:
        self.hashes, self.rarity = hashes, rarity
        self.number = np.full(1 << BITS, -1, dtype=np.int32)
        self.number[hashes] = np.arange(len(hashes), dtype=np.int32)

    def __len__(self) -> int:
        return len(self.hashes)

    def vectors(self, texts: Sequence[str], marks: Sequence[Sequence[str]] | None = None) -> Rows:
        """The texts as vectors of length one: the logarithm of how often, times rarity."""
        return self.weighed(counted(runs_of(texts), len(texts), marks))

    def weighed(self, rows: Rows) -> Rows:
        """What was counted, as vectors of length one over the known runs."""
        columns = self.number[rows.columns].astype(np.int64)
        known = np.flatnonzero(columns >= 0)
        columns = columns[known]
        values = (1 + np.log(rows.values[known])) * self.rarity[columns]
        starts = np.searchsorted(known, rows.starts)
        squares = summed(values * values, starts)
        lengths = np.sqrt(np.maximum(squares, 1e-12))
        values = values / np.repeat(lengths, np.diff(starts))
        return Rows(starts, columns, values.astype(np.float32))


def learn(rows: Rows, least: int = 2, most: int = 400_000) -> Vocabulary:
    """The runs that stand in at least `least` of the texts counted in `rows`, at most `most`, the commonest kept."""
    seen = np.bincount(rows.columns, minlength=1 << BITS)
    hashes = np.flatnonzero(seen >= least)
    if len(hashes) > most:
        hashes = np.sort(hashes[np.argsort(-seen[hashes], kind="stable")[:most]])
    rarity = np.log((1 + rows.height) / (1 + seen[hashes])) + 1
    return Vocabulary(hashes, rarity.astype(np.float32))


def summed(values: NDArray[np.floating], starts: Ints) -> NDArray[np.floating]:
    """The sums of `values` (rows of a matrix too) between neighbouring `starts`; 0 for a stretch that is empty."""
    ends = np.concatenate((np.zeros((1, *values.shape[1:])), np.cumsum(values, axis=0, dtype=np.float64)))
    return ends[starts[1:]] - ends[starts[:-1]]


def batches(texts: Sequence[str], size: int = 128) -> Iterable[Sequence[str]]:
    """The texts in stretches that fit in a processor's cache."""
    return (texts[i : i + size] for i in range(0, len(texts), size))


def stacked(parts: Sequence[Rows]) -> Rows:
    """Several matrices, one below the other."""
    ends = np.cumsum([0, *(part.starts[-1] for part in parts)])
    starts = [part.starts[:-1] + offset for part, offset in zip(parts, ends, strict=False)]
    columns = np.concatenate([part.columns for part in parts])
    return Rows(np.concatenate([*starts, ends[-1:]]), columns, np.concatenate([part.values for part in parts]))


def chosen(rows: Rows, numbers: Ints) -> Rows:
    """Some of the rows, in the order of `numbers`."""
    sizes = np.diff(rows.starts)[numbers]
    starts = np.concatenate(([0], np.cumsum(sizes)))
    at = np.arange(starts[-1]) - np.repeat(starts[:-1], sizes) + np.repeat(rows.starts[numbers], sizes)
    return Rows(starts, rows.columns[at], rows.values[at])


def counts_of(texts: Sequence[str], marks: Sequence[Sequence[str]] | None = None, size: int = 256) -> Rows:
    """What stands in many texts, reckoned in stretches so that memory stays small."""
    parts = [
        counted(runs_of(batch), len(batch), marks[n * size : (n + 1) * size] if marks else None)
        for n, batch in enumerate(batches(texts, size))
    ]
    return stacked(parts) if parts else Rows(np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0, np.float32))
