"""What dispatch reads out of the loaded city, once a pack and day: its duties' texts, its places' names, its words of danger.

Immutable after it is made, so threads share it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from huying.city import queries as city
from huying.city.models import Area, Department, Duty, Level
from huying.kernel import danger
from huying.kernel.rules import CENTRE_TYPE
from huying.reading.danger import Words
from huying.reading.places import Entry, Gazetteer
from huying.reading.similar import Document, Index

STREET_TYPE = "street-office"
# What one mention weighs in a duty's name, its group and subgroup, and its text.
NAME, GROUP, TEXT = 3.0, 2.0, 1.0


Desk = tuple[str, str]  # a type of department and its level


class Route(NamedTuple):
    """Who bears a duty in an area, and the centre of the district through which it goes (None: straight)."""

    bearer: Department | None
    via: Department | None = None


@dataclass(frozen=True, slots=True)
class Routing:
    """The city on one day, as dispatch reads it."""

    day: date
    duties: Mapping[str, Duty]
    listed: Sequence[Duty]  # the same in the order of the index
    desks: Sequence[Desk]  # of each of those
    index: Index
    gazetteer: Gazetteer
    words: Words
    hints: Mapping[str, str]  # for a sort, words that are read as if they stood in the message


def read(day: date) -> Routing:
    """The loaded pack as of `day`."""
    duties = {duty.key: duty for duty in city.duties(day)}
    return Routing(
        day=day,
        duties=duties,
        listed=list(duties.values()),
        desks=[desk_of(duty) for duty in duties.values()],
        index=_index(tuple(document(duty) for duty in duties.values())),
        gazetteer=Gazetteer(list(entries(day))),
        words=danger.words_of(city.setting),
        hints=city.setting("dispatch.hints", {}),
    )


@lru_cache(maxsize=1)
def _index(documents: tuple[Document, ...]) -> Index:
    """Kept while the duties say the same: on most days none begins or ends."""
    return Index(documents)


def document(duty: Duty) -> Document:
    """A duty as the index reads it."""
    return Document(duty.key, ((duty.name, NAME), (duty.group, GROUP), (duty.subgroup, GROUP), (duty.text, TEXT)))


def desk_of(duty: Duty) -> Desk:
    """Which kind of desk bears a duty: duties of one desk are no rivals of each other."""
    return (STREET_TYPE, Level.STREET) if duty.level == Level.STREET else (duty.lead, duty.level)


def route(duty: Duty, area: Area | None, day: date) -> Route:
    """Who bears `duty` in `area`: the city's department, the district's, or the street's office.

    A district without such a department leaves the duty to the city's, or to its own centre. Nobody, where the duty
    needs a place and none is known.
    """
    if duty.level == Level.CITY:
        return Route(city.department_of(duty.lead, Level.CITY, None, day))
    if area is None or city.district_of(area, day) is None:
        return Route(None)
    centre = city.department_of(CENTRE_TYPE, Level.DISTRICT, area, day)
    found = city.department_of(*desk_of(duty), area, day)
    if found is not None and found != centre:
        return Route(found, centre)
    if found is None and duty.level == Level.DISTRICT:
        return Route(city.department_of(duty.lead, Level.CITY, None, day) or centre)
    return Route(centre)


def route_to(duty: Duty, bearer: Department, day: date) -> Route:
    """The way to a bearer that was named: a centre passes the duty on in its district, others are reached through it."""
    area = city.area_by_id(bearer.area_id)
    if bearer.type == CENTRE_TYPE:
        within = route(duty, area, day)
        return within if within.bearer is not None and within.via == bearer else Route(bearer)
    centre = city.department_of(CENTRE_TYPE, Level.DISTRICT, area, day) if area and area.level != Level.CITY else None
    return Route(bearer, centre)


@dataclass(slots=True)
class _Known:
    """Under what names an area is known, and in what areas it lies or lay; dicts for their order."""

    names: dict[str, None] = field(default_factory=dict)
    above: dict[str, None] = field(default_factory=dict)
    aliases: dict[str, None] = field(default_factory=dict)


def entries(day: date) -> Iterable[Entry]:
    """An entry for each area of `day`, under its names of today and before, in its places of today and before."""
    found: dict[str, _Known] = {}
    begun = [area for area in city.areas() if area.valid_from is None or area.valid_from <= day]
    heirs = [(area, city.successor_of(area, day)) for area in begun]
    for area, heir in sorted(heirs, key=lambda pair: pair[0] != pair[1]):  # today's own line first: it is the nearest
        known = found.setdefault(heir.key, _Known())
        known.names[area.name] = None
        known.aliases.update(dict.fromkeys(area.aliases))
        known.above.update((above, None) for above in _above(area, day) if above != heir.key)
    for key, known in found.items():
        # the top last, wherever the line of a closed predecessor put it
        above = sorted(known.above, key=lambda over: over in found and not found[over].above)
        yield Entry(key, tuple(known.names), tuple(above), tuple(known.aliases))


def _above(area: Area, day: date) -> Iterable[str]:
    while area.parent is not None:
        area = area.parent
        yield city.successor_of(area, day).key
