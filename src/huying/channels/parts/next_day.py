"""The demo's own button: move the city's clock to the next working day. A real city does not have it."""

from datetime import datetime, time

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from huying.base import clock
from huying.city import calendar

MORNING = time(8, 30)


def next_day(request: HttpRequest) -> HttpResponse:
    """It becomes 08:30 of the next working day, and the reader stays where he was. Not there outside a demo."""
    if not settings.DEMO or not clock.movable():
        raise Http404
    return _move(request)


@require_POST
def _move(request: HttpRequest) -> HttpResponse:
    day = calendar.current().nth_after(clock.today(), 1)
    clock.move(datetime.combine(day, MORNING, clock.CITY_TIME))
    back = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return HttpResponseRedirect(back if ours else "/")
