"""Known incidents at the desk: what runs, whose news are late, and one that nobody has called about yet."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from huying.base import ids
from huying.channels.desk import pages
from huying.channels.desk.notices import notice
from huying.channels.parts import choices
from huying.channels.parts.signin import officer_required
from huying.city.models import Department
from huying.features.appeals import actions
from huying.kernel import queries
from huying.kernel.errors import BadInput, Refused
from huying.people.actors import Actor


@require_GET
@officer_required
def incidents(request: HttpRequest) -> HttpResponse:
    """Those that run on what this officer sees; whose news are due first stands first."""
    actor = pages.who(request)
    context = {"lines": queries.incidents_at_desk(actor), "opens": queries.speaks_for(actor), "page": "incidents"}
    return render(request, "desk/incidents.html", pages.bar_context(request, actor) | context)


@require_http_methods(["GET", "POST"])
@officer_required
def new(request: HttpRequest) -> HttpResponse:
    """Open one: a planned cut, a burst pipe that the company saw. The same form sent twice is one."""
    actor = pages.who(request)
    if not queries.speaks_for(actor):
        raise Http404
    if request.method != "POST":
        return _form(request, actor, {"key": ids.new_token()}, {}, 200)
    try:
        told = notice(request.POST)
        opened = actions.open_incident(actor, _bearer(request), told, str(request.POST.get("key", "")))
    except BadInput as bad:
        return _form(request, actor, request.POST, bad.errors, 422)
    except Refused as refused:
        return _form(request, actor, request.POST, {"": refused.message}, 409)
    messages.success(request, _("已公布，这一带的人提诉求前就看得到。"))
    return redirect("desk:matter", opened.pk)


def _bearer(request: HttpRequest) -> int:
    value = ids.row_id(str(request.POST.get("bearer_id", "")))
    if not value:
        raise BadInput({"bearer_id": _("请选择一个单位。")})
    return value


def _form(request: HttpRequest, actor: Actor, typed: Any, errors: dict[str, str], status: int) -> HttpResponse:
    context = {
        "typed": typed,
        "errors": errors,
        "areas": choices.areas(str(typed.get("area_key", ""))),
        "city_area": pages.whole_city(actor),
        "bearers": _bearers(actor),
        "page": "incidents",
    }
    return render(request, "desk/incident_new.html", pages.bar_context(request, actor) | context, status=status)


def _bearers(actor: Actor) -> list[tuple[str, list[Department]]]:
    """His own departments, and those to whom the city's desk may give it."""
    own = queries.own_departments(actor)
    return [(_("本单位"), own), *(queries.bearers_for(actor) if queries.at_city_desk(actor) else [])]
