"""What waits for a dispatcher: matters without a bearer at the city's desk, tasks to pass down at a district's centre."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, IntegerField, QuerySet, Value, When

from huying.base import clock
from huying.kernel.models import Matter, Task
from huying.kernel.rules import CENTRE_TYPE, DESK_TYPE
from huying.people.actors import Actor

_FIRST = Case(
    When(urgency="life", then=Value(0)), When(urgency="utility", then=Value(1)), default=Value(2), output_field=IntegerField()
)
_FIRST_TASK = Case(
    When(matter__urgency="life", then=Value(0)),
    When(matter__urgency="utility", then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)
WINDOW = 500  # urgent matters are put first among the oldest 500: a queue longer than that is worked from its front anyway


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

    @property
    def waited(self) -> float:
        """Seconds it has waited."""
        return (clock.now() - self.waiting_since).total_seconds()


def is_dispatcher(actor: Actor) -> bool:
    """Whether the actor has a queue at all."""
    return any(p.department_type in (DESK_TYPE, CENTRE_TYPE) and p.role in ("dispatcher", "head") for p in actor.posts)


def dispatch_queue(actor: Actor, limit: int = 60) -> list[QueueRow]:
    """Danger to life first, then utilities, then by waiting time."""
    rows = _matters(limit) if _desk(actor) else []
    centres = {p.department_id for p in actor.posts if p.department_type == CENTRE_TYPE and p.role in ("dispatcher", "head")}
    return rows + (_tasks(centres, limit) if centres else [])


def queue_count(actor: Actor) -> int:
    """How much waits for this dispatcher."""
    count = Matter.objects.filter(state__in=["received", "accepted"]).count() if _desk(actor) else 0
    centres = {p.department_id for p in actor.posts if p.department_type == CENTRE_TYPE and p.role in ("dispatcher", "head")}
    return count + (_waiting(centres).count() if centres else 0)


def _desk(actor: Actor) -> bool:
    return any(p.department_type == DESK_TYPE and p.role in ("dispatcher", "head") for p in actor.posts)


def _matters(limit: int) -> list[QueueRow]:
    oldest = Matter.objects.filter(state__in=["received", "accepted"]).order_by("opened_at", "id").values("pk")[:WINDOW]
    rows = Matter.objects.filter(pk__in=[r["pk"] for r in oldest]).select_related("area").prefetch_related("calls")
    out = []
    for m in rows.order_by(_FIRST, "opened_at", "id")[:limit]:
        call = next(iter(m.calls.all()), None)
        out.append(
            QueueRow(
                m.pk, None, m.title, m.area.name if m.area else "", call.channel if call else "", m.urgency, m.sort, m.opened_at
            )
        )
    return out


def _waiting(centres: set[int]) -> QuerySet[Task]:
    return Task.objects.filter(is_open=True, turn__in=centres, bearer__in=centres, state__in=["given", "signed", "returned"])


def _tasks(centres: set[int], limit: int) -> list[QueueRow]:
    rows = _waiting(centres).select_related("matter", "area").order_by(_FIRST_TASK, "given_at", "id")[:limit]
    return [
        QueueRow(t.matter_id, t.pk, t.matter.title, t.area.name if t.area else "", "", t.matter.urgency, t.sort, t.given_at)
        for t in rows
    ]
