"""Every question about the city. Answered from memory: after the first, none costs a query (see `snapshot`).

`on` is the day for which the answer holds; left out, today. Rows that come back are shared: read them, never change them.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from huying.base import clock
from huying.city import loaded, snapshot
from huying.city.models import Area, Department, Duty, Level, Term
from huying.city.snapshot import Moved, holds, upward, valid


def reset() -> None:
    """Forget everything held in memory. For tests that write rows by hand; loading a pack does it by itself."""
    loaded.forget()


def digest() -> str:
    """What the loaded pack is known by: caches of others compare it."""
    return loaded.digest()


def title() -> str:
    """What the pack calls itself, for people."""
    return snapshot.current().title


def setting(key: str, default: Any = None) -> Any:
    """A setting of the pack, or `default`."""
    return snapshot.current().settings.get(key, default)


# --- Areas ------------------------------------------------------------------------------------------------------------


def area_by_key(key: str) -> Area | None:
    """The area of that key, closed ones too."""
    return snapshot.current().area_by_key.get(key)


def area_by_id(pk: int) -> Area | None:
    """The area of that id, closed ones too."""
    return snapshot.current().area_by_id.get(pk)


def areas(on: date | None = None) -> list[Area]:
    """All areas, by key; with `on` only those of that day."""
    found = snapshot.current().areas
    return list(found) if on is None else [area for area in found if holds(area, on)]


def area_choices(level: str, parent: Area | None = None, on: date | None = None) -> list[Area]:
    """The areas of a level to choose from, by key; with `parent` those right below it."""
    city, day = snapshot.current(), on or clock.today()
    found = city.areas if parent is None else city.children.get(parent.pk, [])
    return [area for area in found if area.level == level and holds(area, day)]


def city() -> Area | None:
    """The city itself; None while no pack is loaded."""
    day = clock.today()
    return next((area for area in snapshot.current().areas if area.level == Level.CITY and holds(area, day)), None)


def successor_of(area: Area, on: date | None = None) -> Area:
    """The area that stands for `area`: itself, or who took over when it was closed."""
    known = snapshot.current().area_by_id.get(area.pk, area)
    return snapshot.successor(known, on or clock.today())


def ancestor(area: Area, level: str, on: date | None = None) -> Area | None:
    """The area of `level` in which `area` lies (itself, when it is of that level); None when it lies above."""
    return next((above for above in upward(successor_of(area, on)) if above.level == level), None)


def district_of(area: Area, on: date | None = None) -> Area | None:
    """The district in which an area lies, or stands for its successor; None for the city."""
    return ancestor(area, Level.DISTRICT, on)


def areas_within(ids: Collection[int]) -> frozenset[int]:
    """The ids of all areas in those given, them included: closed ones too, and those whose successor lies there."""
    return snapshot.current().within(ids, clock.today())


# --- Departments ------------------------------------------------------------------------------------------------------


def is_open(department: Department, on: date | None = None) -> bool:
    """Whether the department holds on that day."""
    known = snapshot.current().department_by_id.get(department.pk, department)
    return holds(known, on or clock.today())


def department_by_key(key: str) -> Department | None:
    """The department of that key, closed ones too."""
    return snapshot.current().department_by_key.get(key)


def department_by_id(pk: int) -> Department | None:
    """The department of that id, closed ones too."""
    return snapshot.current().department_by_id.get(pk)


def departments(on: date | None = None) -> list[Department]:
    """The city's own departments of a day, by key."""
    day = on or clock.today()
    return [row for row in snapshot.current().departments if row.level != Level.ELSEWHERE and holds(row, day)]


def partner_department(key: str) -> Department | None:
    """The body of another place that bears items here, by its key in partners.csv; None when it does not hold today."""
    found = snapshot.current().department_by_key.get(key)
    return found if found is not None and found.level == Level.ELSEWHERE and holds(found, clock.today()) else None


