"""交给经办人: the bearer's head names who works the task, or takes it from somebody who cannot."""

from django.utils.translation import gettext as _

from huying.base import clock
from huying.kernel import moves, rules
from huying.kernel.errors import BadInput
from huying.kernel.events import TaskAssigned
from huying.kernel.models import Task
from huying.kernel.work import on_task
from huying.people import leave
from huying.people.actors import Actor, officer_actor
from huying.people.models import Officer


def assign(actor: Actor, task_id: int, officer_id: int, note: str = "") -> Task:
    """Let an officer of the bearer work the task; the note is for officers alone. Signing and answering stay his to do.

    Raises NotThere, Refused, BadInput (nobody who may work it there, or he is away).
    """
    officer = Officer.objects.filter(pk=officer_id).first()
    with on_task(actor, "assign", task_id) as (work, task):
        moves.target("task", "assign", task.state)
        if officer is None or not may_work(officer, task):
            raise BadInput({"officer_id": _("请选本单位能办这件的一位同事。")})
        today = leave.Span(clock.today(), clock.today())
        if leave.away([officer.pk], today).exists():
            raise BadInput({"officer_id": _("%(name)s今天请假，请选另一位，或选代理的人。") % {"name": officer.name}})
        if officer.pk == task.handler_id:
            raise BadInput({"officer_id": _("本来就在%(name)s手上，请选另一位。") % {"name": officer.name}})
        task.handler = officer
        work.tell(TaskAssigned(task.pk, task.bearer.key, f"officer:{officer.pk}"), note.strip(), to_caller=False)
        task.save()
    return task


def may_work(officer: Officer, task: Task) -> bool:
    """Whether he holds a post of the bearer in which he may answer this task: none does for a body complained about."""
    return rules.may(officer_actor(officer), "answer", task)
