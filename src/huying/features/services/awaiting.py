"""Items that want her at a counter: their clocks stand from the opening until she was there, and count from that day.

She books her time herself, days ahead (`visiting.py`): what she takes for that is not the department's.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localtime

from huying.base import clock
from huying.city import calendar, catalogue
from huying.city.models import Department
from huying.city.things import Item, Whole
from huying.features.services import planning
from huying.features.services.events import VisitUnbooked
from huying.features.services.models import Branch, Visit
from huying.kernel import branches, standing
from huying.kernel.models import Pause, Task, TaskState
from huying.kernel.pauses import midnight
from huying.kernel.record import Work
from huying.kernel.work import on_call
from huying.people.actors import SYSTEM

AT_ONCE = 200
COUNTERS = ("city", "district", "street")  # the levels of bodies that have one
REMINDED_FROM = time(9)
UNBOOKED_DAYS = 5  # whole working days after that of the opening, or of a time she gave up or missed


def wants(branch: Branch, whole: Whole) -> bool:
    """Whether she has to come to a counter for this item."""
    return comes(whole.items[branch.item], branch.bearer)


def comes(item: Item, bearer: Department) -> bool:
    """Whether the item wants her at a counter, and this body has one."""
    return item.visits_here > 0 and bearer.level in COUNTERS


def may_want(item: Item) -> bool:
    """The same before it is known which body of its level has the item."""
    return item.visits_here > 0 and item.level in COUNTERS


def awaited(branch: Branch) -> bool:
    """Whether an item that opens now waits for her at its counter: not where she came to it today for another item."""
    whole = catalogue.whole(branch.case.version_id)
    return whole is not None and wants(branch, whole) and not _was_here(branch)


def waiting(rows: Iterable[Branch]) -> set[int]:
    """Those of these open branches, by task, whose clock stands until she was at the counter. Asked only where one may."""
    tasks = [row.task_id for row in _may_wait(rows)]
    found = standing_still().filter(promise__task__in=tasks).values_list("promise__task", flat=True) if tasks else ()
    return {pk for pk in found if pk}


def waits_for_her(matter_id: int) -> bool:
    """Whether some item of a case waits for her at a counter."""
    return standing_still().filter(promise__matter=matter_id).exists()


def expected(rows: Sequence[Branch]) -> dict[int, datetime]:
    """By task, of those that wait for her at the counter: until when they are promised if she comes as booked, or today."""
    tasks = waiting(rows)
    those = [row for row in rows if row.task_id in tasks]
    days = _days_kept(those)
    today, known = clock.today().toordinal(), calendar.current()
    return {
        row.task_id: planning.due_from(max(today, days.get((row.case_id, row.bearer_id), today)), row.days, known)
        for row in those
        if row.task_id
    }


def passed_on(work: Work, task: Task) -> None:
    """Within the work of passing a branch on: it waits no longer where the new body has no counter, or saw her today."""
    branch = Branch.objects.select_related("case", "bearer").filter(task=task).first()
    if branch is not None and branches.waits_for_visit(task) and not awaited(branch):
        branches.came(work, [(task, work.at, planning.due_from(planning.ordinal(work.at), branch.days, calendar.current()))])


def tell_unbooked(limit: int = AT_ONCE) -> int:
    """Who has booked no time for so many working days is told so, once a counter, from nine o'clock on; how many were."""
    if localtime(clock.now()).time() < REMINDED_FROM:
        return 0
    known, today = calendar.current(), clock.today().toordinal()
    since = midnight(known.at(known.rank(today - 1) - UNBOOKED_DAYS + 1))
    rows = _unbooked(since)
    done = 0
    for pk, call in rows.order_by("from_at", "pk").values_list("pk", "promise__matter__case__call")[:limit]:
        with on_call(SYSTEM, "book", call) as (work, _call):
            row = rows.select_related("promise__task__branch", "promise__task__bearer").filter(pk=pk).first()
            if row is not None and row.promise.task is not None:
                task = row.promise.task
                same = standing_still().filter(promise__matter=work.matter, promise__task__bearer=task.bearer_id)
                same.update(overran_at=work.at)
                work.tell(VisitUnbooked(work.matter.pk, task.pk, task.branch.item, task.bearer.key))
                done += 1
    return done


def standing_still() -> QuerySet[Pause]:
    """The open pauses of all items that wait for their applicants at a counter."""
    found = Pause.objects.filter(reason=standing.VISIT, to_at__isnull=True, promise__ended_at__isnull=True)
    return found.filter(promise__what=branches.DECIDE)


def _unbooked(since: datetime) -> QuerySet[Pause]:
    """What has stood since before that moment, untold, and has no time at its counter, nor lost one since."""
    at_counter = Visit.objects.filter(branch__case=OuterRef("promise__matter"), department=OuterRef("promise__task__bearer"))
    kept = at_counter.filter(Q(state=Visit.State.BOOKED) | Q(ended_at__gte=since))
    states = (TaskState.GIVEN, TaskState.SIGNED, TaskState.RETURNED)
    rows = standing_still().filter(overran_at__isnull=True, from_at__lt=since, promise__task__state__in=states)
    return rows.filter(~Exists(kept))


def begin(work: Work, row: Visit) -> None:
    """Within the work of writing down that she came: what waited for that at this counter counts from the day of her visit.

    What is done on the spot is due on the day on which it is written down: nobody can keep what is past already.
    """
    day = planning.ordinal(row.starts_at)
    near = Branch.objects.filter(case=row.branch.case_id, bearer=row.department_id, task__is_open=True)
    begun = []
    for one in near.select_related("task__bearer").filter(opened_at__lt=midnight(day + 1)).order_by("place"):
        assert one.task
        asked = one.task.asks.filter(replied_at__isnull=True).exists()  # then nothing counted until now
        from_visit = planning.ordinal(work.at) == day or (one.days > 0 and not asked)
        start = min(row.starts_at, work.at) if from_visit else work.at
        begun.append((one.task, start, planning.due_from(planning.ordinal(start), one.days, calendar.current())))
    branches.came(work, begun)


def _may_wait(rows: Iterable[Branch]) -> list[Branch]:
    found = [row for row in rows if row.task_id is not None and row.ended_at is None]
    return [row for row in found if (whole := catalogue.whole(row.case.version_id)) and whole.items[row.item].visits_here]


def _was_here(branch: Branch) -> bool:
    """Whether she came to this counter for another item of the case today."""
    begin = midnight(clock.today().toordinal())
    rows = Visit.objects.filter(branch__case=branch.case_id, department=branch.bearer_id, state=Visit.State.CAME)
    return rows.filter(starts_at__gte=begin, starts_at__lt=begin + timedelta(days=1)).exists()


def _days_kept(rows: Sequence[Branch]) -> dict[tuple[int, int], int]:
    """By case and counter, the day for which she has booked a time there."""
    cases = {row.case_id for row in rows}
    kept = Visit.objects.filter(branch__case__in=cases, state=Visit.State.BOOKED) if cases else None
    pairs = kept.values_list("branch__case", "department", "starts_at") if kept is not None else ()
    return {(case, department): planning.ordinal(at) for case, department, at in pairs}
