"""A feature describes itself here as data: its kind of call, the sorts within it, the verbs it takes from the table."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from huying.kernel.intake import NewCall
from huying.kernel.models import Call, Task
from huying.kernel.record import Work


def _nothing(pairs: Sequence[tuple[Call, NewCall]]) -> None:
    """A kind without rows of its own."""


def _none_shown(call_ids: Collection[int]) -> Mapping[int, tuple[str, ...]]:
    """A kind of which nothing is published."""
    return {}


Pairs = Sequence[tuple[Work, Task]]


def _still(work: Work, task: Task, what: str) -> None:
    """A kind that is not worked in branches."""


def _undecided(pairs: Pairs) -> None:
    """The same."""


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort within a kind: its name, Chinese label and a plain sentence that says when to choose it.

    `shared`: others may be shown that such a matter is at work, and join it. `confidential`: who sends it is never shown.
    `at_once`: the city's desk may answer it itself, without a bearer.
    """

    name: str
    label: str
    hint: str
    shared: bool = False
    confidential: bool = False
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of call.

    `mark` is the one character the inbox shows; `opened` writes the feature's own rows in the same transaction; `shown`
    gives, of some calls, the words that everybody may read now. `parted`: it is worked in branches side by side, whose
    departments see their own share alone, and no verb but its own is done on it; within the verb's work `decided` hears
    which branches were, and `moved` that one `stands` (she is asked for something) or `runs` again.
    """

    name: str
    label: str
    mark: str
    sorts: tuple[Sort, ...]
    verbs: frozenset[str]
    opened: Callable[[Sequence[tuple[Call, NewCall]]], None] = field(default=_nothing)
    shown: Callable[[Collection[int]], Mapping[int, tuple[str, ...]]] = field(default=_none_shown)
    parted: bool = False
    moved: Callable[[Work, Task, str], None] = field(default=_still)
    decided: Callable[[Pairs], None] = field(default=_undecided)

    def sort(self, name: str) -> Sort:
        """The sort of that name. Raises KeyError."""
        return next((s for s in self.sorts if s.name == name), None) or _missing(f"{self.name}.{name}")


class Duplicate(ValueError):
    """A kind of that name is registered already."""


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known. Raises Duplicate."""
    if kind.name in _kinds:
        raise Duplicate(f"kind {kind.name} is registered twice")
    _kinds[kind.name] = kind
    return kind


def get(name: str) -> Kind:
    """The kind of that name. Raises KeyError."""
    return _kinds[name]


def takes(name: str, verb: str) -> bool:
    """Whether the verb makes sense for calls of that kind; to see is no verb."""
    kind = _kinds[name]
    return not kind.parted or verb == "see" or verb in kind.verbs


def every() -> list[Kind]:
    """All kinds, in the order of their registration."""
    return list(_kinds.values())


def _missing(name: str) -> Sort:
    raise KeyError(name)
