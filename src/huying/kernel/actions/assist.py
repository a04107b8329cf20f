"""协办: the lead asks another unit for a part, or goes on without it."""

from datetime import date

from django.utils.translation import gettext as _

from huying.kernel import moves, parts, said
from huying.kernel.actions.dispatch_matter import ASKED_LIMIT, bearer_of
from huying.kernel.actions.give import Part, give_part
from huying.kernel.cancelling import cancel_below, end_task, let_go
from huying.kernel.errors import BadInput, Refused
from huying.kernel.events import AssistAsked, AssistWaived
from huying.kernel.models import Promise, Task
from huying.kernel.work import on_task
from huying.people.actors import Actor

SHORTEST = 4


def ask_assist(actor: Actor, task_id: int, bearer_id: int, asked: str, by: date | None = None) -> Task:
    """Ask another unit for a part of the answer, by a day within the lead's own promise; the assisting task.

    It is given in the name of who stands over the lead, who also adjudicates should it be sent back: nobody judges his
    own request. Raises NotThere, Refused (it works the matter already), BadInput.
    """
    asked = asked.strip()[:ASKED_LIMIT]
    if len(asked) < SHORTEST:
        raise BadInput({"asked": _("请写清楚请它做什么，来电人也看得到。")})
    unit = bearer_of(bearer_id)
    with on_task(actor, "ask_assist", task_id) as (work, task):
        parts.require_lead(task)
        moves.target("task", "ask_assist", task.state)
        asked = said.of_officer(work.matter, asked, ASKED_LIMIT)
        part = give_part(work, unit, Part(task.giver, asked, by), how="asked")
        due = Promise.objects.get(task=part, what="assist").due_at
        work.tell(AssistAsked(part.pk, task.pk, unit.key, task.bearer.key, int(due.timestamp())), asked)
    return part


def waive(actor: Actor, task_id: int, note: str) -> Task:
    """不再等: the lead goes on without this part and says why; all below it ends. Raises NotThere, Refused, BadInput."""
    if not note.strip():
        raise BadInput({"note": _("请写明为什么不再等，协办单位和来电人都看得到。")})
    with on_task(actor, "waive", task_id) as (work, task):
        task.state = moves.target("task", "waive", task.state)
        lead = parts.leading(work.matter)
        if lead is None:
            raise Refused("lead_only", _("现在没有主办单位。"))
        work.tell(AssistWaived(task.pk, task.bearer.key, lead.bearer.key), note.strip())
        cancel_below(work, task, "waive")
        let_go(work, task)
        end_task(work, task)
    return task
