"""撤回: a caller takes her call back. Other voices of the matter are left whole."""

from django.utils.translation import gettext as _

from huying.kernel import clocks, voices
from huying.kernel.errors import Refused
from huying.kernel.models import Call, CallState, Promise
from huying.kernel.stopping import end_call, nobody_waits
from huying.kernel.work import on_call
from huying.people.actors import Actor


def withdraw(actor: Actor, call_id: int) -> Call:
    """End her call before its answer; the matter ends with the last voice that waits. Raises NotThere, Refused."""
    with on_call(actor, "withdraw", call_id) as (work, call):
        if call.state != CallState.OPEN:
            raise Refused("not_now", _("已经答复或者办结，不能撤回。"))
        running = Promise.objects.filter(call=call, ended_at__isnull=True).exclude(what="objection")
        clocks.drop_rows(work, list(running.order_by("id")))
        end_call(work, call, "withdraw")
        call.save()
        others = work.matter.calls.exclude(pk=call.pk)
        if not others.filter(state=CallState.OPEN).exists():
            nobody_waits(work, "withdraw")
        voices.recount(work)
    return call
