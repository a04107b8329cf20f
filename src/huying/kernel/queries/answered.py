"""What came back answered: whom the desk may call back, and what it may show on the board."""

from dataclasses import dataclass
from datetime import datetime

from huying.kernel import rules
from huying.kernel.models import Call, CallState, Matter, MatterState
from huying.people.actors import Actor

WINDOW = 200  # the newest of each state: whoever is silent for long is closed by the pack's rate.days


@dataclass(frozen=True, slots=True)
class AnsweredRow:
    """One line of the answered; `call_id` is the matter's first voice, `waiting` whether she has not said her word yet."""

    matter_id: int
    call_id: int
    kind: str
    sort: str
    title: str
    area: str
    answered_at: datetime | None
    waiting: bool


def answered(actor: Actor) -> list[AnsweredRow]:
    """For whoever may publish or close: answered matters, then those just closed, the longest answered first in each."""
    if rules.scope(actor, "publish", "call") is None:
        return []
    rows: list[AnsweredRow] = []
    for state in (MatterState.ANSWERED, MatterState.CLOSED):  # each is one walk of the index matter_by_end
        told = Matter.objects.filter(rules.not_about(actor, "matter"), state=state, ended_at__isnull=False)
        newest = told.filter(voices__gt=0).order_by("-ended_at")  # an incident may have ended without a voice
        found = list(newest.select_related("area").prefetch_related("calls")[:WINDOW])
        rows += [_row(matter) for matter in reversed(found)]
    return rows


def _row(matter: Matter) -> AnsweredRow:
    call: Call = min(matter.calls.all(), key=lambda c: c.pk)
    where = matter.area.name if matter.area else ""
    waiting = call.state == CallState.ANSWERED
    return AnsweredRow(matter.pk, call.pk, matter.kind, matter.sort, matter.title, where, matter.ended_at, waiting)
