"""回查: a poor rating is looked into by somebody who had no part in it; what was found and what follows is told to her."""

from django.utils.translation import gettext as _

from huying.kernel import apart, clocks
from huying.kernel.errors import BadInput, Refused
from huying.kernel.events import CallChecked
from huying.kernel.models import Call, Promise
from huying.kernel.work import on_call
from huying.people.actors import Actor

SHORTEST, LIMIT = 5, 500


def check(actor: Actor, call_id: int, found: str, follows: str) -> Call:
    """Record what was found and what follows from it; the promise of a second look is kept.

    Raises NotThere, Refused (nothing is to be looked into, or it was his own work), BadInput.
    """
    found, follows = found.strip()[:LIMIT], follows.strip()[:LIMIT]
    errors = {}
    if len(found) < SHORTEST:
        errors["found"] = _("请写明查到了什么，来电人看得到。")
    if len(follows) < SHORTEST:
        errors["follows"] = _("请写明接下来怎么做，来电人看得到。")
    if errors:
        raise BadInput(errors)
    with on_call(actor, "check", call_id) as (work, call):
        if not Promise.objects.filter(call=call, what="check", ended_at__isnull=True).exists():
            raise Refused("not_asked", _("这件没有要回查的评价。"))
        apart.require(actor, work.matter)
        work.tell_call(call, CallChecked(call.pk, work.matter.pk), f"{found}\n{follows}")
        clocks.meet_of(work, call, "check")
        call.save()
    return call
