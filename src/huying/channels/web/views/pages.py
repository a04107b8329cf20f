"""Pages of plain words, and the page about oneself."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huying.channels.parts import access
from huying.channels.parts.seen import seen
from huying.kernel import queries
from huying.people import parties


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Who is signed in, and what one can set."""
    party = access.actor_of(request).party
    phone = parties.known_phone(party) if party else None
    return render(request, "web/me.html", {"phone": parties.masked(phone) if phone else "", "signed_in": party is not None})


@never_cache
@require_safe
def looks(request: HttpRequest) -> HttpResponse:
    """谁看过我的信息: every look at the one who is signed in."""
    actor = access.actor_of(request)
    if actor.party is None:
        return redirect(f"{reverse('signin')}?{urlencode({'next': request.path})}")
    return render(request, "web/looks.html", {"seen_by": [seen(row) for row in queries.my_looks(actor)]})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """无障碍声明."""
    return render(request, "web/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """个人信息保护."""
    return render(request, "web/privacy.html")
