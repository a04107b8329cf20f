"""What waits for a dispatcher: matters without a bearer at the city's desk, tasks to pass down at a district's centre."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from huying.base import clock
from huying.kernel.models import Matter, Task
from huying.kernel.rules import CENTRE_TYPE, DESK_TYPE, not_about
from huying.people.actors import Actor

WINDOW = 500  # urgent matters are put first among the oldest 500: a queue longer than that is worked from its front anyway
MANY = 100  # and those with the most voices are looked at however new they are
_URGENCY = {"life": 0, "utility": 1}
A_VOICE = timedelta(hours=1)  # each further voice counts like an hour of waiting


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of the dispatcher's queue; `task_id` is None at the city's desk."""

    matter_id: int
    task_id: int | None
    title: str
    area: str
    channel: str
    urgency: str
    sort: str
    waiting_since: datetime
    voices: int = 1

    @property
    def waited(self) -> float:
        """Seconds it has waited."""
        return (clock.now() - self.waiting_since).total_seconds()


def is_dispatcher(actor: Actor) -> bool:
    """Whether the actor has a queue at all."""
    return any(p.department_type in (DESK_TYPE, CENTRE_TYPE) and p.role in ("dispatcher", "head") for p in actor.posts)


def dispatch_queue(actor: Actor, limit: int = 60) -> list[QueueRow]:
    """Danger to life first, then utilities, then by waiting time, to which each further voice adds an hour."""
    rows = _matters(actor, limit) if _desk(actor) else []
    centres = {p.department_id for p in actor.posts if p.department_type == CENTRE_TYPE and p.role in ("dispatcher", "head")}
    return rows + (_tasks(centres, limit) if centres else [])


def queue_count(actor: Actor) -> int:
    """How much waits for this dispatcher."""
    count = Matter.objects.filter(not_about(actor, "matter"), state__in=["received", "accepted"]).count() if _desk(actor) else 0
    centres = {p.department_id for p in actor.posts if p.department_type == CENTRE_TYPE and p.role in ("dispatcher", "head")}
    return count + (_waiting(centres).count() if centres else 0)


def _desk(actor: Actor) -> bool:
    return any(p.department_type == DESK_TYPE and p.role in ("dispatcher", "head") for p in actor.posts)


def _matters(actor: Actor, limit: int) -> list[QueueRow]:
    waiting = Matter.objects.filter(not_about(actor, "matter"), state__in=["received", "accepted"])
    oldest = waiting.order_by("opened_at", "id").values_list("pk", flat=True)[:WINDOW]
    many = waiting.filter(voices__gt=1).order_by("-voices").values_list("pk", flat=True)[:MANY]
    light = Matter.objects.filter(pk__in={*oldest, *many}).values_list("urgency", "opened_at", "voices", "pk")
    first = [pk for *_, pk in sorted(light, key=lambda row: _order(*row))[:limit]]
    rows = Matter.objects.filter(pk__in=first).select_related("area").prefetch_related("calls")
    return [_line(matter) for matter in sorted(rows, key=lambda m: first.index(m.pk))]


def _order(urgency: str, since: datetime, voices: int, pk: int) -> tuple[int, datetime, int]:
    """What stands earlier in the queue is smaller."""
    return _URGENCY.get(urgency, 2), since - A_VOICE * (max(voices, 1) - 1), pk


def _line(m: Matter) -> QueueRow:
    call = next(iter(m.calls.all()), None)
    area, channel = m.area.name if m.area else "", call.channel if call else ""
    return QueueRow(m.pk, None, m.title, area, channel, m.urgency, m.sort, m.opened_at, m.voices)


def _waiting(centres: set[int]) -> QuerySet[Task]:
    return Task.objects.filter(is_open=True, turn__in=centres, bearer__in=centres, state__in=["given", "signed", "returned"])


def _tasks(centres: set[int], limit: int) -> list[QueueRow]:
    rows = list(_waiting(centres).select_related("matter", "area").order_by("given_at", "id")[:WINDOW])
    rows.sort(key=lambda t: _order(t.matter.urgency, t.given_at, t.matter.voices, t.pk))
    return [_task_line(task) for task in rows[:limit]]


def _task_line(t: Task) -> QueueRow:
    area, m = t.area.name if t.area else "", t.matter
    return QueueRow(t.matter_id, t.pk, m.title, area, "", m.urgency, t.sort, t.given_at, m.voices)
