"""What somebody said before and waits for: offered before she says it again, so that one matter stays one."""

from dataclasses import dataclass
from datetime import datetime

from huying.city.models import Area
from huying.kernel import dispatch, kinds, said
from huying.kernel.models import Call, CallState
from huying.kernel.moves import OPEN_MATTER
from huying.kernel.queries.nearby import Said, alike
from huying.people.actors import Actor

COMPARED = 20  # of her calls that wait, the newest


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A call of hers that waits, as she may read it."""

    matter_id: int
    number: str
    title: str
    since: datetime


def said_before(actor: Actor, text: str, place: str, area: Area | None, kind: str, sort: str = "") -> list[OwnLine]:
    """The calls of hers that wait and are likely the same as what she is about to send; best first.

    Of whoever signed in: a number that was only typed shows nobody's calls. What is confidential or complains about a body is
    left out.
    """
    calls = _waiting(actor, kind)
    if not calls:
        return []
    best = next(iter(dispatch.suggest(f"{text} {place}", area, sort=sort, limit=1)), None)
    matters = {call.matter_id: call.matter for call in calls.values()}
    found = alike(matters, calls, Said(text, place, area), best.duty_key if best else "")
    return [_line(call) for _, call in found]


def _waiting(actor: Actor, kind: str) -> dict[int, Call]:
    """By matter, the first call of hers in it."""
    if actor.party is None:
        return {}
    rows = Call.objects.filter(caller=actor.party, state=CallState.OPEN, kind=kind, matter__about__isnull=True)
    rows = rows.filter(matter__state__in=OPEN_MATTER).select_related("matter__area", "caller").order_by("-opened_at", "-id")
    told = [call for call in rows[:COMPARED] if not kinds.get(kind).sort(call.matter.sort).confidential]
    return {call.matter_id: call for call in told}


def _line(call: Call) -> OwnLine:
    return OwnLine(call.matter_id, call.number, said.Hers(call, proven=True).read(call.title), call.opened_at)
