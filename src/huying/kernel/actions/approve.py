"""审核: the reviewer lets the answer climb, or returns it. At the top it reaches the callers."""

from django.utils.translation import gettext as _

from huying.kernel import branches, clocks, moves, parts
from huying.kernel.actions.submit import up
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
        if task.role == TaskRole.BRANCH:
            branches.decided(work, task, response, note)
            return task
        _end(work, task)
        by = (task.giver or task.bearer).key
        work.tell(TaskApproved(task.pk, task.bearer.key, response.pk, by), note, to_caller=False)
        _climb(work, task, response)
    return task


def return_(actor: Actor, task_id: int, note: str) -> Task:
    """退回: the reviewer says what is missing and the bearer goes on; a part is returned by the lead, and promised anew.

    Raises NotThere, Refused, BadInput.
    """
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
        work.tell(TaskReturned(task.pk, task.bearer.key, response.pk, _reader(work, task)), note.strip(), to_caller=False)
        if task.role == TaskRole.ASSIST:
            parts.promise_part(work, task)
        task.due_at = clocks.next_due(task, work.matter)
        task.save()
    return task


def _submitted(work: Work, task: Task) -> Response:
    """What was submitted on the task or below it: an assisting unit's response may wait beside the lead's."""
    below = parts.family(task, list(Task.objects.filter(matter=work.matter, parent__isnull=False)))
    return next(row for row in parts.submitted(work.matter) if row.task_id in below)


def _reader(work: Work, task: Task) -> str:
    """The department that read it: the giver, the bearer's own head, or for a part the lead."""
    lead = parts.leading(work.matter) if parts.is_part(task) else None
    return lead.bearer.key if lead else (task.giver or task.bearer).key


def _end(work: Work, task: Task) -> None:
    task.is_open, task.ended_at, task.turn = False, work.at, None
    task.save()
    clocks.meet(work, "approve", task)
    clocks.drop(work, task)


def _climb(work: Work, task: Task, response: Response) -> None:
    parent = task.parent
    if parent is not None and (parent.parent_id is not None or task.role == TaskRole.ASSIST):
        parent.state, parent.submitted_at = moves.target("task", "climb", parent.state), work.at
        up(work, parent)
        return
    if parent is not None:
        parent.state = moves.target("task", "finish", parent.state)
        _end(work, parent)
    _approved(work, response)
    deliver(work, task.bearer, response)


def _approved(work: Work, response: Response) -> None:
    response.state, response.approved_by, response.approved_at = ResponseState.APPROVED, work.actor.officer, work.at
    response.save()
