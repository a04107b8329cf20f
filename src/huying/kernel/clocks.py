"""Promises kept as rows: made from the pack's terms, met, dropped, and read for the next due moment."""

from collections.abc import Iterable
from datetime import datetime
from math import ceil

from django.db.models import Exists, OuterRef, Q

from huying.city import calendar, queries
from huying.events import rows
from huying.kernel import promise, standing
from huying.kernel.events import PromiseDropped, PromiseMade, PromiseMet
from huying.kernel.models import Call, Matter, Pause, Promise, Task
from huying.kernel.pauses import midnight
from huying.kernel.record import Work

# Promised to a voice whatever becomes of her call or its matter: a second look at her poor rating, an answer to her poor
# grade of an item, the auditor's answer.
LASTING = ("check", "objection", "rating", "rate_contact")


class NoTerm(LookupError):
    """The pack has no term for this clock: `huying check` names what is missing."""


def plan(matter: Matter, what: str, start: datetime, task: Task | None = None, call: Call | None = None) -> Promise:
    """An unsaved promise by the pack's most specific term. Raises NoTerm."""
    term = queries.term(matter.kind, matter.sort, matter.urgency, what)
    if term is None:
        raise NoTerm(f"no term for {matter.kind}/{matter.sort}/{matter.urgency}/{what}")
    reckoned = promise.reckon(start, term.budget, term.unit, calendar.current())
    return rows.fresh(
        Promise,
        matter=matter,
        task=task,
        call=call,
        what=what,
        budget=term.budget,
        unit=term.unit,
        started_at=start,
        due_at=reckoned.due_at,
        provisional=reckoned.provisional,
        calendar_version=reckoned.calendar_version,
        basis=term.basis,
    )


def made(row: Promise) -> PromiseMade:
    """The fact of a promise whose matter and task have their ids."""
    due = int(row.due_at.timestamp())
    return PromiseMade(row.matter_id, row.task_id, row.call_id, row.what, row.budget, row.unit, due, row.provisional)


def start(work: Work, what: str, task: Task | None = None, call: Call | None = None) -> Promise:
    """Make and record a promise now."""
    return keep(work, plan(work.matter, what, work.at, task, call))


def keep(work: Work, row: Promise) -> Promise:
    """Save and record a promise that was planned."""
    row.save()
    work.tell(made(row))
    return row


def start_until(work: Work, what: str, due_at: datetime, basis: str) -> Promise:
    """Make and record a promise whose moment somebody named himself; its budget is the hours until then, begun ones too."""
    hours = max(1, ceil((due_at - work.at).total_seconds() / 3600))
    row = Promise(matter=work.matter, what=what, budget=hours, unit=promise.HOURS, started_at=work.at, due_at=due_at)
    row.basis = basis
    row.save()
    work.tell(made(row))
    return row


def meet(work: Work, what: str, task: Task | None = None) -> None:
    """The clocks of that name stop: kept, or kept late. `answer` stops for every voice; nothing happens where none runs."""
    met(work, Promise.objects.filter(matter=work.matter, task=task, what=what, ended_at__isnull=True).order_by("id"))


def meet_of(work: Work, call: Call, what: str) -> None:
    """The clock of that name that runs for one voice stops: kept, or kept late."""
    met(work, Promise.objects.filter(call=call, what=what, ended_at__isnull=True).order_by("id"))


def met(work: Work, rows: Iterable[Promise]) -> None:
    """These clocks stop: kept, or kept late."""
    for row in rows:
        standing.run_on(work, [row])
        row.met_at = row.ended_at = work.at
        row.save(update_fields=["met_at", "ended_at"])
        due = int(row.due_at.timestamp())
        work.tell(PromiseMet(row.matter_id, row.task_id, row.call_id, row.what, due, work.at >= row.due_at))


def drop(work: Work, task: Task) -> None:
    """The clocks of a task that ended otherwise stop without being kept or broken."""
    drop_rows(work, list(Promise.objects.filter(task=task, ended_at__isnull=True).order_by("id")))


def drop_rows(work: Work, rows: Iterable[Promise]) -> None:
    """These clocks stop without being kept or broken."""
    for row in rows:
        row.pauses.filter(to_at__isnull=True).update(to_at=work.at)
        row.ended_at = work.at
        row.save(update_fields=["ended_at"])
        work.tell(PromiseDropped(row.matter_id, row.task_id, row.call_id, row.what))


def settle_due(work: Work) -> None:
    """A matter is due when the first of its voices is promised an answer; its open tasks follow."""
    running = list(_lines(Q(matter=work.matter)))
    work.matter.due_at = min((due for _task, what, due, _visit in running if what == "answer"), default=None)
    for task in Task.objects.filter(matter=work.matter, is_open=True):
        task.due_at = _due(task, work.matter, running)
        task.save(update_fields=["due_at"])


def next_due(task: Task, matter: Matter) -> datetime | None:
    """What the inbox sorts by: the earliest clock that runs on the task, the matter's answer, or the news it owes.

    Of a branch that stands by law no clock runs: it is due with the end of the day on which it should go on. Nor of one that
    waits for her at the counter, of which nobody knows the day (`standing.NO_DAY`).
    """
    return _due(task, matter, _lines(Q(task=task) | Q(matter=matter, what="news")))


_Line = tuple[int | None, str, datetime, bool]  # of which task, what, until when, whether it waits for her at the counter


def _lines(where: Q) -> Iterable[_Line]:
    """The promises that run, as far as it matters for when tasks are due."""
    waits = Exists(Pause.objects.filter(promise=OuterRef("pk"), to_at__isnull=True, reason=standing.VISIT))
    return Promise.objects.filter(where, ended_at__isnull=True).values_list("task_id", "what", "due_at", waits)


def _due(task: Task, matter: Matter, running: Iterable[_Line]) -> datetime | None:
    if task.resume_on is not None:
        return midnight(task.resume_on.toordinal() + 1)
    own = [(due, visit) for of, what, due, visit in running if of == task.pk or what == "news"]
    dues = [due for due, visit in own if not visit]
    if any(visit for _due, visit in own):
        return min(dues, default=standing.NO_DAY)
    return min([*dues, *([matter.due_at] if matter.due_at else [])], default=None)
