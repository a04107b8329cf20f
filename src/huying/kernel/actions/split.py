"""拆分: a voice that means something else gets a matter of its own. Its history is told on, its promise goes on."""

from django.utils.translation import gettext as _

from huying.kernel import dispatch, known, moves, voices
from huying.kernel.errors import Refused
from huying.kernel.events import MatterAccepted, MatterOpened, MatterSplit
from huying.kernel.models import Call, CallState, Matter, MatterState
from huying.kernel.work import Work, on_call
from huying.people.actors import Actor


def split(actor: Actor, call_id: int, note: str = "") -> Matter:
    """The voice's own matter, waiting for its bearer. The desk and the district's centre may, and the voice herself.

    Raises NotThere, Refused (answered already, or no other voice waits in this matter).
    """
    with on_call(actor, "split", call_id) as (work, call):
        moves.target("matter", "split", work.matter.state)
        if call.state != CallState.OPEN:
            raise Refused("not_now", _("这件已经答复了。没解决的话，请在评价里说一声，会重新办理。"))
        others = work.matter.calls.filter(state=CallState.OPEN).exclude(pk=call.pk).exists()
        if not others and known.running(work.matter) is None:
            raise Refused("alone", _("这件事现在只有这一个人在等，不用拆分。"))
        own = _own(work, call)
        work.tell(
            MatterSplit(work.matter.pk, own.matter.pk, call.pk, work.matter.voices - (call.excluded != voices.DUPLICATE)),
            note.strip(),
        )
        voices.carry(work, own, [call], "split", work.matter.version)
        own.finish()
    return own.matter


def _own(work: Work, call: Call) -> Work:
    """A new matter out of the voice's own words. What was accepted stays accepted."""
    old = work.matter
    matter = Matter(kind=call.kind, sort=call.sort, title=call.title, area=call.area, opened_at=work.at, about=old.about)
    matter.district_id = voices.district_id(matter)
    best = next(
        iter(dispatch.suggest(f"{call.title}。{call.text} {call.place}", call.area, sort=call.sort, limit=1, why=False)), None
    )
    matter.duty_key = best.duty_key if best else ""
    matter.urgency = dispatch.urgency_of(call.text, matter.duty_key)
    matter.save()
    own = Work(work.actor, matter, work.at)
    area = matter.area.key if matter.area else None
    own.tell(MatterOpened(matter.pk, matter.kind, matter.sort, area, matter.urgency))
    if old.state != MatterState.RECEIVED:
        own.move("accept")
        own.tell(MatterAccepted(matter.pk, "split"))
    return own
