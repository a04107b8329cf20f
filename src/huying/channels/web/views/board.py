"""有呼有应: answered appeals that their callers agreed to show, in words an officer confirmed."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from huying.channels.web import areas
from huying.city import queries as city
from huying.features.appeals import queries
from huying.hub import rates as hub

PAGE = 12


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Newest first, a page at a time, of the whole city or one district."""
    area = city.area_by_key(request.GET.get("area", ""))
    key = area.key if area else ""
    rows = queries.board(PAGE + 1, _after(request.GET.get("after", "")), key)
    older = rows[PAGE - 1].published_at if len(rows) > PAGE else None
    context = {
        "rows": rows[:PAGE],
        "older": older.isoformat() if older else "",
        "area": area,
        "said": hub.total(None, **({"district": key} if key else {})).solved,
        "options": areas.district_options(key),
        "first": "after" not in request.GET,
    }
    return render(request, "web/board.html", context)


def _after(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
