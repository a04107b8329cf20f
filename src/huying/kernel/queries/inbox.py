"""The officer's inbox: what is due, first things first. One index walk for the first page, whatever the filter."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from huying.city import queries as city
from huying.city.models import Department
from huying.kernel import kinds, rules
from huying.kernel.models import Task
from huying.kernel.rules import CENTRE_TYPE, DESK_TYPE
from huying.people.actors import Actor

PAGE = 40
COUNT_LIMIT = 1000  # beyond it a count is shown as 999+


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the inbox is asked for.

    `box`: mine (whose turn it is), hand (what I, or whoever I stand in for, works), unit (all that mine bear), city, district.
    """

    box: str = "mine"
    kind: str = ""
    sort: str = ""
    state: str = ""
    due_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One line of the inbox."""

    task_id: int
    matter_id: int
    kind: str
    sort: str
    title: str
    state: str
    role: str
    urgency: str
    due_at: datetime | None
    given_at: datetime
    contacted: bool
    bearer: str
    area: str
    handler_id: int | None = None


_COLUMNS = (
    "t.id, t.matter_id, t.kind, t.sort, m.title, t.state, t.role, m.urgency, t.due_at, t.given_at, "
    "t.contacted_at IS NOT NULL, t.bearer_id, t.area_id, t.handler_id"
)
_ORDER = "ORDER BY t.due_at, t.id"
_TURN_ROLES = ("handler", "head", "dispatcher")


def boxes(actor: Actor) -> list[str]:
    """The boxes this actor has, the one to open first in front. `answered` is no inbox: queries.to_call_back has its rows."""
    found = []
    if actor.departments(*_TURN_ROLES):
        found += ["mine", "hand", "unit"]
    if any(p.department_type == DESK_TYPE for p in actor.posts):
        found.append("city")
    after = [verb for verb in ("publish", "check") if rules.scope(actor, verb, "call") is not None]
    if after:  # calling back is what its desk is for: there it comes first
        found.insert(0 if actor.departments("callback") else len(found), "answered")
    if _districts(actor):
        found.append("district")
    return found


def inbox(
    actor: Actor, filters: Filters | None = None, limit: int = PAGE, after: tuple[datetime, int] | None = None
) -> list[InboxRow]:
    """Open tasks by due moment, the overdue first; `after` is the (due_at, task_id) of the last row seen."""
    filters = filters or Filters()
    walks = _walks(actor, filters, after)
    if not walks:
        return []
    # Each walk stays within its index and its page; rows are fetched for the page alone.
    each = "SELECT * FROM (SELECT t.due_at, t.id FROM kernel_task t WHERE {} " + _ORDER + " LIMIT %s) w"
    keys = " UNION ALL ".join(each.format(where) for where, _ in walks)
    page = f"SELECT t.id FROM ({keys}) t {_ORDER} LIMIT %s"  # no value stands in the text
    sql = f"SELECT {_COLUMNS} FROM kernel_task t JOIN kernel_matter m ON m.id = t.matter_id WHERE t.id IN ({page}) {_ORDER}"
    values = [value for _, found in walks for value in [*found, limit]]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, limit])
        return [_row(found) for found in cursor.fetchall()]


def inbox_count(actor: Actor, filters: Filters | None = None) -> int:
    """How many open tasks there are, counted up to COUNT_LIMIT."""
    walks = _walks(actor, filters or Filters(), None)
    if not walks:
        return 0
    each = "SELECT * FROM (SELECT 1 FROM kernel_task t WHERE {} LIMIT %s) w"
    rows = " UNION ALL ".join(each.format(where) for where, _ in walks)
    values = [value for _, found in walks for value in [*found, COUNT_LIMIT]]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM (SELECT * FROM ({rows}) r LIMIT %s) n", [*values, COUNT_LIMIT])
        return int(cursor.fetchone()[0])


def _walks(actor: Actor, filters: Filters, after: tuple[datetime, int] | None) -> list[tuple[str, list[Any]]]:
    """One condition per department or district, each served by one partial index in its order."""
    if filters.kind and filters.kind not in {kind.name for kind in kinds.every()}:
        return []
    rest, values = _narrowed(filters, after)
    hidden, own = _not_about(actor)
    if filters.box == "city":
        return [(rest + hidden, [*values, *own])] if any(p.department_type == DESK_TYPE for p in actor.posts) else []
    if filters.box == "hand":
        return [
            (f"t.handler_id = %s AND {where} AND {rest}{hidden}", [pk, *units, *values, *own])
            for pk, where, units in _hands(actor)
        ]
    column = {"mine": "turn_id", "unit": "bearer_id", "district": "district_id"}[filters.box]
    ids = _districts(actor) if filters.box == "district" else sorted(actor.departments(*_TURN_ROLES))
    return [(f"t.{column} = %s AND {rest}{hidden}", [pk, *values, *own]) for pk in ids]


def _hands(actor: Actor) -> list[tuple[int, str, list[int]]]:
    """Whose tasks the actor works: his own, and of who is away those of the departments in which he stands in for him."""
    found = []
    whom = {post.on_behalf for post in actor.posts if post.role in _TURN_ROLES}
    for pk in sorted(whom, key=lambda pk: pk or 0):
        units = sorted({p.department_id for p in actor.posts if p.on_behalf == pk and p.role in _TURN_ROLES})
        marks = ", ".join(["%s"] * len(units))
        handler = pk if pk is not None else actor.officer.pk if actor.officer else 0
        # in a unit's hands, not before its reviewer
        found.append((handler, f"t.bearer_id IN ({marks}) AND t.turn_id = t.bearer_id", units))
    return found


def _not_about(actor: Actor) -> tuple[str, list[Any]]:
    """What complains about a body of the actor's own stands in none of his boxes: as `rules.not_about`, in SQL."""
    own = sorted(actor.departments())
    marks = ", ".join(["%s"] * len(own))
    about = (
        f" AND t.matter_id NOT IN (SELECT x.id FROM kernel_matter x JOIN city_department d ON d.id = x.about_id"
        f" WHERE d.id IN ({marks}) OR d.successor_id IN ({marks}))"
    )
    return (about, own * 2) if own else ("", [])


