"""事件结束: it is over. What was done is the answer to everybody who joined, and her word on it stays hers.

The words are delivered at once, without a reviewer: whoever may end an incident is one who reviews, everybody reads the
words, and nobody should learn tomorrow that the water has been back since tonight.
"""

from django.utils.translation import gettext as _

from huying.city.models import Department
from huying.kernel import clocks, incidents, moves
from huying.kernel.actions.give import give
from huying.kernel.delivery import deliver
from huying.kernel.errors import BadInput
from huying.kernel.events import TaskEnded
from huying.kernel.models import Extension, Incident, MatterState, Response, ResponseState, Task, TaskRole
from huying.kernel.record import Work
from huying.kernel.work import on_matter
from huying.people.actors import Actor


def end_incident(actor: Actor, matter_id: int, done: str) -> Incident:
    """End the incident; `done` says to all what was done. A matter that has no voice closes with it.

    Raises NotThere, Refused (it is no known incident), BadInput.
    """
    done = incidents.public(done)
    if not incidents.SHORTEST <= len(done) <= incidents.DONE:
        raise BadInput({"done": _("请写明怎么修好的、从什么时候起恢复，十到一千个字，遇到的人都看得到。")})
    with on_matter(actor, "end_incident", matter_id) as work:
        moves.target("matter", "end_incident", work.matter.state)
        row, by = incidents.running(work), incidents.speaker(actor, work.matter)
        task = _at_work(work, by)
        response = _answer(work, task, done)
        incidents.end(work, row, by, "told", done)
        _finish(work, task)
        deliver(work, task.bearer, response)
    return row


def _at_work(work: Work, by: Department) -> Task:
    """Who works it; where nobody bears it yet, whoever ends it has borne it."""
    if work.matter.state == MatterState.ACCEPTED:
        work.move("dispatch")
        return give(work, by)
    lead = Task.objects.filter(matter=work.matter, is_open=True, role=TaskRole.LEAD, turn__isnull=False)
    return lead.select_related("bearer", "parent__bearer").order_by("id").last() or _any(work)


def _any(work: Work) -> Task:
    """Only an assisting unit is at work: it stands for all."""
    return Task.objects.filter(matter=work.matter, is_open=True).select_related("bearer").order_by("id")[0]


def _answer(work: Work, task: Task, done: str) -> Response:
    officer = work.actor.officer
    said = Response(task=task, matter=work.matter, text=done, state=ResponseState.APPROVED)
    said.written_by, said.written_at, said.approved_by, said.approved_at = officer, work.at, officer, work.at
    said.save()
    return said


def _finish(work: Work, task: Task | None) -> None:
    """The task that was worked is done, and with it those above it."""
    while task is not None:
        task.state = moves.target("task", "end_with", task.state)
        task.is_open, task.ended_at, task.turn = False, work.at, None
        task.save()
        Response.objects.filter(task=task, state=ResponseState.SUBMITTED).update(state=ResponseState.RETURNED)
        Extension.objects.filter(task=task, granted__isnull=True).update(granted=False, decided_at=work.at)
        clocks.drop(work, task)
        work.tell(TaskEnded(task.pk, task.bearer.key))
        task = task.parent
