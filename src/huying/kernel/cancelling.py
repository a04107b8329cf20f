"""How one task ends before its work is done, with all that was given below it."""

from huying.kernel import clocks, moves
from huying.kernel.events import TaskCancelled
from huying.kernel.models import OPEN_TASK, Extension, Response, ResponseState, Task
from huying.kernel.record import Work


def end_task(work: Work, task: Task) -> None:
    """The task ends in the state it was given; what still ran on it stops."""
    task.is_open, task.ended_at, task.turn = False, work.at, None
    task.save()
    clocks.drop(work, task)


def let_go(work: Work, task: Task) -> None:
    """What was written or asked on a task that ends no longer waits for anybody."""
    Response.objects.filter(task=task, state=ResponseState.SUBMITTED).update(state=ResponseState.RETURNED)
    Extension.objects.filter(task=task, granted__isnull=True).update(granted=False, decided_at=work.at)


def cancel(work: Work, task: Task, why: str) -> None:
    """This task and all below it end; `why` is the verb by which."""
    cancel_below(work, task, why)
    task.state = moves.target("task", "cancel", task.state)
    let_go(work, task)
    end_task(work, task)
    work.tell(TaskCancelled(task.pk, task.bearer.key, why))


def cancel_below(work: Work, task: Task, why: str) -> None:
    """All that was given below this task ends."""
    for child in Task.objects.filter(parent=task, state__in=OPEN_TASK).select_related("bearer").order_by("id"):
        cancel(work, child, why)
