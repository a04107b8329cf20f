"""Conditions over answers: data in, a small closed language, no code of anybody's is ever run.

`{born: hospital}` an answer; `{born: [hospital, home]}` one of several; several names in a map: all of them;
`{seats: {at_least: 30}}` a number, also `at_most`; `{all: [...]}`, `{any: [...]}`, `{not: {...}}`.
A question that was not asked has no answer: what looks for one does not hold there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

# What was answered by question: the keys of the chosen options, or a number.
Answer = tuple[str, ...] | int
Answers = Mapping[str, Answer]
WORDS = ("all", "any", "not")
BOUNDS = ("at_least", "at_most")


@dataclass(frozen=True, slots=True)
class Chosen:
    """One of `options` was chosen."""

    question: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """The number lies within the bounds, both included; None is no bound."""

    question: str
    least: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Either:
    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: "Condition"


Condition = Chosen | Counted | All | Either | Not
ALWAYS = All(())


@dataclass(frozen=True, slots=True)
class Reason:
    """An answer that made a condition hold, for "because you answered …"."""

    question: str
    answer: Answer


def holds(condition: Condition, answers: Answers) -> bool:
    """Whether the condition is true of the answers."""
    match condition:
        case Chosen(question, options):
            given = answers.get(question)
            return isinstance(given, tuple) and not set(given).isdisjoint(options)
        case Counted(question, least, most):
            given = answers.get(question)
            return isinstance(given, int) and (least is None or given >= least) and (most is None or given <= most)
        case All(parts):
            return all(holds(part, answers) for part in parts)
        case Either(parts):
            return any(holds(part, answers) for part in parts)
        case Not(part):
            return not holds(part, answers)


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


def parts(condition: Condition) -> Iterator[Condition]:
    """The condition and everything within it."""
    yield condition
    match condition:
        case All(inner) | Either(inner):
            for part in inner:
                yield from parts(part)
        case Not(part):
            yield from parts(part)


def questions(condition: Condition) -> tuple[str, ...]:
    """The questions it looks at, each once."""
    found = (part.question for part in parts(condition) if isinstance(part, Chosen | Counted))
    return tuple(dict.fromkeys(found))


def bounds(condition: Condition) -> Iterator[tuple[str, int]]:
    """Each question of a number with every number at which the condition may turn."""
    for part in parts(condition):
        if isinstance(part, Counted):
            for number in (part.least, part.most):
                if number is not None:
                    yield part.question, number
