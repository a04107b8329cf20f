"""挂起: the answer's clock stands still while it waits for the caller or a cause outside; the caller is told why."""

from django.utils.translation import gettext as _

from huying.kernel import clocks, moves, parts, standing
from huying.kernel.errors import BadInput, Refused
from huying.kernel.events import TaskPaused, TaskResumed
from huying.kernel.models import Task
from huying.kernel.work import on_task
from huying.people.actors import Actor

WHYS = (standing.CALLER, standing.OUTSIDE)


def pause(actor: Actor, task_id: int, why: str, note: str) -> Task:
    """Stop the clock of every voice's answer. `why` is caller (it waits for her) or outside; `note` says for what.

    Raises NotThere, Refused (it stands already, or the day has passed), BadInput.
    """
    errors = {}
    if why not in WHYS:
        errors["why"] = _("请选择为什么停表：等来电人，还是外部原因。")
    if not note.strip():
        errors["note"] = _("请写明在等什么、大约等到哪天，来电人看得到。")
    if errors:
        raise BadInput(errors)
    with on_task(actor, "pause", task_id) as (work, task):
        parts.require_lead(task)
        moves.target("task", "pause", task.state)
        work.tell(TaskPaused(task.pk, task.bearer.key, why, until=0), note.strip())
        if not standing.hold(work, standing.answers(work), why):
            raise Refused("not_pausable", _("已经停表，或者已经过了期限，不能再停。"))
    return task


def resume(actor: Actor, task_id: int, note: str = "") -> Task:
    """The clocks run on, and the day of the answer moves by the pause. Raises NotThere, Refused (nothing stands still)."""
    with on_task(actor, "resume", task_id) as (work, task):
        parts.require_lead(task)
        moves.target("task", "resume", task.state)
        work.tell(TaskResumed(task.pk, task.bearer.key), note.strip())
        if not standing.run_on(work, standing.answers(work)):
            raise Refused("not_paused", _("没有停表，不用恢复。"))
        clocks.settle_due(work)
        task.refresh_from_db()
    return task
