"""窗口：who comes today and on the coming days; when the counter is open is the head's to say."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.base import clock
from huying.channels.desk import pages
from huying.channels.parts.signin import officer_required
from huying.city import catalogue
from huying.city import queries as city
from huying.features.services import visiting
from huying.features.services.models import Hours, Visit
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.people.actors import Actor

ROWS_MORE = 2  # empty rows to fill in
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
    return redirect(f"{reverse('desk:counter')}?day={localtime(row.starts_at).date().isoformat()}")


@require_POST
@officer_required
def hours(request: HttpRequest, unit: int) -> HttpResponse:
    """The head's hours in the place of those before; without a row those of the city hold. A fault keeps what was typed."""
    actor, typed = pages.who(request), _typed(request.POST)
    try:
        visiting.set_hours(actor, unit, [_row(one) for one in typed if any(one.values())])
    except NotThere:
        raise Http404 from None
    except BadInput as bad:
        return _page(request, actor, clock.today(), {"errors": bad.errors, "typed": typed}, 422)
    messages.success(request, _("窗口时间改好了；已经约好的照旧。"))
    return redirect("desk:counter")


NAMES = ("when", "begins", "ends", "places")


def _typed(given: QueryDict) -> list[dict[str, str]]:
    columns = [given.getlist(name) for name in NAMES]
    return [dict(zip(NAMES, (one.strip() for one in row), strict=True)) for row in zip(*columns, strict=False)]


def _row(one: dict[str, str]) -> Hours:
    """A row as it was typed. Raises BadInput, naming the field."""
    found = Hours(begins=_minutes(one["begins"]), ends=_minutes(one["ends"]))
    if not (one["places"].isascii() and one["places"].isdigit()):
        raise BadInput({"places": _("同时几位，请写整数；不开就写 0。")})
    found.places = min(int(one["places"][:4]), 9999)
    if one["when"] in [str(number) for number in range(7)]:
        found.weekday = int(one["when"])
        return found
    try:
        found.day = date.fromisoformat(one["when"])
    except ValueError:
        raise BadInput({"day": _("请选星期几，或者写 2026-12-01 这样的日期。")}) from None
    return found


def _minutes(value: str) -> int:
    hour, _colon, minute = value.partition(":")
    if not (hour.isascii() and hour.isdigit() and minute.isascii() and minute.isdigit() and int(minute) < 60):
        raise BadInput({"hours": _("请写 09:00 这样的时间。")})
    return int(hour) * 60 + int(minute)


def _page(request: HttpRequest, actor: Actor, day: date, more: dict[str, Any], status: int = 200) -> HttpResponse:
    rows = [(row, _item_of(row)) for row in visiting.of_day(actor, day)]
    heads = sorted(actor.departments("head"))
    unit = city.department_by_id(heads[0]) if heads else None
    kept = [_kept(row) for row in visiting.hours_of(unit.pk)] if unit else []
    context = {
        "page": "counter",
        "rows": rows,
        "day": day,
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1),
        "today": clock.today(),
        "unit": unit,
        "own": bool(kept),
        "typed": kept,
        "blank": range(ROWS_MORE),
        "weekdays": [
            (str(n), day_)
            for n, day_ in enumerate((_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")))
        ],
        "errors": {},
    } | more
    return render(request, "desk/counter.html", pages.bar_context(request, actor) | context, status=status)


def _kept(row: Hours) -> dict[str, str]:
    when = str(row.weekday) if row.weekday is not None else str(row.day)
    return dict(zip(NAMES, (when, _clock(row.begins), _clock(row.ends), str(row.places)), strict=True))


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _item_of(row: Visit) -> str:
    whole = catalogue.whole(row.branch.case.version_id)
    return whole.items[row.branch.item].name.zh if whole else row.branch.item
