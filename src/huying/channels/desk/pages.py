"""What the desk's templates need, fetched once per page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse

from huying.base import clock
from huying.channels.desk.lists import after_the_answer, grouped
from huying.channels.desk.verbs import FORMS, VerbForm
from huying.channels.parts import bar
from huying.channels.parts.signin import actor_of_request
from huying.city import queries as city
from huying.features.appeals.queries import may_be_shown
from huying.kernel import kinds, queries
from huying.kernel.errors import NotThere
from huying.kernel.models import Openness, Promise, TaskState
from huying.kernel.pauses import Pauses
from huying.kernel.queries import Filters, MatterView
from huying.people import parties
from huying.people.actors import Actor

# the answer and the parts of who assists have their own place on the page
ELSEWHERE = ("answer", "return_part", "waive")
CHOOSE = {"dispatch", "pass_down", "transfer", "interim", "settle_boundary"}  # verbs that name a bearer
STATES = (TaskState.GIVEN, TaskState.SIGNED, TaskState.RETURNED, TaskState.SUBMITTED)


def who(request: HttpRequest) -> Actor:
    """The officer of a page that only officers reach."""
    actor = actor_of_request(request)
    assert actor is not None, "the view is guarded by officer_required"
    return actor


@dataclass(frozen=True, slots=True)
class Voice:
    """A caller as an officer may know her: the phone masked, or why there is none."""

    call: Any
    masked: str
    may_look: bool
    photos: list[Any]


OVERSEERS = ("head", "supervisor", "auditor")


def may_oversee(actor: Actor) -> bool:
    """Whether the rates and what is late are for this officer."""
    return any(post.role in OVERSEERS for post in actor.posts)


def bar_context(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    """The bar above every page of the desk."""
    post = actor.posts[0] if actor.posts else None
    department = city.department_by_id(post.department_id) if post else None
    return {
        "actor": actor,
        "now": clock.local_now(),
        "department": department,
        "has_queue": queries.is_dispatcher(actor),
        "oversees": may_oversee(actor),
        "clock_moves": clock.movable(),
    }


def list_context(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    """The list on the left: boxes, filters, rows under their days, and the way to the next rows."""
    boxes = queries.boxes(actor)
    box = request.GET.get("box") if request.GET.get("box") in boxes else (boxes[0] if boxes else "mine")
    if box == "answered":
        return bar_context(request, actor) | {"boxes": boxes} | answered_context(actor)
    filters = Filters(box=box or "mine", sort=request.GET.get("sort", ""), state=request.GET.get("state", ""))
    rows = queries.inbox(actor, filters, limit=queries.PAGE + 1, after=_after(request))
    more = rows[queries.PAGE - 1] if len(rows) > queries.PAGE else None
    rows = rows[: queries.PAGE]
    kept = {k: v for k, v in (("box", filters.box), ("sort", filters.sort), ("state", filters.state)) if v}
    context = bar_context(request, actor)
    return context | {
        "boxes": boxes,
        "filters": filters,
        "groups": grouped(rows),
        "count": queries.inbox_count(actor, filters),
        "sorts": [s for kind in kinds.every() for s in kind.sorts],
        "states": STATES,
        "query": urlencode(kept),
        "more": urlencode(kept | {"after": f"{more.due_at.timestamp()}:{more.task_id}"}) if more and more.due_at else "",
        "page": "inbox",
        "extensions": queries.extensions(actor) if filters.box == "mine" else [],
        "any_given": any(r.state == TaskState.GIVEN for r in rows),
    }


def answered_context(actor: Actor) -> dict[str, Any]:
    """The list of what was answered: what may be shown, whom to call back."""
    groups = after_the_answer(queries.answered(actor))
    return {
        "filters": Filters(box="answered"),
        "groups": groups,
        "count": sum(len(group.rows) for group in groups),
        "query": "box=answered",
        "page": "inbox",
    }


def _after(request: HttpRequest) -> tuple[datetime, int] | None:
    due, _colon, pk = request.GET.get("after", "").partition(":")
    try:
        return datetime.fromtimestamp(float(due), clock.CITY_TIME), int(pk)
    except (ValueError, OverflowError, OSError):
        return None


def task_id(request: HttpRequest) -> int | None:
    """The task that the page was opened for."""
    value = request.POST.get("task") or request.GET.get("task") or ""
    return int(value) if value.isdigit() else None


def matter_context(request: HttpRequest, actor: Actor, matter_id: int) -> dict[str, Any]:
    """The open matter. Raises Http404 for what is not there or not his."""
    try:
        view = queries.matter_page(actor, matter_id, task_id(request))
    except NotThere:
        raise Http404 from None
    promise = _first_clock(view)
    return {
        "view": view,
        "matter": view.matter,
        "task": view.task,
        "kind": kinds.get(view.matter.kind),
        "sort": kinds.get(view.matter.kind).sort(view.matter.sort),
        "duty": city.duty(view.matter.duty_key) if view.matter.duty_key else None,
        "voices": [_voice(call, view) for call in view.calls],
        "near": queries.likely_same(actor, view.matter) if "merge" in view.verbs else [],
        "promise": promise,
        "shown_promises": [p for p in view.promises if p.met_at or not p.ended_at],
        "blocks": bar.blocks(promise, _spans(view, promise.pk), receipt=True) if promise else [],
        "standing": {pk for pk, rows in view.pauses.items() if rows[-1].to_at is None},
        "forms": offered(_possible(view)),
        "draft_text": view.draft.text if view.draft else "",
        "approved_text": next((r.text for r in view.responses if r.pk == view.calls[0].response_id), ""),
        "can_answer": "answer" in view.verbs,
        "bearers": bearers(actor, view),
        "helpers": queries.helpers_for(actor, view.matter.about) if "ask_assist" in view.verbs else [],
        "waits_for": [part for part in view.parts if part.waiting],
        "typed": {},
        "errors": {},
    }


def _first_clock(view: MatterView) -> Promise | None:
    """The clock in front: of an assisting unit its own part while that runs, else of the answer."""
    own = [p for p in view.promises if view.task and p.task_id == view.task.pk and p.what == "assist" and not p.ended_at]
    answers = [p for p in view.promises if p.what == "answer"]
    return next(reversed(own or answers), None)


def _possible(view: MatterView) -> list[str]:
    """The kernel's verbs without what the feature knows against them."""
    return [v for v in view.verbs if v != "publish" or may_be_shown([view.calls[0].pk])]


