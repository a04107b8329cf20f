"""What the desk's templates need, fetched once per page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from huying.base import clock, ids
from huying.channels.desk import shares
from huying.channels.desk.forms import VerbForm
from huying.channels.desk.learning import help_context
from huying.channels.desk.lists import after_the_answer, grouped
from huying.channels.desk.verbs import FORMS
from huying.channels.parts import bar, choices, words
from huying.channels.parts.branches import WAITS_FOR
from huying.channels.parts.signin import actor_of_request
from huying.city import queries as city
from huying.city.models import Area
from huying.features.appeals.queries import may_be_shown
from huying.features.services import graded, visiting
from huying.features.services.making import seeing
from huying.kernel import kinds, queries, templates
from huying.kernel.actions.call_back import OUTCOMES
from huying.kernel.actions.conclude import members_needed, remedies
from huying.kernel.actions.exclude import reasons
from huying.kernel.actions.look import minutes as look_minutes
from huying.kernel.actions.look import reasons as look_reasons
from huying.kernel.errors import NotThere
from huying.kernel.models import Call, Openness, Promise, TaskState
from huying.kernel.pauses import Pauses
from huying.kernel.queries import Filters, MatterView
from huying.kernel.rules import RULES
from huying.kernel.standing import VISIT
from huying.notify import relays
from huying.people import leave, officers, parties, roster
from huying.people.actors import Actor

# the answer and the parts of who assists have their own place on the page
ELSEWHERE = ("answer", "return_part", "waive", "fetch", "open_share")
CHOOSE = {"dispatch", "pass_down", "transfer", "interim", "settle_boundary", "adjudicate_branch"}  # verbs that name a bearer
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
    opens: list[queries.OpenField]  # what the officer may open, or has open now
    photos: list[Any]

    @property
    def closed(self) -> list[queries.OpenField]:
        """What is not open now."""
        return [one for one in self.opens if not one.value]

    @property
    def open(self) -> list[queries.OpenField]:
        """What is open now."""
        return [one for one in self.opens if one.value]


SHOWN_VOICES = 5  # of a burst pipe hundreds may call: the rest unfolds
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
        "has_hot": queries.has_hot(actor),
        "oversees": may_oversee(actor),
        "grades": graded.concerns(actor),
        "audits": queries.audits(actor),
        "counter": visiting.concerns(actor),
        "at_window": "clerk" in actor.roles,
        "makes": seeing.concerns(actor),
        "speaks": queries.speaks_for(actor),
        "duty_now": roster.named_for(department) if department else None,
        "lent": _lent(actor),
        "clock_moves": clock.movable(),
    }


def _lent(actor: Actor) -> list[str]:
    """For whom the actor stands in today."""
    names = officers.names_of(post.on_behalf for post in actor.lent)
    return sorted(set(names.values()))


def list_context(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    """The list on the left: boxes, filters, rows under their days, and the way to the next rows."""
    boxes = queries.boxes(actor)
    box = request.GET.get("box") if request.GET.get("box") in boxes else (boxes[0] if boxes else "mine")
    if box == "answered":
        return bar_context(request, actor) | {"boxes": boxes} | answered_context(actor)
    filters = Filters(box=box or "mine", sort=_known(request, "sort", _sorts()), state=_known(request, "state", STATES))
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
        "panels": queries.conclusions(actor) if filters.box == "mine" else [],
        "any_given": any(r.state == TaskState.GIVEN for r in rows),
        "hands": officers.names_of(r.handler_id for r in rows),
        "urgent": queries.on_my_duty(actor),
        "batches": _batches(actor, filters.box),
    }


def _sorts() -> list[str]:
    return [sort.name for kind in kinds.every() for sort in kind.sorts]


def _known(request: HttpRequest, name: str, known: Iterable[str]) -> str:
    """What the address asks for, where there is such a one; a database need not be able to look for anything else."""
    value = request.GET.get(name, "")
    return value if value in [str(one) for one in known] else ""


def _batches(actor: Actor, box: str) -> list[VerbForm]:
    """What may be done to many at once from this box."""
    if box in ("city", "district"):
        names = ["transfer", "decide_extension"]
    else:
        names = ["sign", "pass_down", "assign", "approve", "return", "resume", "transfer", "decide_extension"]
    possible = {rule.verb for rule in RULES if rule.roles & actor.roles}
    return [FORMS[name] for name in names if name in possible]


def answered_context(actor: Actor) -> dict[str, Any]:
    """The list of what was answered: what may be shown, whom to call back."""
    groups = after_the_answer(actor)
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
    return ids.row_id(value) or None


def matter_context(request: HttpRequest, actor: Actor, matter_id: int) -> dict[str, Any]:
    """The open matter. Raises Http404 for what is not there or not his."""
    try:
        view = queries.matter_page(actor, matter_id, task_id(request))
    except NotThere:
        raise Http404 from None
    promise = _first_clock(view)
    voices = [_voice(call, view) for call in view.calls]
    return (
        {
            "view": view,
            "matter": view.matter,
            "task": view.task,
            "kind": kinds.get(view.matter.kind),
            "sort": kinds.get(view.matter.kind).sort(view.matter.sort),
            "duty": city.duty(view.matter.duty_key) if view.matter.duty_key else None,
            "voices": voices[:SHOWN_VOICES],
            "more_voices": voices[SHOWN_VOICES:],
            "all_voices": voices,
            "near": queries.likely_same(actor, view.matter) if "merge" in view.verbs else [],
            "promise": promise,
            "known": queries.known_near(actor, view.matter) if "merge" in view.verbs else [],
            "city_area": whole_city(actor),
            **incident_context(view),
            "shown_promises": [p for p in view.promises if p.met_at or not p.ended_at],
            "blocks": bar.blocks(promise, _spans(view, promise.pk), receipt=True) if promise else [],
            "standing": {pk for pk, rows in view.pauses.items() if rows[-1].to_at is None},
            "stands_for_visit": promise is not None and waits_for(view, promise) == VISIT,
            "forms": offered(_possible(view)),
            "chosen": _chosen(request, view),
            "grades": [(n, words.grade_words(n)) for n in (5, 4, 3, 2, 1)],
            "outcomes": OUTCOMES,
            "look_reasons": look_reasons(),
            "look_minutes": look_minutes(),
            "numbers": relays.numbers(call.pk for call in view.calls),
            "excluding": reasons() if "exclude" in view.verbs else {},
            "remedies": remedies() if "propose_conclusion" in view.verbs else [],
            "typed_ways": request.POST.getlist("chosen"),
            "panel": panel_choice(request, view) if "propose_conclusion" in view.verbs else [],
            "draft_text": view.draft.text if view.draft else "",
            "shown_call": (shown := _to_show(request, view)),
            "approved_text": next((r.text for r in view.responses if shown and r.pk == shown.response_id), ""),
            "can_answer": "answer" in view.verbs and not shares.decides(view),
            "bearers": bearers(actor, view),
            "colleagues": leave.there_today([view.task.bearer_id]) if view.task and "assign" in view.verbs else [],
            "mine_approved": {r.pk for r in view.responses if r.state == "approved" and r.written_by == actor.officer},
            "phrases": _phrases(actor, view),
            "helpers": queries.helpers_for(actor, view.matter.about) if "ask_assist" in view.verbs else [],
            "waits_for": [part for part in view.parts if part.waiting],
            "by_law": WAITS_FOR if "pause_branch" in view.verbs else {},
            "typed": {},
            "errors": {},
        }
        | help_context(request, actor, view)
        | shares.context(actor, view)
        | _with_template(request, actor, view)
    )


# The box that a template fills, of each step.
FILLS = {
    "contact": "note",
    "supplement": "text",
    "answer": "text",
    "decline": "ground",
    "refer": "ground",
    "send_back": "ground",
}


def _phrases(actor: Actor, view: MatterView) -> dict[str, list[templates.Offered]]:
    """The templates for each step that is open now, those of its duty in front."""
    steps = [verb for verb in view.verbs if verb in templates.STEPS]
    found = templates.offered(actor, steps, view.matter.duty_key) if steps else []
    return {step: [row for row in found if row.step == step] for step in steps}


def _with_template(request: HttpRequest, actor: Actor, view: MatterView) -> dict[str, Any]:
    """The template that was chosen by its address, in its box: after the draft, where there is one."""
    found = templates.get(actor, request.GET.get("template", "")) if request.GET.get("template") else None
    if found is None or found.step not in view.verbs:
        return {}
    draft = f"{view.draft.text}\n" if found.step == "answer" and view.draft else ""
    return {"open_verb": found.step, "typed": {FILLS[found.step]: draft + found.text}}


def incident_context(view: MatterView) -> dict[str, Any]:
    """What the forms of an incident begin with: the matter's own words and place, or what was told last."""
    row, matter = view.incident, view.matter
    place = (row.area if row else matter.area) if {"declare_incident", "tell_news"} & set(view.verbs) else None
    areas = choices.areas(place.key if place else "") if "declare_incident" in view.verbs else ""
    return {"incident": row, "areas": areas}


