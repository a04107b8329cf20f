"""Conditions over answers: data in, a small closed language, no code of anybody's is ever run.

`{born: hospital}` an answer; `{born: [hospital, home]}` one of several; several names in a map: all of them;
`{seats: {at_least: 30}}` a number, also `at_most`; `{all: [...]}`, `{any: [...]}`, `{not: {...}}`.
A question that was not asked has no answer: what looks for one does not hold there.
"""

from collections.abc import Mapping
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
