"""签收: the bearer takes the task."""

from collections.abc import Sequence

from huying.kernel import clocks, moves
from huying.kernel.errors import NotThere, Refused
from huying.kernel.events import TaskSigned
from huying.kernel.models import Task
from huying.kernel.work import on_task
from huying.people.actors import Actor


def sign(actor: Actor, task_ids: Sequence[int]) -> tuple[list[Task], dict[int, str]]:
    """Sign tasks, each for itself: those signed, and for the others why not. Raises nothing for a list of many.

    A list of one raises what stopped it (NotThere, Refused).
    """
    signed: list[Task] = []
    refused: dict[int, str] = {}
    for task_id in task_ids:
        try:
            signed.append(_sign_one(actor, task_id))
        except (NotThere, Refused) as fault:
            if len(task_ids) == 1:
                raise
            refused[task_id] = str(fault)
    return signed, refused


def _sign_one(actor: Actor, task_id: int) -> Task:
    with on_task(actor, "sign", task_id) as (work, task):
        task.state = moves.target("task", "sign", task.state)
        task.signed_at, task.handler = work.at, actor.officer
        work.tell(TaskSigned(task.pk, task.bearer.key))
        clocks.meet(work, "sign", task)
        task.due_at = clocks.next_due(task, work.matter)
        task.save()
    return task
