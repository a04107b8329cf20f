"""办结: a voice's call ends; when the last voice has ended, so does the matter."""

from django.utils.translation import gettext as _

from huying.kernel.ending import close_voice
from huying.kernel.errors import Refused
from huying.kernel.models import Call, CallState
from huying.kernel.work import on_call
from huying.people.actors import Actor


def close(actor: Actor, call_id: int, note: str = "") -> Call:
    """End an answered call whose caller stays silent or said it on the phone. Raises NotThere, Refused."""
    with on_call(actor, "close", call_id) as (work, call):
        if call.state != CallState.ANSWERED:
            raise Refused("not_now", _("这件还没有答复，不能办结。"))
        close_voice(work, call, "desk", note)
        call.save()
    return call
