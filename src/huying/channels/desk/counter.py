"""窗口：who comes today and on the coming days; when the counter is open is the head's to say."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.base import clock
from huying.channels.desk import counter_hours, pages
from huying.channels.parts.signin import officer_required
from huying.city import catalogue
from huying.city import queries as city
from huying.features.services import visiting
from huying.features.services.models import Visit
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.people.actors import Actor

VISITED = {"came": True, "missed": False}


@never_cache
@require_GET
@officer_required
def counter(request: HttpRequest) -> HttpResponse:
    """Who comes on one day to the counters at which this officer works, in order; below, the hours of his own."""
    actor = pages.who(request)
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        day = clock.today()
    return _page(request, actor, day, {})


@require_POST
@officer_required
def ended(request: HttpRequest, visit_id: int, how: str) -> HttpResponse:
    """She came, or did not."""
    if how not in VISITED:
        raise Http404
    try:
        row = visiting.ended(pages.who(request), visit_id, VISITED[how])
    except NotThere:
        raise Http404 from None
    except Refused as refused:
        messages.warning(request, refused.message)
        return redirect("desk:counter")
    messages.success(request, _("记下了。"))
    return redirect(f"{reverse('desk:counter')}?day={clock.day_of(row.starts_at).isoformat()}")


@require_POST
@officer_required
def hours(request: HttpRequest, unit: int) -> HttpResponse:
    """The head's hours in the place of those before, or those of the city again. A fault keeps what was typed."""
    actor, back = pages.who(request), request.POST.get("do") == "city"
    if unit not in actor.departments("head"):
        raise Http404
    typed, rows = (counter_hours.Typed(), []) if back else counter_hours.typed(request.POST)
    if not (back or rows or typed.faults):
        typed.faults.append(_("一天也没有写。要照全市的时间，请按旁边那个按钮。"))
    if not typed.faults:
        try:
            visiting.set_hours(actor, unit, rows)
        except BadInput as bad:
            typed.faults += bad.errors.values()
    if typed.faults:
        return _page(request, actor, clock.today(), {"typed": typed}, 422)
    messages.success(request, _("窗口时间改好了；已经约好的照旧。"))
    return redirect("desk:counter")


def _page(request: HttpRequest, actor: Actor, day: date, more: dict[str, Any], status: int = 200) -> HttpResponse:
    rows = [(row, _item_of(row)) for row in visiting.of_day(actor, day)]
    heads = sorted(actor.departments("head"))
    unit = city.department_by_id(heads[0]) if heads else None
    kept = visiting.hours_of(unit.pk) if unit else []
    context = {
        "page": "counter",
        "rows": rows,
        "unsaid": [(row, _item_of(row)) for row in visiting.unsaid(actor) if clock.day_of(row.starts_at) != day],
        "passed_day": day <= clock.today(),
        "day": day,
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1),
        "today": clock.today(),
        "unit": unit,
        "own": bool(kept),
        "typed": counter_hours.shown(kept or visiting.hours_of_city()),
    } | more
    return render(request, "desk/counter.html", pages.bar_context(request, actor) | context, status=status)


def _item_of(row: Visit) -> str:
    whole = catalogue.whole(row.branch.case.version_id)
    codes = [branch.item for branch in visiting.served(row)] or [row.branch.item]
    return _("、").join(whole.items[code].name.zh if whole else code for code in codes)
