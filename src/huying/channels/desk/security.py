"""登录与第二验证: where an officer is signed in, and what he proves himself with."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from huying.channels.desk import pages
from huying.channels.desk.pages import who
from huying.channels.parts import entering, stay
from huying.channels.parts import password as passwords
from huying.channels.parts.password_form import FIELDS
from huying.channels.parts.second import fresh_required
from huying.channels.parts.signin import officer_required
from huying.people import factors
from huying.people.actors import Actor
from huying.people.errors import NotYours
from huying.people.models import Account


@never_cache
@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """The sessions and factors; a POST ends a session or all others."""
    if request.method == "POST":
        stay.end(request)
        return redirect("desk:sessions")
    actor = who(request)
    account = _account(actor)
    context = {
        "page": "me",
        "stays": stay.shown(request),
        "factors": account.factors.order_by("pk"),
        "codes_left": factors.codes_left(account),
    }
    return render(request, "desk/sessions.html", pages.bar_context(request, actor) | context)


@require_POST
@officer_required
@fresh_required
def give_up(request: HttpRequest) -> HttpResponse:
    """Take one factor away, while another is left."""
    one = request.POST.get("factor", "")
    try:
        factors.remove(_account(who(request)), int(one) if one.isdecimal() and len(one) < 19 else 0)
    except NotYours:
        raise Http404 from None
    messages.success(request, _("已经撤下。"))
    return redirect("desk:sessions")


@never_cache
@sensitive_post_parameters(*FIELDS)
@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Set another password. Asked for the factor first, for what asks again carries what was typed in a page."""
    if set(FIELDS) & set(request.POST) and not entering.is_fresh(request):
        return redirect("desk:password")
    guarded: HttpResponse = fresh_required(lambda r: passwords.change(r, "desk:sessions"))(request)
    return guarded


def _account(actor: Actor) -> Account:
    assert actor.officer
    return actor.officer.account
