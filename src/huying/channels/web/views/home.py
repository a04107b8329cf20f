"""The portal's first page, and its one box: say what happened, or type a number."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huying.base import ids
from huying.channels.parts import access
from huying.channels.web import areas, offering, progress
from huying.channels.web.views import appeal
from huying.features.appeals.queries import board
from huying.features.services.offering import queries as offers
from huying.kernel import finding, queries

SHOWN_PAIRS = 3
SHOWN_CALLS = 3
SHOWN_KNOWN = 2
SHOWN_THINGS = 4


@dataclass(frozen=True, slots=True)
class Figures:
    """Yesterday in two figures; `in_time` is a percentage as it is printed."""

    received: int
    in_time: str


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """今天想办什么事？"""
    actor = access.actor_of(request)
    mine = queries.my_calls(actor, SHOWN_CALLS, access.held_calls(request))
    known = queries.incidents()
    context = {
        "offers": [offering.card(view) for view in offers.waiting(actor.party)],
        "mine": progress.of_all(mine),
        "pairs": board(SHOWN_PAIRS),
        "figures": _figures(),
        "popular": finding.popular(SHOWN_THINGS),
        "known": known[:SHOWN_KNOWN],
        "more_known": len(known) > SHOWN_KNOWN,
        "areas": areas.district_options(""),
        "examples": (_("路灯不亮"), _("楼上漏水"), _("夜里施工吵"), _("公交站牌歪了")),
    }
    return render(request, "web/home.html", context)


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """What stands in the box: a public number leads to its page, anything else begins an appeal."""
    asked = request.POST.get("q", "").strip()
    number = ids.plain_number(asked)
    if len(number) == len("".join(asked.split("-")).replace(" ", "")) and ids.number_is_sound(number):
        return redirect("web:call", number=number)
    return appeal.blank(request, asked)


def _figures() -> Figures | None:
    day = queries.yesterday()
    if not day.received or not day.answered:
        return None
    return Figures(day.received, f"{100 * day.in_time / day.answered:.1f}%".replace(".0%", "%"))
