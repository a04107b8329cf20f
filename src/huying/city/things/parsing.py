"""Conditions out of plain data, as a pack, a stored version or a page hands them over."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from huying.city.things.conditions import ALWAYS, BOUNDS, WORDS, All, Chosen, Condition, Counted, Either, Not

DEEPEST = 8
Path = tuple[str | int, ...]


class Flaw(NamedTuple):
    """What is wrong with plain data: where (names and places from the top), a word for what, and the value."""

    at: Path
    what: str
    value: Any


class BadCondition(ValueError):
    """Plain data that is no condition; `flaws` names everything that is wrong with it."""

    def __init__(self, flaws: list[Flaw]) -> None:
        super().__init__("; ".join(f"{'.'.join(map(str, flaw.at))}: {flaw.what} {flaw.value!r}" for flaw in flaws))
        self.flaws = flaws


def condition(plain: Any) -> Condition:
    """The condition that `plain` says; nothing at all always holds. Raises BadCondition."""
    if plain is None:
        return ALWAYS
    flaws: list[Flaw] = []
    found = _map(plain, (), flaws)
    if flaws:
        raise BadCondition(flaws)
    return found


def _map(plain: Any, at: Path, flaws: list[Flaw]) -> Condition:
    if not isinstance(plain, dict) or not plain:
        flaws.append(Flaw(at, "map", plain))
        return ALWAYS
    if len(at) > 2 * DEEPEST:
        flaws.append(Flaw(at, "deep", DEEPEST))
        return ALWAYS
    found = tuple(_part(name, value, (*at, name), flaws) for name, value in plain.items())
    return found[0] if len(found) == 1 else All(found)


def _part(name: str, value: Any, at: Path, flaws: list[Flaw]) -> Condition:
    if name == "not":
        return Not(_map(value, at, flaws))
    if name in WORDS:
        inner = tuple(_several(value, at, flaws))
        return All(inner) if name == "all" else Either(inner)
    if isinstance(value, dict):
        return _counted(name, value, at, flaws)
    options = value if isinstance(value, list) else [value]
    for number, option in enumerate(options):
        if not isinstance(option, str) or not option:
            flaws.append(Flaw((*at, number) if isinstance(value, list) else at, "option", option))
    if not options:
        flaws.append(Flaw(at, "options", value))
    return Chosen(name, tuple(map(str, options)))


def _several(value: Any, at: Path, flaws: list[Flaw]) -> Iterator[Condition]:
    if not isinstance(value, list) or not value:
        flaws.append(Flaw(at, "list", value))
        return
    for number, part in enumerate(value):
        yield _map(part, (*at, number), flaws)


def _counted(name: str, value: dict[str, Any], at: Path, flaws: list[Flaw]) -> Condition:
    for bound, number in value.items():
        if bound not in BOUNDS:
            flaws.append(Flaw((*at, bound), "bound", bound))
        elif isinstance(number, bool) or not isinstance(number, int):
            flaws.append(Flaw((*at, bound), "number", number))
    least, most = (value.get(bound) for bound in BOUNDS)
    if not value or (isinstance(least, int) and isinstance(most, int) and least > most):
        flaws.append(Flaw(at, "bounds", value))
    return Counted(name, least, most)
