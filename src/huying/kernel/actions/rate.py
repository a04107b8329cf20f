"""评价: the caller's word. Solved or not is hers to say; a grade stands beside it."""

from django.utils.translation import gettext as _

from huying.kernel import clocks, moves, said
from huying.kernel.actions.give import give
from huying.kernel.ending import close_voice
from huying.kernel.errors import BadInput, Refused
from huying.kernel.events import CallRated, MatterReopened
from huying.kernel.models import Call, CallState, Task, TaskRole
from huying.kernel.work import Work, on_call
from huying.people.actors import Actor


def rate(actor: Actor, call_id: int, solved: bool | None, grade: int | None, text: str = "") -> Call:
    """Say whether it is solved, and a grade of 1 to 5. Solved ends the call; not solved opens its matter again.

    Raises NotThere, Refused (not answered yet, or rated already), BadInput.
    """
    errors = {}
    if solved is None:
        errors["solved"] = _("请先说一声：解决了，还是没解决。")
    if grade not in (None, 1, 2, 3, 4, 5):
        errors["grade"] = _("请在五个等级里选一个。")
    if errors:
        raise BadInput(errors)
    with on_call(actor, "rate", call_id) as (work, call):
        if call.state != CallState.ANSWERED:
            raise Refused("not_now", _("这件还没有答复，或者您已经评价过了。"))
        call.solved, call.grade, call.rating_text, call.rated_at = solved, grade, said.of_caller(call, text.strip()), work.at
        work.tell_call(call, CallRated(call.pk, work.matter.pk, solved, grade))
        if solved:
            close_voice(work, call, "rated")
        else:
            _reopen(work, call)
        call.save()
    return call


def _reopen(work: Work, call: Call) -> None:
    """Not solved: the matter is worked again by the unit that answered, under a new promise.

    Where another voice of the matter has opened it again already, or it moved to one at work, this one joins her.
    """
    call.state, call.answered_at = CallState.OPEN, None
    if work.matter.state in moves.OPEN_MATTER:
        work.tell(MatterReopened(work.matter.pk, work.matter.reopened))
        clocks.start(work, "answer", call=call)
        clocks.settle_due(work)
        return
    last = Task.objects.filter(matter=work.matter, role=TaskRole.LEAD).select_related("bearer").order_by("id").first()
    work.move("reopen")
    work.matter.reopened += 1
    work.matter.ended_at = None
    work.tell(MatterReopened(work.matter.pk, work.matter.reopened))
    clocks.start(work, "answer", call=call)
    clocks.settle_due(work)
    if last:
        give(work, last.bearer, how="reopened")
