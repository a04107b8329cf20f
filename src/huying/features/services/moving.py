"""What follows when a branch moves: others open or fall, the day of the whole is reckoned anew, the last one ends the case."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from huying.city import calendar
from huying.events import rows as event_rows
from huying.features.services import awaiting, documents, paying, planning
from huying.features.services.events import BranchDecided, BranchFallen
from huying.features.services.models import Branch, Case, Outcome
from huying.features.services.planning import Line, Span
from huying.features.services.stages import goes_on
from huying.kernel import branches, standing
from huying.kernel.models import Promise, Task
from huying.kernel.record import Work

BASIS = "事项承诺的工作日"  # read, not said: it stands in rows beside the other grounds of promises


def moved(work: Work, task: Task, what: str) -> None:
    """Within the verb's work: a branch `stands` or `runs` again, has more time, or is another body's."""
    if what in ("reassigned", "succeeded"):
        Branch.objects.filter(task=task).update(bearer=task.bearer)
        awaiting.passed_on(work, task)
    if what not in ("stands", "succeeded"):  # while it stands nobody knows for how long; who took over has the same days
        case = Case.objects.get(pk=work.matter.pk)
        rows = list(case.branches.select_related("task", "bearer").order_by("place"))
        branches.replan(work, planning.whole(spans_of(case, rows, _dues(rows)), case.began_at, calendar.current()))


def decided(pairs: Sequence[tuple[Work, Task]]) -> None:
    """Within the verb's work: these branches were decided. Read for all cases at once; one is a list of one."""
    ids = [work.matter.pk for work, _task in pairs]
    found = Case.objects.filter(pk__in=ids).select_related("call").prefetch_related("party")
    cases = {case.pk: case for case in found}
    of_case: dict[int, list[Branch]] = {}
    for row in Branch.objects.filter(case__in=ids).prefetch_related("bearer").order_by("case_id", "place"):
        row.case = cases[row.case_id]  # known already
        of_case.setdefault(row.case_id, []).append(row)
    for work, task in pairs:
        _end(work, next(row for row in of_case[work.matter.pk] if row.task_id == task.pk))
    ended = {task.pk for _work, task in pairs}
    event_rows.update([row for many in of_case.values() for row in many if row.task_id in ended], ("ended_at",))
    documents.issue([(work, row) for work, task in pairs for row in of_case[work.matter.pk] if row.task_id == task.pk], cases)
    last = {work.matter.pk: (work, task) for work, task in pairs}  # a department may bear two branches of one case
    for work, task in pairs:
        _follow(work, cases[work.matter.pk], of_case[work.matter.pk], task)
    over = [pair for pk, pair in last.items() if all(row.ended_at for row in of_case[pk])]
    branches.finish(over)
    done = {work.matter.pk for work, _task in over}
    _replan([work for work, _task in last.values() if work.matter.pk not in done], cases, of_case)


def _replan(works: Sequence[Work], cases: Mapping[int, Case], of_case: Mapping[int, list[Branch]]) -> None:
    due = _dues([row for work in works for row in of_case[work.matter.pk]]) if works else {}
    for work in works:
        case = cases[work.matter.pk]
        day = planning.whole(spans_of(case, of_case[case.pk], due), case.began_at, calendar.current())
        if day != work.matter.due_at:
            branches.replan(work, day)


def _end(work: Work, branch: Branch) -> None:
    branch.ended_at = work.at
    work.tell(BranchDecided(work.matter.pk, branch.task_id or 0, branch.item, branch.bearer.key, branch.outcome))


def _follow(work: Work, case: Case, rows: Sequence[Branch], task: Task) -> None:
    branch = next(row for row in rows if row.task_id == task.pk)
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
    start = planning.ordinal(work.at) if row.days else planning.spot(work.at)
    due = planning.due_of(Span(start, planning.end_of(start, row.days, days)))
    row.task = branches.begin(work, row.bearer, due, BASIS, standing.VISIT if awaiting.awaited(row) else "")
    row.opened_at = work.at
    row.save(update_fields=["task", "opened_at"])
    paying.fall_due(work, row)


def _fall(work: Work, case: Case, rows: Sequence[Branch], item: str, because: str) -> None:
    """All that waited for the refused item ends with it, and what waited for those in turn."""
    for row in rows:
        if item in row.waits and row.ended_at is None and row.task_id is None:
            row.outcome, row.because, row.ended_at = Outcome.FALLEN, because, work.at
            row.save(update_fields=["outcome", "because", "ended_at"])
            work.tell(BranchFallen(case.pk, row.item, row.bearer.key, because))
            _fall(work, case, rows, row.item, because)


def spans_of(case: Case, rows: Sequence[Branch], due: Mapping[int, datetime]) -> dict[str, Span]:
    """By item, from when until when each branch is planned."""
    return planning.plan([line_of(row, due) for row in rows], case.began_at, calendar.current())


def _dues(rows: Sequence[Branch]) -> dict[int, datetime]:
    """By task, until when each branch is promised, and of one that waits for her visit, until when as it looks now."""
    clocks = Promise.objects.filter(matter__in={row.case_id for row in rows}, what=branches.DECIDE).order_by("id")
    found = {task: due for task, due in clocks.values_list("task_id", "due_at") if task}
    return found | awaiting.expected(rows)


def line_of(row: Branch, due: Mapping[int, datetime]) -> Line:
    """A branch as the plan reads it."""
    moment = due.get(row.task_id) if row.task_id else None
    return Line(row.item, row.days, tuple(row.waits), row.opened_at, moment, row.ended_at, row.outcome == Outcome.FALLEN)
