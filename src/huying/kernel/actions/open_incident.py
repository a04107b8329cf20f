"""先知道的事件: an incident that nobody has called about yet. Its matter has no voice, and is borne from the first moment."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from huying.base import clock
from huying.city import queries as city
from huying.city.models import Department
from huying.kernel import clocks, dispatch, incidents, moves, overdue, rules, voices
from huying.kernel.actions.dispatch_matter import bearer_of
from huying.kernel.actions.give import give
from huying.kernel.errors import BadInput, Refused
from huying.kernel.events import MatterAccepted, MatterOpened, TaskSigned
from huying.kernel.incidents import Notice
from huying.kernel.models import Incident, Matter, Task
from huying.kernel.record import Work
from huying.people.actors import Actor


def open_incident(actor: Actor, bearer_id: int, notice: Notice, *, key: str, kind: str, sort: str) -> Incident:
    """Open a matter without a voice, borne by the department, and make it known. The same `key` is the same incident.

    Whoever opens it for a department of his own has signed its task. Raises Refused (that department is not his to speak
    for), BadInput; KeyError for an unknown kind or sort.
    """
    if known := Incident.objects.filter(key=key).first():
        return known
    if not key or len(key) > 80:
        raise BadInput({"key": _("页面已过期，请刷新后再提交。")})
    notice, bearer = incidents.read(notice), bearer_of(bearer_id)
    if not rules.may(actor, "open_incident", bearer):
        raise Refused("not_yours", _("您的岗位不能替这个单位发布事件。"))
    try:
        with transaction.atomic():
            return _open(actor, bearer, notice, key, kind, sort)
    except IntegrityError:  # the same form, at the same moment: theirs stands
        if known := Incident.objects.filter(key=key).first():
            return known
        raise


def _open(actor: Actor, bearer: Department, notice: Notice, key: str, kind: str, sort: str) -> Incident:
    by = bearer if bearer.pk in actor.departments(*incidents.LEADERS) else overdue.desk()
    assert by is not None
    work = Work(actor, _matter(notice, kind, sort), clock.now())
    matter = work.matter
    area = matter.area.key if matter.area else None
    work.tell(MatterOpened(matter.pk, matter.kind, matter.sort, area, matter.urgency))
    work.move("accept")
    work.tell(MatterAccepted(matter.pk, "incident"))
    work.move("dispatch")
    task = give(work, bearer)
    if by == bearer:
        _sign(work, task)
    row = incidents.declare(work, notice, by, key)
    work.finish()
    return row


def _matter(notice: Notice, kind: str, sort: str) -> Matter:
    area = city.area_by_key(notice.area_key)
    matter = Matter(kind=kind, sort=sort, title=notice.title, area=area, opened_at=clock.now(), voices=0)
    matter.district_id = voices.district_id(matter)
    text = f"{notice.title}。{notice.cause}"
    best = next(iter(dispatch.suggest(text, area, sort=sort, limit=1, why=False)), None)
    matter.duty_key = best.duty_key if best else ""
    matter.urgency = dispatch.urgency_of(text, matter.duty_key)
    matter.save()
    return matter


def _sign(work: Work, task: Task) -> None:
    task.state = moves.target("task", "sign", task.state)
    task.signed_at, task.handler = work.at, work.actor.officer
    work.tell(TaskSigned(task.pk, task.bearer.key))
    clocks.meet(work, "sign", task)
    task.save()
