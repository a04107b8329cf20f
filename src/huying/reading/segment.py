"""Chinese text as machine-readable pieces: character bigrams, with words and numbers of other scripts kept whole."""

import re
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from huying.base.codes import Folding

# One character to one character, so that a position in the folded text is the same position in the original.
_FOLD = {ord("　"): " ", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}
_FOLD |= {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
_FOLD |= {code: chr(code - 0xFEE0 + 32) for code in range(0xFF21, 0xFF3B)}
_folding = Folding(_FOLD)

# Characters that are written without spaces: Han (with extensions and compatibility forms), kana, 々 and 〇.
HAN = "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUNS = re.compile(rf"([{HAN}]+)|([^\W_{HAN}]+)")
_WORDS = re.compile(rf"[^\W_{HAN}]+")


@lru_cache(maxsize=4)  # a letter is read for its bearer, its place and danger, one after the other
def fold(text: str) -> str:
    """`text` with full-width forms made narrow and ASCII letters small; as long as `text`, position by position."""
    return _folding(text)


def pieces_at(folded: str) -> list[tuple[int, str, bool]]:
    """Unbroken stretches of a folded text: where each starts, what it is, and whether it is Han characters."""
    return [(match.start(), match.group(), match.lastindex == 1) for match in _RUNS.finditer(folded)]


def words_at(folded: str) -> list[tuple[int, str]]:
    """The words of other scripts in a folded text: where each starts, and what it is."""
    return [(match.start(), match.group()) for match in _WORDS.finditer(folded)]


def han_table() -> NDArray[np.bool_]:
    """For each character of the first plane whether it is written without spaces."""
    found = np.zeros(0x10000, dtype=np.bool_)
    found[[match.start() for match in re.finditer(f"[{HAN}]", "".join(map(chr, range(0x10000))))]] = True
    return found


def segment(text: str) -> list[str]:
    """`text` as the list of its pieces in order: overlapping pairs of Han characters, whole words and numbers.

    A Han character that stands alone is a piece of its own; punctuation and spaces only separate.
    """
    pieces: list[str] = []
    for han, word in _RUNS.findall(fold(text)):
        if word or len(han) == 1:
            pieces.append(word or han)
        else:
            pieces.extend(han[i : i + 2] for i in range(len(han) - 1))
    return pieces
