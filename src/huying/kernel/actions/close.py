"""办结: a voice that the desk could not reach ends without her word; when the last voice has ended, so does the matter."""

from django.utils.translation import gettext as _

from huying.city import queries as city
from huying.kernel.ending import close_voice
from huying.kernel.errors import Refused
from huying.kernel.models import Call, CallState
from huying.kernel.work import on_call
from huying.people.actors import Actor

TRIES = 3  # to reach her, before the desk may give up, where the pack does not say


def enough_tries(call: Call) -> bool:
    """Whether the desk has tried often enough. After the pack's days the timer closes what nobody spoke for."""
    return call.tries >= int(city.setting("callback.tries", TRIES))


def close(actor: Actor, call_id: int, note: str = "") -> Call:
    """End an answered call as silent, after the pack's number of tries to reach its caller. Raises NotThere, Refused."""
    with on_call(actor, "close", call_id) as (work, call):
        if call.state != CallState.ANSWERED:
            raise Refused("not_now", _("这件还没有答复，不能办结。"))
        if not enough_tries(call):
            raise Refused("not_tried", _("回访还不到 %(n)s 次，不能办结。") % {"n": city.setting("callback.tries", TRIES)})
        close_voice(work, call, "silent", note)
        call.save()
    return call
