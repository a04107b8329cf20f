"""Things in shelves: by event of life or business, by who bears a part of them, for a person or a firm."""

from collections import Counter
from dataclasses import dataclass

from huying.city import catalogue
from huying.city import queries as city
from huying.city.things import Body, Item


@dataclass(frozen=True, slots=True)
class Shelf:
    """What lies there, and the items beside that no thing holds."""

    things: tuple[catalogue.InForce, ...]
    items: tuple[Item, ...]


def things(who: str = "") -> list[catalogue.InForce]:
    """The things for `who` (person or firm; '' for both), in the order of life: as the pack names the events."""
    order = {key: at for at, key in enumerate(city.setting("words", {}).get("events", ()))}
    there = [thing for thing in catalogue.things() if not who or who in thing.whole.thing.who]
    return sorted(there, key=lambda thing: order.get(thing.whole.thing.event.key, len(order)))


def shelf(who: str = "", event: str = "", department: str = "") -> Shelf:
    """Everything for `who` (person or firm), of `event`, in which `department` has a part; '' leaves that open."""
    there = tuple(
        thing
        for thing in things(who)
        if (not event or event == thing.whole.thing.event.key)
        and (not department or any(item.body.key == department for item in thing.whole.items.values()))
    )
    # an item has no event of its own
    alone = () if event else tuple(item for item in _alone() if _fits(item, who, department))
    return Shelf(there, alone)


def events(who: str = "") -> list[tuple[Body, int]]:
    """The events of life and business that have things for `who`, with how many, in the order of life."""
    found = [thing.whole.thing for thing in things(who)]
    counts = Counter(thing.event.key for thing in found)
    names = {thing.event.key: thing.event for thing in found}
    return [(names[key], counts[key]) for key in names]


def departments(who: str = "") -> list[tuple[Body, int]]:
    """Who bears items of things or alone, with how many items; those with most first."""
    held = {item.code: item for thing in things(who) for item in thing.whole.items.values()}
    every = [*held.values(), *(item for item in _alone() if _fits(item, who, ""))]
    counts = Counter(item.body.key for item in every)
    names = {item.body.key: item.body for item in every}
    return [(names[key], count) for key, count in counts.most_common()]


def _alone() -> list[Item]:
    held = {code for thing in catalogue.things() for code in thing.whole.items}
    return [item for item in catalogue.items() if item.code not in held]


def _fits(item: Item, who: str, department: str) -> bool:
    return (not who or who in item.who) and (not department or item.body.key == department)
