"""交给下级: a branch goes on with a body below its own, under the same promise; the body above goes on seeing it."""

from django.utils.translation import gettext as _

from huying.city import queries as city
from huying.city.models import Department, Level
from huying.kernel import branches, moves
from huying.kernel.actions.send_back_branch import reassign
from huying.kernel.errors import BadInput, Refused
from huying.kernel.models import Extension, Task
from huying.kernel.work import on_task
from huying.people.actors import Actor

_DOWN = (Level.CITY, Level.DISTRICT, Level.STREET, Level.COMMUNITY)


def pass_down_branch(actor: Actor, task_id: int, below: Department, note: str = "") -> Task:
    """Give the branch to `below`, which signs it anew; no clock stops. Which bodies an item may go to, its kind says.

    Raises NotThere, Refused (it stands still), BadInput (it is no body below this one).
    """
    with on_task(actor, "pass_down_branch", task_id) as (work, task):
        if not _is_below(below, task.bearer):
            raise BadInput({"bearer_id": _("只能交给本单位下面的区县或镇街单位，请重新选择。")})
        task.state = moves.target("task", "pass_down_branch", task.state)
        if branches.pause_of(task) is not None and not branches.waits_for_visit(task):
            raise Refused("stands", _("正停着表，先恢复计时再交给下级。"))
        Extension.objects.filter(task=task, granted__isnull=True).update(granted=False, decided_at=work.at)
        task.giver, task.handler, task.signed_at = task.bearer, None, None
        reassign(work, task, below, (task.bearer.key, "passed", note.strip()))
    return task


def _is_below(below: Department, above: Department) -> bool:
    levels = [str(level) for level in _DOWN]
    if below.level not in levels or above.level not in levels or levels.index(below.level) <= levels.index(above.level):
        return False
    return below.area_id in city.areas_within([above.area_id])
