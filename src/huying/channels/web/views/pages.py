"""Pages of plain words, and the page about oneself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huying.channels.parts import access
from huying.people import parties


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Who is signed in, and what one can set."""
    party = access.actor_of(request).party
    phone = parties.known_phone(party) if party else None
    return render(request, "web/me.html", {"phone": parties.masked(phone) if phone else "", "signed_in": party is not None})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """无障碍声明."""
    return render(request, "web/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """个人信息保护."""
    return render(request, "web/privacy.html")
