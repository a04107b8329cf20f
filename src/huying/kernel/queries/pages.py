"""What one page needs: a matter for an officer, a call for its caller. Fetch and permission are one step."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.db.models import Count, F, Q, QuerySet

from huying.base import clock, ids
from huying.city.models import Area, Department
from huying.events.asking import any_row
from huying.kernel import kinds, known, rules, said
from huying.kernel.actions.open_calls import secret_hash
from huying.kernel.actions.word import correctable
from huying.kernel.errors import NotThere
from huying.kernel.models import (
    Ask,
    Call,
    CallState,
    Conclusion,
    Extension,
    Incident,
    Matter,
    MatterState,
    Message,
    Note,
    Pause,
    Photo,
    Promise,
    Response,
    ResponseState,
    Task,
    TaskRole,
)
from huying.kernel.pauses import Pauses
from huying.kernel.queries import share as shared
from huying.kernel.queries.at_work import AtWork, Helped, PartView, at_work, helped, parts_for
from huying.kernel.queries.extensions import extensions
from huying.kernel.queries.incidents import IncidentView, incident
from huying.kernel.queries.looks import LookLine, OpenField, fields_open, looks_at, may_message, messages_of
from huying.kernel.queries.panels import conclusions_of
from huying.kernel.queries.timeline import Hop, hops
from huying.kernel.queries.voices import verbs_on_voices
from huying.kernel.standing import pauses_of
from huying.people.actors import Actor, holder_actor


@dataclass(slots=True)
class CallView:
    """A call as its caller sees it."""

    call: Call
    matter: Matter
    area: Area | None
    bearer: Department | None  # who works it now, or who answered
    answer: Response | None
    photos: list[Photo]
    answer_photos: list[Photo]
    promise: Promise | None  # of the answer
    hops: list[Hop]
    may_rate: bool
    pauses: Pauses = ()  # of the promise
    asks: list[Ask] = field(default_factory=list)
    standing: str = ""  # why its clock stands still now: caller, outside, supplement
    incident: IncidentView | None = None  # that her matter is, or was while she was in it
    may_correct: bool = False  # her word stands as the desk wrote it down
    conclusions: list[Conclusion] = field(default_factory=list)
    check: Promise | None = None  # of a second look at her poor rating
    at_work: list[AtWork] = field(default_factory=list)  # while it is worked: the lead and who assists
    helped: list[Helped] = field(default_factory=list)  # who contributed to her answer
    looks: list[LookLine] = field(default_factory=list)  # who looked at what says who she is
    messages: list[Message] = field(default_factory=list)  # that officers left her


@dataclass(slots=True)
class MatterView:
    """A matter as an officer sees it, with the task at hand and the verbs that rules and table allow."""

    matter: Matter
    calls: list[Call]
    photos: list[Photo]
    tasks: list[Task]
    task: Task | None
    draft: Response | None
    responses: list[Response]
    response_photos: list[Photo]
    promises: list[Promise]
    notes: list[Note]
    hops: list[Hop]
    asks: list[Ask] = field(default_factory=list)
    extensions: list[Extension] = field(default_factory=list)  # that wait for this actor to decide
    pauses: dict[int, list[Pause]] = field(default_factory=dict)  # of each promise
    verbs: list[str] = field(default_factory=list)
    incident: Incident | None = None  # that the matter is now
    on_voice: dict[str, list[int]] = field(default_factory=dict)  # the verbs that act on one voice, and on which
    conclusions: list[Conclusion] = field(default_factory=list)
    opens: dict[int, list[OpenField]] = field(default_factory=dict)  # of each voice what this officer may open, or has open
    messages: list[Message] = field(default_factory=list)
    may_message: set[int] = field(default_factory=set)
    parts: list[PartView] = field(default_factory=list)  # what assisting units were asked for, and gave


def call_page(actor: Actor, call_id: int) -> CallView:
    """A call for its caller, or for who holds its number and secret. Raises NotThere."""
    scope = rules.visible_to(actor, "call")
    if scope is None:
        raise NotThere
    call = Call.objects.select_related("matter", "area", "caller", "response__task__bearer").filter(scope, pk=call_id).first()
    if call is None:
        raise NotThere
    hers = said.Hers(call, proven=actor.party == call.caller)
    call.title, call.text, call.place = hers.read(call.title), hers.read(call.text), hers.read(call.place)
    call.rating_text = hers.read(call.rating_text)
    matter = call.matter
    answer = call.response  # hers: another voice may have been answered anew since
    leads = Task.objects.filter(matter=matter, role=TaskRole.LEAD).exclude(state="cancelled")
    lead = leads.select_related("bearer").order_by("-id").first()
    bearer = lead.bearer if lead else None
    if answer:
        answer.text = hers.read(answer.text)
    if answer and call.state != "open":
        bearer = answer.task.bearer
    promise = Promise.objects.filter(call=call, what="answer").order_by("-id").first()
    return CallView(
        call=call,
        matter=matter,
        area=call.area,
        bearer=bearer,
        answer=answer,
        photos=list(call.photos.all()),
        answer_photos=list(answer.photos.all()) if answer else [],
        promise=promise,
        hops=[replace(hop, note=hers.read(hop.note)) for hop in hops(matter, [call.pk], for_caller=True)],
        may_rate=call.state == "answered" and rules.may(actor, "rate", call),
        pauses=pauses_of(promise) if promise else (),
        asks=_asks(call, hers),
        standing=_standing(promise),
        incident=_incident_of(call),
        may_correct=correctable(call, clock.now()) and rules.may(actor, "rate", call),
        conclusions=[row for row in conclusions_of(matter) if row.call_id == call.pk],
        check=Promise.objects.filter(call=call, what="check", ended_at__isnull=True).first(),
        at_work=at_work(matter) if call.state == "open" and matter.state == MatterState.WORKING else [],
        helped=helped(answer) if answer else [],
        looks=looks_at(actor, [call.pk], call.pk),
        messages=[_hers_to_read(row, hers) for row in messages_of([call.pk])],
    )


def _hers_to_read(row: Message, hers: said.Hers) -> Message:
    row.text, row.answer = hers.read(row.text), hers.read(row.answer)
    return row


def _incident_of(call: Call) -> IncidentView | None:
    """The incident that she met: it runs, or it ended after she had called."""
    row = Incident.objects.filter(matter=call.matter_id).first()
    met = row is not None and (row.ended_at is None or row.ended_at >= call.opened_at)
    return incident(call.matter_id) if met else None


def _asks(call: Call, hers: said.Hers) -> list[Ask]:
    asks = list(Ask.objects.filter(call=call).select_related("task__bearer").order_by("id"))
    for ask in asks:
        ask.text, ask.reply = hers.read(ask.text), hers.read(ask.reply)
    return asks


def _standing(promise: Promise | None) -> str:
    found = promise.pauses.filter(to_at__isnull=True).first() if promise and not promise.ended_at else None
    return found.reason if found else ""


def matter_page(actor: Actor, matter_id: int, task_id: int | None = None) -> MatterView:
    """A matter for an officer. `task_id` chooses the task at hand; else the open one whose turn is his. Raises NotThere."""
    scope = rules.visible_to(actor, "matter")
    matter = None if scope is None else Matter.objects.select_related("area__parent").filter(scope, pk=matter_id).first()
    if matter is None:
        raise NotThere
    tasks = list(
        Task.objects.filter(matter=matter).select_related("bearer", "giver", "turn", "handler", "parent").order_by("id")
    )
    if kinds.get(matter.kind).parted:
        tasks = shared.own_of(actor, tasks)
    waiting = extensions(actor, matter_id)
    queued = matter.state in (MatterState.RECEIVED, MatterState.ACCEPTED)  # nobody bears it: what was done before is over
    task = None if queued else _at_hand(actor, tasks, task_id, {row.task_id for row in waiting})
    calls = list(matter.calls.select_related("area", "caller").order_by("id"))
    responses = list(Response.objects.filter(matter=matter).select_related("task__bearer", "written_by").order_by("id"))
    view = MatterView(
        matter=matter,
        calls=calls,
        photos=list(Photo.objects.filter(call__in=calls)),
        tasks=tasks,
        task=task,
        draft=next((r for r in responses if task and r.task_id == task.pk and r.state == ResponseState.DRAFT), None),
        responses=responses,
        response_photos=list(Photo.objects.filter(response__in=responses)),
        promises=list(_promises(matter)),
        notes=list(Note.objects.filter(matter=matter)),
        hops=hops(matter, [c.pk for c in calls], for_caller=False),
    )
    view.extensions = waiting
    view.asks = list(Ask.objects.filter(call__in=calls).select_related("task__bearer").order_by("id"))
    for pause in Pause.objects.filter(promise__matter=matter).order_by("from_at"):
        view.pauses.setdefault(pause.promise_id, []).append(pause)
    view.verbs, view.incident = rules.verbs_now(actor, matter, task), known.running(matter)
    view.on_voice = verbs_on_voices(actor, matter, calls)
    view.verbs += list(view.on_voice)
    view.conclusions = conclusions_of(matter)
    view.opens, view.messages = fields_open(actor, calls), messages_of([call.pk for call in calls])
    view.may_message = may_message(actor, calls)
    view.parts = parts_for(actor, matter) if any(row.role == TaskRole.ASSIST for row in tasks) else []
    return _share_of(view) if kinds.get(matter.kind).parted else view


def _share_of(view: MatterView) -> MatterView:
    """The page without what concerns other tasks than those that are shown."""
    ids, bearers = {task.pk for task in view.tasks}, {task.bearer.name for task in view.tasks}
    view.responses = [row for row in view.responses if row.task_id in ids]
    own = {row.pk for row in view.responses}
    view.response_photos = [row for row in view.response_photos if row.response_id in own]
    view.promises = [row for row in view.promises if row.task_id in ids]
    view.asks = [row for row in view.asks if row.task_id in ids]
    view.hops = [hop for hop in view.hops if shared.concerns(hop, ids, bearers)]
    return view


def _promises(matter: Matter) -> QuerySet[Promise]:
    """Without what the auditor owes her: whom she objects to does not read it."""
    return Promise.objects.filter(matter=matter).exclude(what="objection").select_related("task__bearer").order_by("id")


def _at_hand(actor: Actor, tasks: list[Task], task_id: int | None, waiting: set[int]) -> Task | None:
    mine = actor.departments()
    if task_id is not None:
        named = next((t for t in tasks if t.pk == task_id), None)
        at_hand = named and (named.bearer_id in mine or named.turn_id in mine or named.pk in waiting or _gave(actor, named))
        return named if at_hand else None
    turn = [t for t in tasks if t.is_open and t.turn_id in mine]
    borne = [t for t in tasks if t.bearer_id in mine]
    found = turn or [t for t in tasks if t.pk in waiting] or borne
    return found[-1] if found else None


def _gave(actor: Actor, task: Task) -> bool:
    """Whether the actor's department stands over the task: he may take it up by name, to adjudicate or transfer it."""
    return rules.may(actor, "transfer", task)


