"""Whether an answer names who, and by when: what its reader can hold on to."""

from collections.abc import Collection

from huying.reading.answers import lexicon as words
from huying.reading.answers.sentences import sentences
from huying.reading.answers.speaks import unsigned


def names_who(answer: str, known: Collection[str] = ()) -> bool:
    """Whether it names a body or a person; `known` are names of units. 有关部门 is nobody."""
    if any(name and name in answer for name in known):
        return True
    return words.BODY.search(words.NOBODY.sub("", answer)) is not None


def acts(answer: str) -> bool:
    """Whether it tells that somebody did something, or will; where it only informs, nobody needs to be named."""
    return words.ACTED.search(answer) is not None


def undated(answer: str) -> str:
    """The first sentence that tells what is still to come and no day, nor any sentence after it; '' where there is none."""
    told = sentences(unsigned(answer))
    for at, sentence in enumerate(told):
        if words.TO_COME.search(sentence) and not _polite(sentence) and not _lasts(sentence):
            return "" if any(words.DAY.search(later) for later in told[at:]) else sentence
    return ""


def vague(sentence: str) -> str:
    """The word in it that names a time and no day; '' where there is none."""
    found = words.VAGUE.search(sentence)
    return found.group() if found else ""


def _polite(sentence: str) -> bool:
    return words.COURTESY.search(sentence) is not None


def _lasts(sentence: str) -> bool:
    """Whether it promises something without an end, and names no time that is none."""
    return words.LASTING.search(sentence) is not None and not vague(sentence)
