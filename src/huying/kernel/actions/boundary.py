"""先办后裁、界线裁定: somebody works at once while the quarrel is settled beside; what was settled is remembered."""

from django.db import transaction
from django.utils.translation import gettext as _

from huying.city import queries as city
from huying.city.models import Department
from huying.kernel import boundaries, clocks, moves, parts, said
from huying.kernel.actions.dispatch_matter import bearer_of
from huying.kernel.actions.send_back import judged_by_another
from huying.kernel.actions.transfer import in_its_place
from huying.kernel.cancelling import end_task, let_go
from huying.kernel.chain import desk, judge_of
from huying.kernel.errors import BadInput, Refused
from huying.kernel.events import BoundarySettled, TaskInterim
from huying.kernel.models import Boundary, Promise, Task
from huying.kernel.record import Work
from huying.kernel.rules import CENTRE_TYPE, DESK_TYPE
from huying.kernel.work import on_matter, on_task
from huying.people.actors import Actor

SHORTEST_PLACE, GROUND_LIMIT, PLACE_LIMIT = 2, 300, 80


def interim(actor: Actor, task_id: int, bearer_id: int, note: str) -> Task:
    """Who is named works now, and sends nothing back; whose it is is settled within a promise of its own.

    Answers with the task at which it is worked. Raises NotThere, Refused (it was you who sent it back), BadInput.
    """
    if not note.strip():
        raise BadInput({"note": _("请写明为什么先由它办，承办单位和来电人都看得到。")})
    to = bearer_of(bearer_id)
    with on_task(actor, "interim", task_id) as (work, task):
        parts.require_lead(task)
        moves.target("task", "interim", task.state)
        judged_by_another(work, task)
        boundaries.begun(work, task.bearer, to).save()
        clocks.meet(work, "adjudicate", task)
        work.tell(TaskInterim(task.pk, task.bearer.key, judge_of(task).key, to.key), note.strip())
        now = _keep(work, task) if to.pk == task.bearer_id else _pass_on(work, task, to)
        if not Promise.objects.filter(matter=work.matter, what="settle", ended_at__isnull=True).exists():
            clocks.start(work, "settle")
    return now


def settle_boundary(actor: Actor, matter_id: int, bearer_id: int, place: str, ground: str) -> Boundary:
    """Say who bears the matter's duty at this place from now on, by which ground. The work at hand goes on as it is.

    Raises NotThere, Refused (nobody sent it back, or no duty was named), BadInput.
    """
    place, ground = place.strip()[:PLACE_LIMIT], ground.strip()[:GROUND_LIMIT]
    _check(place, ground)
    bearer = bearer_of(bearer_id)
    with on_matter(actor, "settle_boundary", matter_id) as work:
        moves.target("matter", "settle_boundary", work.matter.state)
        row = _settled(work, bearer)
        by = _by(actor, row, bearer)
        ground = said.of_officer(work.matter, ground, GROUND_LIMIT)
        row.place, row.ground, row.settled_by = said.for_all(place, PLACE_LIMIT), ground, actor.officer
        row.save()
        boundaries.forget()
        transaction.on_commit(boundaries.forget)  # whoever looked meanwhile did not see it yet
        area, other = (found.key if found else None for found in (row.area, row.other))
        senders = tuple(unit.key for unit in boundaries.senders(work.matter))
        work.tell(BoundarySettled(work.matter.pk, bearer.key, by.key, row.duty_key, area, other, senders), ground)
        clocks.meet(work, "settle")
    return row


def _keep(work: Work, task: Task) -> Task:
    task.state = moves.target("task", "interim", task.state)
    task.adjudicated, task.turn, task.handler = True, task.bearer, None
    clocks.start(work, "sign", task)
    task.due_at = clocks.next_due(task, work.matter)
    task.save()
    return task


def _pass_on(work: Work, task: Task, to: Department) -> Task:
    task.state = moves.target("task", "transfer", task.state)
    let_go(work, task)
    end_task(work, task)
    now = in_its_place(work, task, to, "interim")
    now.adjudicated = True  # whoever is told works now
    now.save(update_fields=["adjudicated"])
    return now


def _settled(work: Work, bearer: Department) -> Boundary:
    parties = boundaries.senders(work.matter)
    if not parties:
        raise Refused("no_quarrel", _("这件没有人退过，没有什么要裁定的。"))
    row = boundaries.open_quarrel(work.matter) or Boundary(matter=work.matter, opened_at=work.at)
    row.bearer, row.settled_at, row.duty_key = bearer, work.at, work.matter.duty_key
    boundaries.between(row, [*parties, bearer, *([row.interim] if row.interim else [])])
    if not row.duty_key:
        raise Refused("no_duty", _("还没有认定职责，裁定了也用不上。请派单时先选职责。"))
    return row


def _by(actor: Actor, row: Boundary, bearer: Department) -> Department:
    """The desk; a district's centre within its district, in a quarrel that is not its own. Raises Refused."""
    if actor.is_system or any(post.department_type == DESK_TYPE for post in actor.posts):
        return desk()
    own = {post.department_id for post in actor.posts}
    centre = next(unit for pk in sorted(own) if (unit := city.department_by_id(pk)) and unit.type == CENTRE_TYPE)
    parties = {unit.pk for unit in boundaries.senders(row.matter)}
    if row.other is not None or parties & own:
        raise Refused("not_within", _("这处界线不在本区县之内，或者本单位也是一方，请市热线中心裁定。"))
    return centre


def _check(place: str, ground: str) -> None:
    errors = {}
    if len(boundaries.plain(place)) < SHORTEST_PLACE:
        errors["place"] = _("请写这个地方平常怎么叫，比如“渝碚路菜市场门口”，以后有人说到这里就按裁定派。")
    if not ground:
        errors["ground"] = _("请写明裁定的依据，双方和来电人都看得到。")
    if errors:
        raise BadInput(errors)
