"""All that is looked at before an answer is sent, in an order of weight."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from huying.reading.answers import facts, hollow, plain
from huying.reading.answers.asks import WISH, asks
from huying.reading.answers.copies import copied
from huying.reading.answers.sentences import short
from huying.reading.answers.speaks import speaks_of

UNANSWERED, NO_WHO, NO_DAY, VAGUE, COPIED, LONG, OFFICIAL = (
    *("unanswered", "no_who", "no_day", "vague_day", "copied"),
    *("long_sentence", "official_word"),
)
KINDS = (hollow.EMPTY, hollow.PASSED_ON, COPIED, UNANSWERED, NO_WHO, NO_DAY, VAGUE, LONG, OFFICIAL)
# Not worth a stop of its own: how it reads; and who, because the page says which body answers.
LIGHT = frozenset({NO_WHO, LONG, OFFICIAL})
MOST_OF_A_KIND = 3
MOST_READ = 8000  # characters of each text
QUOTED = 40  # characters of what is quoted
ALIKE = 0.85  # from which share on a text is a copy


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to think of: its kind, the words it is about, and what could stand there instead."""

    kind: str
    quote: str = ""
    offer: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A text that was there before: what it is, as the caller of this names it, and its words."""

    what: str
    text: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What an answer is looked at with: the message and its title, units that are known, earlier texts, plainer words."""

    message: str
    title: str = ""
    units: Collection[str] = ()
    earlier: Sequence[Earlier] = ()
    plainer: Mapping[str, str] = field(default_factory=dict)


def look_over(answer: str, by: Looked) -> list[Advice]:
    """What to think of before it is sent; nothing for an answer that says what it should, or is not begun."""
    answer, message = answer[:MOST_READ], by.message[:MOST_READ]
    if not answer.strip():
        return []
    empty = hollow.hollow(answer)
    found = [Advice(empty)] if empty else []
    found += list(_copies(answer, by.earlier))
    asked = [ask for ask in asks(message, by.title) if not (empty and ask.sort == WISH)]
    missed = [Advice(UNANSWERED, short(ask.text, QUOTED)) for ask in asked if not speaks_of(answer, ask)]
    found += missed[:MOST_OF_A_KIND]
    if (empty or facts.acts(answer)) and not facts.names_who(answer, by.units):
        found.append(Advice(NO_WHO))
    found += list(_days(answer))
    found += [Advice(LONG, short(sentence, QUOTED)) for sentence in plain.long_sentences(answer)[:1]]
    words = plain.official_words(answer, by.plainer)[:MOST_OF_A_KIND]
    return found + [Advice(OFFICIAL, word, better) for word, better in words]


def _days(answer: str) -> Iterator[Advice]:
    sentence = facts.undated(answer)
    word = facts.vague(sentence)
    if word:
        yield Advice(VAGUE, word)
    elif sentence:
        yield Advice(NO_DAY, short(re.split("[：:]", sentence.rstrip("：:"))[-1], QUOTED))


def _copies(answer: str, earlier: Sequence[Earlier]) -> Iterator[Advice]:
    shares = [(copied(answer, one.text), -at, one) for at, one in enumerate(earlier)]
    best = max(shares, default=None, key=lambda row: row[:2])
    if best and best[0] >= ALIKE:
        yield Advice(COPIED, best[2].what)
