"""The rows that a batch of facts touches, and who folds which fact into them: by name, for the hub knows the log alone."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from huying.events.log import Told
from huying.hub.models import Case, Held, Late, Task, Voice


@dataclass(slots=True)
class Book:
    """The rows that a batch of facts touches."""

    cases: dict[int, Case] = field(default_factory=dict)
    tasks: dict[int, Task] = field(default_factory=dict)
    voices: dict[int, Voice] = field(default_factory=dict)
    held: dict[int, list[Held]] = field(default_factory=dict)
    late: dict[str, Late] = field(default_factory=dict)

    def case(self, matter: int) -> Case:
        """The matter's case, new when this is its first fact."""
        return self.cases.setdefault(matter, Case(matter=matter))


Apply = Callable[[Book, Told, Any], None]
_APPLY: dict[str, Apply] = {}


def fold(book: Book, told: Told) -> None:
    """Take one fact into the book; what the hub does not count changes nothing."""
    if apply := _APPLY.get(told.name):
        apply(book, told, told.fact)


def known() -> set[str]:
    """The names of facts the hub reads."""
    return set(_APPLY)


def matters_of(told: Told) -> set[int]:
    """The matters a fact is about."""
    found = {getattr(told.fact, "matter", None), getattr(told.fact, "source", None)} - {None}
    if told.subject.startswith("matter:"):
        found.add(int(told.subject.removeprefix("matter:")))
    return {int(pk) for pk in found if pk is not None}


def on(*names: str) -> Callable[[Apply], Apply]:
    """Who folds these facts; each fact is folded once."""

    def wrap(apply: Apply) -> Apply:
        assert not _APPLY.keys() & set(names), f"{names} are folded already"
        _APPLY.update(dict.fromkeys(names, apply))
        return apply

    return wrap


def matter_of(told: Told) -> int:
    """The matter that is the fact's subject."""
    return int(told.subject.removeprefix("matter:"))
