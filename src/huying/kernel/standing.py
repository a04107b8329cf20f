"""Clocks that stand still: begun, ended, and the due moment reckoned anew in the promise's own unit."""

from collections.abc import Iterable
from datetime import UTC, datetime

from huying.city import calendar
from huying.kernel import later, promise
from huying.kernel.events import PromisePaused, PromiseResumed
from huying.kernel.models import Pause, Promise
from huying.kernel.pauses import Pauses
from huying.kernel.record import Work

CALLER, OUTSIDE, SUPPLEMENT = "caller", "outside", "supplement"  # why: waiting for her, a cause outside, a question put to her
VISIT = "visit"  # she comes to the counter once: a branch stands for that from its opening
NO_DAY = datetime(9999, 1, 1, tzinfo=UTC)  # when a task is due of which nobody can know the day yet: the last of the inbox
# what by law does not count (行政许可法第四十五条): 检验检测检疫、鉴定、招标拍卖、专家评审、听证
BY_LAW = ("inspection", "appraisal", "auction", "review", "hearing")


def pauses_of(row: Promise) -> Pauses:
    """The pauses of a promise, in their order; the last one may be open."""
    return list(row.pauses.order_by("from_at").values_list("from_at", "to_at"))


def answers(work: Work) -> list[Promise]:
    """The promises of an answer that still run on the matter, the first due in front."""
    return list(Promise.objects.filter(matter=work.matter, what="answer", ended_at__isnull=True).order_by("due_at", "id"))


def hold(work: Work, rows: Iterable[Promise], why: str) -> int:
    """The clocks of these promises stand still from now; how many. One that stands already, or is late, is left alone."""
    held = 0
    for row in rows:
        if row.due_at <= work.at or row.pauses.filter(to_at__isnull=True).exists():
            continue
        Pause.objects.create(promise=row, reason=why, by=work.actor.name, from_at=work.at)
        work.tell(PromisePaused(row.matter_id, row.task_id, row.call_id, row.what, why))
        held += 1
    return held


def run_on(work: Work, rows: Iterable[Promise], why: str = "") -> int:
    """The clocks that stand still (for this reason alone, where one is named) run on; how many."""
    moved = 0
    for row in rows:
        pause = row.pauses.filter(to_at__isnull=True).first()
        if pause is None or (why and pause.reason != why):
            continue
        pause.to_at = work.at
        pause.save(update_fields=["to_at"])
        reckon_anew(work, row)
        row.save()
        work.tell(PromiseResumed(row.matter_id, row.task_id, row.call_id, row.what, int(row.due_at.timestamp())))
        moved += 1
    return moved


def reckon_anew(work: Work, row: Promise) -> None:
    """Set when the promise is due by its budget and its pauses. Unsaved."""
    found = promise.reckon(row.started_at, row.budget, row.unit, calendar.current(), pauses_of(row), work.at)
    row.due_at, row.provisional, row.calendar_version = found.due_at, found.provisional, found.calendar_version
    if row.broken_at and row.due_at > work.at:
        later.restart(row)
