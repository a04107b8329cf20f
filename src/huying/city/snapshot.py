"""The loaded city in memory, immutable: rows that know their parents, areas and successors without another query.

The rows are shared by all threads: read them, never change them.
"""

import threading
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from huying.city import loaded
from huying.city.models import Area, Dated, Department, Duty, Level, PackState, Setting, Term

Row = TypeVar("Row", bound=Dated)


def holds(row: Dated, day: date) -> bool:
    """Whether a row is valid on `day`."""
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or day < row.valid_to)


def valid(rows: Sequence[Row], day: date) -> Row | None:
    """The first of `rows` that holds on `day`."""
    return next((row for row in rows if holds(row, day)), None)


class Moved(NamedTuple):
    """An area that went to another district: those it lay in before, the one it lies in, and the days that happened."""

    before: frozenset[int]
    now: int
    days: tuple[date, ...]


class Snapshot:
    """All tables of one pack, looked up by what callers ask for."""

    def __init__(self) -> None:
        self.areas = list(Area.objects.order_by("key"))
        self.area_by_id = {area.pk: area for area in self.areas}
        self.area_by_key = {area.key: area for area in self.areas}
        self.departments = list(Department.objects.order_by("key"))
        self.department_by_id = {row.pk: row for row in self.departments}
        self.department_by_key = {row.key: row for row in self.departments}
        self.departments_of: dict[tuple[str, int], list[Department]] = defaultdict(list)
        self._tie()
        self.children: dict[int | None, list[Area]] = defaultdict(list)
        for area in self.areas:
            self.children[area.parent_id].append(area)
        self.before: dict[int, list[int]] = defaultdict(list)  # of each department, whose successor it is named
        for department in self.departments:
            if department.successor_id:
                self.before[department.successor_id].append(department.pk)
        self.duties = list(Duty.objects.order_by("key"))
        self.duty_by_key = {duty.key: duty for duty in self.duties}
        self.terms: dict[tuple[str, str, str, str], list[Term]] = defaultdict(list)
        for term in Term.objects.order_by("key"):
            self.terms[term.kind, term.sort, term.urgency, term.what].append(term)
        self.settings: dict[str, Any] = dict(Setting.objects.values_list("key", "value"))
        state = PackState.objects.first()
        self.title = state.title if state else ""
        self.loaded_at: datetime | None = state.loaded_at if state else None
        # a day's view of who lies in whom; a few days at most are asked for
        self.ancestors = lru_cache(maxsize=4)(self._ancestors)
        self.moved = lru_cache(maxsize=4)(self._moved)
        self.closed = lru_cache(maxsize=4)(self._closed)

    def _tie(self) -> None:
        """Put the rows that references name into Django's own cache, so that `area.parent` asks nobody."""
        for area in self.areas:
            for name, key in (("parent", area.parent_id), ("successor", area.successor_id)):
                area._state.fields_cache[name] = self.area_by_id.get(key) if key else None
        for department in self.departments:
            cache = department._state.fields_cache
            cache["area"] = self.area_by_id[department.area_id]
            cache["successor"] = self.department_by_id.get(department.successor_id) if department.successor_id else None
            self.departments_of[department.type, department.area_id].append(department)

    def _ancestors(self, day: date) -> dict[int, frozenset[int]]:
        """For each area, the ids of all it lies in on `day`, itself included: by its parents, and by those of its successor."""
        lines = {area.pk: frozenset(above.pk for above in upward(area)) for area in self.areas}
        return {area.pk: lines[area.pk] | lines[successor(area, day).pk] for area in self.areas}

    def _moved(self, day: date) -> dict[int, Moved]:
        """The areas that lie in another district on `day` than by their own line."""
        found = {}
        for area in self.areas:
            steps = list(heirs(area, day))
            districts = [at.pk if (at := _at(step, Level.DISTRICT)) else None for step in steps]
            now = districts.pop()
            if now is not None and set(districts) - {now, None}:
                days = {above.valid_to for step in steps for above in upward(step)}
                closed = sorted(end for end in days if end is not None and end <= day)
                found[area.pk] = Moved(frozenset(pk for pk in districts if pk not in (now, None)), now, tuple(closed))
        return found

    def _closed(self, day: date) -> list[Department]:
        return [row for row in self.departments if row.valid_to is not None and row.valid_to <= day]

    def within(self, ids: Collection[int], day: date) -> frozenset[int]:
        """The areas that lie in one of `ids` on `day`, those included."""
        roots = frozenset(ids)
        return frozenset(pk for pk, above in self.ancestors(day).items() if not roots.isdisjoint(above))


Heir = TypeVar("Heir", Area, Department)


def heirs(row: Heir, day: date) -> Iterator[Heir]:
    """The row, and while it is closed on `day` and has a successor, that one, and so on."""
    met: set[int] = set()
    after: Heir | None = row
    while after is not None and after.pk not in met:
        met.add(after.pk)
        yield after
        after = after.successor if after.valid_to is not None and after.valid_to <= day else None


def successor(row: Heir, day: date) -> Heir:
    """Who stands for `row` on `day`: itself, or while it is closed and has a successor, that one, and so on."""
    for heir in heirs(row, day):
        row = heir
    return row


def upward(area: Area) -> Iterator[Area]:
    """The area, its parent, and so on up to the city."""
    above: Area | None = area
    while above is not None:
        yield above
        above = above.parent


def _at(area: Area, level: str) -> Area | None:
    return next((above for above in upward(area) if above.level == level), None)


_held: tuple[str, Snapshot] | None = None
_building = threading.Lock()


def current() -> Snapshot:
    """The loaded city; a newly loaded pack is seen within a second. Without a pack it is read anew each time, because nothing
    then says when a row changes.
    """
    global _held
    held, digest = _held, loaded.digest()
    if held is not None and digest and held[0] == digest:
        return held[1]
    with _building:
        # another thread may have built it while this one waited
        if _held is not None and digest and _held[0] == digest:
            return _held[1]
        # the digest was read before the rows: rows newer than their digest are read again, never kept too long
        _held = (digest, Snapshot())
        return _held[1]


@loaded.on_forget
def _drop() -> None:
    global _held
    _held = None
