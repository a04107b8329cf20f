"""已知事件: what the city knows of already. A list, a page for each, and one tap for whoever meets it too."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from huying.channels.parts import access, floods
from huying.channels.web import areas, form
from huying.channels.web.form import Typed
from huying.channels.web.views import appeal
from huying.city import queries as city
from huying.features.appeals import actions
from huying.kernel import queries
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Call
from huying.kernel.queries import IncidentView
from huying.people.limits import TooMany


@require_safe
def incidents(request: HttpRequest) -> HttpResponse:
    """All that run now, or those that concern one area."""
    area = city.area_by_key(request.GET.get("area", ""))
    key = area.key if area else ""
    context = {"lines": queries.incidents(area), "area": area, "options": areas.options(key)}
    return render(request, "web/incidents.html", context)


@require_safe
def known(request: HttpRequest) -> HttpResponse:
    """What the appeal form puts beside the area as soon as it is chosen: those that concern it, each with its button."""
    area = city.area_by_key(request.GET.get("area", ""))
    return render(request, "web/_known.html", {"known": queries.incidents(area) if area else []})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def incident(request: HttpRequest, matter_id: int) -> HttpResponse:
    """One incident; a POST joins it. Whoever is signed in needs no second page, others say how they are to be reached."""
    try:
        view = queries.incident(matter_id)
    except NotThere:
        raise Http404 from None
    if request.method != "POST":
        return _page(request, view, form.fresh(), {}, 200)
    typed = form.typed(request)
    try:
        floods.appeal(request)
        opened = actions.join_incident(access.actor_of(request), matter_id, _appeal(typed))
    except BadInput as bad:
        return _asked(request, view, typed, bad.errors)
    except TooMany as fault:
        return floods.told(_page(request, view, typed, {"key": floods.appeals_words(fault)}, 429), fault)
    except Refused:
        return _page(request, queries.incident(matter_id), typed, {}, 409)
    return appeal.received(request, opened, typed)


def _appeal(typed: Typed) -> actions.NewAppeal:
    try:
        return form.appeal_of(typed)
    except ValueError:  # a point that is none: the incident has its own place
        typed.lon = typed.lat = ""
        return form.appeal_of(typed)


def _asked(request: HttpRequest, view: IncidentView, typed: Typed, errors: dict[str, str]) -> HttpResponse:
    """How she is to be reached is asked on the incident's page, once; what else is wrong belongs to the form she came from."""
    if not set(errors) <= {"phone", "key", "openness"}:
        return appeal.again(request, typed, errors, 422)
    if "key" in errors:
        typed.key = form.fresh().key
    here = "join" in request.POST  # coming from the form with nothing said of it yet is no fault
    return _page(request, view, typed, errors if here else {}, 422 if here else 200)


def _page(request: HttpRequest, view: IncidentView, typed: Typed, errors: dict[str, str], status: int) -> HttpResponse:
    context: dict[str, Any] = {
        "view": view,
        "line": view.line,
        "typed": typed,
        "fields": [(name, getattr(typed, name)) for name in ("key", "text", "area", "place", "lon", "lat", "sort")],
        "errors": errors,
        "asked": request.method == "POST",
        "hers": _hers(request, view.line.matter_id),
        "signed_in": access.actor_of(request).party is not None,
    }
    return render(request, "web/incident.html", context, status=status)


def _hers(request: HttpRequest, matter_id: int) -> Call | None:
    """The voice that she has in it already."""
    mine = queries.my_calls(access.actor_of(request), held=access.held_calls(request))
    return next((call for call in mine if call.matter_id == matter_id), None)
