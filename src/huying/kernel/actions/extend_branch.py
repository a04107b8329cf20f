"""延期: of one item, once, within its term, with a ground, at most what the law allows; the body's own head decides."""

from datetime import datetime

from django.utils.translation import gettext as _

from huying.city import calendar
from huying.kernel import branches, gaps, later, moves, parts, said, standing
from huying.kernel.errors import BadInput, Refused
from huying.kernel.events import ExtensionAsked, ExtensionDecided, PromiseExtended
from huying.kernel.models import Extension, Promise, Task
from huying.kernel.pauses import midnight, ordinal
from huying.kernel.promise import WORKDAYS
from huying.kernel.record import Work
from huying.kernel.work import on_task
from huying.people.actors import Actor

SHORTEST, GROUND_LIMIT = 8, 300
MOST = 10  # working days, with the head's approval: 行政许可法第四十二条


def ask_branch_extension(actor: Actor, task_id: int, days: int, ground: str) -> Extension:
    """Ask for more working days for one branch. Raises NotThere, Refused (expired, asked or extended already), BadInput."""
    ground, faults = ground.strip(), {}
    if not 1 <= days <= MOST:
        faults["budget"] = _("请写 1 到 %(n)s 个工作日：法律最多允许延这么久。") % {"n": MOST}
    if len(ground) < SHORTEST:
        faults["ground"] = _("请写明为什么按期办不完、依据哪一条，申请人看得到，至少八个字。")
    if faults:
        raise BadInput(faults)
    gaps.refuse(ground=ground)
    with on_task(actor, "ask_branch_extension", task_id) as (work, task):
        moves.target("task", "ask_branch_extension", task.state)
        row = _extendable(work, task)
        asked = Extension(promise=row, task=task, budget=days, asked_by=work.actor.officer, asked_at=work.at)
        asked.ground = said.of_officer(work.matter, ground, GROUND_LIMIT)
        asked.save()
        work.tell(ExtensionAsked(task.pk, task.bearer.key, days, WORKDAYS), ground, to_caller=False)
    return asked


def decide_branch_extension(actor: Actor, task_id: int, granted: bool | None, note: str = "") -> Extension:
    """Grant or refuse it. Granted, the branch's day moves, and with it what waits for it and the whole.

    Raises NotThere, Refused (nothing is asked, it was you who asked, or the day has passed), BadInput.
    """
    note = note.strip()
    if granted is None:
        raise BadInput({"granted": _("请选择同意还是不同意。")})
    if not granted and not note:
        raise BadInput({"note": _("不同意要说明理由，承办人看得到。")})
    with on_task(actor, "decide_branch_extension", task_id) as (work, task):
        moves.target("task", "decide_branch_extension", task.state)
        asked = Extension.objects.select_related("promise").filter(task=task, granted__isnull=True).first()
        if asked is None:
            raise Refused("not_asked", _("没有待批的延期。"))
        if work.is_his(asked.asked_by_id):
            raise Refused("own_request", _("延期是您申请的，请由另一位同事批。"))
        if granted and asked.promise.due_at <= work.at:
            raise Refused("expired", _("已经过了期限，不能再同意延期，只能不同意。"))
        asked.granted, asked.decided_by, asked.decided_at = granted, actor.officer, work.at
        asked.save()
        by = task.bearer.key
        work.tell(ExtensionDecided(task.pk, by, by, granted, asked.budget, WORKDAYS), note, to_caller=granted)
        if granted:
            _extend(work, task, asked.promise, asked.budget)
    return asked


def _extendable(work: Work, task: Task) -> Promise:
    if branches.waits_for_visit(task):
        raise Refused("not_begun", _("正等申请人到窗口，还没有开始计时，不用延期。"))
    row = next(iter(branches.clock_of(task)), None)
    if row is None or row.due_at <= work.at:
        raise Refused("expired", _("已经过了期限，不能再申请延期。"))
    if row.extensions.filter(granted__isnull=True).exists():
        raise Refused("asked", _("已经申请过，正等批复。"))
    if row.extensions.filter(granted=True).exists():
        raise Refused("extended", _("已经延过一次，不能再延。"))
    return row


def _extend(work: Work, task: Task, row: Promise, days: int) -> None:
    if row.unit == WORKDAYS:
        row.budget += days
        standing.reckon_anew(work, row)
    else:  # on the spot: from the day on which it should have been done
        row.due_at = _later(row.due_at, days)
        parts.fit(row, row.due_at)
    if row.broken_at and row.due_at > work.at:
        later.restart(row)
    row.save()
    due = int(row.due_at.timestamp())
    work.tell(PromiseExtended(row.matter_id, row.task_id, row.call_id, row.what, row.budget, due))
    branches.moved(work, task, "extended")


def _later(due_at: datetime, days: int) -> datetime:
    known = calendar.current()
    return midnight(known.at(known.rank(ordinal(due_at) - 1) + days) + 1)
