"""Answers to the questions of a thing: what is asked, and what counts."""

from collections.abc import Iterable, Mapping

from huying.city.things.conditions import Answer, Answers, holds
from huying.city.things.shape import Question, Thing

MANY_LIMIT = 6  # options of a question with several answers: 64 sets of them
Given = str | int | Iterable[str]


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
        return chosen if len(chosen) >= question.least else None
    return chosen if len(chosen) == 1 else None


def asked(thing: Thing, answers: Answers) -> tuple[Question, ...]:
    """The questions to show, given what was answered so far."""
    return tuple(question for question in thing.questions if holds(question.asked, answers))


def unanswered(thing: Thing, answers: Answers) -> tuple[Question, ...]:
    """The questions that are asked and have no answer yet."""
    return tuple(question for question in asked(thing, answers) if question.key not in answers)