def department_of(type: str, level: str, area: Area | None, on: date | None = None) -> Department | None:  # noqa: A002
    """The department of a type that is in charge of `area` at `level`, on that day: of the city, of the district in which the
    area lies, of the street. None when the area lies above that level, or there is no such department.

    Without an area only the city's own departments can be told.
    """
    day = on or clock.today()
    place = ancestor(area, level, day) if area is not None else (city() if level == Level.CITY else None)
    if place is None:
        return None
    rows = snapshot.current().departments_of.get((type, place.pk), [])
    return valid(rows, day) or _heir(rows, day)


def _heir(rows: list[Department], day: date) -> Department | None:
    """Who took over from one of `rows` that has closed."""
    heirs = (snapshot.successor(row, day) for row in rows)
    return next((row for row in heirs if holds(row, day)), None)


def department_now(department: Department, on: date | None = None) -> Department:
    """The department that stands for this one: itself, or who took over when it was closed."""
    known = snapshot.current().department_by_id.get(department.pk, department)
    return snapshot.successor(known, on or clock.today())


def body_now(department: Department, area: Area | None, on: date | None = None) -> Department | None:
    """Who does on `on` what this department did for something in `area`; None where it was closed and nobody took over.

    Where the area it was in charge of went to another place than itself did, the body of its kind there; else itself, or
    who took over when it was closed.
    """
    day, city = on or clock.today(), snapshot.current()
    known = city.department_by_id.get(department.pk, department)
    place = _gone_to(known, area, day) if area is not None else None
    if place is not None and (found := valid(city.departments_of.get((known.type, place.pk), []), day)):
        return found
    heir = snapshot.successor(known, day)
    return None if heir.valid_to is not None and heir.valid_to <= day else heir


def _gone_to(department: Department, area: Area, day: date) -> Area | None:
    """The place to which `area` went on its own, out of that of which the department is in charge."""
    own = snapshot.current().area_by_id[department.area_id]
    known = snapshot.current().area_by_id.get(area.pk, area)
    if own.pk not in {above.pk for above in upward(known)}:
        return None
    place = ancestor(known, department.level, day)
    return None if place is None or place.pk in (own.pk, snapshot.successor(own, day).pk) else place


def closed(by: date | None = None) -> list[Department]:
    """The departments that are closed by a day, by key; `date.max`: all that are known to close."""
    return snapshot.current().closed(by or clock.today())


def moved_areas(on: date | None = None) -> dict[int, Moved]:
    """By their ids, the areas that lie in another district on `on` than they used to."""
    return snapshot.current().moved(on or clock.today())


def loaded_at() -> datetime | None:
    """When the pack was loaded; None while there is none."""
    return snapshot.current().loaded_at


def bodies_behind(ids: Collection[int]) -> frozenset[int]:
    """These departments and all they stand for: those whose successor one of them is named, theirs before them, and so on.

    Whatever the day: who is to take over tomorrow is no stranger today.
    """
    before, found, waiting = snapshot.current().before, set(ids), list(ids)
    while waiting:
        fresh = [pk for pk in before.get(waiting.pop(), ()) if pk not in found]
        found.update(fresh)
        waiting += fresh
    return frozenset(found)


# --- Duties and terms -------------------------------------------------------------------------------------------------


def duty(key: str) -> Duty | None:
    """The duty of that key, closed ones too."""
    return snapshot.current().duty_by_key.get(key)


def duties(on: date | None = None) -> list[Duty]:
    """The duties of a day, by key."""
    day = on or clock.today()
    return [row for row in snapshot.current().duties if holds(row, day)]


def term(kind: str, sort: str, urgency: str, what: str, on: date | None = None) -> Term | None:
    """What is promised: the most specific term of that day, where the urgency says more than the sort."""
    terms, day = snapshot.current().terms, on or clock.today()
    for case in ((sort, urgency), ("", urgency), (sort, ""), ("", "")):
        if found := valid(terms.get((kind, *case, what), []), day):
            return found
    return None
