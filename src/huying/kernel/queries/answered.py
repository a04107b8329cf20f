"""What came back answered: whom the desk calls back, whose poor rating it looks into, what it may show on the board."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from huying.base import clock
from huying.kernel import rules
from huying.kernel.models import Call, CallState, Matter, MatterState, Promise
from huying.people.actors import Actor

WINDOW = 200  # the longest waiting are worked first; the newest of what has ended may be shown


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """One voice in a list of the desk; `since` is when it was answered, `due_at` when the desk must have acted."""

    matter_id: int
    call_id: int
    kind: str
    sort: str
    title: str
    area: str
    since: datetime | None
    tries: int = 0
    tried_at: datetime | None = None
    due_at: datetime | None = None
    grade: int | None = None

    @property
    def waited(self) -> float:
        """Seconds since she was answered."""
        return (clock.now() - self.since).total_seconds() if self.since else 0.0


def to_call_back(actor: Actor) -> list[VoiceRow]:
    """The answered voices whose callers have not said their word, the longest waiting first."""
    if rules.scope(actor, "call_back", "call") is None:
        return []
    waiting = Call.objects.filter(rules.not_about(actor, "call"), state=CallState.ANSWERED).order_by("answered_at", "id")
    return [_row(call) for call in _with_area(waiting)]


def to_check(actor: Actor) -> list[VoiceRow]:
    """The voices whose poor rating is to be looked into, the first due in front."""
    if rules.scope(actor, "check", "call") is None:
        return []
    due = dict(
        Promise.objects.filter(what="check", ended_at__isnull=True, call__isnull=False)
        .order_by("due_at", "id")
        .values_list("call_id", "due_at")[:WINDOW]
    )
    found = {call.pk: call for call in _with_area(Call.objects.filter(rules.not_about(actor, "call"), pk__in=due))}
    return [_row(found[pk], due_at=moment) for pk, moment in due.items() if pk in found]


def to_show(actor: Actor) -> list[VoiceRow]:
    """Voices with their answer that may be shown on the board, if the feature agrees: the newest, the oldest of them first."""
    if rules.scope(actor, "publish", "call") is None:
        return []
    newest: list[int] = []
    for state in (MatterState.ANSWERED, MatterState.CLOSED):  # each is one walk of the index matter_by_end
        ended = Matter.objects.filter(rules.not_about(actor, "matter"), state=state, ended_at__isnull=False)
        newest += ended.filter(voices__gt=0).order_by("-ended_at").values_list("pk", flat=True)[:WINDOW]
    shown = Q(state__in=[CallState.ANSWERED, CallState.CLOSED])
    return [_row(call) for call in _with_area(Call.objects.filter(shown, matter__in=newest).order_by("answered_at", "id"))]


def _with_area(rows: QuerySet[Call]) -> Iterable[Call]:
    return rows.select_related("area", "matter")[:WINDOW]


def _row(call: Call, due_at: datetime | None = None) -> VoiceRow:
    area = call.area.name if call.area else ""
    head = (call.matter_id, call.pk, call.kind, call.sort, call.title, area, call.answered_at)
    return VoiceRow(*head, call.tries, call.tried_at, due_at, call.grade)
