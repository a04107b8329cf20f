"""What a character of a text is judged by where names are learned: numbers, one column a character, one row a sort of mark.

The marks are the characters, pairs and words around it, what sort they are, whether they make family and given names, and what
the rules say of it. Each mark is one of a fixed number of slots in the table of weights; two that share a slot are rare
(Weinberger et al., 2009, feature hashing).
"""

import zlib
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from huying.people.cutting.tables import GIVEN, NEVER, SURNAMES

BITS = 19
_FACTOR, _SHIFT, _LEFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(29), np.uint64(64 - BITS)
_SALT = 0xC2B2AE3D27D4EB4F
_SALTS = np.array([(n * _SALT) & 0xFFFFFFFFFFFFFFFF for n in range(64)], np.uint64)[:, None]
_EDGE = 3  # characters looked at on either side
_SIGNS = {sign: n for n, sign in enumerate(",。:、·(”“?! ", start=4)}
_ALONE, _BEGINS, _WITHIN, _ENDS = range(1, 5)
Numbers = NDArray[np.uint64]
U = np.uint64


class Text(NamedTuple):
    """A text as numbers, with an edge of nothing on either side."""

    chars: Numbers
    sorts: Numbers
    places: Numbers  # in its word
    kinds: Numbers  # of its word
    words: Numbers
    ruled: Numbers


def read(text: str, words: Sequence[tuple[str, str]], ruled: Numbers) -> Text:
    """A text as numbers. `words` are its words, each with its sort, one behind the other; `ruled` says of each character what
    the rules say: 0 nothing, 1 a name begins, 2 it goes on."""
    chars = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(U) & U(0xFFFF)
    lengths = np.array([len(word) for word, _ in words])
    ends = np.cumsum(lengths)
    places = np.full(len(text), _WITHIN, U)
    places[ends - lengths] = _BEGINS
    places[ends - 1] = _ENDS
    places[ends[lengths == 1] - 1] = _ALONE
    kinds = np.repeat(np.array([_number(kind[:2]) & 0xFFF for _, kind in words], U), lengths)
    which = np.repeat(np.array([_number(word) for word, _ in words], U), lengths)
    return Text(*map(_padded, (chars, _sorts()[chars], places, kinds, which, ruled)))


def slots(read: Text, at: NDArray[np.intp]) -> NDArray[np.intp]:
    """The slots of the marks of some characters, shape (marks, characters)."""
    around = [at + d for d in range(2 * _EDGE + 1)]
    c, sorts = read.chars[around], read.sorts[around]
    place, kind, word, ruled = read.places[around], read.kinds[around], read.words[around], read.ruled[around]
    family, given, sign = sorts & U(15), (sorts >> U(4)) & U(15), sorts >> U(8)
    rows = np.concatenate(
        (
            np.zeros((1, len(at)), U),
            c,
            (c[1:6] << U(16)) | c[2:7],
            (c[2:3] << U(16)) | c[4:5],
            *(some[1:] for some in (family, given, sign, place, place | (kind << U(4)))),
            (family[1:4] << U(32)) | (given[2:5] << U(16)) | given[3:6],
            (place[2:3] << U(40)) | (place[3:4] << U(24)) | (place[4:5] << U(8)) | place[5:6],
            (kind[2:3] << U(32)) | (kind[3:4] << U(16)) | kind[4:5],
            word[2:7],
            ruled[2:5],
        )
    )
    mixed = (rows + _SALTS[: len(rows)]) * _FACTOR
    mixed ^= mixed >> _SHIFT
    return ((mixed * _FACTOR) >> _LEFT).astype(np.intp)


def _padded(row: Numbers) -> Numbers:
    wide = np.zeros(len(row) + 2 * _EDGE, U)
    wide[_EDGE:-_EDGE] = row
    return wide


@lru_cache(maxsize=16384)
def _number(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


@cache
def _sorts() -> Numbers:
    """Of every character, four bits each: how surely a family name, how likely in a given name, what sort of sign it is."""
    return np.array([_sort(chr(n)) for n in range(0x10000)], U)


def _sort(char: str) -> int:
    weight = SURNAMES.get(char)
    family = 0 if weight is None else 5 + weight
    given = 1 if char in NEVER else 3 + GIVEN.get(char, 0)
    sign = 1 if "\u4e00" <= char <= "\u9fff" else 2 if char.isdigit() else 3 if char.isalpha() else _SIGNS.get(char, 15)
    return family | given << 4 | sign << 8
