"""What a condition looks at: its parts, its questions, and the numbers at which it turns."""

from collections.abc import Iterator

from huying.city.things.conditions import All, Chosen, Condition, Counted, Either, Not


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
