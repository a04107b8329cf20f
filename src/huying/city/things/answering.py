"""Answers to the questions of a thing: what is asked, what counts, and every set of answers there can be."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, combinations

from huying.city.things.conditions import Answer, Answers, bounds, holds
from huying.city.things.shape import Question, Thing

MANY_LIMIT = 6  # options of a question with several answers: 64 sets of them
Given = str | int | Iterable[str]


class TooMany(ValueError):
    """More sets of answers than a thing may have."""


def counted(thing: Thing, given: Mapping[str, Given]) -> dict[str, Answer]:
    """The answers that count: to questions that are asked, with options that exist; all else is left out."""
    kept: dict[str, Answer] = {}
    for question in thing.questions:
        if question.key in given and holds(question.asked, kept):
            answer = _answer(question, given[question.key])
            if answer is not None:
                kept[question.key] = answer
    return kept


def _answer(question: Question, given: Given) -> Answer | None:
    if question.kind == "number":
        sound = isinstance(given, int) and not isinstance(given, bool) and question.least <= given <= question.most
        return given if isinstance(given, int) and sound else None
    if isinstance(given, int):
        return None
    wanted = {given} if isinstance(given, str) else set(given)
    chosen = tuple(option.key for option in question.options if option.key in wanted)
    if question.kind == "many":
        return chosen
    return chosen if len(chosen) == 1 else None


def asked(thing: Thing, answers: Answers) -> tuple[Question, ...]:
    """The questions to show, given what was answered so far."""
    return tuple(question for question in thing.questions if holds(question.asked, answers))


def unanswered(thing: Thing, answers: Answers) -> tuple[Question, ...]:
    """The questions that are asked and have no answer yet."""
    return tuple(question for question in asked(thing, answers) if question.key not in answers)


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


def _conditions(thing: Thing) -> Iterator:
    yield from (question.asked for question in thing.questions)
    for entry in thing.entries:
        yield from (entry.done, *entry.asks.values(), *entry.fills.values())


def _choices(question: Question, cuts: set[int]) -> Iterator[Answer]:
    keys = [option.key for option in question.options]
    if question.kind == "number":
        around = {question.least, question.most} | {cut + step for cut in cuts for step in (-1, 0, 1)}
        yield from sorted(number for number in around if question.least <= number <= question.most)
    elif question.kind == "many":
        yield from chain.from_iterable(combinations(keys, size) for size in range(len(keys) + 1))
    else:
        yield from ((key,) for key in keys)
