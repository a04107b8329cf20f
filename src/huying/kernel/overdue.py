"""What happens by itself when a promise is broken or a caller stays silent, each step once and at its own moment.

A promise breaks when it is due; then the bearer is reminded, a supervisor is told, and the next level. How long each
step waits is the pack's (`late.remind`, `late.supervise`, `late.raise`), counted from the due moment in the promise's own
unit: hours for a promise in hours, working days for one in working days. Whoever locks a matter tells first what its
clocks owed until now (`catch_up`), so the facts and their order do not depend on when the timer came by.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import msgspec
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from huying.city import calendar
from huying.city import queries as city
from huying.city.models import Department
from huying.kernel import overrun, promise, succession
from huying.kernel.ending import close_voice
from huying.kernel.events import (
    CallSilent,
    PromiseBroken,
    PromiseDutyCalled,
    PromiseRaised,
    PromiseReminded,
    PromiseSupervised,
)
from huying.kernel.models import Call, CallState, Incident, Pause, Promise, Task, TaskRole
from huying.kernel.pauses import midnight, ordinal
from huying.kernel.record import Work
from huying.people import roster

LADDER: tuple[tuple[str, int, type[msgspec.Struct]], ...] = (
    ("late.remind", 0, PromiseReminded),
    ("late.supervise", 1, PromiseSupervised),
    ("late.raise", 2, PromiseRaised),
)
URGENT = ("life", "utility")  # what cannot wait until morning
SILENT_DAYS = 7  # natural days in which a caller may rate, where the pack does not say


def watched(at: datetime) -> QuerySet[Promise]:
    """Promises of which something is due at `at`, by their moment; those that stand still are left alone."""
    standing = Pause.objects.filter(promise=OuterRef("pk"), to_at__isnull=True)
    moment = Coalesce("step_at", "due_at")
    return _running().alias(moment=moment).filter(~Exists(standing), moment__lte=at).order_by("moment", "pk")


def catch_up(work: Work) -> int:
    """Tell all that the clocks of the locked matter owed until now, in the order of its moments; how many steps."""
    rows, voices, changes, pauses = _late(work), _silent(work), succession.due(work), overrun.of_matter(work)
    done = 0
    with work.as_system():
        while owed := _owed(work, rows, voices) + _overran(work, pauses) + [(row.moment, row.act) for row in changes]:
            act = min(owed, key=lambda pair: pair[0])[1]
            act()
            done += 1
            if changes and act is changes[0].act:
                rows, changes = _after_change(rows), succession.due(work, after=changes[0].day)
    Promise.objects.bulk_update(rows, ["broken_at", "steps", "step_at", "spent_at"])
    return done


def _overran(work: Work, pauses: list[Pause]) -> list[tuple[datetime, Callable[[], None]]]:
    waiting = [row for row in pauses if row.overran_at is None and row.expected]
    return [(overrun.end_of(row.expected), partial(overrun.tell, work, row)) for row in waiting if row.expected]


def _after_change(rows: list[Promise]) -> list[Promise]:
    """Bodies have changed: the clocks that are late are in other hands, and some ended with their tasks."""
    Promise.objects.bulk_update(rows, ["broken_at", "steps", "step_at", "spent_at"])
    running = _running().filter(pk__in=[row.pk for row in rows])
    return list(running.select_related("task__turn", "task__bearer").order_by("pk"))


def _running() -> QuerySet[Promise]:
    return Promise.objects.filter(ended_at__isnull=True, spent_at__isnull=True)


def _late(work: Work) -> list[Promise]:
    """The matter's promises of which something is due. Asked by matter alone: the moments are compared here."""
    rows = _running().filter(matter=work.matter).select_related("task__turn", "task__bearer").order_by("pk")
    late = [row for row in rows if (row.step_at or row.due_at) <= work.at]
    if not late:
        return []
    standing = set(Pause.objects.filter(promise__in=late, to_at__isnull=True).values_list("promise_id", flat=True))
    return [row for row in late if row.pk not in standing]


def silent_at(call: Call) -> datetime:
    """When an answered call is closed without its caller's word: at the end of the last of the pack's days."""
    days = int(city.setting("rate.days", SILENT_DAYS))
    assert call.answered_at
    return midnight(ordinal(call.answered_at) + days + 1)


