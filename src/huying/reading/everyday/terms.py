"""What a short text is compared by: runs of one to three characters, words of other scripts, and pairs of characters.

A pair says that both stand somewhere in the text: 卖 and 烟 in 想卖包好烟. It carries what a run of neighbours misses.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from huying.reading.segment import pieces_at

LONGEST = 3
MOST = 60  # characters that are paired: a question is short, and pairs grow with the square
# Characters that stand in any question. They make no pair and tell nothing alone.
EMPTY = frozenset("的了是在我你他她们吗呢吧啊呀嘛哦哈哟噻嗦不得要去个有就都也还和到么什怎哪谁多少可以能请问办手续证想这那")
_ENGLISH_EMPTY = frozenset(
    [
        "a",
        "an",
        "the",
        "my",
        "i",
        "we",
        "our",
        "you",
        "your",
        "is",
        "are",
        "was",
        "be",
        "been",
        "to",
        "of",
        "for",
        "in",
        "on",
        "at",
        "and",
        "or",
        "do",
        "does",
        "did",
        "how",
        "what",
        "where",
        "when",
        "can",
        "could",
        "should",
        "would",
        "need",
        "want",
        "get",
        "got",
        "have",
        "has",
        "had",
        "with",
        "it",
        "that",
        "this",
        "there",
        "me",
        "us",
        "if",
        "just",
        "from",
        "by",
        "about",
        "as",
        "so",
        "not",
        "no",
    ]
)


class Term(NamedTuple):
    """A term, and where it stands in the text it was read from; a pair stands nowhere."""

    text: str
    begin: int
    end: int

    @property
    def is_run(self) -> bool:
        """Whether it is a stretch of the text that tells by itself: no single character, no pair."""
        return self.end - self.begin > 1


def terms(plain: str) -> Iterator[Term]:
    """The terms of a text that was read in plain words. One may come several times."""
    single: set[str] = set()
    for start, run, han in pieces_at(plain):
        if not han:
            if run not in _ENGLISH_EMPTY:
                yield Term(stem(run), start, start + len(run))
            continue
        for length in range(1, LONGEST + 1):
            for at in range(len(run) - length + 1):
                yield Term(run[at : at + length], start + at, start + at + length)
        single.update(run)
    for one, other in combinations(sorted(single - EMPTY)[:MOST], 2):
        yield Term(f"{one}+{other}", 0, 0)


def stem(word: str) -> str:
    """An English word without the ending that changes nothing: shops, opening."""
    for ending in ("ing", "ies", "es", "ed", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word.removesuffix("e") if len(word) > 3 else word
