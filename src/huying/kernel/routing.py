"""What dispatch knows of the city, read once for each pack: duties, places, bearers. Immutable, so threads share it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q

from huying.city.models import Area, Department, Duty, Level, Setting
from huying.kernel.rules import CENTRE_TYPE
from huying.reading.danger import Rule, Words
from huying.reading.places import Entry, Gazetteer
from huying.reading.similar import Document, Index

STREET_TYPE = "street-office"
# What one mention weighs in a duty's name, its group and subgroup, and its text.
NAME, GROUP, TEXT = 3.0, 1.0, 1.0


class DutyRow(NamedTuple):
    """A duty as dispatch needs it. `lead` is the type of department that answers for it."""

    key: str
    name: str
    group: str
    subgroup: str
    text: str
    lead: str
    level: str
    urgency: str
    ground: str

    @property
    def desk(self) -> tuple[str, str]:
        """Which kind of desk bears it: duties of one desk are no rivals of each other."""
        return (STREET_TYPE, "") if self.level == Level.STREET else (self.lead, self.level)


class Bearer(NamedTuple):
    """A department that can bear a task."""

    id: int
    name: str


class Route(NamedTuple):
    """Who bears a duty in an area, and the centre of the district through which it goes (None: straight)."""

    bearer: Bearer | None
    via: Bearer | None = None


NOWHERE = Route(None)


class Line(NamedTuple):
    """An area that is valid today, and the district and street that it is or lies in ('' when neither)."""

    key: str
    district: str
    street: str


@dataclass(frozen=True, slots=True)
class Routing:
    """The city on one day. `lines` maps every area's key, closed ones too, to where its calls belong now."""

    duties: Mapping[str, DutyRow]
    index: Index
    gazetteer: Gazetteer
    lines: Mapping[str, Line]
    bearers: Mapping[tuple[str, str], Bearer]  # by type and area
    top: str  # key of the city's own area
    words: Words
    hints: Mapping[str, str]  # for a sort, words that are read as if they stood in the message

    def route(self, duty: DutyRow, area_key: str) -> Route:
        """Who bears `duty` in the area: the city's department, the district's, or the street's office."""
        if duty.level == Level.CITY:
            return Route(self.bearers.get((duty.lead, self.top)))
        line = self.lines.get(area_key)
        if line is None or not line.district:
            return NOWHERE
        centre = self.bearers.get((CENTRE_TYPE, line.district))
        if duty.level == Level.STREET:
            found = self.bearers.get((STREET_TYPE, line.street))
        else:
            found = self.bearers.get((duty.lead, line.district))
            if found is None and (duty.lead, self.top) in self.bearers:  # no counterpart in the districts
                return Route(self.bearers[duty.lead, self.top])
        if found is None or found == centre:
            return Route(centre)
        return Route(found, centre)

    def lies_in(self, key: str, other: str) -> bool:
        """Whether the area `key` is `other` or lies in it."""
        line = self.lines.get(key)
        return line is not None and other in (line.key, line.street, line.district)


def read(day: date) -> Routing:
    """The loaded pack as of `day`."""
    duties = {row.key: row for row in _duties(day)}
    begun = Area.objects.filter(Q(valid_from=None) | Q(valid_from__lte=day))
    rows = {row.key: row for row in begun.select_related("parent", "successor")}
    lines = {key: _line(rows, _now(rows, row, day)) for key, row in rows.items()}
    top = next((row.key for row in rows.values() if row.level == Level.CITY), "")
    settings = dict(Setting.objects.filter(key__in=("danger", "dispatch.hints")).values_list("key", "value"))
    return Routing(
        duties=duties,
        index=Index([document(duty) for duty in duties.values()]),
        gazetteer=Gazetteer(list(_entries(rows, lines))),
        lines=lines,
        bearers=_bearers(day),
        top=top,
        words=Words(_rules(settings.get("danger") or [])),
        hints=settings.get("dispatch.hints") or {},
    )


def _valid(day: date) -> Q:
    return (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_to=None) | Q(valid_to__gt=day))


def _duties(day: date) -> Iterable[DutyRow]:
    for row in Duty.objects.filter(_valid(day)).order_by("key").values_list(*DutyRow._fields):
        yield DutyRow(*row)


def document(duty: DutyRow) -> Document:
    """A duty as the index reads it."""
    return Document(duty.key, ((duty.name, NAME), (duty.group, GROUP), (duty.subgroup, GROUP), (duty.text, TEXT)))


def _bearers(day: date) -> dict[tuple[str, str], Bearer]:
    found = Department.objects.filter(_valid(day)).values_list("type", "area__key", "id", "name")
    return {(type_, area): Bearer(pk, name) for type_, area, pk, name in found}


def _now(rows: Mapping[str, Area], row: Area, day: date) -> Area:
    """The area that answers for `row` on `day`: itself, or the last of its successors."""
    seen = {row.key}
    while row.valid_to is not None and row.valid_to <= day and row.successor and row.successor.key in rows.keys() - seen:
        row = rows[row.successor.key]
        seen.add(row.key)
    return row


def _line(rows: Mapping[str, Area], row: Area) -> Line:
    by_level = {area.level: area.key for area in reversed([row, *_above(rows, row)])}
    return Line(row.key, by_level.get(Level.DISTRICT, ""), by_level.get(Level.STREET, ""))


def _above(rows: Mapping[str, Area], row: Area) -> list[Area]:
    line: list[Area] = []
    while row.parent is not None and len(line) < len(Level):
        row = rows[row.parent.key]
        line.append(row)
    return line


def _entries(rows: Mapping[str, Area], lines: Mapping[str, Line]) -> Iterable[Entry]:
    """One entry for each area of today, under its names of today and of before, in its places of today and of before."""
    found: dict[str, dict[str, dict[str, None]]] = {}
    for closed in (False, True):  # today's own line first: the nearest area above must be today's
        for row in rows.values():
            key = lines[row.key].key
            if (key != row.key) is not closed:
                continue
            known = found.setdefault(key, {"names": {}, "above": {}, "aliases": {}})
            known["names"][row.name] = None
            known["aliases"].update(dict.fromkeys(row.aliases))
            over = (lines[area.key].key for area in _above(rows, row))
            known["above"].update((above, None) for above in over if above != key)
    for key, known in found.items():
        # The top last, wherever the line of a closed predecessor put it.
        above = sorted(known["above"], key=lambda over: not found[over]["above"] if over in found else False)
        yield Entry(key, tuple(known["names"]), tuple(above), tuple(known["aliases"]))


def _rules(rules: Iterable[Mapping[str, Any]]) -> Iterable[Rule]:
    for rule in rules:
        yield Rule(str(rule["number"]), str(rule["label"]), tuple(rule["words"]))
