"""并联: a matter worked in branches side by side, each borne, asked about and decided by itself, within a promise of its own.

Which branches there are, which waits for which, and what a decision means is for the kind to say (`Kind.moved`).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from huying.city import queries as city
from huying.city.models import Department
from huying.events import rows
from huying.kernel import clocks, kinds, later, parts, standing
from huying.kernel.events import (
    CallAnswered,
    MatterAnswered,
    PromiseMet,
    PromiseReplanned,
    PromiseResumed,
    TaskApproved,
    TaskGiven,
)
from huying.kernel.models import Call, CallState, Matter, Pause, Promise, Response, ResponseState, Task, TaskRole
from huying.kernel.record import Work

DECIDE = "decide"  # the clock of a branch: from its beginning until it is decided
HOW = "branch"


def task_of(matter: Matter, bearer: Department, at: datetime) -> Task:
    """The unsaved task of a branch that opens now."""
    district = city.district_of(matter.area) if matter.area else None
    return rows.fresh(
        Task,
        matter=matter,
        bearer=bearer,
        turn=bearer,
        role=TaskRole.BRANCH,
        given_at=at,
        kind=matter.kind,
        sort=matter.sort,
        area=matter.area,
        district=district,
    )


def promise_of(matter: Matter, what: str, start: datetime, due_at: datetime, basis: str) -> Promise:
    """The unsaved promise that ends at `due_at`, counted in working days where there are any."""
    row = rows.fresh(Promise, matter=matter, what=what, started_at=start, basis=basis)
    parts.fit(row, due_at)
    return row


def given(task: Task) -> TaskGiven:
    """The fact of a branch whose task has its id."""
    return TaskGiven(task.pk, task.matter_id, None, task.bearer.key, None, task.role, "", HOW)


def begin(work: Work, bearer: Department, due_at: datetime, basis: str, stands: str = "") -> Task:
    """Open a branch within another verb's work: it is promised to be decided until `due_at`.

    Where it `stands` for something from the first moment, the whole stands with it.
    """
    task = task_of(work.matter, bearer, work.at)
    task.due_at = min(due_at, work.matter.due_at or due_at)
    task.save()
    work.tell(given(task))
    row = promise_of(work.matter, DECIDE, work.at, due_at, basis)
    row.task = task
    clocks.keep(work, row)
    if stands:
        standing.hold(work, [row, *standing.answers(work)], stands)
        task.due_at = clocks.next_due(task, work.matter)
        task.save(update_fields=["due_at"])
    return task


def decided(work: Work, task: Task, response: Response, note: str) -> None:
    """The decision of a branch stands: its task ends, its promise is kept. What follows from it, its kind says."""
    response.state, response.approved_by, response.approved_at = ResponseState.APPROVED, work.actor.officer, work.at
    response.save()
    task.is_open, task.ended_at, task.turn, task.resume_on = False, work.at, None, None
    task.save()
    work.tell(TaskApproved(task.pk, task.bearer.key, response.pk, task.bearer.key), note, to_caller=False)
    clocks.meet(work, DECIDE, task)
    if _whole_runs_on(work):  # it stood, and was decided all the same
        clocks.settle_due(work)
    kinds.get(work.matter.kind).decided([(work, task)])


def clock_of(task: Task) -> list[Promise]:
    """The clock of this branch, while it runs or stands."""
    return list(Promise.objects.filter(task=task, what=DECIDE, ended_at__isnull=True))


def pause_of(task: Task) -> Pause | None:
    """What the branch's clock stands still for."""
    running = Pause.objects.filter(promise__task=task, promise__what=DECIDE, promise__ended_at__isnull=True)
    return running.filter(to_at__isnull=True).select_related("promise").first()


def waits_for_visit(task: Task) -> bool:
    """Whether the branch stands until she was at the counter."""
    pause = pause_of(task)
    return pause is not None and pause.reason == standing.VISIT


def stands(work: Work, task: Task, why: str = standing.SUPPLEMENT) -> None:
    """A branch waits for the caller or by law: so does the whole, for it ends with the last of them.

    One that is late does not stand still, and its asking gives the whole no more time either.
    """
    if pause_of(task) is None:
        return
    standing.hold(work, standing.answers(work), why)
    kinds.get(work.matter.kind).moved(work, task, "stands")


def runs(work: Work, task: Task) -> None:
    """What a branch waited for has come; the whole runs on once no other branch waits."""
    _whole_runs_on(work)
    clocks.settle_due(work)
    kinds.get(work.matter.kind).moved(work, task, "runs")


def came(work: Work, begun: Sequence[tuple[Task, datetime, datetime]]) -> None:
    """She was at the counter for these branches (task, from when it counts, until when), which stood for that.

    Each begins its full promise, or stands on for what she is still asked to add. One that does not stand for her visit is
    left alone.
    """
    ran = [task for task, start, due_at in begun if _begins(work, task, start, due_at)]
    for task in ran:
        if task.asks.filter(replied_at__isnull=True).exists():
            standing.hold(work, clock_of(task), standing.SUPPLEMENT)
    if ran:
        runs(work, ran[-1])


