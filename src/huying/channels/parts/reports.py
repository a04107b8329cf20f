"""Where providers tell what became of a text message, and what she answered to the relay. Signed, or not listened to."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from huying.kernel import actions
from huying.kernel.errors import NotThere, Refused
from huying.notify import relays, reports
from huying.notify.ports import Heard, HearingRelay
from huying.people import texts
from huying.people.actors import holder_actor
from huying.people.ports import Forged, ReportedTexts

MOST_BYTES = 4096


@never_cache
@csrf_exempt  # it comes from a server, not from a browser: the signature stands in for the token
@require_POST
def told(request: HttpRequest) -> HttpResponse:
    """204 when it is written down, 404 for everything else: no adapter, no signature, no such message."""
    try:
        adapter = texts.adapter()
        body = request.body if int(request.META.get("CONTENT_LENGTH") or 0) <= MOST_BYTES else b""
        if isinstance(adapter, ReportedTexts) and reports.take(adapter.report(request.headers, body)):
            return HttpResponse(status=204)
    except (texts.NoTexts, Forged, ValueError):
        pass
    return HttpResponse(status=404)


@never_cache
@csrf_exempt  # as above
@require_POST
def heard(request: HttpRequest) -> HttpResponse:
    """What she answered to the number that stands in for hers. 204 when it is written down, now or before; else 404."""
    try:
        relay = relays.adapter()
        body = request.body if int(request.META.get("CONTENT_LENGTH") or 0) <= MOST_BYTES else b""
        if isinstance(relay, HearingRelay) and _take(relay.heard(request.headers, body)):
            return HttpResponse(status=204)
    except (relays.NoRelay, Forged, ValueError, NotThere, Refused):
        pass
    return HttpResponse(status=404)


def _take(answer: Heard) -> bool:
    """False for a line that is not there. An answer that was told before is there already."""
    call = relays.call_of(answer)
    if call is None:
        return False
    with transaction.atomic():
        if relays.is_new(answer):
            actions.answer_message(holder_actor(call), call, answer.text, "relay")
    return True
