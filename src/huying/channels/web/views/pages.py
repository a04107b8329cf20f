"""Pages of plain words, and the page about oneself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from huying.channels.parts import access, stay
from huying.channels.parts.signin import party_required
from huying.channels.web import offering
from huying.features.services.offering import queries as offers
from huying.people import parties


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Who is signed in, and what one can set."""
    party = access.actor_of(request).party
    phone = parties.known_phone(party) if party else None
    context = {
        "phone": parties.masked(phone) if phone else "",
        "signed_in": party is not None,
        "offers": [offering.card(view) for view in offers.waiting(party)],
    }
    return render(request, "web/me.html", context)


@never_cache
@party_required
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in; a POST ends one of them or all others."""
    if request.method == "POST":
        stay.end(request)
        return redirect("web:sessions")
    return render(request, "web/sessions.html", {"stays": stay.shown(request)})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """无障碍声明."""
    return render(request, "web/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """个人信息保护."""
    return render(request, "web/privacy.html")
