"""What may be said of calls to their callers outside these pages: number, who, by when. Never the matter."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from huying.base import clock
from huying.kernel import overdue, standing
from huying.kernel.models import Call, CallState, Pause, Promise, Task, TaskRole
from huying.people.models import Party


@dataclass(frozen=True, slots=True)
class Sayable:
    """A call's caller, who acts for her as long as he may, number and kind, the short name of the body that has it, and until
    when an answer is promised.

    Of an answered call `who` answered it, and `by` is the end of the time in which her word is asked for.
    """

    caller: Party
    number: str
    kind: str
    who: str
    by: datetime | None
    urgent: bool  # life is in danger: she is told at any hour
    agent: Party | None = None


def sayable(call_ids: Collection[int]) -> dict[int, Sayable]:
    """Of each call. Asked by the system alone; three statements, however many."""
    calls = list(Call.objects.filter(pk__in=call_ids).select_related("caller", "agent", "matter", "response__task__bearer"))
    leads = _leads({call.matter_id for call in calls})
    promises = {row.call_id: row.due_at for row in _promises(calls)}  # without those that wait for her at a counter
    return {call.pk: _of(call, leads.get(call.matter_id, ""), promises.get(call.pk)) for call in calls}


def _of(call: Call, lead: str, promised: datetime | None) -> Sayable:
    who, by = lead or _desk(), promised
    if call.state == CallState.ANSWERED:
        who, by = call.response.task.bearer.short if call.response else who, overdue.silent_at(call)
    acts = call.agent_until is not None and call.agent_until > clock.now()
    urgent = call.matter.urgency == "life"
    return Sayable(call.caller, call.number, call.matter.kind, who, by, urgent, call.agent if acts else None)


def _leads(matters: set[int]) -> dict[int, str]:
    """Who leads each matter now: the youngest lead task that was not cancelled."""
    tasks = Task.objects.filter(matter__in=matters, role=TaskRole.LEAD).exclude(state="cancelled")
    return dict(tasks.order_by("id").values_list("matter_id", "bearer__short"))


def _promises(calls: list[Call]) -> QuerySet[Promise]:
    waits = Pause.objects.filter(promise=OuterRef("pk"), to_at__isnull=True, reason=standing.VISIT)
    return Promise.objects.filter(~Exists(waits), call__in=calls, what="answer").order_by("id")


def _desk() -> str:
    desk = overdue.desk()
    return desk.short if desk else ""