def find_call(number: str, secret: str) -> Actor | None:
    """The actor who may see one call by its number and secret, None when they do not fit."""
    plain = ids.plain_number(number)
    row = Call.objects.filter(number=plain).values_list("id", "secret_hash").first()
    held = row[1] if row else secret_hash("", "")
    fits = hmac.compare_digest(held, secret_hash(plain, secret.strip().lower()))
    return holder_actor(row[0]) if row and fits else None


def call_id_of(number: str) -> int | None:
    """The id of the call with that public number, however it was typed. Says nothing of who may see it."""
    return Call.objects.filter(number=ids.plain_number(number)).values_list("id", flat=True).first()


def is_known(key: str) -> bool:
    """Whether a call with that key was recorded: what comes with it now is a resend."""
    return any_row("SELECT 1 FROM kernel_call WHERE key = %s", [key])


def is_waiting(key: str) -> bool:
    """Whether a call with that key was recorded and neither answered nor ended yet."""
    return Call.objects.filter(key=key, state=CallState.OPEN).exists()


def matter_id_of(number: str) -> int | None:
    """The id of the matter in which the call with that public number is now. Says nothing of who may see it."""
    return Call.objects.filter(number=ids.plain_number(number)).values_list("matter_id", flat=True).first()


def matter_of_task(actor: Actor, task_id: int) -> int | None:
    """The id of a task's matter, None for a task that is not there or not the actor's to see."""
    scope = rules.visible_to(actor, "task")
    rows = Task.objects.none() if scope is None else Task.objects.filter(scope, pk=task_id)
    return rows.values_list("matter_id", flat=True).first()