def whole_city(actor: Actor) -> Area | None:
    """The city, for whoever may speak of all of it."""
    return city.city() if any(post.department_level == "city" for post in actor.posts) else None


def _answer_due(view: MatterView) -> Promise | None:
    """The answer that is owed first, of all voices; where none is owed any longer, the one that was promised last."""
    found = [row for row in view.promises if row.what == "answer"]
    running = [row for row in found if row.ended_at is None]
    return min(running, key=lambda row: row.due_at) if running else next(reversed(found), None)


def waits_for(view: MatterView, row: Promise) -> str:
    """For what a promise stands still; '' where it runs."""
    last = next(reversed(view.pauses.get(row.pk, [])), None)
    return last.reason if last is not None and last.to_at is None else ""


def _first_clock(view: MatterView) -> Promise | None:
    """The clock in front: of an assisting unit its own part while that runs, else of the answer."""
    own = [p for p in view.promises if view.task and p.task_id == view.task.pk and p.what == "assist" and not p.ended_at]
    return own[-1] if own else _answer_due(view)


def _possible(view: MatterView) -> list[str]:
    """The kernel's verbs without what the feature knows against them."""
    agreed = may_be_shown(view.on_voice.get("publish", []))
    view.on_voice["publish"] = [pk for pk in view.on_voice.get("publish", []) if pk in agreed]
    possible = {"publish": bool(agreed), "pass_down_branch": shares.can_pass(view)}
    found = [verb for verb in view.verbs if possible.get(verb, True)]
    if not shares.decides(view):
        return [*found, *shares.fee_verbs(view)]
    return [*(verb for verb in found if verb != "submit"), "decide", *shares.fee_verbs(view)]


