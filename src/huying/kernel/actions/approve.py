"""审核: the reviewer lets the answer climb, or returns it. At the top it reaches the callers."""

from django.utils.translation import gettext as _

from huying.kernel import clocks, moves
from huying.kernel.delivery import deliver
from huying.kernel.errors import BadInput, Refused
from huying.kernel.events import TaskApproved, TaskReturned
from huying.kernel.models import Response, ResponseState, Task, TaskRole
from huying.kernel.work import Work, on_task
from huying.people.actors import Actor


def approve(actor: Actor, task_id: int, note: str = "") -> Task:
    """Approve the submitted response. The giver's own task ends with it, or goes up for review in its turn.

    Raises NotThere, Refused (also for the writer himself: somebody else reviews).
    """
    with on_task(actor, "approve", task_id) as (work, task):
        task.state = moves.target("task", "approve", task.state)
        response = _submitted(work, task)
        if work.is_his(response.written_by_id):
            raise Refused("own_answer", _("答复是您写的，请由另一位同事审核。"))
        _end(work, task)
        by = (task.giver or task.bearer).key
        work.tell(TaskApproved(task.pk, task.bearer.key, response.pk, by), note, to_caller=False)
        _climb(work, task, response)
    return task


def return_(actor: Actor, task_id: int, note: str) -> Task:
    """退回: the reviewer says what is missing and the bearer goes on. Raises NotThere, Refused, BadInput."""
    if not note.strip():
        raise BadInput({"note": _("请写明哪里还不够，承办单位看得到。")})
    with on_task(actor, "return", task_id) as (work, task):
        task.state = moves.target("task", "return", task.state)
        response = _submitted(work, task)
        # returned to its writer it can be rewritten; returned halfway up, the unit that gave it in writes its own
        response.state = ResponseState.DRAFT if response.task_id == task.pk else ResponseState.RETURNED
        response.save(update_fields=["state"])
        task.turn = task.bearer
        clocks.meet(work, "approve", task)
        by = (task.giver or task.bearer).key
        work.tell(TaskReturned(task.pk, task.bearer.key, response.pk, by), note.strip(), to_caller=False)
        task.due_at = clocks.next_due(task, work.matter)
        task.save()
    return task


def _submitted(work: Work, task: Task) -> Response:
    """What was submitted on the task or below it: an assisting unit's response may wait beside the lead's."""
    below = {task.pk}
    rows = Response.objects.filter(matter=work.matter, state=ResponseState.SUBMITTED).select_related("task")
    tasks = Task.objects.filter(matter=work.matter, parent__isnull=False).order_by("id").values_list("pk", "parent_id")
    for pk, parent in tasks:  # a child is always younger than its parent
        if parent in below:
            below.add(pk)
    return next(row for row in rows if row.task_id in below)


def _end(work: Work, task: Task) -> None:
    task.is_open, task.ended_at, task.turn = False, work.at, None
    task.save()
    clocks.meet(work, "approve", task)
    clocks.drop(work, task)


def _climb(work: Work, task: Task, response: Response) -> None:
    parent = task.parent
    if parent is not None and parent.parent_id is None:
        parent.state = moves.target("task", "finish", parent.state)
        _end(work, parent)
    if parent is None or parent.parent_id is None:
        _approved(work, response)
        if task.role == TaskRole.LEAD:  # an assisting unit's response is there for the lead, who gives the one answer
            deliver(work, task.bearer, response)
        return
    parent.state = moves.target("task", "climb", parent.state)
    parent.turn = parent.giver
    clocks.start(work, "approve", parent)
    parent.due_at = clocks.next_due(parent, work.matter)
    parent.save()


def _approved(work: Work, response: Response) -> None:
    response.state, response.approved_by, response.approved_at = ResponseState.APPROVED, work.actor.officer, work.at
    response.save()
