"""当场答复: an inquiry that the desk can answer itself is accepted, answered and delivered in one step.

Nobody reviews it before it goes out: docs/decisions/answered-at-once.md says why, and what stands in its place.
"""

from django.utils.translation import gettext as _

from huying.city import queries as city
from huying.kernel import gaps, kinds, moves, said
from huying.kernel.actions.accept import accept_in
from huying.kernel.actions.submit import SHORTEST
from huying.kernel.delivery import deliver
from huying.kernel.errors import BadInput, Refused
from huying.kernel.events import TaskAnsweredAtOnce, TaskGiven
from huying.kernel.models import MatterState, Response, ResponseState, Task
from huying.kernel.record import Work
from huying.kernel.rules import DESK_TYPE
from huying.kernel.work import on_matter
from huying.people.actors import Actor


def answer_at_once(actor: Actor, matter_id: int, text: str) -> Response:
    """Answer an inquiry in the name of the city's desk. She may still say that it does not help: then it is dispatched.

    Raises NotThere, Refused (of a sort that needs a bearer, given to one already, or answered at once before), BadInput.
    """
    text = text.strip()
    if len(text) < SHORTEST:
        raise BadInput({"text": _("请把答复写清楚，至少十个字，来电人看得到。")})
    gaps.refuse(text=text)
    with on_matter(actor, "answer_at_once", matter_id) as work:
        moves.target("matter", "answer_at_once", work.matter.state)
        if not kinds.get(work.matter.kind).sort(work.matter.sort).at_once or work.matter.reopened:
            raise Refused("needs_bearer", _("这一类要交给承办单位办，不能当场答复。"))
        if work.matter.state == MatterState.RECEIVED:
            accept_in(work)
        response = _respond(work, text)
        assert work.matter.state == MatterState.ANSWERED
    return response


def _respond(work: Work, text: str) -> Response:
    matter, desk, by = work.matter, city.department_of(DESK_TYPE, "city", None), work.actor.officer
    assert desk
    work.move("dispatch")
    task = Task(matter=matter, bearer=desk, handler=by, kind=matter.kind, sort=matter.sort, area=matter.area)
    task.state = moves.target("task", "answer_at_once", task.state)
    task.is_open, task.given_at, task.signed_at, task.submitted_at, task.ended_at = False, *[work.at] * 4
    task.save()
    text = said.of_officer(matter, text)
    response = Response(task=task, matter=matter, text=text, state=ResponseState.APPROVED, written_by=by, written_at=work.at)
    response.approved_at = work.at
    response.save()
    work.tell(TaskGiven(task.pk, matter.pk, None, desk.key, None, task.role, matter.duty_key, "at_once"))
    work.tell(TaskAnsweredAtOnce(task.pk, desk.key, response.pk))
    deliver(work, desk, response)
    return response
