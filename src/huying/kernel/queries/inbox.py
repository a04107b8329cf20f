"""The officer's inbox: what is due, first things first. One index walk for the first page, whatever the filter."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection

from huying.city import queries as city
from huying.city.models import Department
from huying.events.prepared import prepared_rows
from huying.kernel import kinds, rules
from huying.kernel.queries import walks
from huying.kernel.queries.walks import Walk
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
    passed: bool = False  # down, by whom the task was given first: what is handed in goes to him for review
    resume_on: date | None = None  # it stands by law until this day, or longer


_COLUMNS = (
    "t.id, t.matter_id, t.kind, t.sort, m.title, t.state, t.role, m.urgency, t.due_at, t.given_at, "
    "t.contacted_at IS NOT NULL, t.bearer_id, t.area_id, t.handler_id, t.parent_id IS NOT NULL, t.resume_on"
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
    walk = _walk(actor, filters or Filters(), after)
    if walk is None:
        return []
    tasks, values = walks.tasks(walk, limit)
    sql = f"SELECT {_COLUMNS} FROM {tasks} JOIN kernel_matter m ON m.id = t.matter_id {_ORDER}"  # nosec B608
    return [_row(found) for found in prepared_rows(sql, values)]


def inbox_count(actor: Actor, filters: Filters | None = None) -> int:
    """How many open tasks there are, counted up to COUNT_LIMIT."""
    walk = _walk(actor, filters or Filters(), None)
    if walk is None:
        return 0
    return int(prepared_rows(*walks.count(walk, COUNT_LIMIT))[0][0])


def _walk(actor: Actor, filters: Filters, after: tuple[datetime, int] | None) -> Walk | None:
    """What is walked for this box; None for one that has nothing for the actor."""
    if filters.kind and filters.kind not in {kind.name for kind in kinds.every()}:
        return None
    column, ids = _scopes(actor, filters.box)
    if not column and not any(p.department_type == DESK_TYPE for p in actor.posts):
        return None
    if column and not ids:
        return None
    hand = filters.box == "hand"
    where, values = _narrowed(filters, _aside("n") if hand else "n")
    if hand:
        held, holding = _hands(actor)
        where, values = (*where, held), (*values, *holding)
    if filters.box == "mine" and (units := sorted(actor.departments("handler", "dispatcher") - actor.departments("head"))):
        # what is for a head alone is nobody else's turn until he has taken it
        where = (*where, f"NOT (n.for_head AND n.signed_at IS NULL AND n.bearer_id {walks.one_of()})")
        values = (*values, walks.listed(units))
    seen = (_moment(after[0]), after[1]) if after else None
    return Walk(column, tuple(ids), where, values, seen, city.bodies_behind(actor.departments()))


def _scopes(actor: Actor, box: str) -> tuple[str, list[int]]:
    if box == "city":
        return "", []
    if box == "district":
        return "district_id", _districts(actor)
    if box == "hand":
        return "handler_id", sorted({_whom(actor, post.on_behalf) for post in actor.posts if post.role in _TURN_ROLES})
    return {"mine": "turn_id", "unit": "bearer_id"}[box], sorted(actor.departments(*_TURN_ROLES))


def _hands(actor: Actor) -> tuple[str, list[int]]:
    """Whose tasks the actor works: his own, and of who is away those of the departments in which he stands in for him."""
    of, found, values = _aside("n"), [], list[int]()
    for behalf in sorted({post.on_behalf for post in actor.posts if post.role in _TURN_ROLES}, key=lambda pk: pk or 0):
        units = sorted({p.department_id for p in actor.posts if p.on_behalf == behalf and p.role in _TURN_ROLES})
        found.append(f"(n.handler_id = %s AND {of}.bearer_id IN ({', '.join(['%s'] * len(units))}))")
        values += [_whom(actor, behalf), *units]
    # in a unit's hands, not before its reviewer
    return f"({' OR '.join(found)}) AND {of}.turn_id = n.bearer_id", values


def _aside(table: str) -> str:
    """A column of `table` by which no index is chosen: a busy bureau has thousands of tasks, a handler has forty.

    A plus before it keeps SQLite on the handler's own index. PostgreSQL counts rows itself, and has no such sign for text.
    """
    return f"+{table}" if connection.vendor == "sqlite" else table


def _whom(actor: Actor, behalf: int | None) -> int:
    return behalf if behalf is not None else actor.officer.pk if actor.officer else 0


def _narrowed(filters: Filters, of: str) -> tuple[tuple[str, ...], tuple[Any, ...]]:
    parts, values = list[str](), list[Any]()
    for column, value in (("kind", filters.kind), ("sort", filters.sort), ("state", filters.state)):
        if value:
            parts.append(f"{of}.{column} = %s")
            values.append(value)
    if filters.due_before:
        parts.append("n.due_at < %s")
        values.append(_moment(filters.due_before))
    return tuple(parts), tuple(values)


def _districts(actor: Actor) -> list[int]:
    """The districts in which the actor supervises, or runs the centre."""
    held = [p for p in actor.posts if p.department_level == "district"]
    return sorted({p.area_id for p in held if p.role == "supervisor" or p.department_type == CENTRE_TYPE})


def _moment(moment: datetime) -> object:
    return connection.ops.adapt_datetimefield_value(moment)


def _row(found: tuple[Any, ...]) -> InboxRow:
    task_id, matter_id, kind, sort, title, state, role, urgency, due_at, given_at, contacted, bearer_id, *rest = found
    area_id, hand, passed, resume = rest
    bearer, area = city.department_by_id(bearer_id), city.area_by_id(area_id) if area_id is not None else None
    due, given = _time(due_at), _time(given_at)
    assert given is not None
    head = (task_id, matter_id, kind, sort, title, state, role, urgency)
    return InboxRow(
        *head, due, given, bool(contacted), _short(bearer), area.name if area else "", hand, bool(passed), _day(resume)
    )


def _short(department: Department | None) -> str:
    return department.short if department else ""


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _time(value: datetime | None) -> datetime | None:
    """What the driver hands over: SQLite's has no time zone and is meant in UTC. Django's converters take ten times as long."""
    return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)
