"""What follows when a branch moves: others open or fall, the day of the whole is reckoned anew, the last one ends the case."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from huying.city import calendar
from huying.features.services import planning
from huying.features.services.events import BranchDecided, BranchFallen
from huying.features.services.models import Branch, Case, Outcome
from huying.features.services.planning import Line, Span
from huying.features.services.stages import goes_on
from huying.kernel import branches
from huying.kernel.models import Promise, Task
from huying.kernel.record import Work

BASIS = "事项承诺的工作日"  # read, not said: it stands in rows beside the other grounds of promises


def moved(work: Work, task: Task, what: str) -> None:
    """Within the verb's work: a branch was `decided`, `stands` or `runs` again."""
    case = Case.objects.get(pk=work.matter.pk)
    rows = list(case.branches.select_related("task", "bearer").order_by("place"))
    if what == "decided":
        _decided(work, case, rows, task)
        if all(row.ended_at for row in rows):
            branches.finish(work, task)
            return
    if what != "stands":  # while it stands nobody knows for how long
        branches.replan(work, planning.whole(spans_of(case, rows), case.began_at, calendar.current()))


def _decided(work: Work, case: Case, rows: Sequence[Branch], task: Task) -> None:
    branch = next(row for row in rows if row.task_id == task.pk)
    branch.ended_at = work.at
    branch.save(update_fields=["ended_at"])
    work.tell(BranchDecided(case.pk, task.pk, branch.item, branch.bearer.key, branch.outcome))
    if branch.outcome == Outcome.REFUSED:
        _fall(work, case, rows, branch.item, branch.item)
        return
    done = {row.item for row in rows if goes_on(row)}
    for row in rows:
        if row.task_id is None and row.ended_at is None and set(row.waits) <= done:
            begin(work, row)


def begin(work: Work, row: Branch) -> None:
    """Open a branch that waits no longer, within another verb's work."""
    days = calendar.current()
    start = planning.ordinal(work.at)
    due = planning.due_of(Span(start, planning.end_of(start, row.days, days)))
    row.task = branches.begin(work, row.bearer, due, BASIS)
    row.opened_at = work.at
    row.save(update_fields=["task", "opened_at"])


def _fall(work: Work, case: Case, rows: Sequence[Branch], item: str, because: str) -> None:
    """All that waited for the refused item ends with it, and what waited for those in turn."""
    for row in rows:
        if item in row.waits and row.ended_at is None and row.task_id is None:
            row.outcome, row.because, row.ended_at = Outcome.FALLEN, because, work.at
            row.save(update_fields=["outcome", "because", "ended_at"])
            work.tell(BranchFallen(case.pk, row.item, row.bearer.key, because))
            _fall(work, case, rows, row.item, because)


def spans_of(case: Case, rows: Sequence[Branch]) -> dict[str, Span]:
    """By item, from when until when each branch is planned."""
    clocks = Promise.objects.filter(matter=case.pk, what=branches.DECIDE).order_by("id")
    due = {row.task_id: row.due_at for row in clocks if row.task_id}
    return planning.plan([line_of(row, due) for row in rows], case.began_at, calendar.current())


def line_of(row: Branch, due: Mapping[int, datetime]) -> Line:
    """A branch as the plan reads it."""
    moment = due.get(row.task_id) if row.task_id else None
    return Line(row.item, row.days, tuple(row.waits), row.opened_at, moment, row.ended_at, row.outcome == Outcome.FALLEN)
