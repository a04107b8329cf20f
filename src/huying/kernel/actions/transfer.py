"""收回、改派: the giver takes a task back from below, or another unit bears it from here without a gap."""

from django.utils.translation import gettext as _

from huying.city.models import Department
from huying.kernel import clocks, moves
from huying.kernel.actions.dispatch_matter import bearer_of
from huying.kernel.actions.give import Part, give, give_part
from huying.kernel.cancelling import cancel_below, end_task, let_go
from huying.kernel.chain import back_to_giver
from huying.kernel.errors import BadInput
from huying.kernel.events import TaskRecalled, TaskTransferred
from huying.kernel.models import Task, TaskRole
from huying.kernel.record import Work
from huying.kernel.work import on_task
from huying.people.actors import Actor


def recall(actor: Actor, task_id: int, note: str) -> Task:
    """Take back what was passed down; all below it ends. Raises NotThere, Refused (nothing was passed down), BadInput."""
    note = _reason(note)
    with on_task(actor, "recall", task_id) as (work, task):
        moves.target("task", "recall", task.state)
        work.tell(TaskRecalled(task.pk, task.bearer.key), note)
        cancel_below(work, task, "recall")
        back_to_giver(work, task)
    return task


def transfer(actor: Actor, task_id: int, bearer_id: int, note: str) -> Task:
    """Give the task's work to another unit in the same place of the chain; the new task.

    A task that was sent back is adjudicated by it. Raises NotThere, Refused, BadInput.
    """
    note, to = _reason(note), bearer_of(bearer_id)
    with on_task(actor, "transfer", task_id) as (work, task):
        if to.pk == task.bearer_id:
            raise BadInput({"bearer_id": _("已经在这个单位了，请选择另一个。")})
        task.state = moves.target("task", "transfer", task.state)
        clocks.meet(work, "adjudicate", task)
        work.tell(TaskTransferred(task.pk, task.bearer.key, to.key), note)
        let_go(work, task)
        end_task(work, task)
        return in_its_place(work, task, to, "transfer")


def in_its_place(work: Work, task: Task, to: Department, how: str) -> Task:
    """A new task for `to` where the ended one stood: leading or assisting, below the same giver."""
    if task.role == TaskRole.LEAD:
        return give(work, to, parent=task.parent, how=how)
    return give_part(work, to, Part(task.giver, task.asked), parent=task.parent, how=how)


def _reason(note: str) -> str:
    if not note.strip():
        raise BadInput({"note": _("请写明为什么换单位，承办单位和来电人都看得到。")})
    return note.strip()