def _chosen(request: HttpRequest, view: MatterView) -> int | None:
    """The voice for which the page was opened: its row in the list was one voice's."""
    value = request.POST.get("call") or request.GET.get("call") or ""
    return found if (found := ids.row_id(value)) in {call.pk for call in view.calls} else None


def _to_show(request: HttpRequest, view: MatterView) -> Call | None:
    """The voice whose words the form of publishing begins with."""
    chosen, agreed = _chosen(request, view), view.on_voice.get("publish", [])
    fit = [call for call in view.calls if call.pk in agreed]
    return next((call for call in fit if call.pk == chosen), fit[0] if fit else None)


@dataclass(frozen=True, slots=True)
class PanelChoice:
    """One place on a panel to be filled; `needed` says whether it may stay empty."""

    number: int
    needed: bool
    chosen: int
    groups: list[tuple[str, list[Any]]]


def panel_choice(request: HttpRequest, view: MatterView) -> list[PanelChoice]:
    """The places beside the desk's own, and one more, with the departments that may be asked."""
    labels = {"city": _("市级单位"), "district": _("区县单位"), "street": _("镇街")}
    rows = queries.panel_for(view.matter)
    groups = [(label, [row for row in rows if row.level == level]) for level, label in labels.items()]
    least = members_needed() - 1
    typed = [ids.row_id(pk) for pk in request.POST.getlist("panel")] + [0] * (least + 1)
    return [PanelChoice(n, n <= least, typed[n - 1], [g for g in groups if g[1]]) for n in range(1, least + 2)]


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
    phone = parties.known_phone(call.caller) if call.openness == Openness.NAMED else None
    photos = [p for p in view.photos if p.call_id == call.pk]
    return Voice(call, parties.masked(phone) if phone else "", view.opens.get(call.pk, []), photos)


def after(request: HttpRequest, matter_id: int, onward: bool) -> str:
    """Where to go when the verb is done: the next one in the queue, back to the list, or the same matter."""
    if request.POST.get("from") == "dispatch":
        return reverse("desk:dispatching")
    if request.POST.get("from") == "late":
        return reverse("desk:late")
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    if onward:
        return reverse("desk:inbox") + query
    same = request.GET.copy()
    if task := ids.row_id(request.POST.get("task", "")):  # a department may bear two branches of one matter
        same["task"] = str(task)
    return reverse("desk:matter", args=[matter_id]) + (f"?{same.urlencode()}" if same else "")