def _owed(work: Work, rows: list[Promise], voices: list[Call]) -> list[tuple[datetime, Callable[[], None]]]:
    """What is due by now, with its moment. One at a time: what it does decides what comes next."""
    found: list[tuple[datetime, Callable[[], None]]] = []
    waiting = [(row.step_at or row.due_at, row) for row in rows if row.spent_at is None]
    found += [(moment, partial(_step, work, row)) for moment, row in waiting if moment <= work.at]
    answered = [call for call in voices if call.state == CallState.ANSWERED]
    return found + [(silent_at(call), partial(_silence, work, call)) for call in answered]


def _step(work: Work, row: Promise) -> None:
    """Break the promise, or take the next step of its escalation."""
    bearer = bearer_of(row)
    key, due = bearer.key if bearer else "", int(row.due_at.timestamp())
    about = (row.matter_id, row.task_id, row.call_id, row.what, key)
    if row.broken_at is None:
        row.broken_at = row.due_at
        work.tell(PromiseBroken(*about, due))
    else:
        _, _, fact = LADDER[row.steps]
        to = _told(bearer, row.steps)
        assert row.step_at
        work.tell(fact(*about, to.key if to else "", due, int(row.step_at.timestamp())))
        _call_duty(work, row, to)
        row.steps += 1
    _wait(row)


def _call_duty(work: Work, row: Promise, to: Department | None) -> None:
    """At night an office is empty: what cannot wait until morning is told to whoever is on duty there."""
    assert row.step_at
    if to is None or work.matter.urgency not in URGENT or not roster.is_night(row.step_at):
        return
    turn = roster.named_for(to, row.step_at)
    if turn is None:
        return
    bearer, on = bearer_of(row), city.department_by_id(turn.department_id)
    keys = (bearer.key if bearer else "", f"officer:{turn.officer_id}", on.key if on else "")
    work.tell(PromiseDutyCalled(row.matter_id, row.task_id, row.call_id, row.what, *keys, int(row.step_at.timestamp())))


def _wait(row: Promise) -> None:
    """Set when the next step is due, or that there is none."""
    last = row.step_at or row.due_at
    if row.steps == len(LADDER):
        row.step_at, row.spent_at = None, last
        return
    name, default, _ = LADDER[row.steps]
    # a later step never comes before an earlier one, whatever the pack says
    row.step_at = max(last, _after(row, int(city.setting(name, default))))


def _after(row: Promise, count: int) -> datetime:
    """`count` hours or working days after the promise was due."""
    if row.unit == promise.HOURS or not count:
        return row.due_at + timedelta(hours=count)
    # the day that the due moment ends is the day of receipt, which does not count
    return promise.reckon(row.due_at - timedelta(microseconds=1), count, row.unit, calendar.current()).due_at


def bearer_of(row: Promise) -> Department | None:
    """In whose hands a promise is: whose turn its task is, or the matter's, or who promised news; the desk while nobody is."""
    if row.task:
        return row.task.turn or row.task.bearer
    if row.what == "news":  # who said when the next come
        return Department.objects.filter(pk__in=Incident.objects.filter(matter=row.matter_id).values("teller")).first()
    leads = (TaskRole.LEAD, TaskRole.BRANCH)
    at_work = Task.objects.filter(matter=row.matter_id, is_open=True, turn__isnull=False, role__in=leads)
    task = at_work.select_related("turn").order_by("-id").first() if row.what == "answer" else None
    return task.turn if task else desk()


def desk() -> Department | None:
    """The city's own desk."""
    return city.department_of("hotline", "city", None)


def _told(bearer: Department | None, step: int) -> Department | None:
    """Who is told at a step: the bearer, then the centre of its district, then the city."""
    if step == 0 or bearer is None:
        return bearer
    centre = city.department_of("governance-centre", "district", city.area_by_id(bearer.area_id)) if step == 1 else None
    return centre if centre and centre.pk != bearer.pk else desk()


def _silent(work: Work) -> list[Call]:
    """The answered voices of the matter whose time to rate is over, also where it is worked again for another voice."""
    voices = work.matter.calls.filter(state=CallState.ANSWERED, answered_at__isnull=False).order_by("id")
    return [call for call in voices if silent_at(call) <= work.at]


def _silence(work: Work, call: Call) -> None:
    moment = silent_at(call)
    work.tell_call(call, CallSilent(call.pk, work.matter.pk, int(moment.timestamp())))
    close_voice(work, call, "silent", at=moment)
    call.save()
