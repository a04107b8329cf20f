"""Questions to the loaded city, answered from memory: the pack's rows are read once per digest."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from huying.base import clock
from huying.city import calendar
from huying.city.models import Area, Department, Duty, PackState, Setting, Term

DIGEST_SECONDS = 1.0


@dataclass(slots=True)
class City:
    """The whole pack in memory: about 2 MB for a municipality."""

    digest: str
    areas: dict[int, Area] = field(default_factory=dict)
    area_keys: dict[str, Area] = field(default_factory=dict)
    children: dict[int, list[int]] = field(default_factory=dict)
    departments: dict[int, Department] = field(default_factory=dict)
    department_keys: dict[str, Department] = field(default_factory=dict)
    by_type: dict[tuple[str, int], Department] = field(default_factory=dict)
    duties: dict[str, Duty] = field(default_factory=dict)
    terms: dict[tuple[str, str, str, str], Term] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)


_held: City | None = None
_looked = 0.0


def city() -> City:
    """The loaded city; another pack is noticed within a second."""
    global _held, _looked
    moment = time.monotonic()
    if _held is not None and moment - _looked < DIGEST_SECONDS:
        return _held
    digest = PackState.objects.values_list("digest", flat=True).first() or ""
    if _held is None or _held.digest != digest or not digest:
        _held = _read(digest)
    _looked = moment
    return _held


def reset() -> None:
    """Forget what is held: after a load, and between tests."""
    global _held, _looked
    _held, _looked = None, 0.0
    calendar.forget()


def _read(digest: str) -> City:
    found = City(digest)
    for area in Area.objects.all():
        found.areas[area.pk] = found.area_keys[area.key] = area
    for area in found.areas.values():
        if area.parent_id is not None:
            area.parent = found.areas[area.parent_id]
            found.children.setdefault(area.parent_id, []).append(area.pk)
    for department in Department.objects.all():
        department.area = found.areas[department.area_id]
        found.departments[department.pk] = found.department_keys[department.key] = department
        if department.valid_to is None:
            found.by_type[department.type, department.area_id] = department
    found.duties = {duty.key: duty for duty in Duty.objects.filter(valid_to=None)}
    for term in Term.objects.filter(valid_to=None):
        found.terms[term.kind, term.urgency, term.sort, term.what] = term
    found.settings = dict(Setting.objects.values_list("key", "value"))
    return found


def area_by_key(key: str) -> Area | None:
    """The area of that key, closed ones too."""
    return city().area_keys.get(key)


def area_by_id(pk: int) -> Area | None:
    """The area of that id."""
    return city().areas.get(pk)


def areas_within(roots: Iterable[int]) -> set[int]:
    """Ids of the areas and of all below them."""
    found, waiting = set[int](), list(roots)
    while waiting:
        pk = waiting.pop()
        if pk not in found:
            found.add(pk)
            waiting += city().children.get(pk, [])
    return found


def area_choices(level: str, parent: str | None = None) -> list[Area]:
    """Areas of a level that exist today, below a parent's key when one is named, by key."""
    rows = [a for a in city().areas.values() if a.level == level and a.valid_to is None]
    if parent is not None:
        rows = [a for a in rows if a.parent is not None and a.parent.key == parent]
    return sorted(rows, key=lambda a: a.key)


def district_of(area: Area) -> Area | None:
    """The district in which an area lies; a district itself; None for the city."""
    at: Area | None = area
    while at is not None and at.level != "district":
        at = at.parent
    return at


def successor_of(area: Area, on: date | None = None) -> Area:
    """The area that stands for this one on a day (today): itself while it holds, else the end of its line of successors."""
    day = on or clock.today()
    seen = {area.pk}
    while area.valid_to is not None and area.valid_to <= day and area.successor_id is not None:
        area = city().areas[area.successor_id]
        if area.pk in seen:
            break
        seen.add(area.pk)
    return area


def department_by_id(pk: int) -> Department | None:
    """The department of that id, closed ones too."""
    return city().departments.get(pk)


def department_by_key(key: str) -> Department | None:
    """The department of that key, closed ones too."""
    return city().department_keys.get(key)


def department_of(type: str, level: str, area: Area | None, on: date | None = None) -> Department | None:  # noqa: A002
    """The body of a type that answers for an area at a level: the city's, the district's, the street's; None when there is none."""
    where = _area_at(level, area, on)
    return city().by_type.get((type, where.pk)) if where else None


def _area_at(level: str, area: Area | None, on: date | None) -> Area | None:
    if level == "city":
        return next((a for a in city().areas.values() if a.level == "city"), None)
    if area is None:
        return None
    current = successor_of(area, on)
    if level == "district":
        return district_of(current)
    return current if current.level == level else None


def term(kind: str, sort: str, urgency: str, what: str) -> Term | None:
    """The most specific term of a clock: urgency weighs more than sort, and an empty one matches any."""
    terms = city().terms
    for by_urgency in (urgency, ""):
        for by_sort in (sort, ""):
            if found := terms.get((kind, by_urgency, by_sort, what)):
                return found
    return None


def setting(key: str, default: Any = None) -> Any:
    """A named setting of the pack."""
    return city().settings.get(key, default)


def duty(key: str) -> Duty | None:
    """The duty of that key, if it holds today."""
    return city().duties.get(key)


def duties() -> list[Duty]:
    """All duties that hold today, by key."""
    return sorted(city().duties.values(), key=lambda d: d.key)
