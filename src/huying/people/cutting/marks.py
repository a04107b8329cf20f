"""What a character of a text is judged by where names are learned: numbers, one column a character, one row a sort of mark.

The marks are the characters, pairs and words around it, what sort they are, whether they make family and given names, and what
the rules say of it. Each mark is one of a fixed number of slots in the table of weights; two that share a slot are rare
(Weinberger et al., 2009, feature hashing).
"""

import zlib
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from huying.people.cutting.tables import GIVEN, NEVER, SURNAMES

BITS = 19
EDGE = 3  # characters looked at on either side
_SIGNS = {sign: n for n, sign in enumerate(",。:、·(”“?! ", start=4)}
_ALONE, _BEGINS, _WITHIN, _ENDS = range(1, 5)
_LONG, _SORT = 10, 0x3FF  # the bits of a word's number in which its length and its sort stand
Numbers = NDArray[np.uint32]
U = np.uint32
_POWERS = U(0x01000193) ** np.arange(16, dtype=U)  # a word is a number in powers of this (of FNV), by 2^32
# how far from the character each sort of mark is looked at, in the order of _rows
_LOOKED = (
    *((0,), range(-3, 4), range(-2, 3), (-1,)),  # always the same, characters, pairs, those on both sides
    *(range(-2, 4) for _ in range(5)),  # family and given names, signs, where in a word, and in what sort of word
    *(range(-2, 1), (-1,), (-1,), range(-1, 4), range(-1, 2)),  # made of names, of words, of sorts; words; what the rules say
)
_ROW = np.array([row for row, looked in enumerate(_LOOKED) for _ in looked])
_AT = np.array([EDGE + at for looked in _LOOKED for at in looked])
# a mark's own odd factor, so that what stands at two places falls into two slots
_FACTORS = (np.random.default_rng(20251128).integers(1 << 31, size=(len(_ROW), 1), dtype=U) << U(1)) | U(1)


def slots(text: str, words: Sequence[tuple[str, str]], ruled: Numbers) -> NDArray[np.intp]:
    """The slots of the marks of each character, shape (marks, characters).

    `words` are the words of the text, each with its sort, one behind the other; `ruled` says of each character what the rules
    say: 0 nothing, 1 a name begins, 2 it goes on.
    """
    rows = _mixed(_rows(text, words, ruled))
    across, along = rows.strides
    around = np.ndarray((len(rows), 2 * EDGE + 1, len(text)), U, rows, strides=(across, along, along))
    return (around[_ROW, _AT] * _FACTORS >> U(32 - BITS)).astype(np.intp)


def _rows(text: str, words: Sequence[tuple[str, str]], ruled: Numbers) -> Numbers:
    """The sorts of marks as rows of numbers, with an edge of nothing on either side of the text."""
    rows = np.zeros((len(_LOOKED), len(text) + 2 * EDGE), U)
    (_, char, pair, both, family, given, sign, place, sort, named, placed, sorted_, word, rule) = rows
    inner = slice(EDGE, -EDGE)
    chars = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), U) & U(0xFFFF)
    char[inner] = chars
    kind = np.zeros_like(char)
    place[inner], kind[inner], word[inner] = _in_words(words, chars)
    rule[inner] = ruled
    sorts = _sorts()[chars]
    family[inner], given[inner], sign[inner] = sorts & U(15), (sorts >> U(4)) & U(15), sorts >> U(8)
    pair[:-1] = (char[:-1] << U(16)) | char[1:]
    both[:-2] = (char[:-2] << U(16)) | char[2:]
    sort[:] = place | (kind << U(3))
    named[:-2] = (family[:-2] << U(8)) | (given[1:-1] << U(4)) | given[2:]
    placed[:-3] = (place[:-3] << U(9)) | (place[1:-2] << U(6)) | (place[2:-1] << U(3)) | place[3:]
    sorted_[:-2] = (kind[:-2] << U(20)) | (kind[1:-1] << U(10)) | kind[2:]
    return rows


def _in_words(words: Sequence[tuple[str, str]], chars: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Of each character where in its word it stands, of what sort the word is, and which."""
    told = np.array([len(word) << _LONG | _KINDS[kind] for word, kind in words])
    lengths = told >> _LONG
    ends = lengths.cumsum()
    starts = ends - lengths
    places = np.full(len(chars), _WITHIN, U)
    places[starts] = _BEGINS
    places[ends - 1] = _ENDS
    places[starts[lengths == 1]] = _ALONE
    behind = np.arange(len(chars)) - starts.repeat(lengths)
    which = np.add.reduceat(chars * _POWERS[behind & 15], starts)
    return places, (told & _SORT).astype(U).repeat(lengths), which.repeat(lengths)


def _mixed(rows: Numbers) -> Numbers:
    """Each number far from those near it: murmur3's finalizer (Appleby, 2011, public domain)."""
    rows ^= rows >> U(16)
    rows *= U(0x85EBCA6B)
    rows ^= rows >> U(13)
    rows *= U(0xC2B2AE35)
    rows ^= rows >> U(16)
    rows += U(1)  # nothing is a number too
    return rows


class _Sorts(dict[str, int]):
    """Sorts of words (n, nr, v) as numbers."""

    def __missing__(self, kind: str) -> int:
        self[kind] = number = zlib.crc32(kind[:2].encode()) & _SORT
        return number


_KINDS = _Sorts()


@cache
def _sorts() -> Numbers:
    """Of every character, four bits each: how surely a family name, how likely in a given name, what sort of sign it is."""
    return np.array([_sort(chr(n)) for n in range(0x10000)], U)


def _sort(char: str) -> int:
    weight = SURNAMES.get(char)
    family = 0 if weight is None else 5 + weight
    given = 0 if char in NEVER else 3 + GIVEN.get(char, 0)
    sign = 1 if "\u4e00" <= char <= "\u9fff" else 2 if char.isdigit() else 3 if char.isalpha() else _SIGNS.get(char, 15)
    return family | given << 4 | sign << 8
