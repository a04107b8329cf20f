"""A head's view of his unit: what is open, late, due soon; who holds how much; and, at night, what cannot wait."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count, F, Q, QuerySet

from huying.base import clock
from huying.kernel import rules
from huying.kernel.models import Pause, Task, TaskRole
from huying.people import officers, roster
from huying.people.actors import Actor

MOST = 200  # of each stretch; who has more sees the first
URGENT = ("life", "utility")
LOOKED_AT = 500  # the first due of a unit among which what is urgent is looked for: its clocks are hours, so it comes first


@dataclass(frozen=True, slots=True)
class Load:
    """What one officer holds of his unit's open tasks; None: nobody has signed them, or is named."""

    officer_id: int | None
    name: str
    open: int
    today: int
    late: int


@dataclass(frozen=True, slots=True)
class Ahead:
    """A task of the unit that is due soon."""

    task: Task
    handler: str
    waits: str  # why a clock of its matter stands still: caller, outside, supplement; '' when it runs


def led(actor: Actor) -> set[int]:
    """The departments that the actor leads."""
    return actor.departments("head")


def load(actor: Actor, departments: Collection[int]) -> list[Load]:
    """How much each officer of these departments holds, the most late in front. Nothing that complains about one of them."""
    now, today = clock.now(), _midnight(1)
    rows = (
        _open(actor, departments)
        .filter(turn=F("bearer"))  # what lies before a reviewer is in nobody's hands of his
        .values("handler")
        .annotate(
            n=Count("pk"),
            due=Count("pk", filter=Q(due_at__gt=now, due_at__lte=today)),
            over=Count("pk", filter=Q(due_at__lte=now)),
        )
    )
    found = list(rows)
    names = officers.names_of(row["handler"] for row in found)
    loads = [Load(row["handler"], names.get(row["handler"], ""), row["n"], row["due"], row["over"]) for row in found]
    return sorted(loads, key=lambda row: (-row.late, -row.today, -row.open, row.name))


def ahead(actor: Actor, departments: Collection[int], first: int, last: int) -> list[Ahead]:
    """What falls due after the end of `first` days from today's beginning, up to the end of the `last` (0: now, 1: today)."""
    begin = clock.now() if first == 0 else _midnight(first)
    due = _open(actor, departments).filter(due_at__gt=begin, due_at__lte=_midnight(last))
    return _ahead(due.order_by("due_at", "id")[:MOST])


def late_tasks(actor: Actor, departments: Collection[int]) -> list[Ahead]:
    """What of these departments is over its time now, the longest late first."""
    return _ahead(_open(actor, departments).filter(due_at__lte=clock.now()).order_by("due_at", "id")[:MOST])


def hands_of(actor: Actor, matter_ids: Collection[int]) -> dict[int, list[Ahead]]:
    """Of each of these matters the open tasks that the actor may see: who holds them, and why a clock stands."""
    scope = rules.visible_to(actor, "task")
    if scope is None:
        return {}
    found: dict[int, list[Ahead]] = {}
    for row in _ahead(Task.objects.filter(scope, matter__in=matter_ids, is_open=True, turn__isnull=False).order_by("id")):
        found.setdefault(row.task.matter_id, []).append(row)
    return found


def on_my_duty(actor: Actor) -> list[Task]:
    """At night: the urgent tasks of the units on whose duty the actor is now, and of units without one below them."""
    if actor.officer is None or not roster.is_night():
        return []
    lists = roster.lists_of(actor.officer.pk) & actor.departments()
    mine = {pk for pk in lists if (turn := roster.on_duty(pk)) and turn.officer_id == actor.officer.pk}
    if not mine:
        return []
    rows = _urgent(actor, Q(turn__in=mine)) + _urgent(actor, Q(giver__in=mine) & ~Q(turn__roster__shifts__isnull=False))
    return list({task.pk: task for task in rows}.values())


def _urgent(actor: Actor, where: Q) -> list[Task]:
    rows = Task.objects.filter(where, rules.not_about(actor, "task"), is_open=True)
    first = rows.order_by("due_at", "id").values_list("pk", flat=True)[:LOOKED_AT]
    found = Task.objects.filter(pk__in=list(first), matter__urgency__in=URGENT).select_related("matter", "bearer", "turn")
    return list(found.order_by("due_at", "id"))


def _open(actor: Actor, departments: Collection[int]) -> QuerySet[Task]:
    """Open tasks whose turn it is these departments', and that do not complain about any of the actor's own."""
    return Task.objects.filter(rules.not_about(actor, "task"), turn__in=list(departments), is_open=True)


def _ahead(rows: Iterable[Task]) -> list[Ahead]:
    found = list(rows.select_related("matter", "bearer", "turn", "handler")) if isinstance(rows, QuerySet) else list(rows)
    running = Pause.objects.filter(promise__matter__in={task.matter_id for task in found}, promise__ended_at__isnull=True)
    rows_ = list(running.filter(to_at__isnull=True).values_list("promise__matter", "promise__task", "reason"))
    whole, own = {matter: why for matter, _task, why in rows_}, {task: why for _matter, task, why in rows_ if task}
    why = {t.pk: own.get(t.pk, "") if t.role == TaskRole.BRANCH else whole.get(t.matter_id, "") for t in found}
    return [Ahead(t, t.handler.name if t.handler else "", why[t.pk]) for t in found]


def _midnight(days: int) -> datetime:
    """The midnight that ends the `days`-th day from today: 1 is today's own end."""
    day = clock.today() + timedelta(days=days)
    return datetime.combine(day, time(), clock.CITY_TIME)
