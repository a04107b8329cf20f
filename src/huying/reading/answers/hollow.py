"""Whether an answer says anything: beside thanks, and beside whom it was passed on to."""

import re

from huying.reading.answers import lexicon as words
from huying.reading.answers.sentences import length, sentences

LEAST = 9  # characters that are left of an answer that says something
LONGEST_PASSED = 90
_STOP = re.compile("[，,：:]")
EMPTY, PASSED_ON = "empty", "only_passed_on"


def hollow(answer: str) -> str:
    """EMPTY: thanks and nothing else; PASSED_ON: that it was passed on, or is looked into, and nothing else; '' otherwise."""
    told = [clause for sentence in sentences(words.SIGNED.sub("", answer.rstrip())) for clause in _parts(sentence)]
    rest = [clause for clause in told if not words.COURTESY.search(clause)]
    passed = [clause for clause in rest if words.PASSED.search(clause) or words.LOOKING.search(clause)]
    if passed and len(rest) == len(passed) and sum(map(length, passed)) > LONGEST_PASSED:
        return ""  # that much is said of nothing
    said = sum(length(clause) for clause in rest if clause not in passed and not _names_the_ask(clause))
    if said > LEAST or (rest and not passed and len(rest) == len(told)):
        return ""
    return PASSED_ON if passed else EMPTY


def _parts(sentence: str) -> list[str]:
    """The clauses, without greetings."""
    found = (words.GREETING.sub("", part.strip()) for part in _STOP.split(sentence))
    return [part for part in found if length(part)]


def _names_the_ask(clause: str) -> bool:
    """Only repeats what it is about: 关于您反映的问题."""
    return words.NAMED_AGAIN.match(clause) is not None
