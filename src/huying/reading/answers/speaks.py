"""Whether an answer speaks of a thing that was asked: by its words, and by what kind of answer it looks for."""

from collections.abc import Collection, Mapping
from re import Pattern

from huying.reading import terms
from huying.reading.answers import asks
from huying.reading.answers import lexicon as words
from huying.reading.answers.asks import Ask

ENOUGH = 2  # pieces of what it is asked ofLETTERS = 2  # letters of a wish, or of what it is wished for
LETTERS = 2  # letters of a wish, or of what it is wished for
_LOOKS_FOR: Mapping[str, Pattern[str]] = {
    asks.WHEN: words.DAY,
    asks.MUCH: words.MUCH,
    asks.WHY: words.WHY,
    asks.WHERE: words.WHERE,
    asks.WHETHER: words.WHETHER,
}


def speaks_of(answer: str, ask: Ask) -> bool:
    """Whether it does. Rather once too often: what is said in other words is not seen, and she is not to be told it is missing.

    Asked when, an answer without any day is none, whatever else it says.
    """
    wanted = _LOOKS_FOR.get(ask.sort)
    fits = wanted is not None and wanted.search(unsigned(answer)) is not None
    if ask.sort == asks.WHEN:
        return fits
    if any(same.search(ask.text) and same.search(answer) for same in words.SAME):
        return True
    if ask.sort == asks.WISH:  # what is wished for is answered in words of the office: 路灯 by 灯具
        return len({letter for piece in ask.around for letter in piece} & set(answer)) >= LETTERS
    shared, near = _shared(answer, ask.pieces), _shared(answer, ask.around)
    return shared >= 1 or near >= (ENOUGH if fits else 2 * ENOUGH)


def unsigned(answer: str) -> str:
    """Without the day that stands under it."""
    return words.SIGNED.sub("", answer.rstrip())


def _shared(answer: str, pieces: Collection[str]) -> int:
    there = set(terms.pieces(answer))
    return sum(piece in there for piece in pieces)