def my_calls(actor: Actor, limit: int = 50, held: Sequence[int] = ()) -> list[Call]:
    """A signed-in caller's calls, newest first, with those whose number and secret were shown (`held`, their ids)."""
    mine = Q(pk__in=held)
    if actor.party is not None:
        mine |= Q(caller=actor.party) | Q(agent=actor.party, agent_until__gt=clock.now())
    if actor.party is None and not held:
        return []
    rows = list(Call.objects.filter(mine).select_related("matter", "area", "caller").order_by("-opened_at", "-id")[:limit])
    for call in rows:
        call.title = said.Hers(call, proven=call.caller == actor.party).read(call.title)
    return rows


@dataclass(frozen=True, slots=True)
class DayFigures:
    """What the portal shows of yesterday: calls received, matters answered, and the share of those answered in time."""

    received: int
    answered: int
    in_time: int


def yesterday() -> DayFigures:
    """Counted on the tables; two index ranges of one day."""
    today = clock.local_now().replace(hour=0, minute=0, second=0, microsecond=0)
    span = (today - timedelta(days=1), today)
    received = Call.objects.filter(opened_at__gte=span[0], opened_at__lt=span[1]).count()
    kept = Promise.objects.filter(what="answer", met_at__gte=span[0], met_at__lt=span[1])
    figures = kept.aggregate(n=Count("id"), ok=Count("id", filter=Q(met_at__lte=F("due_at"))))
    return DayFigures(received, figures["n"], figures["ok"])


def photo_for(actor: Actor | None, sha256: str) -> Photo | None:
    """A photo that this actor may see: of a call visible to him, or of its answer, for a caller once it is approved."""
    if actor is None:
        return None
    scope = rules.visible_to(actor, "call")
    if scope is None:
        return None
    calls = Call.objects.filter(scope)
    # an officer sees every draft of his matters; a caller the answer she was given
    answered = Q(response__matter__calls__in=calls) if actor.officer else Q(response__in=calls.values("response"))
    return Photo.objects.filter(Q(call__in=calls) | answered, sha256=sha256).first()
