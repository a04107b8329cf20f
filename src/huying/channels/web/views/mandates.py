"""授权代办: whom she lets act for her, for whom he may act, and how either begins and ends it."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from huying.base import clock, ids
from huying.channels.parts import access, entering, mandated, signin
from huying.channels.web import acting
from huying.features.services import mandates
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.people import codes, limits
from huying.people.actors import Actor
from huying.people.models import Party

MONTH, YEAR = timedelta(days=30), timedelta(days=365)


@never_cache
@sensitive_post_parameters("phone", "code")
@signin.party_required
@require_http_methods(["GET", "HEAD", "POST"])
def mandates_page(request: HttpRequest) -> HttpResponse:
    """Both lists, and the two forms: I let somebody, and somebody lets me by telling a code."""
    if request.method != "POST":
        return _page(request, {}, "", 200)
    do, actor = request.POST.get("do", ""), access.actor_of(request)
    try:
        return _done(request, actor, do)
    except NotThere:
        raise Http404 from None
    except Refused as refused:
        messages.warning(request, refused.message)
        return redirect("web:mandates")
    except BadInput as bad:
        return _page(request, bad.errors, do, 422)
    except limits.TooMany as fault:
        return _page(request, {"phone": entering.wait_words(_("同意码发得太勤了。"), fault)}, "ask", 429)
    except codes.NotSent as fault:
        return _page(request, {"phone": str(fault)}, "ask", 502)


def _done(request: HttpRequest, actor: Actor, do: str) -> HttpResponse:
    given, scope = request.POST, acting.scope_of(request.POST)
    if do == "give":
        mandates.give(actor, given.get("phone", ""), scope)
        messages.success(request, _("授权好了。请对方用这个手机号登录，在“我的”“授权代办”里点同意。"))
    elif do == "ask":
        mandates.ask_code(actor, given.get("phone", ""), scope, entering.address_of(request))
        return _page(request, {}, "confirm", 200)
    elif do == "confirm":
        made = mandates.by_code(actor, given.get("phone", ""), given.get("code", ""), scope)
        messages.success(request, _("可以替家人办了。"))
        return redirect("web:act-for", made.pk)
    elif do == "accept":
        made = mandates.accept(actor, ids.row_id(given.get("mandate", "")))
        return redirect("web:act-for", made.pk)
    else:
        mandates.end(actor, ids.row_id(given.get("mandate", "")))
        messages.success(request, _("这份授权结束了。已经交上去的照样办完。"))
    return redirect("web:mandates")


@never_cache
@signin.party_required
@require_safe
def act_for(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """What to do for her: the one thing she named, or any of them; and what was begun."""
    mandate = mandates.usable(access.actor_of(request), mandate_id)
    if mandate is None:
        raise Http404
    if chosen := request.GET.get("thing", "") or (mandate.thing if not mandates.cases_of(mandate) else ""):
        return redirect(f"{reverse('web:thing', args=[chosen])}?{mandated.FOR}={mandate.pk}")
    line = mandated.lines([mandate])[0]
    context = {"line": line, "things": mandated.thing_options(mandate.thing), "one": mandate.thing}
    return render(request, "web/act_for.html", context)


def _her(request: HttpRequest) -> Party:
    party = access.actor_of(request).party
    assert party is not None  # party_required
    return party


def _page(request: HttpRequest, errors: dict[str, str], at: str, status: int) -> HttpResponse:
    her, typed, today = _her(request), request.POST, clock.today()
    context: dict[str, Any] = {
        "given": mandated.lines(mandates.given(her)),
        "held": mandated.lines(mandates.held(her)),
        "errors": errors,
        "at": at,
        "phone": typed.get("phone", ""),
        "last": typed.get("last", (today + MONTH).isoformat()),
        "relation": typed.get("relation", "family"),
        "relations": mandates.Relation.choices[:2],
        "things": mandated.thing_options(typed.get("thing", "")),
        "thing": typed.get("thing", ""),
        "what": mandates.what(typed.get("thing", "")),
        "least": today.isoformat(),
        "most": (today + YEAR).isoformat(),
    }
    return render(request, "web/mandates.html", context, status=status)
