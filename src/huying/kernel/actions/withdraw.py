"""撤回: a caller takes her call back. Other voices of the matter are left whole."""

from django.utils.translation import gettext as _

from huying.kernel import clocks, known, voices
from huying.kernel.errors import Refused
from huying.kernel.events import MatterClosed, MatterSettled, MatterWithdrawn
from huying.kernel.models import Call, CallState, Promise
from huying.kernel.record import Work
from huying.kernel.stopping import end_call
from huying.kernel.work import on_call
from huying.people.actors import Actor


def withdraw(actor: Actor, call_id: int) -> Call:
    """End her call before its answer; the matter ends with the last voice that waits. Raises NotThere, Refused."""
    with on_call(actor, "withdraw", call_id) as (work, call):
        if call.state != CallState.OPEN:
            raise Refused("not_now", _("已经答复或者办结，不能撤回。"))
        clocks.drop_rows(work, list(Promise.objects.filter(call=call, ended_at__isnull=True).order_by("id")))
        end_call(work, call, "withdraw")
        call.save()
        others = work.matter.calls.exclude(pk=call.pk)
        # an incident goes on without a voice: the pipe is not mended because nobody waits any longer
        if not others.filter(state=CallState.OPEN).exists() and known.running(work.matter) is None:
            _end(work)
        voices.recount(work)
    return call


def _end(work: Work) -> None:
    """Nobody waits any longer. Where others have their answer, that answer stands; else the matter is withdrawn."""
    left = set(work.matter.calls.values_list("state", flat=True)) & {CallState.ANSWERED, CallState.CLOSED}
    voices.cancel_tasks(work, "withdraw")
    clocks.drop_rows(work, list(Promise.objects.filter(matter=work.matter, ended_at__isnull=True).order_by("id")))
    work.matter.ended_at = work.at
    if not left:
        work.move("withdraw")
        work.tell(MatterWithdrawn(work.matter.pk))
        return
    work.move("settle")
    work.tell(MatterSettled(work.matter.pk))
    if CallState.ANSWERED not in left:
        work.move("close")
        work.tell(MatterClosed(work.matter.pk))
