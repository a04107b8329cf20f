"""A thing as it stands in the catalogue, to be read: what it is and which items it may hold."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huying.city import catalogue


@require_safe
def thing(request: HttpRequest, key: str) -> HttpResponse:
    """One thing, read only."""
    found = catalogue.thing(key)
    if found is None:
        raise Http404
    return render(request, "web/thing_plain.html", {"thing": found.whole.thing, "items": list(found.whole.items.values())})
