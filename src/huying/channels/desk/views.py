"""The officers' workbench: one inbox, the call beside it, every verb by one function of the kernel."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huying.base import ids
from huying.channels.desk import advising, dispatching, pages
from huying.channels.desk.filled import Filled
from huying.channels.desk.pages import who
from huying.channels.desk.verbs import FORMS
from huying.channels.parts import choices, photos, words
from huying.channels.parts.second import asked_again, fresh_required
from huying.channels.parts.signin import officer_required
from huying.kernel import actions, queries
from huying.kernel.errors import BadInput, NotThere, Refused


@require_GET
@officer_required
def inbox(request: HttpRequest, matter_id: int | None = None) -> HttpResponse:
    """The list, and the matter that is open beside it."""
    actor = who(request)
    context = pages.list_context(request, actor)
    if matter_id is not None:
        context |= pages.matter_context(request, actor, matter_id)
    return never_kept(render(request, "desk/desk.html", context))


@require_POST
@officer_required
def act(request: HttpRequest, matter_id: int, verb: str) -> HttpResponse:
    """Carry one verb. A fault shows the page again with every word that was typed."""
    actor = who(request)
    form = FORMS.get(verb)
    if form is None:
        raise Http404
    given = photos.given(request)
    try:
        view = queries.matter_page(actor, matter_id, pages.task_id(request))
        if verb == "merge" and len(view.calls) > 1 and (asked := asked_again(request)):  # many callers at once
            return asked
        if verb == "open_share" and (asked := asked_again(request)):  # who somebody is: proved again, as for every look
            return asked
        if (advice := advising.instead(actor, view, verb, request.POST)) is not None:
            return _page_again(request, matter_id, verb, given.tokens, {"errors": {}, "advice": advice})
        form.carry(Filled(actor, view, request.POST, given))
    except NotThere:
        raise Http404 from None
    except (BadInput, Refused) as fault:
        return _again(request, matter_id, verb, fault, given.tokens)
    sent = verb == "answer" and request.POST.get("send")
    messages.success(request, words.said(FORMS["submit"].done if sent else form.done))
    for refused in given.refused:  # the rest went on
        messages.warning(request, str(refused))
    return redirect(pages.after(request, matter_id, form.onward or bool(sent)))


def _again(request: HttpRequest, matter_id: int, verb: str, fault: BadInput | Refused, tokens: list[str]) -> HttpResponse:
    """The page again, with the field at fault named."""
    errors = fault.errors if isinstance(fault, BadInput) else {"": fault.message}
    return _page_again(request, matter_id, verb, tokens, {"errors": errors}, 422 if isinstance(fault, BadInput) else 409)


def _page_again(
    request: HttpRequest, matter_id: int, verb: str, tokens: list[str], more: dict[str, Any], status: int = 200
) -> HttpResponse:
    """The same page with what was typed, the pictures taken up, and the verb's form open."""
    actor = who(request)
    context = pages.list_context(request, actor) | pages.matter_context(request, actor, matter_id)
    if "area_key" in request.POST:
        context["areas"] = choices.areas(request.POST["area_key"])
    context |= {"assisting": [value for value in request.POST.getlist("assists") if value]}
    context |= {"typed": request.POST, "open_verb": verb, "tokens": tokens} | more
    if request.POST.get("from") == "dispatch":
        return never_kept(dispatching.again(request, actor, context, 422 if more["errors"] else status))
    return never_kept(render(request, "desk/desk.html", context, status=status))


@require_POST
@officer_required
def sign_many(request: HttpRequest) -> HttpResponse:
    """Sign every task that was ticked; tell how many, and why not for the rest."""
    actor = who(request)
    chosen = list(filter(None, map(ids.row_id, request.POST.getlist("task"))))
    if not chosen:
        messages.warning(request, _("先勾选要签收的件。"))
        return redirect("desk:inbox")
    try:
        signed, refused = actions.sign(actor, chosen)
    except (NotThere, Refused) as fault:
        signed, refused = [], {chosen[0]: str(fault)}
    if signed:
        messages.success(request, _("签收了 %(n)s 件。") % {"n": len(signed)})
    if refused:
        messages.warning(request, _("有 %(n)s 件没有签收：可能已被同事签收，或者不在您这里。") % {"n": len(refused)})
    return redirect(f"{reverse('desk:inbox')}?{request.GET.urlencode()}")


@require_POST
@officer_required
@fresh_required
def look(request: HttpRequest, call_id: int) -> HttpResponse:
    """Open one thing that says who she is: from then on it stands on the matter's page until its time is over."""
    actor, given = who(request), request.POST
    matter_id = ids.row_id(given.get("matter", ""))
    try:
        actions.look(actor, call_id, given.get("field", ""), given.get("reason", ""), given.get("words", ""))
    except NotThere:
        raise Http404 from None
    except Refused as refusal:
        messages.warning(request, refusal.message)
    except BadInput as bad:
        context = pages.list_context(request, actor) | pages.matter_context(request, actor, matter_id)
        context |= {"typed": given, "look_errors": bad.errors, "errors": bad.errors, "look_at": call_id}
        return never_kept(render(request, "desk/desk.html", context, status=422))
    if given.get("from") == "dispatch":
        return redirect("desk:dispatch_one", matter_id)
    return redirect(pages.after(request, matter_id, onward=False))


def never_kept(response: HttpResponse) -> HttpResponse:
    """What may show who a caller is lies in no cache: going back after its time is over shows it no more."""
    add_never_cache_headers(response)
    return response


@require_GET
@officer_required
def start(request: HttpRequest) -> HttpResponse:
    """Where an officer begins his day: a head with what is late and why, everybody else with what is his turn."""
    return redirect("desk:late" if queries.led(who(request)) else "desk:inbox")


@require_GET
@officer_required
def me(request: HttpRequest) -> HttpResponse:
    """What is about oneself: leave, templates, what one has done, keys."""
    actor = who(request)
    return render(request, "desk/me.html", pages.bar_context(request, actor) | {"page": "me"})


@require_GET
@officer_required
def keys(request: HttpRequest) -> HttpResponse:
    """All keys on one page, for those without script and those who want to print them."""
    own = [
        ("J / K", _("下一件、上一件")),
        ("Enter", _("打开")),
        ("X", _("勾选")),
        ("S", _("签收勾选的")),
        ("Q", _("一起办勾选的")),
        ("/", _("筛选")),
        ("=", _("查找")),
    ]
    own += [("1 2 3", _("按建议派出")), ("W", _("先存着")), ("Ctrl + Enter", _("提交正在写的")), ("G", _("回到待办"))]
    context = {"forms": FORMS.values(), "moves": own, "page": "keys"}
    return render(request, "desk/keys.html", pages.bar_context(request, who(request)) | context)
