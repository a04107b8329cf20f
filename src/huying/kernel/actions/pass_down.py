"""交办: a child task to a unit below; the giver stays accountable."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from huying.city import queries as city
from huying.city.models import Department
from huying.kernel import clocks, moves, parts
from huying.kernel.actions.dispatch_matter import ASKED_LIMIT, bearer_of, helpers
from huying.kernel.actions.give import Part, give, give_part
from huying.kernel.errors import BadInput, Refused
from huying.kernel.events import TaskPassedDown
from huying.kernel.models import Promise, Task, TaskRole
from huying.kernel.record import Work
from huying.kernel.work import on_task
from huying.people.actors import Actor


def pass_down(
    actor: Actor, task_id: int, bearer_id: int, note: str = "", duty_key: str = "", assists: Sequence[int] = (), asked: str = ""
) -> Task:
    """Give the task's work to a unit below, and name those who assist it; the child task. Passing on counts as signing.

    Raises NotThere, Refused (also where the duty may not be passed down), BadInput.
    """
    below, others = bearer_of(bearer_id), helpers(assists, bearer_id)
    with on_task(actor, "pass_down", task_id) as (work, task):
        if below.pk == task.bearer_id:
            raise BadInput({"bearer_id": _("不能交办给本单位自己。")})
        duty = city.duty(duty_key or work.matter.duty_key)
        # what must stay here may still go to the body whose duty it is
        if duty and not duty.may_pass_down and below.type != duty.lead:
            raise Refused("not_passable", _("“%(duty)s”按规定由本级办理，不能再交办。") % {"duty": duty.name})
        if others:
            parts.require_lead(task)
        task.state = moves.target("task", "pass_down", task.state)
        clocks.meet(work, "sign", task)
        running = Promise.objects.filter(task=task, what="assist", ended_at__isnull=True).first()
        clocks.drop(work, task)
        task.turn, task.signed_at = None, task.signed_at or work.at
        task.due_at = clocks.next_due(task, work.matter)
        task.save()
        if duty_key:
            work.matter.duty_key = duty_key
        child = _child(work, below, task, note, running)
        work.tell(TaskPassedDown(task.pk, child.pk, task.bearer.key, below.key))
        for other in others:
            give_part(work, other, Part(task.bearer, asked.strip()[:ASKED_LIMIT]), note=asked.strip()[:ASKED_LIMIT])
    return child


def _child(work: Work, below: Department, task: Task, note: str, running: Promise | None) -> Task:
    if task.role == TaskRole.LEAD:
        return give(work, below, parent=task, note=note)
    return give_part(work, below, Part(asked=task.asked, running=running), parent=task, note=note)
