"""办事: find in everyday words what the city does for people and firms; by event, by department, by whom it is for."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huying.city import catalogue
from huying.city.things import Item
from huying.kernel import finding

WHO = ("person", "firm")
SHOWN_POPULAR, SHOWN_DEPARTMENTS = 8, 12


@require_safe
def things(request: HttpRequest) -> HttpResponse:
    """今天想办什么事？ Asked in words, what was found; asked for a shelf, what lies there; else the first page."""
    asked = request.GET.get("q", "").strip()[: finding.MOST_ASKED]
    who = request.GET.get("who", "") if request.GET.get("who") in WHO else ""
    if asked:
        return render(request, "web/things_found.html", {"asked": asked, "hits": finding.find(asked), "who": ""})
    event, department = (request.GET.get(name, "")[:64] for name in ("event", "department"))
    if event or department or "all" in request.GET:
        return _shelf(request, who, event, department)
    context = {
        "who": who,
        "events": finding.events(who),
        "departments": finding.departments(who),
        "popular": finding.popular(SHOWN_POPULAR, who),
        "days": finding.DAYS,
        "count": len(finding.shelf(who).things),
    }
    return render(request, "web/things.html", context)


@require_safe
def item(request: HttpRequest, code: str) -> HttpResponse:
    """One item: what it is, who does it, what it takes, what to do against it, and in which things it is done along."""
    found = catalogue.item(code)
    if found is None:
        raise Http404
    return render(request, "web/item.html", {"item": found, "held": _holding(found)})


def _shelf(request: HttpRequest, who: str, event: str, department: str) -> HttpResponse:
    """The things of one event or department. One that there is not is an empty shelf, and says so."""
    names = {body.key: body.name for body, _ in (finding.events() if event else finding.departments())}
    context: dict[str, Any] = {
        "who": who,
        "event": event,
        "department": department,
        "name": names.get(event or department),
        "shelf": finding.shelf(who, event, department),
    }
    return render(request, "web/things_shelf.html", context)


def _holding(item: Item) -> list[catalogue.InForce]:
    return [thing for thing in catalogue.things() if item.code in thing.whole.items]
