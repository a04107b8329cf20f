"""并联: a matter worked in branches side by side, each borne, asked about and decided by itself, within a promise of its own.

Which branches there are, which waits for which, and what a decision means is for the kind to say (`Kind.moved`).
"""

from datetime import datetime

from huying.city import queries as city
from huying.city.models import Department
from huying.kernel import clocks, kinds, later, parts, standing
from huying.kernel.delivery import deliver
from huying.kernel.events import PromiseReplanned, TaskApproved, TaskGiven
from huying.kernel.models import Matter, Pause, Promise, Response, ResponseState, Task, TaskRole
from huying.kernel.record import Work

DECIDE = "decide"  # the clock of a branch: from its beginning until it is decided
HOW = "branch"


def task_of(matter: Matter, bearer: Department, at: datetime) -> Task:
    """The unsaved task of a branch that opens now."""
    task = Task(matter=matter, bearer=bearer, turn=bearer, role=TaskRole.BRANCH, given_at=at)
    task.kind, task.sort, task.area = matter.kind, matter.sort, matter.area
    task.district = city.district_of(matter.area) if matter.area else None
    return task


def promise_of(matter: Matter, what: str, start: datetime, due_at: datetime, basis: str) -> Promise:
    """The unsaved promise that ends at `due_at`, counted in working days where there are any."""
    row = Promise(matter=matter, what=what, started_at=start, basis=basis)
    parts.fit(row, due_at)
    return row


def given(task: Task) -> TaskGiven:
    """The fact of a branch whose task has its id."""
    return TaskGiven(task.pk, task.matter_id, None, task.bearer.key, None, task.role, "", HOW)


def begin(work: Work, bearer: Department, due_at: datetime, basis: str) -> Task:
    """Open a branch within another verb's work: it is promised to be decided until `due_at`."""
    task = task_of(work.matter, bearer, work.at)
    task.due_at = min(due_at, work.matter.due_at or due_at)
    task.save()
    work.tell(given(task))
    row = promise_of(work.matter, DECIDE, work.at, due_at, basis)
    row.task = task
    clocks.keep(work, row)
    return task


def decided(work: Work, task: Task, response: Response, note: str) -> None:
    """The decision of a branch stands: its task ends, its promise is kept. What follows from it, its kind says."""
    response.state, response.approved_by, response.approved_at = ResponseState.APPROVED, work.actor.officer, work.at
    response.save()
    task.is_open, task.ended_at, task.turn = False, work.at, None
    task.save()
    work.tell(TaskApproved(task.pk, task.bearer.key, response.pk, task.bearer.key), note, to_caller=False)
    clocks.meet(work, DECIDE, task)
    _whole_runs_on(work)  # she was asked, and it was decided all the same
    kinds.get(work.matter.kind).moved(work, task, "decided")


def stands(work: Work, task: Task) -> None:
    """A branch waits for the caller: so does the whole, for it ends with the last of them."""
    standing.hold(work, standing.answers(work), standing.SUPPLEMENT)
    kinds.get(work.matter.kind).moved(work, task, "stands")


def runs(work: Work, task: Task) -> None:
    """What a branch waited for has come; the whole runs on once no other branch waits."""
    _whole_runs_on(work)
    clocks.settle_due(work)
    kinds.get(work.matter.kind).moved(work, task, "runs")


def _whole_runs_on(work: Work) -> None:
    waiting = Pause.objects.filter(promise__matter=work.matter, to_at__isnull=True, promise__ended_at__isnull=True)
    whats = set(waiting.values_list("promise__what", flat=True))
    if "answer" in whats and DECIDE not in whats:
        standing.run_on(work, standing.answers(work), standing.SUPPLEMENT)


def replan(work: Work, due_at: datetime) -> None:
    """The whole is promised for another day, because a branch moved; told where the day is another."""
    rows = [row for row in standing.answers(work) if row.due_at != due_at]
    for row in rows:
        before, row.due_at = row.due_at, due_at
        parts.fit(row, due_at)
        row.due_at = due_at
        if row.broken_at and due_at > before:
            later.restart(row)
        row.save()
        work.tell(PromiseReplanned(row.matter_id, row.task_id, row.call_id, row.what, *_stamps(before, due_at)))
    if rows:
        clocks.settle_due(work)


def _stamps(before: datetime, after: datetime) -> tuple[int, int]:
    return int(before.timestamp()), int(after.timestamp())


def finish(work: Work, task: Task) -> None:
    """The last branch was decided: the matter is answered by it, and by all before it."""
    response = Response.objects.filter(task=task, state=ResponseState.APPROVED).order_by("-id").first()
    assert response is not None, "a branch ends by a decision"
    deliver(work, task.bearer, response)
