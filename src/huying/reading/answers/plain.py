"""Whether its reader can read it: sentences that are too long, and official words for which there is a plain one."""

import re
from collections.abc import Mapping

from huying.reading.answers.sentences import bare, length, sentences

LONG = 80  # characters a reader reads without a stop: see docs/performance.md for what real answers have


def long_sentences(answer: str) -> list[str]:
    """The sentences that are too long to be read at once, the longest first."""
    told = [part.strip() for sentence in sentences(answer) for part in re.split("[：:]", bare(sentence))]
    found = [part for part in told if length(part) > LONG]
    return sorted(found, key=length, reverse=True)


def official_words(answer: str, plainer: Mapping[str, str]) -> list[tuple[str, str]]:
    """The official words in it, in their order, each with a plainer one; of two that overlap the longer."""
    at: dict[int, str] = {}
    taken: set[int] = set()
    for word in sorted(plainer, key=len, reverse=True):
        begin = answer.find(word) if word else -1
        if begin >= 0 and taken.isdisjoint(range(begin, begin + len(word))):
            taken.update(range(begin, begin + len(word)))
            at[begin] = word
    return [(at[begin], plainer[at[begin]]) for begin in sorted(at)]
