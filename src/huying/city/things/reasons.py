"""Why a condition holds: the answers that made it true, for "because you answered …"."""

from collections.abc import Iterator
from dataclasses import dataclass

from huying.city.things.conditions import All, Answer, Answers, Chosen, Condition, Counted, Either, Not, holds
from huying.city.things.walking import questions


@dataclass(frozen=True, slots=True)
class Reason:
    """An answer that made a condition hold."""

    question: str
    answer: Answer


def because(condition: Condition, answers: Answers) -> tuple[Reason, ...]:
    """The answers that made a true condition true, each once, in the order of the condition; () when it always holds."""
    return tuple(dict.fromkeys(_reasons(condition, answers)))


def _reasons(condition: Condition, answers: Answers) -> Iterator[Reason]:
    match condition:
        case All(parts):
            for part in parts:
                yield from _reasons(part, answers)
        case Either(parts):
            for part in parts:
                if holds(part, answers):
                    yield from _reasons(part, answers)
        case Not(part):
            # what was said instead is why
            for name in questions(part):
                if name in answers:
                    yield Reason(name, answers[name])
        case Chosen(question, options):
            given = answers[question]
            assert isinstance(given, tuple)
            yield Reason(question, tuple(option for option in given if option in options))
        case Counted(question):
            yield Reason(question, answers[question])
