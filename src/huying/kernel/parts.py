"""协办: the parts that assisting units contribute to the one answer, each within a promise of its own.

An assisting task stands beside the lead's. What is contributed goes to whoever leads the matter at that time, and ends with
the answer that takes it in. So that nobody waits without somebody being late for it, the part is promised for a day that
lies before the answer's own.
"""

from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from huying.base import clock
from huying.city import calendar
from huying.kernel import clocks, moves, promise
from huying.kernel.errors import BadInput, Refused
from huying.kernel.events import PartTaken
from huying.kernel.models import OPEN_TASK, Matter, Promise, Response, ResponseState, Task, TaskRole, TaskState
from huying.kernel.pauses import last_day, midnight
from huying.kernel.record import Work

HOUR = timedelta(hours=1)


def is_part(task: Task) -> bool:
    """Whether the task assists the lead itself, and does not merely stand below one that does."""
    return task.role == TaskRole.ASSIST and task.parent_id is None


def of(matter: Matter) -> QuerySet[Task]:
    """The matter's assisting tasks, not those that were given below them."""
    return (
        Task.objects.filter(matter=matter, role=TaskRole.ASSIST, parent=None).select_related("bearer", "giver").order_by("id")
    )


def waiting(matter: Matter) -> list[Task]:
    """The open ones whose part has not been contributed yet."""
    return list(of(matter).filter(state__in=OPEN_TASK).exclude(state=TaskState.SUBMITTED))


def leading(matter: Matter) -> Task | None:
    """The task at which the matter is worked or reviewed now; None while nobody leads it."""
    rows = Task.objects.filter(matter=matter, role=TaskRole.LEAD, is_open=True).exclude(state=TaskState.PASSED)
    return rows.select_related("bearer").order_by("-id").first()


def require_lead(task: Task) -> None:
    """Raises Refused for who only assists."""
    if task.role == TaskRole.ASSIST:
        raise Refused("lead_only", _("这一步由主办单位做，协办单位交意见就行。"))


def take_in(work: Work, lead: Task) -> None:
    """The lead's answer goes up: every contributed part is taken in. Raises Refused while one is still to come."""
    if missing := waiting(work.matter):
        names = "、".join(task.bearer.short for task in missing)
        raise Refused("waits_for_assist", _("%(names)s的协办意见还没有交。先等一等，或者写明理由不再等。") % {"names": names})
    for task in of(work.matter).filter(state=TaskState.SUBMITTED):
        _take(work, lead, task)


def _take(work: Work, lead: Task, task: Task) -> None:
    below = Task.objects.filter(matter=work.matter, role=TaskRole.ASSIST)  # its own words, or those of a unit below
    response = next(row for row in submitted(work.matter) if row.task_id in family(task, list(below)))
    response.state, response.approved_by, response.approved_at = ResponseState.APPROVED, work.actor.officer, work.at
    response.save()
    task.state = moves.target("task", "take", task.state)
    task.is_open, task.ended_at, task.turn = False, work.at, None
    task.save()
    work.tell(PartTaken(task.pk, task.bearer.key, response.pk, lead.bearer.key))


def submitted(matter: Matter) -> QuerySet[Response]:
    """The matter's responses that wait for somebody above, or for the lead."""
    return Response.objects.filter(matter=matter, state=ResponseState.SUBMITTED).select_related("task").order_by("id")


def family(task: Task, tasks: list[Task]) -> set[int]:
    """The ids of a task and of all below it."""
    found = {task.pk}
    for row in sorted(tasks, key=lambda row: row.pk):  # a child is always younger than its parent
        if row.parent_id in found:
            found.add(row.pk)
    return found


# --- The promise ------------------------------------------------------------------------------------------------------


def promise_part(work: Work, task: Task, by: date | None = None) -> Promise:
    """Promise the part: for the end of the day `by`, else by the pack's term; never later than the matter's own answer.

    Raises BadInput for a day that has passed, or one after that of the answer.
    """
    row = clocks.plan(work.matter, "assist", work.at, task)
    answer = work.matter.due_at if work.matter.due_at and work.matter.due_at > work.at else None
    if by is not None:
        _check_day(work, by, answer)
        fit(row, min(midnight(by.toordinal() + 1), answer or datetime.max.replace(tzinfo=clock.CITY_TIME)))
    elif answer is not None and row.due_at > answer:
        fit(row, answer)
    return clocks.keep(work, row)


def carry(work: Work, row: Promise, task: Task) -> Promise:
    """What was promised of a part goes on with who bears it below: the same day, however late it was passed down."""
    return clocks.keep(
        work,
        Promise(
            matter=work.matter,
            task=task,
            what=row.what,
            budget=row.budget,
            unit=row.unit,
            started_at=row.started_at,
            due_at=row.due_at,
            provisional=row.provisional,
            calendar_version=row.calendar_version,
            basis=row.basis,
        ),
    )


def fit(row: Promise, latest: datetime) -> None:
    """Set the budget that ends by `latest`: as many whole working days as there are, else hours, begun ones too. Unsaved."""
    days = calendar.current()
    start = row.started_at
    count = days.working_days(clock.day_of(start) + timedelta(days=1), last_day(latest))
    while count and promise.reckon(start, count, promise.WORKDAYS, days).due_at > latest:
        count -= 1  # what ends within a day gives none of it
    row.unit = promise.WORKDAYS if count else promise.HOURS
    row.budget = count or max(1, -((start - latest) // HOUR))  # up: it ends at `latest`, and not within the hour before
    found = promise.reckon(start, row.budget, row.unit, days)
    row.due_at, row.provisional, row.calendar_version = min(found.due_at, latest), found.provisional, found.calendar_version


def _check_day(work: Work, by: date, answer: datetime | None) -> None:
    if by < clock.day_of(work.at):
        raise BadInput({"by": _("这一天已经过了，请选今天或者以后的一天。")})
    if answer is not None and by > last_day(answer):
        raise BadInput({"by": _("协办要赶在答复来电人之前，最晚 %(day)s。") % {"day": f"{last_day(answer):%Y-%m-%d}"}})