def _narrowed(filters: Filters, after: tuple[datetime, int] | None) -> tuple[str, list[Any]]:
    parts, values = [_true("t.is_open")], list[Any]()
    for column, value in (("kind", filters.kind), ("sort", filters.sort), ("state", filters.state)):
        if value:
            parts.append(f"t.{column} = %s")
            values.append(value)
    if filters.due_before:
        parts.append("t.due_at < %s")
        values.append(_moment(filters.due_before))
    if after:
        parts.append("(t.due_at, t.id) > (%s, %s)")
        values += [_moment(after[0]), after[1]]
    return " AND ".join(parts), values


def _districts(actor: Actor) -> list[int]:
    """The districts in which the actor supervises, or runs the centre."""
    held = [p for p in actor.posts if p.department_level == "district"]
    return sorted({p.area_id for p in held if p.role == "supervisor" or p.department_type == CENTRE_TYPE})


def _true(column: str) -> str:
    # written as the partial index says it, or SQLite does not see that the index serves
    return column if connection.vendor == "sqlite" else f"{column} IS TRUE"


def _moment(moment: datetime) -> object:
    return connection.ops.adapt_datetimefield_value(moment)


def _row(found: tuple[Any, ...]) -> InboxRow:
    task_id, matter_id, kind, sort, title, state, role, urgency, due_at, given_at, contacted, bearer_id, area_id, hand = found
    bearer, area = city.department_by_id(bearer_id), city.area_by_id(area_id) if area_id is not None else None
    due, given = _times((due_at, given_at))
    assert given is not None
    where = area.name if area else ""
    head = (task_id, matter_id, kind, sort, title, state, role, urgency)
    return InboxRow(*head, due, given, bool(contacted), _short(bearer), where, hand)


def _short(department: Department | None) -> str:
    return department.short if department else ""


def _times(values: tuple[object, ...]) -> Iterator[datetime | None]:
    field = Task._meta.get_field("due_at")
    convert = connection.ops.get_db_converters(field.get_col("t"))
    for value in values:
        out = value
        for step in convert:
            out = step(out, None, connection)
        yield out  # type: ignore[misc]
