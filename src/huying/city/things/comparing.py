"""One by one, or here: counted from the same data, for the same answers."""

from collections.abc import Mapping
from dataclasses import dataclass

from huying.city.things.answering import Given
from huying.city.things.deciding import Decided, decide
from huying.city.things.ordering import longest_path
from huying.city.things.shape import Whole


@dataclass(frozen=True, slots=True)
class Effort:
    """What it takes: how many items to apply for, forms, papers to hand in, visits, and working days."""

    applications: int
    forms: int
    materials: int
    visits: int
    days: int


@dataclass(frozen=True, slots=True)
class Compared:
    """`alone`: each item by itself, one after another. `here`: as one thing."""

    alone: Effort
    here: Effort


def compare(whole: Whole, given: Mapping[str, Given]) -> Compared:
    """What the items of these answers take one by one, and what they take here."""
    return compared(whole, decide(whole, given))


def compared(whole: Whole, decided: Decided) -> Compared:
    """The same, of what was decided already."""
    items = [step.item for step in decided.steps]
    alone = Effort(
        applications=len(items),
        forms=sum(1 for item in items if any(item.code in asked.items for asked in decided.fields)),
        # alone, each counter asks for its own copy, also of what another counter has
        materials=sum(len(paper.items) for paper in decided.materials),
        visits=sum(item.visits for item in items),
        days=sum(item.promised for item in items),
    )
    here = Effort(
        applications=1 if items else 0,
        forms=1 if decided.fields else 0,
        materials=len(decided.to_bring),
        visits=_visits(whole, decided.codes),
        days=longest_path(whole, decided.codes).days,
    )
    return Compared(alone, here)


def _visits(whole: Whole, codes: tuple[str, ...]) -> int:
    """One trip serves all items that are open at one counter; what waits for another item there wants a trip of its own."""
    counters: dict[tuple[str, str], list[str]] = {}
    for code in codes:
        item = whole.items[code]
        if item.visits_here:
            counters.setdefault((item.body.key, item.level), []).append(code)
    trips = [{code: whole.items[code].visits_here for code in many} for many in counters.values()]
    return sum(longest_path(whole, list(one), one).days for one in trips)
