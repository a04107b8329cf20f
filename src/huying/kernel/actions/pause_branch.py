"""中止计时: the clock of one branch stands still for what by law does not count; the others go on, and she is told."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from huying.base import clock
from huying.kernel import branches, clocks, gaps, moves, overrun, said, standing
from huying.kernel.errors import BadInput, Refused
from huying.kernel.events import TaskPaused, TaskResumed
from huying.kernel.models import Pause, Task
from huying.kernel.record import Work
from huying.kernel.work import on_task
from huying.people.actors import Actor

SHORTEST, GROUND_LIMIT, LONGEST = 8, 300, timedelta(days=366)


def pause_branch(actor: Actor, task_id: int, why: str, ground: str, expected: date | None) -> Task:
    """Stop the clock of one branch. `why` is one of standing.BY_LAW, `expected` the day on which it is thought to go on.

    Raises NotThere, Refused (it stands already, or its day has passed), BadInput.
    """
    ground = ground.strip()
    faults = _faults(why, ground, expected)
    if faults or expected is None:
        raise BadInput(faults)
    gaps.refuse(ground=ground)
    with on_task(actor, "pause_branch", task_id) as (work, task):
        moves.target("task", "pause_branch", task.state)
        until = int(overrun.end_of(expected).timestamp())
        work.tell(TaskPaused(task.pk, task.bearer.key, why, until), ground)
        if not standing.hold(work, branches.clock_of(task), why):
            raise Refused("not_pausable", _("已经停表，或者已经过了期限，不能再停。"))
        found = said.of_officer(work.matter, ground, GROUND_LIMIT)
        Pause.objects.filter(promise__in=branches.clock_of(task), to_at__isnull=True).update(ground=found, expected=expected)
        _due_on(task, expected, work)
        branches.stands(work, task, why)
    return task


def resume_branch(actor: Actor, task_id: int, note: str = "") -> Task:
    """What it waited for is there: the clock runs on, unless she is still asked for something.

    Raises NotThere, Refused (it does not stand by law).
    """
    with on_task(actor, "resume_branch", task_id) as (work, task):
        moves.target("task", "resume_branch", task.state)
        pause = branches.pause_of(task)
        if pause is None or pause.reason not in standing.BY_LAW:
            raise Refused("not_paused", _("没有停表，不用恢复。"))
        work.tell(TaskResumed(task.pk, task.bearer.key), note.strip())
        _due_on(task, None, work)
        standing.run_on(work, branches.clock_of(task))
        if task.asks.filter(replied_at__isnull=True).exists():
            standing.hold(work, branches.clock_of(task), standing.SUPPLEMENT)
        branches.runs(work, task)
        task.refresh_from_db()
    return task


def _due_on(task: Task, expected: date | None, work: Work) -> None:
    task.resume_on = expected
    task.due_at = clocks.next_due(task, work.matter)
    task.save(update_fields=["resume_on", "due_at"])


def _faults(why: str, ground: str, expected: date | None) -> dict[str, str]:
    found = {}
    if why not in standing.BY_LAW:
        found["why"] = _("请选择在等什么。只有法律写明不算时间的才能停表。")
    if len(ground) < SHORTEST:
        found["ground"] = _("请写明在等什么、依据哪一条，申请人看得到，至少八个字。")
    today = clock.today()
    if expected is None or expected < today:
        found["expected"] = _("请写预计哪天接着办，今天或者以后的一天。")
    elif expected > today + LONGEST:
        found["expected"] = _("最长一年。更久的请先告诉申请人怎么办。")
    return found
