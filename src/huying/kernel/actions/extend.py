"""延期: asked before the answer's promise expires, with a ground; another person decides; the caller is told both."""

from django.utils.translation import gettext as _

from huying.city import queries as city
from huying.kernel import clocks, moves, parts, said, standing
from huying.kernel.errors import BadInput, Refused
from huying.kernel.events import ExtensionAsked, ExtensionDecided, PromiseExtended
from huying.kernel.models import Extension, Promise, Task
from huying.kernel.record import Work
from huying.kernel.work import on_task
from huying.people.actors import Actor

SHORTEST, GROUND_LIMIT, MOST = 5, 300, 60


def ask_extension(actor: Actor, task_id: int, budget: int, ground: str) -> Extension:
    """Ask for `budget` more of the promise's own unit (working days or hours), at most as much as was promised.

    Raises NotThere, Refused (it has expired, was extended already, or is being decided), BadInput.
    """
    ground = ground.strip()
    if len(ground) < SHORTEST:
        raise BadInput({"ground": _("请写明为什么按期办不完，来电人看得到。")})
    with on_task(actor, "ask_extension", task_id) as (work, task):
        parts.require_lead(task)
        moves.target("task", "ask_extension", task.state)
        row = _extendable(work)
        if not 1 <= budget <= min(row.budget, MOST):
            raise BadInput({"budget": _("最多只能延 %(n)s，请改小。") % {"n": min(row.budget, MOST)}})
        ground = said.of_officer(work.matter, ground, GROUND_LIMIT)
        asked = Extension(promise=row, task=task, budget=budget, ground=ground, asked_by=work.actor.officer, asked_at=work.at)
        asked.save()
        work.tell(ExtensionAsked(task.pk, task.bearer.key, budget, row.unit), ground)
    return asked


def decide_extension(actor: Actor, task_id: int, granted: bool | None, note: str = "") -> Extension:
    """Grant or refuse what was asked. Granted, every voice's answer is due that much later.

    Raises NotThere, Refused (nothing is asked, or it was you who asked), BadInput.
    """
    note = note.strip()
    if granted is None:
        raise BadInput({"granted": _("请选择同意还是不同意。")})
    if not granted and not note:
        raise BadInput({"note": _("不同意要说明理由，承办单位和来电人都看得到。")})
    with on_task(actor, "decide_extension", task_id) as (work, task):
        moves.target("task", "decide_extension", task.state)
        asked = Extension.objects.select_related("promise").filter(task=task, granted__isnull=True).first()
        if asked is None:
            raise Refused("not_asked", _("没有待批的延期。"))
        if work.is_his(asked.asked_by_id):
            raise Refused("own_request", _("延期是您申请的，请由另一位同事批。"))
        asked.granted, asked.decided_by, asked.decided_at = granted, actor.officer, work.at
        asked.save()
        work.tell(ExtensionDecided(task.pk, task.bearer.key, _by(task), granted, asked.budget, asked.promise.unit), note)
        if granted:
            _extend(work, asked.budget)
    return asked


def _extendable(work: Work) -> Promise:
    """The answer that is due first. Raises Refused."""
    row = next(iter(standing.answers(work)), None)
    if row is None or row.due_at <= work.at:
        raise Refused("expired", _("已经过了期限，不能再申请延期。"))
    if row.extensions.filter(granted__isnull=True).exists():
        raise Refused("asked", _("已经申请过，正等批复。"))
    if row.extensions.filter(granted=True).exists():
        raise Refused("extended", _("已经延过一次，不能再延。"))
    return row


def _extend(work: Work, budget: int) -> None:
    for row in standing.answers(work):
        row.budget += budget
        standing.reckon_anew(work, row)
        row.save()
        work.tell(PromiseExtended(row.matter_id, row.task_id, row.call_id, row.what, row.budget, int(row.due_at.timestamp())))
    clocks.settle_due(work)


def _by(task: Task) -> str:
    """The department that decides: the giver, or the city's desk."""
    found = task.giver or city.department_of("hotline", "city", None)
    return found.key if found else ""
