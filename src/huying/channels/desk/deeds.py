"""谁办过什么: one's own, one's unit's, and for the auditor all, from the log alone."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from huying.channels.desk import pages
from huying.channels.desk.pages import who
from huying.channels.parts.signin import officer_required
from huying.events import names
from huying.kernel import queries
from huying.kernel.queries import DEEDS, Asked
from huying.people import officers


@require_safe
@officer_required
def deeds(request: HttpRequest) -> HttpResponse:
    """A page of it, filtered by officer, day and what was done."""
    actor = who(request)
    assert actor.officer
    reach, audits = queries.within_reach(actor), queries.audits(actor)
    asked = _asked(request, {row.pk for row in reach}, audits, actor.officer.pk)
    found = queries.history(actor, asked)
    kept = {"officer": asked.officer or "all", "day": asked.day or "", "called": asked.called}
    context: dict[str, Any] = {
        "page": "me",
        "asked": asked,
        "reach": reach,
        "audits": audits,
        "named": officers.names_of([asked.officer]).get(asked.officer or 0, ""),
        "called": [(name, names.sentence(name)) for name in DEEDS],
        "rows": [(row, names.sentence(row.called)) for row in found.rows],
        "more": urlencode(kept | {"after": found.more}) if found.more else "",
        "first": not asked.after,
    }
    return render(request, "desk/history.html", pages.bar_context(request, actor) | context)


def _asked(request: HttpRequest, reach: set[int], audits: bool, own: int) -> Asked:
    """One's own where nothing else, or nobody within reach, is asked for."""
    text, called = request.GET.get("officer", ""), request.GET.get("called", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
    whole = text == "all" and (audits or len(reach) > 1)
    officer = None if whole else number if number and (audits or number in reach) else own
    try:
        day = parse_date(request.GET.get("day", ""))
    except ValueError:
        day = None
    return Asked(officer, day, called if called in DEEDS else "", request.GET.get("after", ""))
