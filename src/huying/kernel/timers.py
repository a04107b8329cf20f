"""The timer: one index of moments, swept in batches. It only comes by; what happens is told in `overdue`."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from huying.base import clock
from huying.city import calendar
from huying.city import queries as city
from huying.kernel import clocks, later, overdue, overrun, promise, succession
from huying.kernel.events import PromiseRecomputed
from huying.kernel.models import Call, CallState, Matter, Promise
from huying.kernel.record import Work
from huying.people.actors import SYSTEM

BATCH = 100  # matters in one transaction: short enough that a verb never waits long for the writer's turn


def sweep(limit: int = BATCH) -> int:
    """Tell what is due now on at most `limit` matters, in one transaction; how many steps. 0 when nothing is due."""
    at = clock.now()
    due = list(overdue.watched(at).values_list("matter_id", flat=True)[:limit])
    due = due or list(overrun.watched(at).values_list("promise__matter", flat=True)[:limit]) or _unrated(at, limit)
    return _each(set(due), at) if due else 0


def sweep_dry() -> int:
    """Sweep until nothing is due; how many steps."""
    total = 0
    while done := sweep():
        total += done
    return total


def succeed(limit: int = BATCH) -> int:
    """Carry at most `limit` open matters to who took over from bodies that were closed, in one transaction; how many.

    Whatever was carried is not found again, so a run that was stopped goes on where it stood. 0 when nothing waits.
    """
    ids = succession.waiting(limit)
    if not ids:
        return succession.settle_incidents()
    _each(ids, clock.now())
    return len(ids) - len(set(succession.waiting(limit)) & set(ids))


def succeed_dry() -> int:
    """Carry until nothing waits; how many matters."""
    total = 0
    while done := succeed():
        total += done
    return total


def recompute(limit: int = BATCH) -> int:
    """Reckon provisional dates anew where they were reckoned with another calendar; how many were looked at.

    Dates within published years do not move: only rows that are provisional and know a calendar are touched.
    """
    days = calendar.current()
    stale = Promise.objects.filter(provisional=True, ended_at__isnull=True).exclude(calendar_version__in=["", days.version])
    ids = list(stale.order_by("pk").values_list("matter_id", flat=True)[:limit])
    if not ids:
        return 0
    done = 0
    with transaction.atomic():
        for matter in _locked(set(ids)):
            work = Work(SYSTEM, matter, clock.now())
            overdue.catch_up(work)
            for row in stale.filter(matter=matter).order_by("pk"):
                _reckon_anew(work, row)
                done += 1
            clocks.settle_due(work)
            work.finish()
    return done


def _each(matter_ids: Iterable[int], at: datetime) -> int:
    done = 0
    with transaction.atomic():
        for matter in _locked(matter_ids):
            work = Work(SYSTEM, matter, at)
            if steps := overdue.catch_up(work):
                work.finish()
                done += steps
    return done


def _locked(matter_ids: Iterable[int]) -> list[Matter]:
    # a matter that somebody works on now is left out: that verb tells first what was due, or the next sweep does
    return list(Matter.objects.select_for_update(skip_locked=True).filter(pk__in=matter_ids).order_by("pk"))


def _unrated(at: datetime, limit: int) -> list[int]:
    """Matters with voices that were answered longer ago than the pack's days to rate."""
    days = int(city.setting("rate.days", overdue.SILENT_DAYS))
    midnight = at.astimezone(clock.CITY_TIME).replace(hour=0, minute=0, second=0, microsecond=0)
    answered = Call.objects.filter(state=CallState.ANSWERED, answered_at__lt=midnight - timedelta(days=days))
    return list(answered.order_by("answered_at").values_list("matter_id", flat=True)[:limit])


def _reckon_anew(work: Work, row: Promise) -> None:
    pauses = list(row.pauses.order_by("from_at").values_list("from_at", "to_at"))
    found = promise.reckon(row.started_at, row.budget, row.unit, calendar.current(), pauses, work.at)
    before, row.due_at = row.due_at, found.due_at
    row.provisional, row.calendar_version = found.provisional, found.calendar_version
    moved = before != row.due_at or not row.provisional
    if row.broken_at and row.due_at > work.at:
        later.restart(row)
    row.save()
    if moved:
        about = (row.matter_id, row.task_id, row.call_id, row.what)
        work.tell(PromiseRecomputed(*about, int(before.timestamp()), int(row.due_at.timestamp()), row.provisional))
