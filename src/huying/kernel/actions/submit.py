"""报送: the written response goes up for review."""

from django.utils.translation import gettext as _

from huying.kernel import clocks, gaps, moves
from huying.kernel.errors import BadInput, Refused
from huying.kernel.events import TaskSubmitted
from huying.kernel.models import Response, ResponseState, Task
from huying.kernel.work import on_task
from huying.people.actors import Actor

SHORTEST = 10


def submit(actor: Actor, task_id: int) -> Task:
    """Send the draft up: to the giver, or to the bearer's own head where no department gave the task.

    Raises NotThere, Refused (nothing written yet), BadInput (too short, or a gap of a template is left).
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
        task.submitted_at, task.turn = work.at, task.giver or task.bearer
        work.tell(TaskSubmitted(task.pk, task.bearer.key, response.pk))
        clocks.start(work, "approve", task)
        task.due_at = clocks.next_due(task, work.matter)
        task.save()
    return task
