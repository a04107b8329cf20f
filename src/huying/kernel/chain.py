"""The chain of tasks from giver to giver: how one ends, what ends below it, and how the one above is its bearer's own again."""

from django.utils.translation import gettext as _

from huying.city import queries as city
from huying.city.models import Department
from huying.kernel import clocks, moves
from huying.kernel.errors import Refused
from huying.kernel.events import TaskCancelled
from huying.kernel.models import OPEN_TASK, Extension, Response, ResponseState, Task, TaskState
from huying.kernel.record import Work
from huying.kernel.rules import DESK_TYPE


def desk() -> Department:
    """The city's desk. Raises Refused where the pack has none."""
    found = city.department_of(DESK_TYPE, "city", None)
    if found is None:
        raise Refused("no_desk", _("本市还没有设热线中心，退单没有人裁定。"))
    return found


def end_task(work: Work, task: Task) -> None:
    """The task ends in the state it was given; what still ran on it stops."""
    task.is_open, task.ended_at, task.turn = False, work.at, None
    task.save()
    clocks.drop(work, task)


def back_to_giver(work: Work, parent: Task) -> None:
    """The task above is its bearer's own again."""
    parent.state = moves.target("task", "recall", parent.state)
    parent.turn = parent.bearer
    if parent.contacted_at is None:  # whoever works it next still has to speak with the caller
        clocks.start(work, "contact", parent)
    parent.due_at = clocks.next_due(parent, work.matter)
    parent.save()


def cancel_below(work: Work, task: Task, why: str) -> None:
    """All that was passed down from the task ends, from the top down."""
    for child in Task.objects.filter(parent=task, state__in=OPEN_TASK).select_related("bearer").order_by("id"):
        cancel_below(work, child, why)
        child.state = moves.target("task", "cancel", child.state)
        let_go(work, child)
        end_task(work, child)
        work.tell(TaskCancelled(child.pk, child.bearer.key, why))


def let_go(work: Work, task: Task) -> None:
    """What was written or asked on a task that ends no longer waits for anybody."""
    assert task.state == TaskState.CANCELLED
    Response.objects.filter(task=task, state=ResponseState.SUBMITTED).update(state=ResponseState.RETURNED)
    Extension.objects.filter(task=task, granted__isnull=True).update(granted=False, decided_at=work.at)
