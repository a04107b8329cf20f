"""Where a provider tells what became of a text message. It signs what it says; nobody else is listened to."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from huying.notify import reports
from huying.people import texts
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
