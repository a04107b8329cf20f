"""Texts as NFKC (Unicode Standard Annex 15) has them, by a table where every character stands for itself alone."""

import unicodedata
from functools import cache
from itertools import chain

from numpy import bool_
from numpy.typing import NDArray

from huying.base.codes import Folding, among, codes

# ASCII, punctuation, Chinese, full-width forms: none of them joins its neighbour to one character.
_ALONE = (range(0x80), range(0x2010, 0x2028), range(0x3000, 0x3100), range(0x3400, 0xA000), range(0xFF00, 0xFFF0))


def folded(text: str) -> str:
    """`unicodedata.normalize("NFKC", text)`, ten times as fast for Chinese."""
    if text.isascii():
        return text
    alone, fold = _table()
    dotted = text.replace("…", "...")
    return fold(dotted) if alone[codes(dotted)].all() else unicodedata.normalize("NFKC", text)


@cache
def _table() -> tuple[NDArray[bool_], Folding]:
    """Which characters become one, whatever stands beside them, and which."""
    found = {code: unicodedata.normalize("NFKC", chr(code)) for code in chain(*_ALONE)}
    ones = {code: char for code, char in found.items() if len(char) == 1 and not unicodedata.combining(char)}
    return among("".join(map(chr, ones))), Folding({code: char for code, char in ones.items() if ord(char) < 0x10000})