def _begins(work: Work, task: Task, start: datetime, due_at: datetime) -> bool:
    pause = pause_of(task)
    if pause is None or pause.reason != standing.VISIT:
        return False
    row = pause.promise
    pause.to_at = max(start, pause.from_at)
    pause.save(update_fields=["to_at"])
    row.started_at = pause.to_at
    parts.fit(row, due_at)
    row.due_at = due_at
    row.save()
    due = int(due_at.timestamp())
    work.tell(PromiseResumed(row.matter_id, row.task_id, row.call_id, row.what, due))
    return True


def _whole_runs_on(work: Work) -> int:
    waiting = Pause.objects.filter(promise__matter=work.matter, to_at__isnull=True, promise__ended_at__isnull=True)
    whats = set(waiting.values_list("promise__what", flat=True))
    if "answer" in whats and DECIDE not in whats:
        return standing.run_on(work, standing.answers(work))
    return 0


def moved(work: Work, task: Task, what: str) -> None:
    """The day of a branch is another one, or its bearer: what follows from that, its kind says."""
    clocks.settle_due(work)
    kinds.get(work.matter.kind).moved(work, task, what)
    task.refresh_from_db(fields=["due_at"])


def replan(work: Work, due_at: datetime) -> None:
    """The whole is promised for another day, because a branch moved; told where the day is another."""
    moved, late = [row for row in standing.answers(work) if row.due_at != due_at], []
    for row in moved:
        before, row.due_at = row.due_at, due_at
        parts.fit(row, due_at)
        row.due_at = due_at
        if row.broken_at and due_at > before:
            later.restart(row)
            late.append(row)
        row.save()
        work.tell(PromiseReplanned(row.matter_id, row.task_id, row.call_id, row.what, *_stamps(before, due_at)))
    if late and (why := _waits(work)):  # as long as it was late it did not stand with them
        standing.hold(work, late, why)
    if moved:
        clocks.settle_due(work)


def _waits(work: Work) -> str:
    """For what a branch of the matter stands still; '' where all run."""
    running = Pause.objects.filter(promise__matter=work.matter, promise__what=DECIDE, promise__ended_at__isnull=True)
    return running.filter(to_at__isnull=True).order_by("id").values_list("reason", flat=True).first() or ""


def _stamps(before: datetime, after: datetime) -> tuple[int, int]:
    return int(before.timestamp()), int(after.timestamp())


def finish(pairs: Sequence[tuple[Work, Task]]) -> None:
    """The last branch of each matter was decided: it is answered by that, and by all before it. One is a list of one."""
    if not pairs:
        return
    ids = [work.matter.pk for work, _task in pairs]
    clocks_ = Promise.objects.filter(matter__in=ids, what="answer", ended_at__isnull=True).order_by("id")
    voices = Call.objects.filter(matter__in=ids, state=CallState.OPEN).order_by("id")
    said = Response.objects.filter(task__in=[task.pk for _work, task in pairs], state=ResponseState.APPROVED).order_by("id")
    running, calls, by_task = _by(clocks_, "matter_id"), _by(voices, "matter_id"), {row.task_id: row for row in said}
    for work, task in pairs:
        work.move("deliver")
        work.matter.ended_at = work.at
        for row in running.get(work.matter.pk, ()):
            _met(work, row)
        work.tell(MatterAnswered(work.matter.pk, task.bearer.key))
        for call in calls.get(work.matter.pk, ()):
            call.state, call.answered_at, call.response = CallState.ANSWERED, work.at, by_task[task.pk]
            work.tell_call(call, CallAnswered(call.pk, work.matter.pk))
    rows.update([row for many in running.values() for row in many], ("met_at", "ended_at"))
    rows.update([row for many in calls.values() for row in many], ("state", "answered_at", "response_id", "version"))


Row = TypeVar("Row", Promise, Call)


def _by(found: Iterable[Row], name: str) -> dict[int, list[Row]]:
    grouped: dict[int, list[Row]] = {}
    for row in found:
        grouped.setdefault(getattr(row, name), []).append(row)
    return grouped


def _met(work: Work, row: Promise) -> None:
    row.met_at = row.ended_at = work.at
    late, due = work.at >= row.due_at, int(row.due_at.timestamp())
    work.tell(PromiseMet(row.matter_id, row.task_id, row.call_id, row.what, due, late))


def decided_all(pairs: Sequence[tuple[Work, Task]], responses: Mapping[int, Response]) -> None:
    """As `decided`, for branches of many matters; `responses` by task. None of the matters stands still."""
    running = Promise.objects.filter(task__in=[task.pk for _work, task in pairs], what=DECIDE, ended_at__isnull=True)
    by_task = {row.task_id: row for row in running}
    for work, task in pairs:
        response = responses[task.pk]
        response.state, response.approved_by, response.approved_at = ResponseState.APPROVED, work.actor.officer, work.at
        task.is_open, task.ended_at, task.turn = False, work.at, None
        work.tell(TaskApproved(task.pk, task.bearer.key, response.pk, task.bearer.key))
        _met(work, by_task[task.pk])
    rows.update(list(responses.values()), ("state", "approved_by_id", "approved_at"))
    rows.update([task for _work, task in pairs], ("state", "is_open", "ended_at", "turn_id"))
    rows.update(list(by_task.values()), ("met_at", "ended_at"))
    for kind in {work.matter.kind for work, _task in pairs}:
        kinds.get(kind).decided([pair for pair in pairs if pair[0].matter.kind == kind])
