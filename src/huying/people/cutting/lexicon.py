"""What is a word of the language: from the dictionary of jieba, with how often each is met. Loaded when first asked."""

from functools import lru_cache
from itertools import accumulate

import rjieba

COMMON = 30  # met so often that its characters together are hardly a name by chance
_FAMOUS = 100  # commonness of a name that everybody knows
_PERSONS = ("nr", "nrt", "nrfg")


@lru_cache(maxsize=16384)
def commonness(word: str) -> int:
    """How often the dictionary's makers met the word, 0 where it is none."""
    return rjieba.suggest_freq(word) if rjieba.has_word(word) else 0


@lru_cache(maxsize=16384)
def somebody(word: str) -> bool:
    """Whether the dictionary has it as the name of a person: one whom everybody knows, or that many bear."""
    tagged = rjieba.tag(word, False) if rjieba.has_word(word) else []
    return len(tagged) == 1 and tagged[0][1] in _PERSONS


@lru_cache(maxsize=4)
def words(text: str) -> list[tuple[str, str]]:
    """The words of a text, each with its sort (n, v, nr), one behind the other: the likeliest by how often each is met."""
    return rjieba.tag(text, False)


def word_starts(text: str) -> frozenset[int]:
    """The places where a word of the text begins, and its end."""
    return frozenset(accumulate((len(word) for word, _ in words(text)), initial=0))


@lru_cache(maxsize=16384)
def famous(word: str) -> bool:
    """Whether it is the name of somebody whom everybody knows."""
    return commonness(word) >= _FAMOUS and somebody(word)


@lru_cache(maxsize=16384)
def place(word: str) -> bool:
    """Whether the dictionary has it as the name of a place."""
    tagged = rjieba.tag(word, False) if rjieba.has_word(word) else []
    return len(tagged) == 1 and tagged[0][1] in ("ns", "nsf")
