"""重办: what is not solved is worked again by the unit that answered, and its head must take it himself."""

from huying.city import queries as city
from huying.kernel import clocks, moves, succession
from huying.kernel.actions.give import give
from huying.kernel.events import CallReopened, MatterReopened, MatterRequeued, TaskGiven, TaskPassedDown
from huying.kernel.models import Call, CallState, Task, TaskRole
from huying.kernel.record import Work
from huying.kernel.rules import DESK_TYPE


def reopen_voice(work: Work, call: Call) -> None:
    """Her word opens her call again, and hers alone, under a new promise.

    Where another voice of the matter has opened it again already, or it moved to one at work, she joins what is done there.
    """
    call.reopened += 1
    call.state, call.answered_at = CallState.OPEN, None
    if work.matter.state in moves.OPEN_MATTER:
        work.tell_call(call, CallReopened(call.pk, work.matter.pk, "joined"))
        _promise_anew(work, call)
    else:
        _work_again(work, call)


def take_along(work: Work, call: Call) -> None:
    """A voice that has not said her word is opened again with the others."""
    call.state, call.answered_at = CallState.OPEN, None
    work.tell_call(call, CallReopened(call.pk, work.matter.pk, "widened"))
    _promise_anew(work, call)
    call.save()


def _promise_anew(work: Work, call: Call) -> None:
    clocks.start(work, "answer", call=call)
    clocks.settle_due(work)


def _work_again(work: Work, call: Call) -> None:
    last, matter = _who_answered(work, call), work.matter
    again = last is not None and last.bearer.type != DESK_TYPE
    work.move("reopen" if again else "requeue")
    matter.reopened, matter.ended_at = matter.reopened + 1, None
    work.tell((MatterReopened if again else MatterRequeued)(matter.pk, matter.reopened))
    _promise_anew(work, call)
    if again and last:
        _give_again(work, last)


def _who_answered(work: Work, call: Call) -> Task | None:
    """The task in which her answer was written, else the matter's first: an imported call knows no answer."""
    if call.response_id:
        return Task.objects.select_related("bearer", "parent").get(responses=call.response_id)
    leads = Task.objects.filter(matter=work.matter, role=TaskRole.LEAD)
    return leads.select_related("bearer", "parent").order_by("id").first()


def _give_again(work: Work, old: Task) -> None:
    """A new task for the head of the unit that answered, under those who stood over it before: they review it again.

    Where nobody took over from it who may bear the matter, the city's desk dispatches it anew.
    """
    bearer = city.body_now(old.bearer, work.matter.area)
    if bearer is None or succession.complained_of(work.matter, bearer):
        succession.to_desk(work, old.bearer)
        return
    above = _stand_over(work, old.parent) if old.parent else None
    task = give(work, bearer, parent=above, how="reopened", for_head=True)
    if above:
        work.tell(TaskPassedDown(above.pk, task.pk, above.bearer.key, task.bearer.key))


def _stand_over(work: Work, old: Task) -> Task | None:
    """The task above, passed down from the start: it has no clocks of its own, for nobody has to sign it.

    Where nobody took over from its bearer who may bear the matter, who stands above it stands over what is below.
    """
    parent = _stand_over(work, old.parent) if old.parent else None
    matter, bearer = work.matter, city.body_now(old.bearer, work.matter.area)
    if bearer is None or succession.complained_of(matter, bearer):
        return parent
    task = Task(matter=matter, parent=parent, bearer=bearer, given_at=work.at, signed_at=work.at, due_at=matter.due_at)
    task.giver = parent.bearer if parent else None
    task.kind, task.sort, task.area = matter.kind, matter.sort, matter.area
    task.district = city.district_of(matter.area) if matter.area else None
    task.state = moves.target("task", "pass_down", task.state)
    task.save()
    giver, over = (task.giver.key, task.parent_id) if task.giver else (None, None)
    work.tell(TaskGiven(task.pk, matter.pk, over, bearer.key, giver, task.role, matter.duty_key, "above"))
    if parent:
        work.tell(TaskPassedDown(parent.pk, task.pk, parent.bearer.key, bearer.key))
    return task
