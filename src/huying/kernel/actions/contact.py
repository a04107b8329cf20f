"""先行联系: the bearer speaks with the caller before working."""

from django.utils.translation import gettext as _

from huying.kernel import clocks, gaps, moves
from huying.kernel.errors import BadInput
from huying.kernel.events import TaskContacted
from huying.kernel.models import Task
from huying.kernel.work import on_task
from huying.people.actors import Actor

WAYS = ("phone", "visit", "message")


def contact(actor: Actor, task_id: int, how: str, note: str) -> Task:
    """Record that the caller was spoken with, and what was agreed (she reads the note). Raises NotThere, Refused, BadInput."""
    errors = {}
    if how not in WAYS:
        errors["how"] = _("请选择怎么联系的：电话、上门或者留言。")
    if not note.strip():
        errors["note"] = _("请写一句说好了什么，来电人看得到。")
    if errors:
        raise BadInput(errors)
    gaps.refuse(note=note)
    with on_task(actor, "contact", task_id) as (work, task):
        moves.target("task", "contact", task.state)
        task.contacted_at = task.contacted_at or work.at
        work.tell(TaskContacted(task.pk, task.bearer.key, how), note.strip())
        clocks.meet(work, "contact", task)
        task.due_at = clocks.next_due(task, work.matter)
        task.save()
    return task
