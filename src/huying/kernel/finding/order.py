"""In which order what was found is shown: a thing before the items that it does anyway."""

from collections.abc import Iterable, Mapping, Sequence

from huying.city.things import Whole
from huying.kernel.finding.phrases import ITEM_KIND, THING, label
from huying.reading.everyday.finder import Found

CLOSE = 4.0  # log-odds within which the thing was meant as well
Held = Mapping[str, frozenset[str]]  # by the label of an item those of the things that do it


def held_by(wholes: Iterable[Whole]) -> Held:
    """Which things do an item."""
    found: dict[str, set[str]] = {}
    for whole in wholes:
        for code in whole.items:
            found.setdefault(label(ITEM_KIND, code), set()).add(label(THING, whole.thing.code))
    return {item: frozenset(things) for item, things in found.items()}


def things_first(found: Sequence[Found], held: Held) -> list[Found]:
    """An item comes after the first thing that does it, where that was found close behind; the rest stays as it is."""
    left, ordered = list(found), list[Found]()
    while left:
        first = left.pop(0)
        things = held.get(first.label, frozenset())
        thing = next((one for one in left if one.label in things and one.score > first.score - CLOSE), None)
        if thing is not None:
            left.remove(thing)
            ordered.append(thing)
        ordered.append(first)
    return ordered
