"""Words that mean the same: each is read as the plainest of them, and what was written stays known by its place."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from huying.reading.segment import fold


class Read(NamedTuple):
    """A text as it is compared: each character of `text` came from `begins[i]` up to `ends[i]` of what was written."""

    text: str
    begins: tuple[int, ...]
    ends: tuple[int, ...]


class Alike:
    """`instead` says for a word which plainer one it is read as. Longest first; what came out is not looked at again."""

    def __init__(self, instead: Mapping[str, str]) -> None:
        self.instead = {fold(word): fold(plain) for word, plain in instead.items()}
        longest_first = sorted(self.instead, key=lambda word: (-len(word), word))
        self._words = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def read(self, written: str) -> Read:
        """The text in plain words."""
        folded = fold(written)
        text, begins, ends, at = "", list[int](), list[int](), 0
        for found in self._words.finditer(folded) if self._words else ():
            begin, end = found.span()
            plain = self.instead[found.group()]
            text += folded[at:begin] + plain
            begins += [*range(at, begin), *[begin] * len(plain)]
            ends += [*range(at + 1, begin + 1), *[end] * len(plain)]
            at = end
        begins += range(at, len(folded))
        ends += range(at + 1, len(folded) + 1)
        return Read(text + folded[at:], tuple(begins), tuple(ends))