def _spans(view: queries.MatterView, promise_id: int) -> Pauses:
    return [(pause.from_at, pause.to_at) for pause in view.pauses.get(promise_id, [])]


def offered(verbs: list[str]) -> list[VerbForm]:
    """The verbs' forms in the order of the desk; the answer has its own place on the page."""
    return [form for name, form in FORMS.items() if name in verbs and name not in ELSEWHERE]


def bearers(actor: Actor, view: MatterView) -> list[tuple[str, list[Any]]]:
    """Who may be chosen as bearer, in groups; empty where nothing is to be chosen."""
    if not CHOOSE & set(view.verbs):
        return []
    return queries.bearers_for(actor, view.matter.about)


def _voice(call: Any, view: MatterView) -> Voice:
    phone = parties.phone_of(call.caller) if call.openness == Openness.NAMED else None
    return Voice(call, parties.masked(phone) if phone else "", bool(phone), [p for p in view.photos if p.call_id == call.pk])


def after(request: HttpRequest, matter_id: int, onward: bool) -> str:
    """Where to go when the verb is done: the next one in the queue, back to the list, or the same matter."""
    if request.POST.get("from") == "dispatch":
        return reverse("desk:dispatching")
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return reverse("desk:inbox") + query if onward else reverse("desk:matter", args=[matter_id]) + query
