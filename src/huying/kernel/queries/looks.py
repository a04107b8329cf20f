"""谁看过我的信息: to whom it belongs, every look; to the officer, what he has open; to the auditor, what he has to judge."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from huying.base import clock
from huying.kernel import openness, rules, said
from huying.kernel.actions.look import reasons
from huying.kernel.models import Call, CallNote, Look, Message, Objection, Promise
from huying.people.actors import Actor
from huying.people.models import Party

SHOWN = 200


@dataclass(frozen=True, slots=True)
class LookLine:
    """One look: who, in which post, at which field, for which reason and in which words, from when until when."""

    look: Look
    reason: str
    words: str
    signs: tuple[str, ...]
    objection: Objection | None
    due_at: datetime | None = None  # by when the auditor answers an objection that is open

    @property
    def is_open(self) -> bool:
        """Whether the officer still sees it."""
        return clock.now() < self.look.until


@dataclass(frozen=True, slots=True)
class OpenField:
    """What an officer may open of one voice, or has open now (`value` until `until`)."""

    field: str
    value: str = ""
    until: datetime | None = None


def looks_at(actor: Actor, held: Collection[int] = (), call_id: int | None = None, most: int | None = SHOWN) -> list[LookLine]:
    """The looks at the calls of this caller, and at those whose number and secret were shown; the newest first, `None`: all."""
    hers = Q(pk__in=held) | (Q(caller=actor.party) if actor.party else Q(pk=actor.held_call))
    calls = Call.objects.filter(hers, **({} if call_id is None else {"pk": call_id}))
    lines = _lines(Look.objects.filter(call__in=calls), most)
    read: dict[int, said.Hers] = {}
    for line in lines:
        hers_of = read.setdefault(line.look.call_id, said.Hers(line.look.call, proven=actor.party == line.look.call.caller))
        line.look.call.title = hers_of.read(line.look.call.title)
        if line.objection:
            line.objection.text = hers_of.read(line.objection.text)
    return lines


def fields_open(actor: Actor, calls: Sequence[Call]) -> dict[int, list[OpenField]]:
    """Of each voice what the officer may open; with its value while a look of his lasts. Raises private.KeyTrouble."""
    may = openness.openable(actor, calls)
    if not may or actor.officer is None:
        return {}
    now = clock.now()
    lasting = Look.objects.filter(call__in=list(may), officer=actor.officer, until__gt=now)
    until = {(row.call_id, row.field): row.until for row in lasting.order_by("until")}
    found: dict[int, list[OpenField]] = {}
    for call in calls:
        fields = [field for field in _fields(call, may) if openness.sort_of(field) in may[call.pk]]
        found[call.pk] = [_field(call, field, until.get((call.pk, field))) for field in fields]
    return {pk: rows for pk, rows in found.items() if rows}


def _fields(call: Call, may: dict[int, frozenset[str]]) -> list[str]:
    return openness.fields_of(call) if call.pk in may else []


def _field(call: Call, field: str, until: datetime | None) -> OpenField:
    return OpenField(field, (openness.value_of(call, field) or "") if until else "", until)


def objections(actor: Actor) -> list[LookLine]:
    """The looks at which somebody objects and that wait for this auditor's answer, the first due in front."""
    rows = _audited(actor, "answer_objection")
    lines = _lines(rows.filter(objection__isnull=False, objection__answered_at__isnull=True))
    return sorted(lines, key=lambda line: (line.due_at is None, line.due_at, line.look.pk))


def unusual(actor: Actor) -> list[LookLine]:
    """The unusual looks that nobody has judged yet, the oldest first."""
    rows = _audited(actor, "review_look").exclude(signs="").filter(found_at__isnull=True)
    return _lines(rows)[::-1]


def judged(actor: Actor) -> list[LookLine]:
    """What was found last: reviewed looks and answered objections, the newest look first."""
    done = Q(found_at__isnull=False) | Q(objection__answered_at__isnull=False)
    return _lines(_audited(actor, "review_look").filter(done))[:50]


def messages_of(call_ids: Iterable[int]) -> list[Message]:
    """What was said to these voices without their numbers, and what they answered; the oldest first."""
    rows = Message.objects.filter(call__in=list(call_ids)).select_related("officer", "department")
    return list(rows.order_by("left_at", "pk"))


def may_message(actor: Actor, calls: Sequence[Call]) -> set[int]:
    """The voices to whom the officer may leave a message."""
    clause = rules.scope(actor, "leave_message", "call")
    if clause is None:
        return set()
    return set(Call.objects.filter(clause, pk__in=[call.pk for call in calls]).values_list("pk", flat=True))


def _audited(actor: Actor, verb: str) -> QuerySet[Look]:
    clause = rules.scope(actor, verb, "call")
    return Look.objects.none() if clause is None else Look.objects.filter(call__in=Call.objects.filter(clause))


def _lines(rows: QuerySet[Look], most: int | None = SHOWN) -> list[LookLine]:
    related = rows.select_related("call__caller", "officer", "department", "found_by", "objection__answered_by")
    looks = list(related.order_by("-at", "-pk")[:most])
    calls = {look.call_id for look in looks}
    words = {(note.call_id, note.version): note.text for note in CallNote.objects.filter(call__in=calls)}
    running = Promise.objects.filter(call__in=calls, what="objection", ended_at__isnull=True)
    due = dict(running.values_list("call_id", "due_at"))
    labels = reasons()
    return [_line(look, labels, words, due) for look in looks]


def _line(look: Look, labels: dict[str, str], words: dict[tuple[int, int], str], due: dict[int, datetime]) -> LookLine:
    objection = getattr(look, "objection", None)
    waits = objection is not None and objection.answered_at is None
    why, said_with = labels.get(look.reason, look.reason), words.get((look.call_id, look.version), "")
    signs = tuple(filter(None, look.signs.split(",")))
    return LookLine(look, why, said_with, signs, objection, due.get(look.call_id) if waits else None)


def looked_at(party: Party) -> int:
    """How many looks there were at this party's calls: told on her own page."""
    return Look.objects.filter(call__caller=party).count()
