"""A thing that is being made, as a citizen would see it: the same page by the same code; nothing of it is kept."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from huying.channels.parts.middleware import FRAMED
from huying.channels.parts.signin import actor_of_request, officer_required
from huying.channels.web.views.thing import guided
from huying.city.catalogue import InForce
from huying.city.models import Thing
from huying.features.services.making import preview, proving, seeing
from huying.kernel.errors import NotThere, Refused


@never_cache
@require_safe
@officer_required
@xframe_options_sameorigin
def draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """For those who make it or must agree to it; shown in a frame of our own pages."""
    actor = actor_of_request(request)
    assert actor is not None, "the view is guarded by officer_required"
    try:
        row = seeing.seen(actor, draft_id).row
        whole = preview.sketch(proving.prove(row))
    except (NotThere, Refused):
        raise Http404 from None
    if whole is None:
        raise Http404
    found = InForce(Thing(key=row.code or "draft", name=row.name), 0, 0, whole)
    context = guided(request, found) | {"shell": "web/preview.html", "previewed": True}
    response = render(request, "web/thing.html", context)
    response["Content-Security-Policy"] = FRAMED
    return response
