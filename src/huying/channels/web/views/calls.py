"""查进度: my calls, one call with its clock and hops, and the caller's word on the answer."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from huying.base import ids
from huying.channels.parts import access, bar, floods, hops
from huying.channels.parts.words import grade_words
from huying.channels.web import at_work, clocks, offering, progress
from huying.features.services.kind import SERVICE
from huying.features.services.offering import queries as offers
from huying.kernel import actions, queries
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import CallState
from huying.kernel.queries import CallView
from huying.notify import queries as notices
from huying.people.actors import Actor
from huying.people.limits import TooMany

CASE = SERVICE.name
GRADES = ((5, "f5"), (4, "f4"), (3, "f3"), (2, "f2"), (1, "f1"))


@dataclass(slots=True)
class Verdict:
    """The caller's word as it was chosen and typed."""

    solved: str = ""
    grade: str = ""
    text: str = ""


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """All calls of who is signed in, those opened in this browser, and the way to any other."""
    return _mine(request, {"number": ids.plain_number(request.GET.get("number", ""))}, "")


@never_cache
@require_safe
def looks(request: HttpRequest) -> HttpResponse:
    """谁看过我的信息: every look at the calls of who is signed in, and at those opened in this browser."""
    actor, held = access.actor_of(request), access.held_calls(request)
    rows = queries.looks_at(actor, held)
    of_rules = [offering.seen(row) for row in offers.looks(actor.party)]
    context = {"rows": rows, "of_rules": of_rules, "signed_in": actor.party is not None}
    return render(request, "web/looks_mine.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """A call by its number and secret; from then on this browser may open it."""
    if request.method != "POST":
        return _mine(request, {"number": ids.plain_number(request.GET.get("number", ""))}, "")
    typed = {"number": request.POST.get("number", "").strip(), "secret": "".join(request.POST.get("secret", "").split())}
    number = ids.plain_number(typed["number"])
    try:
        floods.guess(request, number)
    except TooMany as fault:
        return floods.told(_mine(request, typed, floods.guesses_words(fault), 429), fault)
    holder = queries.find_call(typed["number"], typed["secret"])
    if holder is None or holder.held_call is None:
        return _mine(request, typed, _no_fit(typed["number"]), 422)
    floods.guessed(request, number)
    answer = redirect("web:call", number=number)
    access.hold(request, answer, holder.held_call)
    return answer


def _no_fit(number: str) -> str:
    if not ids.number_is_sound(ids.plain_number(number)):
        return _("查询号不对：应该是 12 位数字，可能有一位写错了。")
    return _("查询号和查询码对不上，请核对一下。查询码是 10 个字母和数字。")


def _mine(request: HttpRequest, typed: dict[str, str], fault: str, status: int = 200) -> HttpResponse:
    actor = access.actor_of(request)
    calls = queries.my_calls(actor, held=access.held_calls(request))
    context = {
        "calls": progress.of_all(calls),
        "typed": typed,
        "fault": fault,
        "signed_in": actor.party is not None,
        # a link out of a message leads here who is not signed in: then on to the call
        "wanted": reverse("web:call", args=[typed["number"]]) if ids.number_is_sound(typed["number"]) else "",
    }
    return render(request, "web/mine.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest, number: str) -> HttpResponse:
    """One call as its caller sees it; a POST is her word.

    Missing and not yours both lead to the page that asks for the secret.
    """
    if not (number.isascii() and number.isdigit()):
        raise Http404
    try:
        actor, view = access.open_call(request, queries.call_id_of(number))
    except NotThere:
        return redirect(f"{reverse('web:find')}?{urlencode({'number': number})}")
    if view.matter.kind == CASE:
        return redirect("web:case", number=number)
    if request.method == "POST":
        return _DO.get(request.POST.get("do", ""), _rate)(request, actor, view)
    if request.method == "GET":
        notices.mark_read(actor.party, access.held_calls(request), view.call.pk)
    return _page(request, view, Verdict(), {}, 200)


def _rate(request: HttpRequest, actor: Actor, view: CallView) -> HttpResponse:
    verdict = Verdict(*(request.POST.get(name, "").strip() for name in ("solved", "grade", "text")))
    solved = {"yes": True, "no": False}.get(verdict.solved)
    grade = ids.row_id(verdict.grade) if verdict.grade else None
    try:
        actions.rate(actor, view.call.pk, solved, grade, verdict.text[:1000])
    except BadInput as bad:
        return _page(request, view, verdict, bad.errors, 422)
    except Refused as refused:
        return _page(request, view, verdict, {"solved": refused.message}, 409)
    return redirect("web:call", number=view.call.number)


def _reply(request: HttpRequest, actor: Actor, view: CallView) -> HttpResponse:
    try:
        actions.reply(actor, view.call.pk, request.POST.get("reply", ""))
    except BadInput as bad:
        return _page(request, view, Verdict(), bad.errors, 422)
    except Refused as refused:
        return _page(request, view, Verdict(), {"reply": refused.message}, 409)
    return redirect("web:call", number=view.call.number)


def _withdraw(request: HttpRequest, actor: Actor, view: CallView) -> HttpResponse:
    try:
        actions.withdraw(actor, view.call.pk)
    except Refused as refused:
        return _page(request, view, Verdict(), {"withdraw": refused.message}, 409)
    return redirect("web:call", number=view.call.number)


def _split(request: HttpRequest, actor: Actor, view: CallView) -> HttpResponse:
    try:
        actions.split(actor, view.call.pk)
    except Refused as refused:
        return _page(request, view, Verdict(), {"split": refused.message}, 409)
    return redirect("web:call", number=view.call.number)


def _plead(request: HttpRequest, actor: Actor, view: CallView) -> HttpResponse:
    try:
        actions.plead(actor, view.call.pk, request.POST.get("plead", ""))
    except BadInput as bad:
        return _page(request, view, Verdict(), bad.errors, 422)
    except Refused as refused:
        return _page(request, view, Verdict(), {"plead": refused.message}, 409)
    return redirect("web:call", number=view.call.number)


def _object(request: HttpRequest, actor: Actor, view: CallView) -> HttpResponse:
    look = request.POST.get("look", "")
    try:
        actions.object_(actor, view.call.pk, ids.row_id(look), request.POST.get("objection", ""))
    except NotThere:
        raise Http404 from None
    except BadInput as bad:
        return _page(request, view, Verdict(), bad.errors, 422)
    except Refused as refused:
        return _page(request, view, Verdict(), {"objection": refused.message}, 409)
    return redirect(f"{reverse('web:call', args=[view.call.number])}#looks")


def _answer_message(request: HttpRequest, actor: Actor, view: CallView) -> HttpResponse:
    try:
        actions.answer_message(actor, view.call.pk, request.POST.get("answer", ""))
    except BadInput as bad:
        return _page(request, view, Verdict(), bad.errors, 422)
    except Refused as refused:
        return _page(request, view, Verdict(), {"answer": refused.message}, 409)
    return redirect(f"{reverse('web:call', args=[view.call.number])}#messages")


_DO = {
    "object": _object,
    "answer_message": _answer_message,
    "plead": _plead,
    "reply": _reply,
    "split": _split,
    "withdraw": _withdraw,
}  # what else she may do on the page; without a name it is her rating


def _end_of(view: CallView, told: list[hops.Line]) -> hops.Line | None:
    """What ended her call otherwise than by an answer; a conclusion has a place of its own."""
    return told[-1] if told and view.call.state == CallState.ENDED and view.call.ended_how != "conclude" else None


def _page(request: HttpRequest, view: CallView, verdict: Verdict, errors: dict[str, str], status: int) -> HttpResponse:
    promise = view.promise if view.promise and (view.promise.met_at or not view.promise.ended_at) else None
    drawn = bar.blocks(promise, view.pauses) if promise else []
    told = hops.lines(view.hops, for_caller=True)
    context = {
        "view": view,
        "call": view.call,
        "kept": queries.is_kept(view.call.pk),
        "progress": progress.of(view.call),
        "clock": clocks.of(promise, view.pauses, view.standing) if promise else None,
        "blocks": drawn,
        "has_off": bar.has_off(drawn),
        "typed_reply": request.POST.get("reply", ""),
        "typed_objection": request.POST.get("objection", ""),
        "objecting": ids.row_id(request.POST.get("look", "")) if "objection" in errors else 0,
        "typed_answer": request.POST.get("answer", ""),
        "typed_plead": request.POST.get("plead", ""),
        "hops": told,
        "at_work": at_work.lines(view),
        "spent": at_work.spent(view),
        "ended": _end_of(view, told),
        "verdict": verdict,
        "errors": errors,
        "grades": [(value, face, grade_words(value)) for value, face in GRADES],
        "said_grade": grade_words(view.call.grade) if view.call.grade else "",
    }
    return render(request, "web/call.html", context, status=status)
