"""报送: the written response goes up for review."""

from django.utils.translation import gettext as _

from huying.kernel import clocks, gaps, moves, parts
from huying.kernel.errors import BadInput, Refused
from huying.kernel.events import TaskSubmitted
from huying.kernel.models import Response, ResponseState, Task, TaskRole
from huying.kernel.record import Work
from huying.kernel.work import on_task
from huying.people.actors import Actor

SHORTEST = 10


def submit(actor: Actor, task_id: int) -> Task:
    """Send the draft up: to the giver, or to the bearer's own head where no department gave the task.

    The lead's takes in what assisting units contributed; the part of one goes to the lead. Raises NotThere, Refused
    (nothing written yet, or a part that was asked for is still to come), BadInput (too short, or a gap of a template is left).
    """
    with on_task(actor, "submit", task_id) as (work, task):
        task.state = moves.target("task", "submit", task.state)
        response = Response.objects.filter(task=task, state=ResponseState.DRAFT).first()
        if response is None:
            raise Refused("no_answer", _("还没有写答复，写好后再报送。"))
        if len(response.text) < SHORTEST:
            raise BadInput({"text": _("请写清楚办了什么、哪天办的、谁办的，至少十个字。")})
        gaps.refuse(text=response.text)
        response.state = ResponseState.SUBMITTED
        response.save(update_fields=["state"])
        if task.role == TaskRole.LEAD:
            parts.take_in(work, task)
        task.submitted_at = work.at
        work.tell(TaskSubmitted(task.pk, task.bearer.key, response.pk))
        clocks.meet(work, "assist", task)
        up(work, task)
    return task


def up(work: Work, task: Task) -> None:
    """What was submitted lies with whoever reviews it, within a promise; a part lies beside the lead's own box."""
    if parts.is_part(task):
        task.turn = None
    elif task.role == TaskRole.BRANCH:  # its own promise runs until it is decided
        task.turn = task.bearer
    else:
        task.turn = task.giver or task.bearer
        clocks.start(work, "approve", task)
    task.due_at = clocks.next_due(task, work.matter)
    task.save()
