"""Every set of answers that a thing can be given: what its proofs are tried on."""

from collections.abc import Iterator
from itertools import chain, combinations

from huying.city.things.conditions import Answer, Condition, holds
from huying.city.things.shape import Question, Thing
from huying.city.things.walking import bounds


class TooMany(ValueError):
    """More sets of answers than a thing may have."""


def every(thing: Thing, most: int) -> list[dict[str, Answer]]:
    """Every complete set of answers that differs in what follows; a number stands for all between two bounds.

    Raises TooMany above `most`.
    """
    cuts: dict[str, set[int]] = {}
    for condition in _conditions(thing):
        for name, number in bounds(condition):
            cuts.setdefault(name, set()).add(number)
    found: list[dict[str, Answer]] = [{}]
    for question in thing.questions:
        choices = list(_choices(question, cuts.get(question.key, set())))
        grown: list[dict[str, Answer]] = []
        for answers in found:
            shown = holds(question.asked, answers)
            grown += [answers | {question.key: choice} for choice in choices] if shown else [answers]
            if len(grown) > most:
                raise TooMany(question.key)
        found = grown
    return found


def _conditions(thing: Thing) -> Iterator[Condition]:
    yield from (question.asked for question in thing.questions)
    for entry in thing.entries:
        yield from (entry.done, *entry.asks.values(), *entry.fills.values())


def _choices(question: Question, cuts: set[int]) -> Iterator[Answer]:
    keys = [option.key for option in question.options]
    if question.kind == "number":
        around = {question.least, question.most} | {cut + step for cut in cuts for step in (-1, 0, 1)}
        yield from sorted(number for number in around if question.least <= number <= question.most)
    elif question.kind == "many":
        yield from chain.from_iterable(combinations(keys, size) for size in range(question.least, len(keys) + 1))
    else:
        yield from ((key,) for key in keys)
